"""Which facts a rule may test (规则事实): the closed set of keys, and the words each key can have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.nearest import nearest
from jointsanction.catalog.reading.faults import Fault
from jointsanction.model.rule import JOINS, members
from jointsanction.terms import (
    HARDEST_FIRST,
    ActType,
    Degree,
    Effect,
    Field,
    GradeLevel,
    ListKind,
    MeasureClass,
    Phase,
    Relation,
    Role,
    Severity,
    Size,
    SubjectKind,
    Trait,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointsanction.model.catalogue import Consequence, Rule, RuleClause, RuleCount, RuleTest, RuleValue
    from jointsanction.terms import Term

WAYS: Final = ("own", "from-listing", "from-question")
"""How a listing was found (查得途径): those of `steps.lookup`."""

FACT_KEYS: Final[dict[str, dict[str, type[Term | bool] | tuple[str, ...] | None]]] = {
    "listing": {
        "list": None, "scheme": None, "kind": ListKind, "in-force": bool, "founded": bool, "way": WAYS,
        "relation": Relation, "severity": Severity, "field": Field, "grade": None, "converts-to": GradeLevel,
        "region": None,
    },
    "question": {
        "matter": None, "role": Role, "phase": Phase, "region": None, "kind": SubjectKind, "fields": Field,
        "traits": Trait, "size": Size,
    },
    "act": {"type": ActType, "relation": Relation},
    "derived": {"fact": None, "value": None},
    "grade": {"level": GradeLevel},
}  # fmt: skip
"""The keys of each kind of fact; with a vocabulary or `bool` where the values are closed."""

_SEVERAL: Final = {"question": frozenset({"matter", "region", "fields", "traits"})}
"""Keys of which a fact has several values at once: a matter with those above it, a region with those around it."""

_ORDERED: Final = {"derived": frozenset({"value"})}
"""Keys whose values can be numbers, so that more and less mean something."""

_REGION: Final = re.compile("[0-9]{6}", re.ASCII)

_PARTS: Final = ("all", "any", "none")


def rule_faults(rule: Rule) -> Iterator[Fault]:
    """Yield what makes a rule senseless: no condition, no consequence, facts nobody states, names nobody gave."""
    if not rule.then.model_dump(exclude_none=True):
        words = "suspend、carry、derive、grade、supervision、cap、raise、review、warn"
        yield Fault(("then",), "catalog.rule_without_result", f"规则没有结果；then 中至少写 {words} 之一。")
    if not rule.basis:
        yield Fault(("basis",), "catalog.no_basis", "没有依据，不成规则；请写 basis。")
    yield from _clause_faults(rule.when, ("when",))
    yield from name_faults(rule.when, ("when",))
    yield from _result_faults(rule.then)


def _result_faults(then: Consequence) -> Iterator[Fault]:
    for key, change in (("cap", then.cap), ("raise", then.raise_)):
        order = () if change is None else HARDEST_FIRST.get(change.measure_class, ())
        if change is not None and change.degree not in order:
            message = f"类别 '{change.measure_class}' 没有尺度 '{change.degree}'，或者这一类措施不分轻重。"
            yield Fault(("then", key, "degree"), "catalog.degree_mismatch", message)
        elif change is not None and key == "raise" and change.degree is Degree.WITHHOLD:
            message = "规则不能把履职管理措施加重为不适用便利；请另写一条措施。"
            yield Fault(("then", key, "degree"), "catalog.degree_mismatch", message)
    if then.suspend is not None and then.suspend.effect is not Effect.INCENTIVE:
        message = "规则只能中止激励：惩戒由法律规定，规则不能中止；要放宽的，请写 cap。"
        yield Fault(("then", "suspend", "effect"), "catalog.invalid_value", message)
    if then.carry is not None and then.carry.measure_class is not MeasureClass.ADVERSE:
        message = "规则只推及减损权益的措施（class: adverse）；履职管理、自主实施的措施请写明承担者（bears）。"
        yield Fault(("then", "carry", "class"), "catalog.invalid_value", message)
    said = then.supervision
    if said is not None and said.ratio is not None and not 0 <= said.ratio <= 1:
        yield Fault(("then", "supervision", "ratio"), "catalog.invalid_value", "抽查比例以一为单位，应在 0 与 1 之间。")
    if said is not None and said.inspections is not None and said.inspections < 0:
        yield Fault(("then", "supervision", "inspections"), "catalog.invalid_value", "检查次数不能为负。")


def _clause_faults(clause: RuleClause, path: tuple[int | str, ...]) -> Iterator[Fault]:
    stated = [key for key in FACT_KEYS if getattr(clause, key)]
    parts = [(key, part) for key in _PARTS for part in enumerate(getattr(clause, key) or ())]
    if not stated and not parts and clause.count is None:
        yield Fault(path, "catalog.empty_condition", "条件为空，会对任何情形成立；请写明条件。")
    for kind in stated:
        yield from _test_faults(getattr(clause, kind), kind, (*path, kind))
    if clause.count is not None:
        yield from _count_faults(clause.count, (*path, "count"))
    for key, (index, part) in parts:
        yield from _clause_faults(part, (*path, key, index))


def _count_faults(count: RuleCount, path: tuple[int | str, ...]) -> Iterator[Fault]:
    if not count.listing:
        yield Fault((*path, "listing"), "catalog.empty_condition", "条件为空，会对任何情形成立；请写明数哪些列入记录。")
    if not count.within.model_dump(exclude_none=True):
        message = "回溯期间没有写多久：写 years、months 或 days。"
        yield Fault((*path, "within"), "catalog.empty_count", message)
    if count.gte is None and count.lte is None and count.eq is None:
        yield Fault(path, "catalog.empty_count", "没有写多少次：写 gte、lte 或 eq。")
    yield from _test_faults(count.listing, "listing", (*path, "listing"))


def name_faults(
    clause: RuleClause, path: tuple[int | str, ...], known: frozenset[str] = frozenset()
) -> Iterator[Fault]:
    """Yield the names compared with (same, differs) that no earlier clause of the same `all` gave (名称先后)."""
    yield from _own_names(clause, path, known)
    inside = known
    for index, part in enumerate(clause.all or ()):
        yield from name_faults(part, (*path, "all", index), inside)
        inside |= {str(name) for _, operator, name in names_in(part, ()) if operator == "as"}
    for key in ("any", "none"):
        for index, part in enumerate(getattr(clause, key) or ()):
            yield from name_faults(part, (*path, key, index), known)


def _own_names(clause: RuleClause, path: tuple[int | str, ...], known: frozenset[str]) -> Iterator[Fault]:
    for where, operator, name in names_in(clause, path):
        if operator == "as" and (not isinstance(name, str) or name in known):
            yield Fault(where, "catalog.rule_name", f"名称 '{name}' 应为一个词，并且没有用过。")
        if operator != "as" and name not in known:
            yield Fault(where, "catalog.rule_name", f"名称 '{name}' 没有在同一个 all 的前面用 as 定下。")
    for key, test in clause.count.listing.items() if clause.count is not None else ():
        for operator in sorted(JOINS & test.keys()):
            where = (*path, "count", "listing", key, operator)
            yield Fault(where, "catalog.rule_name", "count 中不能用 as、same、differs。")


def names_in(clause: RuleClause, path: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], str, RuleValue]]:
    """Yield every name a clause itself gives or compares with: where, by which word, which."""
    for kind in FACT_KEYS:
        for key, test in (getattr(clause, kind) or {}).items():
            yield from (
                ((*path, kind, key, operator), operator, test[operator]) for operator in test if operator in JOINS
            )


def _test_faults(tests: Mapping[str, RuleTest], kind: str, path: tuple[int | str, ...]) -> Iterator[Fault]:
    keys = FACT_KEYS[kind]
    for key, test in tests.items():
        if key not in keys:
            yield Fault((*path, key), "catalog.unknown_fact", f"{kind} 没有事实 '{key}'{nearest(key, keys) or '。'}")
            continue
        for operator in sorted(test.keys() - JOINS):
            wanted, where = test[operator], (*path, key, operator)
            yield from _operator_faults(operator, kind, key, where)
            yield from _value_faults(wanted, bool if operator == "known" else keys[key], where)
            yield from _region_faults(wanted, where) if key == "region" and operator != "known" else ()


def _operator_faults(operator: str, kind: str, key: str, path: tuple[int | str, ...]) -> Iterator[Fault]:
    several = key in _SEVERAL.get(kind, ())
    if several and operator not in {"within", "known"}:
        yield Fault(
            path, "catalog.wrong_type", f"'{key}' 可以同时有几个值，用 '{operator}' 比较没有意义；请用 within。"
        )
    if operator in {"gte", "lte"} and key not in _ORDERED.get(kind, ()):
        yield Fault(path, "catalog.wrong_type", f"'{key}' 不是数，不能用 '{operator}' 比大小；请用 in 列出各值。")


def _region_faults(wanted: RuleValue, path: tuple[int | str, ...]) -> Iterator[Fault]:
    for code in members(wanted):
        if not isinstance(code, str) or not _REGION.fullmatch(code):
            yield Fault(path, "catalog.invalid_value", f"区划代码 '{code}' 应为六位数字。")


def _value_faults(
    wanted: RuleValue, words: type[Term | bool] | tuple[str, ...] | None, path: tuple[int | str, ...]
) -> Iterator[Fault]:
    if words is None:
        return
    for word in members(wanted):
        if words is bool:
            if not isinstance(word, bool):
                yield Fault(path, "catalog.wrong_type", f"取值 '{word}' 应为 true 或 false。")
        elif word not in set(words):
            hint = nearest(str(word), tuple(words)) or "。"
            yield Fault(path, "catalog.unknown_value", f"取值 '{word}' 不在词表中{hint}")
