"""Sheets of text as files and back (工作表文件): a workbook, or a folder of CSV files; a text is never a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.sheets.book import Sheet
from jointsanction.cli.files import read_bytes
from jointsanction.errors import QuestionError, RegistryError
from jointsanction.registry.readers.rejects.workbook import written_cell
from jointsanction.registry.readers.tables.containers import open_book, recognised
from jointsanction.registry.readers.tables.csv_table import records
from jointsanction.registry.readers.tables.formulas import harmless
from jointsanction.registry.readers.tables.table import Numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from jointsanction.registry.readers.tables.excel.book import Book

_LONGEST: Final = 32_767
_WIDE: Final = 48
_NARROW: Final = 16
_AS_WIDE_AS: Final = 24
_TEXT: Final = "@"
_LOST: Final = "是数字，而且太长，表格软件已丢掉末几位；请把这一列改为文本格式，重新填写。"
_FAILED: Final = "是没有算出结果的公式；请填写文字。"


def xlsx_bytes(tables: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Return a workbook of one sheet a table, whose columns hold text: a code typed there stays as typed.

    Raises:
        QuestionError: `catalog.cell_too_long`.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, and only here

    for title, rows in tables.items():
        for number, row in enumerate(rows, 1):
            _refuse_long(row, title, number)
    book = Workbook(write_only=True)
    for title, rows in tables.items():
        sheet = book.create_sheet(title)
        _lay_out(sheet, rows)
        for row in rows:
            sheet.append([written_cell(sheet, text) for text in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _lay_out(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """Hold the heads and the ids in sight, and make every column one of text, empty cells too."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    sheet.freeze_panes = "B2"
    for at in range(len(rows[0])):
        column = sheet.column_dimensions[get_column_letter(at + 1)]
        column.number_format = _TEXT
        column.width = _WIDE if any(len(row[at]) > _AS_WIDE_AS for row in rows[1:]) else _NARROW


def _refuse_long(row: Sequence[str], title: str, number: int) -> None:
    for at, text in enumerate(row, 1):
        if len(text) > _LONGEST:
            message = f"工作表“{title}”第 {number} 行第 {at} 列有 {len(text)} 字，一格至多 {_LONGEST} 字。"
            raise QuestionError("catalog.cell_too_long", message, "请导出为 CSV 文件夹（FILE 不写后缀）。")


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a table as CSV that no spreadsheet runs or takes for GBK."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[harmless(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def sheets_of(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook, or of a folder of CSV files: each is called after its file.

    Raises:
        RegistryError: what is wrong with a file as a whole; `registry.no_file`, `registry.format`.
    """
    if path.is_dir():
        files = sorted(path.glob("*.csv"))
        if not files:
            raise RegistryError("registry.no_file", f"文件夹 {path} 中没有 .csv 文件。", "请核对路径。")
        return [Sheet(file.stem, list(records(_text(file), ","))) for file in files]
    raw = read_bytes(path)
    form = recognised(raw)[0]
    if form not in {"xlsx", "xls"}:
        raise RegistryError("registry.format", f"{path} 不是工作簿。", "请用 .xlsx，或者 CSV 文件夹。")
    return list(_sheets(open_book(form, raw)))


def _text(file: Path) -> str:
    form, text, _ = recognised(read_bytes(file))
    if form != "csv":
        raise RegistryError("registry.format", f"{file} 不是 CSV 文件。", "请另存为 CSV（逗号分隔）。")
    return text


def _sheets(book: Book) -> Iterator[Sheet]:
    for each in book.sheets:
        rows = book.grid(each).rows
        odd = dict.fromkeys(each.scan.odd, _FAILED)
        for number, cells in rows:
            lost = (at for at, text in enumerate(cells, 1) if isinstance(text, Numeral) and "E+" in text)
            odd |= {(number, at): _LOST for at in lost}
        yield Sheet(each.name, rows, odd)
