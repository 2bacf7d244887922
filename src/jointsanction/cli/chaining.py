"""The audit chain at a terminal (审计): verified, its end printed, searched, and exported by case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jointsanction.cli.at_desk import caller_of
from jointsanction.cli.checking import write_document
from jointsanction.cli.files import read_text
from jointsanction.cli.new_files import write_new
from jointsanction.cli.screen import show
from jointsanction.engine import shanghai_now
from jointsanction.errors import LoopError
from jointsanction.home import default_store
from jointsanction.loop.filing.auditing import Audit, Sought, head_document, masked_entry, read_head
from jointsanction.loop.filing.sealing import note, seal_of
from jointsanction.model.audit import Deed
from jointsanction.steps.asking.days import read_day
from jointsanction.store.docket.docket import Docket
from jointsanction.telling.page import Block, Grid, Headline, Line
from jointsanction.terms import AuditAction
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def verify(head: Path | None, store: str | None) -> None:
    """Verify the chain and show how far it holds.

    Raises:
        LoopError: `audit.altered`, `audit.missing`, `audit.order`, `audit.columns`, `audit.rewritten`, `audit.cut`,
            naming the first record that doesn't hold; `audit.row_missing`, `audit.row_altered`, `audit.row_unknown`,
            naming what is kept otherwise than the audit says; `audit.head`.
    """
    _, audit = _open(store)
    found = audit.verify(None if head is None else read_head(_parsed(read_text(head))))
    if found.broken is not None:
        seq, code, message = found.broken
        hint = f"第 {found.records} 条及以前的相符。请保全数据库，与备份和先前保存的链首对照。"
        raise LoopError(code, f"审计链在第 {seq} 条断开：{message}", hint)
    if found.unlike is not None:
        about, code, message = found.unlike
        hint = "审计链本身相符：以它为准，保全数据库，与备份对照。"
        raise LoopError(code, f"台账与审计不符：{about} {message}", hint)
    held = "" if head is None else "，包含先前保存的链首"
    told = f"审计链相符：{found.records} 条记录{held}；台账的 {found.rows} 件核查、执行、反馈与它一致。"
    show([Headline(told), Block("链首", (Line("摘要", found.head.digest),))])


def head(store: str | None) -> None:
    """Print the end of the chain."""
    _, audit = _open(store)
    write_document(head_document(audit.head(), shanghai_now()))


def search(sought: Mapping[str, Any], days: tuple[str | None, str | None], store: str | None, *, as_json: bool) -> None:
    """Show the records that fit, masked.

    Raises:
        QuestionError: `question.unknown_word`, `question.date`. SubjectError: a number that is none.
    """
    _, audit = _open(store)
    since, until = (None if day is None else read_day(day, "日期") for day in days)
    action = sought["action"]
    said = {**sought, "action": None if action is None else word(AuditAction, action, "审计事项").value}
    found = audit.search(Sought(**said, since=since, until=until))
    if as_json:
        shown = [{"seq": each.seq, "digest": each.digest, "entry": masked_entry(each.entry)} for each in found]
        write_document({"records": shown})
        return
    rows = tuple(_row(masked_entry(each.entry)) for each in found)
    show([Grid(f"审计记录（{len(rows)} 条）", ("序号", "时刻", "事项", "单位", "账户", "编号", "案号", "用途"), rows)])


def export(output: Path, case_no: str, who: tuple[str | None, str | None], store: str | None) -> None:
    """Write the records of a case; that they were exported is recorded first.

    Raises:
        LoopError: `audit.no_records`. QuestionError: `catalog.output_exists`, `question.output`.
    """
    docket, audit = _open(store)
    lines = tuple(audit.of_case(case_no))
    if not lines:
        raise LoopError("audit.no_records", "没有这个案号的审计记录。", "请核对案号；案号在核查时用 --case 写明。")
    detail = {"records": len(lines)}
    deed = Deed(action=AuditAction.EXPORT, caller=caller_of(*who), about="audit", case_no=case_no, detail=detail)
    note(docket, seal_of(docket), shanghai_now(), deed)
    write_new({output: "".join(lines).encode()})
    show([Headline(f"已写出：{output}，{len(lines)} 条记录。")])


def _open(store: str | None) -> tuple[Docket, Audit]:
    docket = Docket.open(store or default_store())
    return docket, Audit(docket, seal_of(docket))


def _row(entry: Mapping[str, Any]) -> tuple[str, ...]:
    names = ("unit", "account", "about", "case", "purpose")
    at = str(entry["at"])[:19].replace("T", " ")
    return (str(entry["seq"]), at, AuditAction(entry["action"]).zh, *(entry[name] or "" for name in names))


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
