"""What rules say in an answer (推导规则的结论): grade, supervision, notices, and the trace of every rule."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from jointsanction.model.document_parts import ActCause, ListingCause
from jointsanction.model.value import Value
from jointsanction.terms import GradeLevel, Manner, SupervisionTier


class SetByDocument(Value):
    """A rule and the listings and acts it rests on (规则及其所依记录)."""

    rule: str
    title: str
    causes: tuple[Annotated[ListingCause | ActCause, Field(discriminator="type")], ...]


class GradeDocument(Value):
    """The grade (信用等级); independent lists stand beside it. Not `complete`: something unknown could worsen it."""

    level: GradeLevel | None
    complete: bool
    independent: tuple[str, ...]
    set_by: tuple[SetByDocument, ...]


class SupervisionDocument(Value):
    """How the subject is to be supervised (监管措施): the strictest that rules say, each field for itself."""

    tier: SupervisionTier
    inspections: int | None
    ratio: float | None
    manner: tuple[Manner, ...]
    complete: bool
    set_by: tuple[SetByDocument, ...]


class RuleNoticeDocument(Value):
    """What a rule tells the reader (规则提示)."""

    code: str
    rule: str
    message: str


class RuleTraceDocument(Value):
    """A rule in force (规则轨迹): fired, not fired with what was not met, or null where it could not be known."""

    rule: str
    title: str
    fired: bool | None
    causes: tuple[Annotated[ListingCause | ActCause, Field(discriminator="type")], ...]
    unmet: tuple[str, ...]
