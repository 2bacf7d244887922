"""Parts that several sections of an answer document share (结果文档的共用部分): sources, notices, causes, bases."""

from __future__ import annotations

from datetime import date
from typing import Literal

from jointsanction.model.value import Value
from jointsanction.terms import ActType, Carries, CauseType, Level, Relation, TextState


class SourceDocument(Value):
    """Where a listing came from (来源): batch and row."""

    batch: str | None
    row: int | None


class NoticeDocument(Value):
    """A warning (提示): a stable code and a sentence."""

    code: str
    message: str


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
