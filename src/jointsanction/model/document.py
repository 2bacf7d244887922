"""The answer as a document (核查结果文档): the pydantic mirror of `CheckResult`, the source of its JSON Schema.

The answer itself is made of slots dataclasses for speed; a test holds this mirror against every kind of answer.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from jointsanction.model.catalogue import Grants, IncentiveCondition, Value
from jointsanction.model.commitments_document import CommitmentsDocument
from jointsanction.model.document_parts import ActCause, BasisDocument, ListingCause, NoticeDocument, SourceDocument
from jointsanction.model.rule_document import (
    GradeDocument,
    RuleNoticeDocument,
    RuleTraceDocument,
    SupervisionDocument,
)
from jointsanction.terms import (
    ActType,
    Binding,
    CaseDate,
    Caution,
    Coverage,
    Degree,
    Effect,
    Exclusion,
    IdentityOutcome,
    IdentityStatus,
    IdType,
    Item,
    MeasureClass,
    Occupation,
    Phase,
    Reason,
    Relation,
    RepairState,
    RepairTrack,
    Role,
    Severity,
    Size,
    SubjectKind,
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
    occupations: tuple[Occupation, ...]
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


class CandidateDocument(Value):
    """A listing that may be the subject's (候选), masked."""

    list: str
    list_name: str
    name: str | None
    id: str | None
    listed_on: date | None
    state: Reason
    source: SourceDocument


class IdentityDocument(Value):
    """How surely the subject is known (身份)."""

    status: IdentityStatus
    candidates: tuple[CandidateDocument, ...]
    warnings: tuple[NoticeDocument, ...]


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


class ProcessStep(Value):
    """What is under way about a listing, or was corrected in it (信用修复、异议、破产重整)."""

    track: RepairTrack
    state: RepairState
    on: date
    actor: str
    reason: str
    field: str | None
    old: str | None
    new: str | None


class RepairDocument(Value):
    """Whether and when it can be repaired (信用修复).

    `severity` and `publicity_until` are by the `rules` that hold on the day asked about (`publicity.yaml`); `state` is
    how far an application has come.
    """

    repairable: bool
    earliest: date | None
    missing: tuple[str, ...]
    channel: str | None
    severity: Severity | None
    publicity_until: date | None
    rules: str | None
    state: RepairState | None


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
    path: tuple[RelationStep | RuleStep | VerdictStep | ProcessStep | ListingCause, ...]
    until: date | None
    basis: tuple[BasisDocument, ...]
    implementing_authority: tuple[str, ...]
    repair: RepairDocument | None
    warnings: tuple[Caution, ...]


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
    rules: tuple[RuleTraceDocument, ...] | None = None
    grade: GradeDocument
    supervision: SupervisionDocument | None
    notices: tuple[RuleNoticeDocument, ...]
    coverage: CoverageDocument
    window: WindowDocument | None
    credit_report_required: bool
    commitments: CommitmentsDocument
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
