"""Which facts a rule may test (规则事实): the closed set of keys, and the words each key can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.faults import Fault
from jointsanction.catalog.nearest import nearest
from jointsanction.terms import ActType, Field, ListKind, Phase, Relation, Role, Severity, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointsanction.model.catalogue import Rule, RuleClause, RuleTest, RuleValue
    from jointsanction.terms import Term

FACT_KEYS: Final[dict[str, dict[str, type[Term | bool] | None]]] = {
    "listing": {
        "list": None, "kind": ListKind, "in-force": bool, "founded": bool, "way": None, "relation": Relation,
        "severity": Severity, "field": Field, "grade": None, "region": None,
    },
    "question": {"matter": None, "role": Role, "phase": Phase, "region": None, "kind": SubjectKind},
    "act": {"type": ActType},
    "derived": {"fact": None, "value": None},
}  # fmt: skip
"""The keys of each kind of fact; with a vocabulary or `bool` where the values are closed."""

_PARTS: Final = ("all", "any", "none")


def rule_faults(rule: Rule) -> Iterator[Fault]:
    """Yield what makes a rule senseless: no condition, no consequence, facts nobody states."""
    if rule.then.suspend is None and rule.then.carry is None and rule.then.derive is None:
        yield Fault(
            ("then",), "catalog.rule_without_result", "规则没有结果；then 中至少写 suspend、carry、derive 之一。"
        )
    if not rule.basis:
        yield Fault(("basis",), "catalog.no_basis", "没有依据，不成规则；请写 basis。")
    yield from _clause_faults(rule.when, ("when",))


def _clause_faults(clause: RuleClause, path: tuple[int | str, ...]) -> Iterator[Fault]:
    stated = [key for key in FACT_KEYS if getattr(clause, key)]
    parts = [(key, part) for key in _PARTS for part in enumerate(getattr(clause, key) or ())]
    if not stated and not parts:
        yield Fault(path, "catalog.empty_condition", "条件为空，会对任何情形成立；请写明条件。")
    for kind in stated:
        yield from _test_faults(getattr(clause, kind), kind, (*path, kind))
    for key, (index, part) in parts:
        yield from _clause_faults(part, (*path, key, index))


def _test_faults(tests: Mapping[str, RuleTest], kind: str, path: tuple[int | str, ...]) -> Iterator[Fault]:
    keys = FACT_KEYS[kind]
    for key, test in tests.items():
        if key not in keys:
            yield Fault((*path, key), "catalog.unknown_fact", f"{kind} 没有事实 '{key}'{nearest(key, keys) or '。'}")
            continue
        for operator, wanted in test.items():
            yield from _value_faults(wanted, bool if operator == "known" else keys[key], (*path, key, operator))


def _value_faults(wanted: RuleValue, words: type[Term | bool] | None, path: tuple[int | str, ...]) -> Iterator[Fault]:
    if words is None:
        return
    for word in wanted if isinstance(wanted, tuple) else (wanted,):
        if words is bool:
            if not isinstance(word, bool):
                yield Fault(path, "catalog.wrong_type", f"取值 '{word}' 应为 true 或 false。")
        elif word not in set(words):
            hint = nearest(str(word), tuple(words)) or "。"
            yield Fault(path, "catalog.unknown_value", f"取值 '{word}' 不在词表中{hint}")
