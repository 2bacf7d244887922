"""What goes into rules and what comes out (事实、推导结果): the same for every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from jointsanction.terms import GradeLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jointsanction.model.catalogue import Consequence, RuleClause, RuleCount, RuleValue

FactType: TypeAlias = Literal["listing", "act", "question", "derived", "grade", "count"]


class Fact(NamedTuple):
    """Something known before or while rules run (事实).

    `ref` counts into the listings or acts of the profile, -1 where there is none. A key that is absent or None is
    unknown: no comparison but `known` holds on it.
    """

    type: FactType
    values: Mapping[str, RuleValue | None]
    ref: int = -1


class Derived(NamedTuple):
    """What a rule brought about (推导结果): the rule, its consequence, and what it rests on.

    `because` are listings of the profile, `acts` its acts, `counts` the keys of the counts that were met.
    """

    rule: str
    consequence: Consequence
    because: tuple[int, ...]
    acts: tuple[int, ...] = ()
    counts: tuple[str, ...] = ()


class Run(NamedTuple):
    """What rules came to (推导过程): everything that fired, sorted by rule, and every fact known in the end."""

    fired: tuple[Derived, ...]
    facts: tuple[Fact, ...]


def count_key(count: RuleCount) -> str:
    """Return the words that tell a count from every other (期间次数的标识); equal counts are one."""
    return count.model_dump_json(exclude_defaults=True)


def counts_of(clause: RuleClause) -> Iterator[RuleCount]:
    """Yield what a condition counts, wherever it stands in it."""
    if clause.count is not None:
        yield clause.count
    for part in (*(clause.all or ()), *(clause.any or ()), *(clause.none or ())):
        yield from counts_of(part)


def count_fact(key: str) -> Fact:
    """Return the fact that a count is met."""
    return Fact("count", {"key": key})


def grade_fact(level: GradeLevel) -> Fact:
    """Return the fact that a subject is of a grade."""
    return Fact("grade", {"level": level.value})


def worst(levels: Iterable[GradeLevel]) -> GradeLevel | None:
    """Return the worst of some grades, None of none (从劣)."""
    ordered = list(GradeLevel)
    return max(levels, key=ordered.index, default=None)


def graded(facts: Sequence[Fact], fired: Iterable[Derived]) -> tuple[Fact, ...]:
    """Return the facts with the one grade that counts: the worst that was set, else the one given at the beginning."""
    level = worst(found.consequence.grade for found in fired if found.consequence.grade is not None)
    if level is None:
        return tuple(facts)
    return (*(fact for fact in facts if fact.type != "grade"), grade_fact(level))
