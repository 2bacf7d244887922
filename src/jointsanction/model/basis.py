"""Instruments and what of them a measure, list or rule rests on (依据文件、法规政策依据)."""

from __future__ import annotations

from datetime import date

from jointsanction.model.value import Value
from jointsanction.terms import Carries, Level, TextState


class CheckedText(Value):
    """Which text the cited articles were held against (核对文本): the edition's day, and each article's fingerprint."""

    edition: date | None = None
    articles: dict[str, str]


class Instrument(Value):
    """A legal or policy document, one edition (依据文件). `valid_from` is the day it came into force (施行日期).

    `source` names where its words were read when no collection of statutes has them; `checked` is written by
    `catalog verify --write`.
    """

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
    source: str | None = None
    checked: CheckedText | None = None
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
