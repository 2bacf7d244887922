"""What a catalogue is made of (目录): instruments, lists, groups, schemes, matters, measures, rules."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from jointsanction.terms import (
    Actor,
    ActType,
    BearsAt,
    Binding,
    Carries,
    Condition,
    Crime,
    Degree,
    Disclosure,
    Effect,
    Event,
    Exclusion,
    ExitBy,
    Ground,
    InList,
    Item,
    Level,
    ListKind,
    MatterKind,
    MeasureClass,
    Occupation,
    Phase,
    Punishment,
    Relation,
    Role,
    SetBy,
    Severity,
    Size,
    SubjectKind,
    TextState,
    Trait,
    Trigger,
)
from jointsanction.terms import Field as FieldTerm


class Value(BaseModel):
    """A frozen value that refuses unknown keys; the root of every catalogue value."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


def _as_tuple(value: object) -> object:
    """Let one value stand for a list of one, as authors write it."""
    if value is None or isinstance(value, list | tuple):
        return value
    return [value]


T = TypeVar("T")

Many = Annotated[tuple[T, ...], BeforeValidator(_as_tuple)]
"""One or several values; a single value is a list of one."""

Kinds: TypeAlias = Literal["unit"] | SubjectKind
"""A subject kind, or `unit` (单位) for all but a person."""


class Instrument(Value):
    """A legal or policy document, one edition (依据文件). `valid_from` is the day it came into force (施行日期)."""

    id: str
    title: str
    document_number: str | None = None
    level: Level
    issuer: str | None = None
    adopted: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    superseded_by: str | None = None
    region: str | None = None
    dates: TextState = TextState.VERIFIED
    url: str | None = None
    note: str | None = None
    overrides: bool = False


class Basis(Value):
    """One article a measure, list or rule rests on (法规政策依据); its own dates narrow the instrument's."""

    instrument: str
    article: str | None = None
    paragraph: int | None = None
    item: str | None = None
    carries: Carries
    text: TextState
    anchor: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None


class DatedAlias(Value):
    """A former or other name, and when it was in use (曾用名、别名)."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None


def _as_alias(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


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
    """Which grade scheme a list's `grade` column speaks, and when (等级方案)."""

    scheme: str
    valid_from: date | None = None
    valid_to: date | None = None


class RepairRule(Value):
    """Whether and when a listing can be repaired (信用修复). `after_months` counts from `counts_from`."""

    repairable: bool
    after_months: int | None = None
    counts_from: Literal["listed", "corrected"] = "listed"
    missing: tuple[str, ...] = ()
    channel: str | None = None
    text: TextState = TextState.RECALLED


class ListType(Value):
    """One list of subjects (对象清单). `scope` is `national` or the regions it covers."""

    code: str
    title: str
    kind: ListKind
    authority: tuple[str, ...]
    basis: tuple[Basis, ...] = ()
    kinds: tuple[Kinds, ...] = ()
    entered_with: tuple[Relation, ...] = ()
    term: tuple[ListTerm, ...] = ()
    exit_by: ExitBy = ExitBy.NOTICE
    scope: Literal["national"] | tuple[str, ...] = "national"
    stale_after: int | None = None
    aliases: tuple[Annotated[DatedAlias, BeforeValidator(_as_alias)], ...] = ()
    disclosure: Disclosure = Disclosure.PUBLIC
    scheme: tuple[ListScheme, ...] = ()
    severity: Severity | None = None
    field: FieldTerm | None = None
    repair: RepairRule | None = None
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
    """One level of a grade scheme (等级), best first within the scheme."""

    level: str
    title: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


class Scheme(Value):
    """A grade scheme of some authority (等级方案): levels best first."""

    id: str
    title: str
    levels: tuple[SchemeLevel, ...]
    basis: tuple[Basis, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None
    overrides: bool = False


class MatterRole(Value):
    """What a matter is for one role, where it differs (角色性质)."""

    kind: MatterKind
    granted_by: Level | None = None
    ordinary_way: str | None = None


class MatterAlias(Value):
    """Another name of a matter, or of a matter in one role (事项别名)."""

    name: str
    role: Role | None = None


MatterName: TypeAlias = Annotated[MatterAlias, BeforeValidator(_as_alias)]
"""Another name of a matter; a bare text is a name without a role."""


class Matter(Value):
    """One matter (事项). `parents` are the nodes above; `granted_by` is the level of what grants a convenience."""

    code: str
    title: str
    parents: tuple[str, ...] = ()
    kind: MatterKind
    default_role: Role
    default_phase: Phase = Phase.BEFORE
    fields: tuple[FieldTerm, ...] = ()
    traits: tuple[Trait, ...] = ()
    not_traits: tuple[Trait, ...] = ()
    granted_by: Level | None = None
    ordinary_way: str | None = None
    roles: dict[Role, MatterRole] = Field(default_factory=dict)
    aliases: tuple[MatterName, ...] = ()
    requires_acts: tuple[ActType, ...] = ()
    note: str | None = None
    overrides: bool = False
    layer: str = "national"


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


class Grants(Value):
    """What an incentive gives, as figures (激励参数)."""

    time_factor: float | None = None
    amount: float | None = None
    rate: float | None = None
    term_days: int | None = None


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


class Forbidden(Value):
    """Behaviour that must not enter a credit record (不得纳入信用记录的行为)."""

    id: str
    title: str
    words: tuple[str, ...]
    region: str | None = None
    basis: tuple[Basis, ...]
    overrides: bool = False


class Catalog(Value):
    """A whole catalogue (目录): everything by id, and the roots it was laid together from."""

    instruments: dict[str, Instrument] = Field(default_factory=dict)
    lists: dict[str, ListType] = Field(default_factory=dict)
    groups: dict[str, Group] = Field(default_factory=dict)
    schemes: dict[str, Scheme] = Field(default_factory=dict)
    matters: dict[str, Matter] = Field(default_factory=dict)
    measures: dict[str, Measure] = Field(default_factory=dict)
    rules: dict[str, Rule] = Field(default_factory=dict)
    forbidden: dict[str, Forbidden] = Field(default_factory=dict)
    roots: tuple[str, ...] = ()
