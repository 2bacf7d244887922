"""Our own small forward-chaining evaluator (推导引擎).

Rules are tested on typed facts with a closed set of comparisons; what a rule derives is a fact for the others, until
nothing new comes. Results are sorted: the order in which rules fire is nobody's contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from jointsanction.inference.facts import (
    Derived,
    Fact,
    FactType,
    Ref,
    Run,
    count_key,
    derived_fact,
    graded,
    incomparable,
    resting_on,
)
from jointsanction.model.rule import JOINS, members
from jointsanction.model.rule_order import strata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jointsanction.model.catalogue import Rule, RuleClause, RuleTest, RuleValue

Names: TypeAlias = "tuple[tuple[str, RuleValue], ...]"
"""What `as` kept so far, sorted by name."""

LEAVES: Final[tuple[FactType, ...]] = ("listing", "act", "question", "derived", "grade")
"""The kinds of fact a clause tests."""


class Solution(NamedTuple):
    """One way in which a condition is true (成立方式): the names it binds, and the facts it rests on."""

    names: Names = ()
    refs: frozenset[Ref] = frozenset()


def run(facts: Sequence[Fact], rules: Sequence[Rule]) -> Run:
    """Return everything the rules derive, with every fact known in the end (推导过程).

    Raises:
        InferenceError: `inference.comparison` when a rule compares what can't be compared.
    """
    known, fired = tuple(facts), dict[str, Derived]()
    for group in strata(rules):
        known = graded(_exhaust(group, list(known), fired), fired.values())
    return Run(tuple(fired[rule] for rule in sorted(fired)), known)


def _exhaust(group: Sequence[Rule], known: list[Fact], fired: dict[str, Derived]) -> list[Fact]:
    """Fire the rules of a group until nothing new is derived; return what is known then.

    A rule that fired is asked again when more is known: what it rests on is all that makes its condition true in the
    end, however many steps it took.
    """
    while True:
        found = [one for rule in group if (one := _fire(rule, known)) is not None]
        steps = [fact for one in found if one.rule not in fired for fact in derived_fact(one)]
        fired.update({one.rule: one for one in found})
        if not steps:
            return known
        known.extend(steps)


def _fire(rule: Rule, facts: Sequence[Fact]) -> Derived | None:
    try:
        found = solve(rule.when, facts)
    except TypeError as error:
        raise incomparable(rule) from error
    return resting_on(rule, frozenset[Ref]().union(*(solution.refs for solution in found))) if found else None


def solve(clause: RuleClause, facts: Sequence[Fact], names: Names = ()) -> tuple[Solution, ...]:
    """Return every way in which a condition is true under some names; none when it is not."""
    found: tuple[Solution, ...] = (Solution(names),)
    for kind in LEAVES:
        tests = getattr(clause, kind)
        if tests is not None:
            of_kind = [fact for fact in facts if fact.type == kind]
            found = _together(one for held in found for one in _of_leaf(of_kind, tests, held))
    if clause.count is not None:
        key = count_key(clause.count)
        met = any(fact.type == "count" and fact.values["key"] == key for fact in facts)
        found = tuple(held._replace(refs=held.refs | {("count", key)}) for held in found) if met else ()
    for part in clause.all or ():
        found = _together(_with(held, one) for held in found for one in solve(part, facts, held.names))
    if clause.any is not None:
        parts = clause.any
        found = _together(
            _with(held, one, forget=True) for held in found for part in parts for one in solve(part, facts, held.names)
        )
    for part in clause.none or ():
        found = tuple(held for held in found if not solve(part, facts, held.names))
    return found if clause.all is None else _together(held._replace(names=names) for held in found)


def _of_leaf(facts: Sequence[Fact], tests: Mapping[str, RuleTest], held: Solution) -> list[Solution]:
    names = dict(held.names)
    hits = [fact for fact in facts if holds(fact, tests, names)]
    return [
        Solution(
            tuple(sorted({**names, **_bound(fact, tests)}.items())),
            held.refs | ({(fact.type, fact.ref)} if fact.ref >= 0 else frozenset()),
        )
        for fact in hits
    ]


def _bound(fact: Fact, tests: Mapping[str, RuleTest]) -> dict[str, RuleValue]:
    """Return what `as` keeps of a fact; a fact of unknown value does not hold, so there is always something."""
    return {
        str(test["as"]): value
        for key, test in tests.items()
        if "as" in test and (value := fact.values.get(key)) is not None
    }


def _with(held: Solution, more: Solution, *, forget: bool = False) -> Solution:
    return Solution(held.names if forget else more.names, held.refs | more.refs)


def _together(found: Iterable[Solution]) -> tuple[Solution, ...]:
    """Return one solution for each set of names, resting on all that gave it."""
    refs: dict[Names, frozenset[Ref]] = {}
    for one in found:
        refs[one.names] = refs.get(one.names, frozenset()) | one.refs
    return tuple(Solution(names, rested) for names, rested in refs.items())


def could_match(clause: RuleClause, fact: Fact) -> bool:
    """Return whether a fact meets some test a clause makes on its kind, as far as what is known of it goes."""
    counted = clause.count.listing if clause.count is not None and fact.type == "listing" else None
    for tests in (getattr(clause, fact.type, None), counted):
        if isinstance(tests, dict) and _could_hold(fact, tests):
            return True
    return any(could_match(part, fact) for part in clause.affirmed)


def _could_hold(fact: Fact, tests: Mapping[str, RuleTest]) -> bool:
    known = {key: test for key, test in tests.items() if key in fact.values}
    return holds(fact, plain(known), {})


def plain(tests: Mapping[str, RuleTest]) -> dict[str, RuleTest]:
    """Return tests without what compares with names kept elsewhere: what one fact alone can tell."""
    return {key: {word: test[word] for word in test if word not in JOINS} for key, test in tests.items()}


def holds(fact: Fact, tests: Mapping[str, RuleTest], names: Mapping[str, RuleValue]) -> bool:
    """Return whether a fact meets every test, under the names kept so far."""
    return all(_met(fact, key, test, names) for key, test in tests.items())


def unmet(fact: Fact, tests: Mapping[str, RuleTest], names: Mapping[str, RuleValue]) -> tuple[str, ...]:
    """Return the keys of the tests a fact does not meet."""
    return tuple(key for key, test in tests.items() if not _met(fact, key, test, names))


def _met(fact: Fact, key: str, test: RuleTest, names: Mapping[str, RuleValue]) -> bool:
    value = fact.values.get(key)
    return all(_compares(operator, value, wanted, names) for operator, wanted in test.items())


def _compares(operator: str, value: RuleValue | None, wanted: RuleValue, names: Mapping[str, RuleValue]) -> bool:
    if operator not in JOINS:
        return COMPARISONS[operator](value, wanted)
    if operator == "as" or value is None:
        return value is not None
    kept = names.get(str(wanted))
    return kept is not None and (value == kept) is (operator == "same")


def _known(value: RuleValue | None, wanted: RuleValue) -> bool:
    return (value is not None) == bool(wanted)


COMPARISONS: Final[Mapping[str, Callable[[RuleValue | None, RuleValue], bool]]] = {
    "eq": lambda value, wanted: value is not None and value == wanted,
    "ne": lambda value, wanted: value is not None and value != wanted,
    "in": lambda value, wanted: value is not None and value in members(wanted),
    "not-in": lambda value, wanted: value is not None and value not in members(wanted),
    "gte": lambda value, wanted: value is not None and value >= wanted,  # type: ignore[operator]
    "lte": lambda value, wanted: value is not None and value <= wanted,  # type: ignore[operator]
    "within": lambda value, wanted: value is not None and not {*members(value)}.isdisjoint(members(wanted)),
    "known": _known,
}
"""The closed set of comparisons on one value; `within` asks whether one of the enclosing codes is wanted."""
