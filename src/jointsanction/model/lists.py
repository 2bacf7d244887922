"""Lists, groups of lists, grade schemes, and what may be on no list (对象清单、对象组、等级方案)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from jointsanction.model.basis import Basis
from jointsanction.model.value import Kinds, Value, as_named
from jointsanction.terms import (
    Disclosure,
    ExitBy,
    GradeLevel,
    ListKind,
    ObjectionEffect,
    Relation,
    SetBy,
    Severity,
    TextState,
)
from jointsanction.terms import Field as FieldTerm

FLOOR: Final = 50
"""The floor of a list that has none of its own (最低留存比例), in percent."""


class DatedAlias(Value):
    """A former or other name, and when it was in use (曾用名、别名)."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None


class ListTerm(Value):
    """How long a listing lasts when its row does not say (名单期限), for rows listed within the dates."""

    years: int | tuple[int, int] | None = None
    months: int | None = None
    text: TextState
    set_by: SetBy = SetBy.LAW
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None


class ListScheme(Value):
    """Which grade scheme a list's `grade` column speaks, and when (等级方案).

    `levels` are those that whoever is on the list can have: a row that says another contradicts the list.
    """

    scheme: str
    levels: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


class RepairRule(Value):
    """Whether and when a listing can be repaired (信用修复). `after_months` counts from `counts_from`.

    `publicity` names the family of rules (`publicity.yaml`) that hold where the list has none of its own; `severity`
    is how serious its information is there when the row does not say. `two_step` asks for the consent of both offices.
    """

    repairable: bool
    publicity: str | None = None
    severity: Severity | None = None
    two_step: bool = False
    after_months: int | None = None
    counts_from: Literal["listed", "corrected"] = "listed"
    missing: tuple[str, ...] = ()
    channel: str | None = None
    text: TextState = TextState.RECALLED


class ListType(Value):
    """One list of subjects (对象清单). `scope` is `national` or the regions it covers.

    `entry` and `exit` say who is entered and when he leaves, `publisher` where the list is made public: words for
    readers, while `term`, `exit_by` and `repair` are what is reckoned with. `objection` says what an open one does.
    `floor` is the share of its standing rows, in percent, below which a file is taken for a truncated one.
    """

    code: str
    title: str
    kind: ListKind
    authority: tuple[str, ...]
    basis: tuple[Basis, ...] = ()
    kinds: tuple[Kinds, ...] = ()
    entered_with: tuple[Relation, ...] = ()
    entry: str | None = None
    exit: str | None = None
    publisher: tuple[str, ...] = ()
    term: tuple[ListTerm, ...] = ()
    exit_by: ExitBy = ExitBy.NOTICE
    scope: Literal["national"] | tuple[str, ...] = "national"
    stale_after: int | None = None
    floor: Annotated[int, Field(ge=1, le=100)] = FLOOR
    aliases: tuple[Annotated[DatedAlias, BeforeValidator(as_named)], ...] = ()
    disclosure: Disclosure = Disclosure.PUBLIC
    scheme: tuple[ListScheme, ...] = ()
    severity: Severity | None = None
    field: FieldTerm | None = None
    repair: RepairRule | None = None
    objection: ObjectionEffect = ObjectionEffect.ANNOTATE
    in_catalogue: TextState = TextState.VERIFIED
    note: str | None = None
    overrides: bool = False
    layer: str = "national"


class GroupMember(Value):
    """A list that belongs to a group, and why (组成名单)."""

    list: str
    basis: tuple[Basis, ...]
    valid_from: date | None = None
    valid_to: date | None = None


class Group(Value):
    """Several lists under one statutory name (对象组), e.g. 失信联合惩戒对象."""

    code: str
    title: str
    members: tuple[GroupMember, ...]
    aliases: tuple[str, ...] = ()
    note: str | None = None
    overrides: bool = False


class SchemeLevel(Value):
    """One level of a grade scheme (等级), best first within the scheme.

    `points_from` is the least number of points of the level, inclusive; the last level may have none.
    """

    level: str
    title: str
    aliases: tuple[str, ...] = ()
    criteria: str | None = None
    points_from: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class Conversion(Value):
    """How levels of an outside scheme read as the four levels (等级转换表), and when.

    `unconverted` are levels that are deliberately none of the four; a level in neither is unmapped, and told of.
    """

    levels: dict[str, GradeLevel]
    unconverted: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None


class Scheme(Value):
    """A grade scheme of some authority (等级方案): levels best first.

    A scheme of `points` gives a level by a number of points (积分); it may feed incentives and nothing else.
    """

    id: str
    title: str
    levels: tuple[SchemeLevel, ...]
    points: bool = False
    conversions: tuple[Conversion, ...] = ()
    basis: tuple[Basis, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None
    overrides: bool = False


class Forbidden(Value):
    """Behaviour that must not enter a credit record (不得纳入信用记录的行为)."""

    id: str
    title: str
    words: tuple[str, ...]
    region: str | None = None
    basis: tuple[Basis, ...]
    overrides: bool = False
