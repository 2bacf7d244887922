"""Notices of events (失信信息通报、重大失信事件通报): kept, told to departments, and written out as text and data.

An event that is told to nobody is a record of what was seen (失信监测事件). Neither restricts anything: no check reads
either.
"""

from __future__ import annotations

from dataclasses import replace
from secrets import randbits
from typing import TYPE_CHECKING, Final

from jointsanction.errors import LoopError
from jointsanction.identity.masks import stated
from jointsanction.loop.filing.numbers import NOTICE, number_of
from jointsanction.loop.joint.assigning import measure_of
from jointsanction.loop.joint.joint_request import (
    acts_for,
    department_id,
    refuse_unidentified,
    refuse_unknown_list,
)
from jointsanction.loop.joint.revealing import note_reveal
from jointsanction.loop.pushing.messages import Occasion, make_message
from jointsanction.model.audit import Deed
from jointsanction.store.docket.audit import append
from jointsanction.store.docket.initiations import subject_key
from jointsanction.store.docket.messages import write
from jointsanction.store.docket.notices import add_notice, no_such_notice, notice_of, notices_known
from jointsanction.store.docket.requests import Taken, take, taken
from jointsanction.store.instants import to_micros
from jointsanction.terms import AuditAction, MessageKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from jointsanction.loop.desk import Desk
    from jointsanction.loop.filing.numbers import Draw
    from jointsanction.model.caller import Caller, RequestKey
    from jointsanction.model.message import Message
    from jointsanction.model.notice import Notice
    from jointsanction.model.subject import Subject

_KIND: Final = "notice"


class Notices:
    """The notices of one docket (通报). Safe between threads. It asks nobody's role."""

    def __init__(self, desk: Desk, *, draw: Draw = randbits) -> None:
        """Take the desk whose catalogue, docket and clock they go by."""
        self._desk = desk
        self._draw = draw

    def issue(self, notice: Notice, caller: Caller, *, key: RequestKey | None = None) -> Notice:
        """Keep a notice and tell the departments it names; with none it is kept on record alone (通报、登记).

        Raises:
            LoopError: `loop.incomplete`, `loop.unknown_list`, `loop.unknown_measure`, `loop.measure_ended`,
                `loop.future`; `loop.key_reused`.
            SubjectError: `subject.unidentified`.
        """
        now = self._desk.clock()
        catalog = self._desk.engine.tables.catalog
        self._refuse_unfit(notice, now)
        made = replace(
            notice,
            number=number_of(NOTICE, now.date(), self._draw),
            unit=caller.unit,
            account=caller.account,
            departments=tuple(dict.fromkeys(department_id(each, catalog) for each in notice.departments)),
            recorded_at=now,
        )
        with self._desk.docket.writing() as connection:
            before = taken(connection, caller.account, key)
            if before is not None:
                return notice_of(connection, before.number)
            add_notice(connection, made, now)
            append(connection, (_deed(made, caller),), at=to_micros(now), seal_with=self._desk.seal)
            write(connection, _messages(made, now))
            take(connection, caller.account, key, Taken(_KIND, made.number, None), at=to_micros(now))
        return made

    def notice(self, number: str) -> Notice:
        """Return a notice by its number, whole and unmasked.

        Raises:
            LoopError: `loop.no_such_notice`.
        """
        with self._desk.docket.reading() as connection:
            return notice_of(connection, number)

    def notices(self, subject: Subject | None = None) -> tuple[Notice, ...]:
        """Return all notices, or those about a subject, the newest last (通报台账)."""
        with self._desk.docket.reading() as connection:
            return notices_known(connection, subject)

    def known_to(self, caller: Caller, number: str) -> Notice:
        """Return a notice that the caller's unit issued or is told of (查阅范围).

        Raises:
            LoopError: `loop.no_such_notice`, also for one of others: that it exists is none of his business.
        """
        found = self.notice(number)
        if not self._has_part(caller, found):
            raise no_such_notice()
        return found

    def of_unit(self, caller: Caller) -> tuple[Notice, ...]:
        """Return the notices that the caller's unit issued or is told of, the newest first (本单位的通报)."""
        return tuple(each for each in reversed(self.notices()) if self._has_part(caller, each))

    def reveal(self, number: str, caller: Caller, reason: str) -> Notice:
        """Return a notice to be shown in clear, once the audit holds who looks at its subject and why (查看明文).

        Raises:
            LoopError: `loop.no_reason`; `loop.no_such_notice` as `known_to`.
        """
        found = self.known_to(caller, number)
        note_reveal(self._desk, caller, found.subject, about=number, reason=reason)
        return found

    def _has_part(self, caller: Caller, notice: Notice) -> bool:
        catalog = self._desk.engine.tables.catalog
        return caller.unit == notice.unit or any(acts_for(caller, each, catalog) for each in notice.departments)

    def _refuse_unfit(self, notice: Notice, now: datetime) -> None:
        catalog = self._desk.engine.tables.catalog
        missing = [name for name, text in (("标题", notice.title), ("事件", notice.event)) if not text.strip()]
        if missing:
            raise LoopError("loop.incomplete", f"通报缺少：{'、'.join(missing)}。", "补齐后重新登记。")
        if not all(map(stated, notice.departments)):
            raise LoopError("loop.incomplete", "通报部门中有空白的一项。", "写明每个部门；只登记的，不写部门。")
        if notice.happened_on > now.date():
            raise LoopError("loop.future", f"事件日期 {notice.happened_on} 晚于今天。", "请核对日期。")
        refuse_unknown_list(notice.list, catalog)
        for name in notice.measures:
            measure_of(name, catalog, now.date())
        refuse_unidentified(notice.subject)


def _messages(notice: Notice, at: datetime) -> Iterator[Message]:
    for department in notice.departments:
        said = {
            "notice": notice.number,
            "happened_on": notice.happened_on.isoformat(),
            "list": notice.list,
            "measures": list(notice.measures),
        }
        yield make_message(Occasion(MessageKind.NOTICE, notice.number, at), department, said)


def _deed(notice: Notice, caller: Caller) -> Deed:
    return Deed(
        action=AuditAction.NOTICE,
        caller=caller,
        purpose=notice.document_number,
        about=notice.number,
        subject=subject_key(notice.subject),
        detail={"departments": list(notice.departments), "list": notice.list},
    )
