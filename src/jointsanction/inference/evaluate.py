"""Our own small forward-chaining evaluator (推导引擎).

Rules are tested on typed facts with a closed set of comparisons; what a rule derives is a fact for the others, until
nothing new comes. Results are sorted: the order in which rules fire is nobody's contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from jointsanction.errors import InferenceError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jointsanction.model.catalogue import Consequence, Rule, RuleClause, RuleTest, RuleValue

FactType: TypeAlias = Literal["listing", "act", "question", "derived"]


class Fact(NamedTuple):
    """Something known before or while rules run (事实).

    `ref` counts into the listings or acts of the profile, -1 where there is none. A key that is absent or None is
    unknown: no comparison but `known` holds on it.
    """

    type: FactType
    values: Mapping[str, RuleValue | None]
    ref: int = -1


class Derived(NamedTuple):
    """What a rule brought about (推导结果): the rule, its consequence, and the listings or acts it rests on."""

    rule: str
    consequence: Consequence
    because: tuple[int, ...]


def derive(facts: Sequence[Fact], rules: Sequence[Rule]) -> tuple[Derived, ...]:
    """Return everything the rules derive from the facts (推导), sorted by rule.

    Raises:
        InferenceError: `inference.comparison` when a rule compares what can't be compared.
    """
    known = list(facts)
    fired: dict[str, Derived] = {}
    waiting = list(rules)
    while waiting:
        new = [found for rule in waiting if (found := _fire(rule, known)) is not None]
        if not new:
            break
        for found in new:
            fired[found.rule] = found
            if found.consequence.derive is not None:
                step = found.consequence.derive
                known.append(Fact("derived", {"fact": step.fact, "value": step.value}))
        waiting = [rule for rule in waiting if rule.id not in fired]
    return tuple(fired[rule] for rule in sorted(fired))


def _fire(rule: Rule, facts: Sequence[Fact]) -> Derived | None:
    try:
        because = _matches(rule.when, facts)
    except TypeError as error:
        code, message = "inference.comparison", f"规则 {rule.id}：比较的两个值类型不同。"
        raise InferenceError(code, message, "检查规则 when 中的取值类型。") from error
    return None if because is None else Derived(rule.id, rule.then, tuple(sorted(set(because))))


def _matches(clause: RuleClause, facts: Sequence[Fact]) -> list[int] | None:
    """Return the references of the facts that make a clause true, None when it is not true."""
    because: list[int] = []
    for kind in ("listing", "act", "question", "derived"):
        tests = getattr(clause, kind)
        if tests is not None:
            hits = [fact for fact in facts if fact.type == kind and _holds(fact, tests)]
            if not hits:
                return None
            because += [fact.ref for fact in hits if fact.ref >= 0]
    if clause.all is not None:
        parts = [_matches(part, facts) for part in clause.all]
        if any(part is None for part in parts):
            return None
        because += [ref for part in parts if part is not None for ref in part]
    if clause.any is not None:
        found = [part for part in (_matches(part, facts) for part in clause.any) if part is not None]
        if not found:
            return None
        because += [ref for part in found for ref in part]
    if clause.none is not None and any(_matches(part, facts) is not None for part in clause.none):
        return None
    return because


def could_match(clause: RuleClause, fact: Fact) -> bool:
    """Return whether a fact meets some test a clause makes on its kind, as far as what is known of it goes."""
    tests = getattr(clause, fact.type)
    if tests is not None and _holds(fact, {key: test for key, test in tests.items() if key in fact.values}):
        return True
    parts = (*(clause.all or ()), *(clause.any or ()))
    return any(could_match(part, fact) for part in parts)


def _holds(fact: Fact, tests: Mapping[str, RuleTest]) -> bool:
    return all(
        COMPARISONS[operator](fact.values.get(key), wanted)
        for key, test in tests.items()
        for operator, wanted in test.items()
    )


def _members(value: RuleValue | None) -> frozenset[RuleValue]:
    return frozenset(value) if isinstance(value, tuple) else frozenset(() if value is None else (value,))


def _known(value: RuleValue | None, wanted: RuleValue) -> bool:
    return (value is not None) == bool(wanted)


COMPARISONS: Final[Mapping[str, Callable[[RuleValue | None, RuleValue], bool]]] = {
    "eq": lambda value, wanted: value is not None and value == wanted,
    "ne": lambda value, wanted: value is not None and value != wanted,
    "in": lambda value, wanted: value is not None and value in _members(wanted),
    "not-in": lambda value, wanted: value is not None and value not in _members(wanted),
    "gte": lambda value, wanted: value is not None and value >= wanted,  # type: ignore[operator]
    "lte": lambda value, wanted: value is not None and value <= wanted,  # type: ignore[operator]
    "within": lambda value, wanted: not _members(value).isdisjoint(_members(wanted)),
    "known": _known,
}
"""The closed set of comparisons; `within` asks whether one of the enclosing codes is wanted."""
