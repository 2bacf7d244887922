"""The closed vocabularies (封闭词表): every English value carries its statutory Chinese word."""

from jointsanction.terms.acts import ORDERS, ActType, Crime, Event, Occupation, Punishment
from jointsanction.terms.answers import DOUBTS, HINTS, CauseType, Caution, ChangeCause, Coverage, Reason, Turn, Verdict
from jointsanction.terms.columns import NUMBER_COLUMNS, Column, Operation, RowStatus
from jointsanction.terms.commitments import (
    BREACH_STATES,
    COMMITMENT_ALIASES,
    OPEN_STATES,
    CommitmentState,
    CommitmentType,
    OfferReason,
    OfferState,
    TalkKind,
    TalkResult,
)
from jointsanction.terms.departments import PowerKind, PowerLevel
from jointsanction.terms.exports import CaseColumn, DateForm, ExportColumn, TextEncoding
from jointsanction.terms.loop import (
    AccountRole,
    AuditAction,
    ExecutionOutcome,
    FilingKind,
    Handling,
    InitiationState,
    LoopState,
    MessageKind,
    MessageState,
    Period,
    ProposalState,
)
from jointsanction.terms.measures import (
    ACT_TRIGGERS,
    ADVERSE_LEVELS,
    DEGREES_OF,
    FOUNDING_LEVELS,
    HARDEST_FIRST,
    Actor,
    BearsAt,
    Binding,
    Carries,
    CaseDate,
    Condition,
    Degree,
    Effect,
    Exclusion,
    InList,
    Item,
    Level,
    MatterKind,
    MeasureClass,
    Phase,
    SetBy,
    TextState,
    Trait,
    Trigger,
)
from jointsanction.terms.records import (
    Audience,
    Disclosure,
    ExitBy,
    Field,
    GradeLevel,
    Ground,
    ListKind,
    Severity,
    Size,
)
from jointsanction.terms.repairs import UNDER_WAY, ObjectionEffect, Office, RepairState, RepairTrack
from jointsanction.terms.subjects import (
    LEADING_RELATIONS,
    UNIT_KINDS,
    IdentityOutcome,
    IdentityStatus,
    IdState,
    IdType,
    Relation,
    Role,
    SubjectKind,
    SubjectStatus,
)
from jointsanction.terms.supervision import Manner, SupervisionTier
from jointsanction.terms.term import Term
from jointsanction.terms.worklists import DoubleKind, ExitState

__all__ = [
    "ACT_TRIGGERS", "ADVERSE_LEVELS", "BREACH_STATES", "COMMITMENT_ALIASES", "DEGREES_OF", "DOUBTS",
    "FOUNDING_LEVELS", "HARDEST_FIRST", "HINTS", "LEADING_RELATIONS", "NUMBER_COLUMNS", "OPEN_STATES", "ORDERS",
    "UNDER_WAY", "UNIT_KINDS", "AccountRole", "ActType", "Actor", "Audience", "AuditAction", "BearsAt",
    "Binding", "Carries", "CaseColumn", "CaseDate", "CauseType", "Caution", "ChangeCause", "Column",
    "CommitmentState", "CommitmentType", "Condition", "Coverage", "Crime", "DateForm", "Degree", "Disclosure",
    "DoubleKind", "Effect", "Event", "Exclusion", "ExecutionOutcome", "ExitBy", "ExitState", "ExportColumn",
    "Field", "FilingKind", "GradeLevel", "Ground", "Handling", "IdState", "IdType", "IdentityOutcome",
    "IdentityStatus", "InList", "InitiationState", "Item", "Level", "ListKind", "LoopState", "Manner",
    "MatterKind", "MeasureClass", "MessageKind", "MessageState", "ObjectionEffect", "Occupation", "OfferReason",
    "OfferState", "Office", "Operation", "Period", "Phase", "PowerKind", "PowerLevel", "ProposalState",
    "Punishment", "Reason", "Relation", "RepairState", "RepairTrack", "Role", "RowStatus", "SetBy", "Severity",
    "Size", "SubjectKind", "SubjectStatus", "SupervisionTier", "TalkKind", "TalkResult", "Term", "TextEncoding",
    "TextState", "Trait", "Trigger", "Turn", "Verdict",
]  # fmt: skip
