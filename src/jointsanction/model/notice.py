"""A notice of an event (失信信息通报): what happened, to whom it is told, and what rests on it, which is nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from jointsanction.model.subject import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One event about one subject, told to departments or kept on record alone (通报、监测事件).

    It restricts nothing by itself: no check looks at it. `list` is the list the event rests on, whose disclosure
    attribute says how much of the record may be told; `source` is where the office has the event from.
    """

    title: str = field(repr=False)
    subject: Subject = field(repr=False)
    event: str = field(repr=False)
    happened_on: date
    source: str | None = None
    list: str | None = None
    listed_on: date | None = None
    instrument_no: str | None = None
    document_number: str | None = None
    measures: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    number: str = ""
    unit: str = ""
    account: str = ""
    recorded_at: datetime | None = None
