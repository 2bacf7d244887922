"""Rules (推导规则): conditions on facts, and what follows from them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from jointsanction.model.basis import Basis
from jointsanction.model.value import Many, Value
from jointsanction.terms import Degree, Effect, GradeLevel, Manner, MeasureClass, SupervisionTier

RuleValue: TypeAlias = bool | int | str | tuple[str, ...]
"""What a rule compares with."""

RuleOperator: TypeAlias = Literal["eq", "ne", "in", "not-in", "gte", "lte", "within", "known", "as", "same", "differs"]
"""The closed set of comparisons a rule may make.

`as: NAME` keeps the value under a name; in a later clause of the same `all`, `same: NAME` and `differs: NAME` compare
with it.
"""

JOINS: Final = frozenset({"as", "same", "differs"})
"""The comparisons that need the names kept in earlier clauses."""

RuleTest: TypeAlias = dict[RuleOperator, RuleValue]
"""One or several comparisons on one key; all must hold."""


def members(value: RuleValue) -> tuple[RuleValue, ...]:
    """Return the values a comparison names, be it one or several."""
    return value if isinstance(value, tuple) else (value,)


class Stretch(Value):
    """A stretch of time that ends on the day asked about (回溯期间): so many years, months or days."""

    years: int | None = None
    months: int | None = None
    days: int | None = None


class RuleCount(Value):
    """How many listings held at some time within a stretch (期间内的次数).

    Ended ones count if they held inside it; repaired ones only with `repaired: true`; rows without an instrument and
    rows only announced never do.
    """

    listing: dict[str, RuleTest]
    within: Stretch
    gte: int | None = None
    lte: int | None = None
    eq: int | None = None
    repaired: bool = False


class RuleClause(Value):
    """A condition of a rule (规则条件): a test on one kind of fact, or `all`/`any`/`none` of further clauses."""

    listing: dict[str, RuleTest] | None = None
    act: dict[str, RuleTest] | None = None
    question: dict[str, RuleTest] | None = None
    derived: dict[str, RuleTest] | None = None
    grade: dict[str, RuleTest] | None = None
    count: RuleCount | None = None
    all: tuple[RuleClause, ...] | None = None
    any: tuple[RuleClause, ...] | None = None
    none: tuple[RuleClause, ...] | None = None

    @property
    def affirmed(self) -> tuple[RuleClause, ...]:
        """Return the further clauses that are to be true, all of them or one."""
        return (*(self.all or ()), *(self.any or ()))

    @property
    def parts(self) -> tuple[RuleClause, ...]:
        """Return every further clause, those that are not to be true among them."""
        return (*self.affirmed, *(self.none or ()))


class Suspension(Value):
    """What a rule suspends (中止): every measure of this effect."""

    effect: Effect


class Carry(Value):
    """What a rule carries over (及于): the matched listing counts for the subject asked about, for this class."""

    measure_class: Annotated[MeasureClass, Field(alias="class")]


class Derivation(Value):
    """A further fact a rule derives (推导事实)."""

    fact: str
    value: str | bool | int = True


class DegreeChange(Value):
    """To which degree a rule caps or raises the measures of a class in the matter asked about (尺度调整)."""

    degree: Degree
    measure_class: Annotated[MeasureClass, Field(alias="class")]


class Supervision(Value):
    """How a subject is to be supervised (监管措施).

    `inspections` a year, `ratio` a share of one, `manner` in what ways. What is left out follows the ordinary plan.
    """

    tier: SupervisionTier
    inspections: int | None = None
    ratio: float | None = None
    manner: Many[Manner] = ()


class Consequence(Value):
    """What follows when a rule fires (规则结果)."""

    suspend: Suspension | None = None
    carry: Carry | None = None
    derive: Derivation | None = None
    grade: GradeLevel | None = None
    supervision: Supervision | None = None
    cap: DegreeChange | None = None
    raise_: Annotated[DegreeChange | None, Field(alias="raise")] = None
    review: str | None = None
    warn: str | None = None


class Rule(Value):
    """One derivation (推导规则), dated and with its basis."""

    id: str
    title: str
    when: RuleClause
    then: Consequence
    basis: tuple[Basis, ...]
    explanation: str
    valid_from: date | None = None
    valid_to: date | None = None
    region: str | None = None
    note: str | None = None
    overrides: bool = False
    layer: str = "national"
