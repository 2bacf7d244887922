"""Writing a report (出具核查报告): of an answer in a file, its receipt verified first, or of a check that was filed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.cli.at_desk import caller_of, open_desk
from jointsanction.cli.new_files import write_new
from jointsanction.cli.screen import show
from jointsanction.cli.verifying import verified_documents
from jointsanction.engine import Engine, open_catalog
from jointsanction.errors import QuestionError
from jointsanction.report.filed import filed_sheet
from jointsanction.report.pdf import pdf_of
from jointsanction.report.sheet import Filing, sheet_of
from jointsanction.telling.page import Block, Headline, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointsanction.report.sheet import Sheet

__all__ = ["Filing", "Wanted", "write_report"]


class Wanted(NamedTuple):
    """Of what a report is to be written, and where to (报告要求)."""

    answer: str
    out: Path
    filing: Filing
    page: str | None
    reveal: str | None
    fonts: Sequence[Path]
    store: str | None
    catalogues: Sequence[Path]


def write_report(wanted: Wanted) -> None:
    """Write a report as a new file and show what stands on it.

    Raises:
        ReceiptError: as `receipt verify`, for an answer in a file.
        LoopError: `loop.no_such_check`, `report.no_font`.
        QuestionError: `question.one_answer` for a file of several answers; `question.font_folder`;
            `catalog.output_exists`, `question.output`.
        MissingExtraError: `report.no_typst`.
    """
    path = Path(wanted.answer)
    sheet = _of_file(path, wanted) if path.exists() else _of_filed(wanted)
    write_new({wanted.out: pdf_of(sheet, font_folders=wanted.fonts)})
    lines = (Line("编号", sheet.number), Line("核查对象", f"{len(sheet.members)} 个"), Line("核查凭证", sheet.receipt))
    code = (Line("验证码", sheet.code),) if sheet.code else ()
    show([Headline(f"已出具核查报告：{wanted.out}，结论“{sheet.verdict}”。"), Block("报告", (*lines, *code))])


def _of_file(path: Path, wanted: Wanted) -> Sheet:
    found = verified_documents(path)
    if len(found) != 1:
        message = f"文件中有 {len(found)} 份核查结果，一份报告只出自一份。"
        raise QuestionError("question.one_answer", message, "请分开成文件；一次投标的全部投标人用 tender --json。")
    engine = Engine(open_catalog(wanted.catalogues))
    return sheet_of(found[0], engine.tables, wanted.filing)


def _of_filed(wanted: Wanted) -> Sheet:
    desk = open_desk(wanted.store, wanted.catalogues)
    if wanted.reveal is not None:
        who = caller_of(wanted.filing.unit, wanted.filing.officer)
        desk.reveal(wanted.answer, who, reason=wanted.reveal)
    return filed_sheet(desk, wanted.answer, page=wanted.page, masked=wanted.filing.masked)
