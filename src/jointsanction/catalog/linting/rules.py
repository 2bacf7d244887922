"""Rules that build on themselves, can never fire, or say two things at once (推导规则检查)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from jointsanction.catalog.compile import ALWAYS, FOR_EVER, lies_in
from jointsanction.catalog.compiling.levels import STRONG
from jointsanction.catalog.explaining.rule import fact_text
from jointsanction.catalog.linting.rule_grounds import fits, grounds
from jointsanction.catalog.linting.rule_pairs import never_together
from jointsanction.catalog.remark import Remark
from jointsanction.model.rule import members
from jointsanction.model.rule_order import feeds, gives, needs
from jointsanction.terms import ADVERSE_LEVELS, HARDEST_FIRST, MeasureClass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Consequence, Rule, RuleClause, RuleCount, RuleTest


def rule_remarks(tables: Tables, as_of: date) -> Iterator[Remark]:
    """Yield what is wrong with rules, alone or with one another."""
    rules = list(tables.catalog.rules.values())
    for rule in rules:
        yield from _ring(rule, rules)
        yield from _raises(rule, tables)
        yield from grounds(rule, tables, as_of)
        for path, said in never_together(rule.when, ("when",), tables):
            yield Remark("rules", rule.id, path, "rule-never-fires", said)
        for path, said in _never(rule.when, ("when",), tables, as_of):
            yield Remark("rules", rule.id, path, "rule-never-fires", said)
    for first, second in combinations(rules, 2):
        if first.when == second.when and _together(first, second):
            for said in _opposed(first.then, second.then):
                yield Remark("rules", second.id, ("then",), "rule-contradiction", f"{first.id}：{said}")


def _ring(rule: Rule, rules: list[Rule]) -> Iterator[Remark]:
    """A rule that waits for what it itself brings about has no ceiling: one ring is told at each of its rules."""
    waiting: list[tuple[Rule, ...]] = [(rule,)]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        for giver in rules:
            if feeds(giver, path[-1]) is None:
                continue
            if giver.id == rule.id:
                ring = " → ".join(one.id for one in (rule, *reversed(path)))
                yield Remark("rules", rule.id, ("when",), "rule-cycle", f"{ring}。")
                return
            if giver.id not in seen:
                seen.add(giver.id)
                waiting.append((*path, giver))


def _raises(rule: Rule, tables: Tables) -> Iterator[Remark]:
    """A rule that raises an adverse measure rests on the same levels as the measure (ENCODING §1)."""
    change = rule.then.raise_
    if change is None or change.measure_class is not MeasureClass.ADVERSE:
        return
    strong = (basis for basis in rule.basis if basis.carries in STRONG)
    if not any(tables.catalog.instruments[basis.instrument].level in ADVERSE_LEVELS for basis in strong):
        yield Remark("rules", rule.id, ("basis",), "weak-rule")


def _never(
    clause: RuleClause, path: tuple[int | str, ...], tables: Tables, as_of: date
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield each condition that nothing in this catalogue can meet; under `any`, only where no part can be met."""
    for kind in ("listing", "act", "question", "derived", "grade"):
        tests = getattr(clause, kind) or {}
        for key, test in tests.items():
            if not _satisfiable(test):
                yield (*path, kind, key), f"条件自相矛盾：{fact_text(kind, {key: test})}。"
    if clause.listing and not _some_list(clause.listing, tables, as_of):
        yield (*path, "listing"), "目录中没有一份名单符合。"
    if clause.count is not None:
        yield from _count(clause.count, (*path, "count"), tables, as_of)
    for need in needs(_leaves(clause)):
        if not any(gives(giver, need) for giver in tables.catalog.rules.values()):
            said = "没有规则给出信用等级。" if need.kind == "grade" else f"没有规则推导出 '{need.name}'。"
            yield (*path, need.kind), said
    for index, part in enumerate(clause.all or ()):
        yield from _never(part, (*path, "all", index), tables, as_of)
    parts = [list(_never(part, (*path, "any", index), tables, as_of)) for index, part in enumerate(clause.any or ())]
    if parts and all(parts):
        yield parts[0][0]


def _leaves(clause: RuleClause) -> RuleClause:
    return clause.model_copy(update={"all": None, "any": None, "none": None})


def _count(
    count: RuleCount, path: tuple[int | str, ...], tables: Tables, as_of: date
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    if all((number or 0) <= 0 for number in (count.within.years, count.within.months, count.within.days)):
        yield (*path, "within"), "回溯期间为零。"
    least, most = max(count.gte or 0, count.eq or 0), count.lte if count.eq is None else count.eq
    if most is not None and (most < least or most < 0):
        yield path, "次数自相矛盾。"
    for key, test in count.listing.items():
        if not _satisfiable(test):
            yield (*path, "listing", key), f"条件自相矛盾：{fact_text('listing', {key: test})}。"
    if not _some_list(count.listing, tables, as_of):
        yield (*path, "listing"), "目录中没有一份名单符合。"


def _satisfiable(test: RuleTest) -> bool:
    """Return whether one value can meet all comparisons made on it."""
    sets = [frozenset(members(test[word])) for word in ("eq", "in") if word in test]
    if test.get("known") is False:
        return test.keys() <= {"known"}
    if not sets:
        return _in_order(test)
    left = frozenset.intersection(*sets)
    for word in ("ne", "not-in"):
        left = left.difference(members(test[word]) if word in test else ())
    return bool(left) and _in_order(test)


def _in_order(test: RuleTest) -> bool:
    low, high = test.get("gte"), test.get("lte")
    return not (isinstance(low, int) and isinstance(high, int) and low > high)


def _some_list(tests: Mapping[str, RuleTest], tables: Tables, as_of: date) -> bool:
    """Return whether the catalogue has a list of which all could be true that is the same for every row of it."""
    return any(fits(kind, tests, tables, as_of) for kind in tables.catalog.lists.values())


def _together(first: Rule, second: Rule) -> bool:
    """Return whether two rules are ever in force in one place on one day."""
    starts = max(first.valid_from or ALWAYS, second.valid_from or ALWAYS)
    ends = min(first.valid_to or FOR_EVER, second.valid_to or FOR_EVER)
    one, other = first.region, second.region
    return starts <= ends and (one is None or other is None or lies_in(one, other) or lies_in(other, one))


def _opposed(first: Consequence, second: Consequence) -> Iterator[str]:
    """Yield where two results of the same conditions speak against one another."""
    for key, word in (("grade", "信用等级"), ("supervision", "监管措施")):
        one, other = getattr(first, key), getattr(second, key)
        if one is not None and other is not None and one != other:
            yield f"条件相同，{word}不同。"
    one_fact, other_fact = first.derive, second.derive
    if one_fact and other_fact and one_fact.fact == other_fact.fact and one_fact.value != other_fact.value:
        yield f"条件相同，事实 '{one_fact.fact}' 的取值不同。"
    for raising, capping in ((first.raise_, second.cap), (second.raise_, first.cap)):
        if raising is not None and capping is not None and raising.measure_class is capping.measure_class:
            order = HARDEST_FIRST[raising.measure_class]
            if order.index(raising.degree) < order.index(capping.degree):
                yield "条件相同，一条加重而另一条封顶更低。"
