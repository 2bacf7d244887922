"""Refused rows of a workbook, or of a page's table, go back as a .xlsx (退回工作簿): a text is never a formula."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from jointsanction.registry.readers.rejects.lines import Line, lines_back
from jointsanction.registry.readers.tables.containers import open_book, recognised
from jointsanction.registry.readers.tables.html_table import html_grids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.cell.cell import Cell as Written
    from openpyxl.worksheet.worksheet import Worksheet

    from jointsanction.registry.readers.report import ImportReport
    from jointsanction.registry.readers.tables.excel.cells import Cell
    from jointsanction.registry.readers.tables.grid import Merge

_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_TITLE: Final = re.compile(r"[\\*?:/\[\]]")
_LONGEST_TITLE: Final = 31
_TEXT: Final = "@"


def workbook_back(raw: bytes, report: ImportReport, said: Mapping[int, str]) -> bytes:
    """Return the refused rows as a workbook with one sheet of the same name."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, and only where rows go back

    name = str(report.found.sheet)
    rows, merges = _rows(raw, name)
    _fill_down(rows, merges, report.found.header[1])
    lines = [Line(number, cells) for number, cells in enumerate(rows, 1)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_A_TITLE.sub("_", name)[:_LONGEST_TITLE])
    for cells in lines_back(lines, report.found.header, said):
        sheet.append([written_cell(sheet, cell) for cell in cells])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _rows(raw: bytes, name: str) -> tuple[list[list[Cell]], Sequence[Merge]]:
    form, text, _ = recognised(raw)
    if form == "html":
        grid = next(grid for grid in html_grids(text) if grid.name == name)
        return [list(cells) for _, cells in grid.rows], grid.merges
    book = open_book(form, raw)
    sheet = next(sheet for sheet in book.sheets if sheet.name == name)
    return book.rows(sheet), sheet.scan.merges


def _fill_down(rows: list[list[Cell]], merges: Sequence[Merge], header_row: int) -> None:
    """Write out what merged cells say, for the rows they span no longer stand together."""
    for each in merges:
        if each.top > header_row and each.left < len(rows[each.top - 1]):
            for row in rows[each.top : each.bottom]:
                row[each.left] = rows[each.top - 1][each.left]


def written_cell(sheet: Worksheet, cell: Cell) -> Written | None:
    """Return a cell of its own type; a text stays a text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    if cell is None or cell == "":
        return None
    written = WriteOnlyCell(sheet)
    if isinstance(cell, str):
        written.value = text_cell(cell)
        written.data_type = "s"
        written.number_format = _TEXT
    elif isinstance(cell, bool | int | float | datetime | date | time):
        written.value = cell
    else:
        written.value = str(cell)
    return written


def text_cell(text: str) -> str:
    """Return a text as a workbook can hold it."""
    return _NOT_IN_XML.sub("\ufffd", text)
