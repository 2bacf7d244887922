"""Notices of events (通报台账): written once and never changed; no check reads them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select

from jointsanction.errors import LoopError
from jointsanction.model.notice import Notice
from jointsanction.model.subject import Subject
from jointsanction.store.docket.initiations import subject_key, subject_text
from jointsanction.store.docket.tables import NOTICE
from jointsanction.store.instants import from_micros, to_micros

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row

_SAID: Final = ("title", "event", "source", "list", "instrument_no", "document_number")
_SEVERAL: Final = ("measures", "departments")
_DAYS: Final = ("happened_on", "listed_on")


def add_notice(connection: Connection, notice: Notice, at: datetime) -> None:
    """Write a notice down (登记通报)."""
    days = {name: getattr(notice, name) for name in _DAYS}
    document = {name: getattr(notice, name) for name in (*_SAID, *_SEVERAL)} | {
        "subject": subject_text(notice.subject),
        **{name: None if day is None else day.isoformat() for name, day in days.items()},
    }
    row = {
        "number": notice.number,
        "subject": subject_key(notice.subject),
        "document": json.dumps(document, ensure_ascii=False, sort_keys=True),
        "unit": notice.unit,
        "account": notice.account,
        "recorded_at": to_micros(at),
    }
    connection.execute(insert(NOTICE), row)


def notice_of(connection: Connection, number: str) -> Notice:
    """Return a notice by its number (通报).

    Raises:
        LoopError: `loop.no_such_notice`.
    """
    row = connection.execute(select(NOTICE).where(NOTICE.c.number == number)).first()
    if row is None:
        raise no_such_notice()
    return _notice_of(row)


def no_such_notice() -> LoopError:
    """Return the error for a number under which there is no notice, or none for whoever asks (无此编号)."""
    message = "没有这个编号的通报。"
    return LoopError("loop.no_such_notice", message, "请核对编号；本单位的见 jointsanction notice list。")


def notices_known(connection: Connection, subject: Subject | None = None) -> tuple[Notice, ...]:
    """Return notices in the order they were made: all, or those about a subject (通报台账)."""
    wanted = select(NOTICE).order_by(NOTICE.c.recorded_at, NOTICE.c.number)
    if subject is not None:
        wanted = wanted.where(NOTICE.c.subject == subject_key(subject))
    return tuple(map(_notice_of, connection.execute(wanted)))


def _notice_of(row: Row[Any]) -> Notice:
    said = json.loads(row.document)
    days = {name: None if said[name] is None else date.fromisoformat(said[name]) for name in _DAYS}
    several = {name: tuple(said[name]) for name in _SEVERAL}
    return Notice(
        **said | several | days | {"subject": Subject(**said["subject"])},
        number=row.number,
        unit=row.unit,
        account=row.account,
        recorded_at=from_micros(row.recorded_at),
    )
