"""The closed vocabularies (封闭词表): every English value carries its statutory Chinese word."""

from jointsanction.terms.acts import ORDERS, ActType, Crime, Event, Occupation, Punishment
from jointsanction.terms.answers import DOUBTS, HINTS, CauseType, Caution, ChangeCause, Coverage, Reason, Verdict
from jointsanction.terms.columns import NUMBER_COLUMNS, Column, RowStatus
from jointsanction.terms.departments import PowerKind, PowerLevel
from jointsanction.terms.measures import (
    ACT_TRIGGERS,
    ADVERSE_LEVELS,
    DEGREES_OF,
    FOUNDING_LEVELS,
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
)
from jointsanction.terms.term import Term

__all__ = [
    "ACT_TRIGGERS", "ADVERSE_LEVELS", "DEGREES_OF", "DOUBTS", "FOUNDING_LEVELS", "HINTS", "LEADING_RELATIONS",
    "NUMBER_COLUMNS", "ORDERS", "UNIT_KINDS", "ActType", "Actor", "Audience", "BearsAt", "Binding", "Carries",
    "CaseDate", "CauseType", "Caution", "ChangeCause", "Column", "Condition", "Coverage", "Crime", "Degree",
    "Disclosure", "Effect", "Event", "Exclusion", "ExitBy", "Field", "GradeLevel", "Ground", "IdState", "IdType",
    "IdentityOutcome", "IdentityStatus", "InList", "Item", "Level", "ListKind", "MatterKind", "MeasureClass",
    "Occupation", "Phase", "PowerKind", "PowerLevel", "Punishment", "Reason", "Relation", "Role", "RowStatus",
    "SetBy", "Severity", "Size", "SubjectKind", "Term", "TextState", "Trait", "Trigger", "Verdict",
]  # fmt: skip
