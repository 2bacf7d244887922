"""What goes into rules and what comes out (事实、推导结果): the same for every engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from jointsanction.errors import InferenceError
from jointsanction.terms import GradeLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointsanction.model.catalogue import Consequence, Rule, RuleClause, RuleCount, RuleValue

FactType: TypeAlias = Literal["listing", "act", "question", "derived", "grade", "count"]

Ref: TypeAlias = tuple[FactType, int | str]
"""What a conclusion rests on: a listing or an act by its place in the profile, a count by its key."""


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


Infer: TypeAlias = Callable[[Sequence[Fact], "Sequence[Rule]"], Run]
"""An engine: facts and rules in, what they come to out (推导引擎)."""


def resting_on(rule: Rule, refs: Iterable[Ref]) -> Derived:
    """Return that a rule fired, resting on some listings, acts and counts."""
    rested = tuple(refs)
    return Derived(
        rule.id,
        rule.then,
        because=tuple(sorted(int(at) for kind, at in rested if kind == "listing")),
        acts=tuple(sorted(int(at) for kind, at in rested if kind == "act")),
        counts=tuple(sorted(str(key) for kind, key in rested if kind == "count")),
    )


def derived_fact(found: Derived) -> Iterator[Fact]:
    """Yield the fact a rule derived, if it derived one."""
    step = found.consequence.derive
    if step is not None:
        yield Fact("derived", {"fact": step.fact, "value": step.value})


def incomparable(rule: Rule) -> InferenceError:
    """Return the error of a rule that compares what can't be compared."""
    code, message = "inference.comparison", f"规则 {rule.id}：比较的两个值类型不同。"
    return InferenceError(code, message, "检查规则 when 中的取值类型。")


def count_key(count: RuleCount) -> str:
    """Return the words that tell a count from every other (期间次数的标识); equal counts are one."""
    return count.model_dump_json(exclude_defaults=True)


def counts_of(clause: RuleClause) -> Iterator[RuleCount]:
    """Yield what a condition counts, wherever it stands in it."""
    if clause.count is not None:
        yield clause.count
    for part in clause.parts:
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
