"""The answer as a document (核查结果文档): the pydantic mirror of `CheckResult`, the source of its JSON Schema.

The answer itself is made of slots dataclasses for speed; a test holds this mirror against every kind of answer.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from jointsanction.model.catalogue import Grants, IncentiveCondition, Value
from jointsanction.terms import (
    ActType,
    Binding,
    Carries,
    CaseDate,
    CauseType,
    Caution,
    Coverage,
    Degree,
    Effect,
    Exclusion,
    IdentityOutcome,
    IdentityStatus,
    IdType,
    Item,
    Level,
    MeasureClass,
    Phase,
    Reason,
    Relation,
    Role,
    Size,
    SubjectKind,
    TextState,
    Verdict,
)
from jointsanction.terms import Field as FieldTerm


class QuestionDocument(Value):
    """What was asked (核查问题), every default resolved."""

    subject: str | None
    kind: SubjectKind | None
    matter: str
    as_of: date
    known_at: datetime | None
    role: Role
    phase: Phase
    region: str | None
    traits: tuple[str, ...]
    fields: tuple[FieldTerm, ...]
    size: Size | None
    related: tuple[str, ...]
    acts: tuple[str, ...]
    coverage: Coverage
    dates: dict[CaseDate, date]


class SubjectDocument(Value):
    """Who was asked about (主体)."""

    kind: SubjectKind | None
    id_type: IdType | None
    id: str | None
    name: str | None


class SourceDocument(Value):
    """Where a listing came from (来源): batch and row."""

    batch: str | None
    row: int | None


class CandidateDocument(Value):
    """A listing that may be the subject's (候选), masked."""

    list: str
    list_name: str
    name: str | None
    id: str | None
    listed_on: date | None
    state: Reason
    source: SourceDocument


class NoticeDocument(Value):
    """A warning (提示): a stable code and a sentence."""

    code: str
    message: str


class IdentityDocument(Value):
    """How surely the subject is known (身份)."""

    status: IdentityStatus
    candidates: tuple[CandidateDocument, ...]
    warnings: tuple[NoticeDocument, ...]


class ListingCause(Value):
    """A listing that set a measure off (名单)."""

    type: Literal[CauseType.LISTING, CauseType.RECORD, CauseType.GRADE]
    list: str
    list_name: str
    listed_on: date | None
    instrument_no: str | None
    source: SourceDocument


class ActCause(Value):
    """An act or order that set a measure off (法律事实、决定)."""

    type: Literal[CauseType.ACT, CauseType.ORDER, CauseType.BREACH]
    act: ActType
    act_name: str
    decision_made: date | None
    document_number: str | None
    relation: Relation


class RelationStep(Value):
    """A relation on the way from the listed to the subject (关联关系)."""

    relation: Relation
    way: Literal["from-listing", "from-question"]
    subject: str | None


class RuleStep(Value):
    """A rule on the way (推导规则)."""

    rule: str
    title: str
    explanation: str


class VerdictStep(Value):
    """A person's finding that a candidate is the subject (身份核实结论)."""

    verdict: IdentityOutcome
    author: str
    reason: str
    decided_on: date
    expires_on: date | None


class BasisDocument(Value):
    """A basis in force (依据)."""

    instrument: str
    title: str
    document_number: str | None
    article: str | None
    paragraph: int | None
    item: str | None
    level: Level
    carries: Carries
    text: TextState


class RepairDocument(Value):
    """Whether and when it can be repaired (信用修复)."""

    repairable: bool
    earliest: date | None
    missing: tuple[str, ...]
    channel: str | None


class OfferDocument(Grants):
    """What an incentive gives, on what conditions, and what it never replaces (激励内容)."""

    conditions: tuple[IncentiveCondition, ...]
    except_: Annotated[tuple[Exclusion, ...], Field(alias="except")]


class FindingDocument(Value):
    """A measure met with a cause, applying or not, with its reason (核查发现)."""

    measure: str | None
    title: str
    item: Item | None
    effect: Effect | None
    measure_class: Annotated[MeasureClass | None, Field(alias="class")]
    degree: Degree | None
    binding: Binding | None
    needs_decision: bool
    applies: bool
    reason: Reason
    duty: str
    grants: OfferDocument | None
    layer: str | None
    cause: Annotated[ListingCause | ActCause, Field(discriminator="type")] | None
    path: tuple[RelationStep | RuleStep | VerdictStep | ListingCause, ...]
    until: date | None
    basis: tuple[BasisDocument, ...]
    implementing_authority: tuple[str, ...]
    repair: RepairDocument | None
    warnings: tuple[Caution, ...]


class GradeDocument(Value):
    """The grade (信用等级); independent lists stand beside it."""

    level: str | None
    independent: tuple[str, ...]
    set_by: tuple[str, ...]


class OpenAct(Value):
    """An act nobody spoke of and nothing points to, with the declaration to sign (待声明事项)."""

    act: ActType
    name: str
    measures: tuple[str, ...]
    declaration: str


class EditionDocument(Value):
    """How old a list is (名单期次)."""

    list: str
    batch: str
    received_at: datetime
    stale: bool


class CoverageDocument(Value):
    """Which lists and acts the answer rests on (名单覆盖)."""

    consulted: tuple[str, ...]
    missing: tuple[str, ...]
    stale: tuple[str, ...]
    acts_unknown: tuple[OpenAct, ...]
    editions: tuple[EditionDocument, ...]


class DayDocument(Value):
    """What was answered on one date of the case (某一时点的结论)."""

    which: CaseDate
    on: date
    verdict: Verdict
    measures: tuple[str, ...]


class WindowDocument(Value):
    """The dates of the case, and which of them decides (核查时点)."""

    decides: CaseDate
    days: tuple[DayDocument, ...]


class VersionsDocument(Value):
    """Of which versions the answer is (版本)."""

    catalogue: str
    registry: str
    library: str


class ResultDocument(Value):
    """The answer to one question (核查结果): the HTTP body and `check --json` are this document."""

    verdict: Verdict
    complete: bool
    question: QuestionDocument
    subject: SubjectDocument
    identity: IdentityDocument
    findings: tuple[FindingDocument, ...]
    not_applied: tuple[FindingDocument, ...] | None = None
    grade: GradeDocument
    coverage: CoverageDocument
    window: WindowDocument | None
    credit_report_required: bool
    versions: VersionsDocument
    case: str | None
    checked_at: datetime
    receipt: str


class TenderDocument(Value):
    """The answer for a tender (投标人批量核查)."""

    verdict: Verdict
    complete: bool
    results: tuple[ResultDocument, ...]
    receipt: str
