"""Notices at the command line (通报)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointsanction.cli.checking import write_document
from jointsanction.cli.screen import show
from jointsanction.loop.joint.revealing import note_reveal
from jointsanction.loop.pushing.notices import Notices
from jointsanction.model.notice import Notice
from jointsanction.steps.asking.ask import read_subject
from jointsanction.steps.asking.days import read_day
from jointsanction.telling.notice import notice_document, notice_parts, who
from jointsanction.telling.page import Grid
from jointsanction.terms import Audience
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from jointsanction.cli.at_desk import At
    from jointsanction.cli.initiating import Who


def issue(subject: Who, said: dict[str, Any], at: At, *, as_json: bool) -> None:
    """Keep a notice and write it out (登记、通报)."""
    days = {"happened_on": read_day(said["happened_on"], "事件日期")}
    if said["listed_on"] is not None:
        days["listed_on"] = read_day(said["listed_on"], "列入日期")
    desk = at.desk()
    made = Notices(desk).issue(Notice(**said | days | {"subject": subject.subject()}), at.caller())
    _write(notice_document(made, desk.engine.tables.catalog, Audience.AUTHORITY), as_json=as_json)


def show_one(number: str, at: At, *, audience: str, reveal: str | None, as_json: bool) -> None:
    """Write a notice out for an audience (通报文本和数据)."""
    desk = at.desk()
    made = Notices(desk).notice(number)
    to_whom = word(Audience, audience, "公开对象")
    document = notice_document(made, desk.engine.tables.catalog, to_whom, clear=reveal is not None)
    if reveal is not None:
        note_reveal(desk, at.caller(), made.subject, about=number, reason=reveal)
    _write(document, as_json=as_json)


def list_all(number: str | None, kind: str | None, at: At) -> None:
    """Show notices (通报台账)."""
    found = Notices(at.desk()).notices(None if number is None else read_subject(number, kind))
    headers = ("编号", "标题", "主体", "事件日期", "通报部门")
    rows = tuple(
        (
            each.number,
            each.title,
            str(who(each.subject, clear=False)["subject"]),
            each.happened_on.isoformat(),
            "、".join(each.departments) or "只登记",
        )
        for each in found
    )
    show([Grid(f"通报（{len(found)} 份）", headers, rows)])


def _write(document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        write_document(document)
    else:
        show(notice_parts(document))
