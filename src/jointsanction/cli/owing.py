"""Cases that were handled without a valid check (未核查办件), from a file of cases."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from jointsanction.cli.at_desk import open_desk
from jointsanction.cli.checking import write_document
from jointsanction.cli.files import read_text
from jointsanction.cli.screen import show
from jointsanction.errors import QuestionError
from jointsanction.identity.masks import mask_id
from jointsanction.loop.filing.unchecked import CaseHandled, unchecked
from jointsanction.steps.asking.days import read_day
from jointsanction.telling.page import Grid, Headline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_COLUMNS: Final = {"案号": "case_no", "事项": "matter", "证件号码": "subject", "办理日期": "on"}


def report(file: Path, max_age: int, store: str | None, catalogues: Sequence[Path], *, as_json: bool) -> None:
    """Show which cases of a file have no valid check, and why.

    Raises:
        QuestionError: `question.cases` for a file without case numbers; `question.date`.
    """
    cases = read_cases(read_text(file))
    found = tuple(unchecked(open_desk(store, catalogues), cases, timedelta(days=max_age)))
    if as_json:
        write_document(
            {
                "cases": len(cases),
                "unchecked": [
                    {"case": each.case.case_no, "code": each.code, "message": each.message} for each in found
                ],
            }
        )
        return
    rows = tuple(
        (each.case.case_no, each.case.matter or "", mask_id(each.case.subject or ""), each.message) for each in found
    )
    show([Headline(f"共 {len(cases)} 件，没有有效核查的 {len(found)} 件。")])
    if rows:
        show([Grid("未核查办件", ("案号", "事项", "主体", "原因"), rows)])


def read_cases(text: str) -> tuple[CaseHandled, ...]:
    """Return the cases of a CSV file (办件清单).

    Raises:
        QuestionError: `question.cases`, `question.date`.
    """
    rows = [
        {name: (row.get(header) or "").strip() for header, name in _COLUMNS.items()}
        for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    ]
    if not rows or not all(row["case_no"] for row in rows):
        message = "办件清单没有“案号”一列，或者有的行没有案号。"
        raise QuestionError("question.cases", message, "CSV，表头为：案号、事项、证件号码、办理日期；后三列可以没有。")
    return tuple(
        CaseHandled(
            row["case_no"],
            row["matter"] or None,
            row["subject"] or None,
            read_day(row["on"], "办理日期") if row["on"] else None,
        )
        for row in rows
    )
