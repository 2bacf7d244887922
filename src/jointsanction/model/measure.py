"""Measures (惩戒措施、激励措施): for whom, on what trigger, how far, how long, on what basis."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from jointsanction.model.basis import Basis
from jointsanction.model.value import Kinds, Many, Value
from jointsanction.terms import (
    Actor,
    ActType,
    BearsAt,
    Binding,
    Condition,
    Crime,
    Degree,
    Effect,
    Event,
    Exclusion,
    Ground,
    InList,
    Item,
    MeasureClass,
    Occupation,
    Phase,
    Punishment,
    Relation,
    Role,
    SetBy,
    Severity,
    Size,
    Trait,
    Trigger,
)
from jointsanction.terms import Field as FieldTerm


class Where(Value):
    """Further facts a measure or a term asks for (附加条件), a closed set; several values mean any of them."""

    size: Many[Size] = ()
    ground: Many[Ground] = ()
    crime: Many[Crime] = ()
    at_least: Punishment | None = None
    field: Many[FieldTerm] = ()
    occupation: Many[Occupation] = ()
    severity: Many[Severity] = ()
    kinds: Many[str] = ()
    probation: bool | None = None


class Duration(Value):
    """How long an act or order bites (期限), ENCODING §4: the first day is not counted."""

    years: int | tuple[int, int] | None = None
    months: int | None = None
    life: bool = False
    indefinite: bool = False
    calendar_year: bool = False
    while_listed: bool = False
    until: Event | None = None
    set_by: SetBy = SetBy.LAW
    bites_from: Event | None = None
    runs_from: Many[Event] = ()
    when: Where | None = None


class GradeTarget(Value):
    """Which levels of which scheme set a measure off (等级条件)."""

    scheme: str
    levels: tuple[str, ...]


class Targets(Value):
    """Whom a measure is for (惩戒、激励对象). Lists, groups, acts, records and grades; `clue_lists` only point."""

    lists: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    acts: tuple[ActType, ...] = ()
    clue_lists: tuple[str, ...] = ()
    severity: tuple[Severity, ...] = ()
    grades: GradeTarget | None = None
    kinds: tuple[Kinds, ...] = ()
    where: Where | None = None


class Bearer(Value):
    """Who carries a measure (承担者), and on which day he must have stood in the relation."""

    role: Relation
    at: BearsAt | None = None
    personally_responsible: bool = False


def _as_bearer(value: object) -> object:
    return {"role": value} if isinstance(value, str) else value


class IncentiveCondition(Value):
    """What an incentive depends on (激励条件): one key of the vocabulary with its value.

    `clean-period` takes years; `meets` takes the text of the requirement; the others take `true`.
    """

    condition: Condition
    years: int | None = None
    text: str | None = None


def _as_condition(value: object) -> object:
    """Read `{clean-period: 3}`, `{meets: TEXT}` or a bare word."""
    if isinstance(value, str):
        return {"condition": value}
    if isinstance(value, dict) and len(value) == 1 and "condition" not in value:
        ((key, argument),) = value.items()
        extra: dict[str, Any] = {}
        if isinstance(argument, str):
            extra = {"text": argument}
        elif isinstance(argument, int) and not isinstance(argument, bool):
            extra = {"years": argument}
        return {"condition": key, **extra}
    return value


class Obligation(Value):
    """What must be done for an incentive, and by when (附带义务): so many days, that of the promise not counted."""

    within_days: int = Field(gt=0)


class Grants(Value):
    """What an incentive gives (激励参数).

    `time_factor` is the part of the ordinary time that remains, `amount` is in yuan, `rate` a share of one (0.035 is
    3.5 %), `term_days` in calendar days, `capacity` how many may have it, `deferrable` what may be handed in later,
    `obligation` until when that must be done.
    """

    time_factor: float | None = None
    amount: float | None = None
    rate: float | None = None
    term_days: int | None = None
    capacity: int | None = None
    deferrable: tuple[str, ...] = ()
    obligation: Obligation | None = None


class Measure(Value):
    """One row of the catalogue (惩戒措施或激励措施). `effect` and `layer` follow from where its file lies."""

    id: str
    title: str
    effect: Effect
    item: Item | None = None
    measure_class: Annotated[MeasureClass | None, Field(alias="class")] = None
    degree: Degree
    binding: Binding
    trigger: Trigger
    targets: Targets
    term: Many[Duration] = ()
    judged_on: Literal["act", "asking"] | None = None
    bears: tuple[Annotated[Bearer, BeforeValidator(_as_bearer)], ...]
    actor: Many[Actor] = (Actor.PUBLIC,)
    matters: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    phase: tuple[Phase, ...] = ()
    traits: tuple[Trait, ...] = ()
    region: str | None = None
    same_trade: bool = False
    related_only: bool = False
    conditions: tuple[Annotated[IncentiveCondition, BeforeValidator(_as_condition)], ...] = ()
    except_: Annotated[tuple[Exclusion, ...], Field(alias="except")] = ()
    grants: Grants | None = None
    basis: tuple[Basis, ...]
    implementing_authority: tuple[str, ...]
    duty: str
    ask: str | None = None
    in_list: InList | None = None
    row: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    status: Literal["active", "retired"] = "active"
    note: str | None = None
    overrides: bool = False
    layer: str = "national"

    def offer(self) -> dict[str, Any] | None:
        """Return what an incentive gives and on what conditions, as answers write it (激励内容); else None."""
        if self.effect is not Effect.INCENTIVE:
            return None
        return {
            "conditions": [condition.model_dump(mode="json") for condition in self.conditions],
            "except": list(self.except_),
            **(self.grants or Grants()).model_dump(mode="json"),
        }
