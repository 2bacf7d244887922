"""Rules (推导规则): conditions on facts, and what follows from them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from jointsanction.model.basis import Basis
from jointsanction.model.value import Value
from jointsanction.terms import Effect, MeasureClass

RuleValue: TypeAlias = bool | int | str | tuple[str, ...]
"""What a rule compares with."""

RuleOperator: TypeAlias = Literal["eq", "ne", "in", "not-in", "gte", "lte", "within", "known"]
"""The closed set of comparisons a rule may make."""

RuleTest: TypeAlias = dict[RuleOperator, RuleValue]
"""One or several comparisons on one key; all must hold."""


class RuleClause(Value):
    """A condition of a rule (规则条件): a test on one kind of fact, or `all`/`any`/`none` of further clauses."""

    listing: dict[str, RuleTest] | None = None
    act: dict[str, RuleTest] | None = None
    question: dict[str, RuleTest] | None = None
    derived: dict[str, RuleTest] | None = None
    all: tuple[RuleClause, ...] | None = None
    any: tuple[RuleClause, ...] | None = None
    none: tuple[RuleClause, ...] | None = None


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


class Consequence(Value):
    """What follows when a rule fires (规则结果)."""

    suspend: Suspension | None = None
    carry: Carry | None = None
    derive: Derivation | None = None


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
