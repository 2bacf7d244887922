"""Workbooks and pages as offices hand them over, made for a test: openpyxl writes .xlsx, xlwt .xls."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import xlwt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Rows = Iterable[Sequence[Any]]


HEADERS: Final = ("名单", "名称", "统一社会信用代码", "列入日期", "文书文号", "文书日期", "认定单位")
GOOD: Final = (
    "拖欠农民工工资黑名单",
    "恒泰物流有限公司",
    "91990000MA0000001B",
    "2024-03-01",
    "测〔2024〕1号",
    "2024-03-01",
    "测试市人社局",
)
NAMESPACE: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def row(**cells: Any) -> tuple[Any, ...]:
    """Return a good row with some cells changed, named by the place of their header: `c2=…` is the third."""
    changed = list(GOOD)
    for key, cell in cells.items():
        changed[int(key.removeprefix("c"))] = cell
    return tuple(changed)


def xlsx(rows: Rows, *, name: str = "名单", more: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    """Return a .xlsx of one sheet with some rows; `more` may add to it before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for each in rows:
        sheet.append(each)
    if more is not None:
        more(book)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return the bytes of a workbook."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def xls(rows: Rows, *, name: str = "名单", more: Callable[[xlwt.Workbook], None] | None = None) -> bytes:
    """Return a .xls of one sheet with some rows; `more` may add to it before it is saved."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for at, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            if cell is not None:
                sheet.write(at, place, cell)
    if more is not None:
        more(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def html(rows: Rows, *, head: str = "") -> str:
    """Return a page with one table."""
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n" for cells in rows)
    return f"<html><head>{head}</head><body><table>\n{lines}</table></body></html>"


def repacked(raw: bytes, **parts: bytes | Callable[[bytes], bytes] | None) -> bytes:
    """Return a .xlsx with some parts changed, added or left out, each named by the end of its path without `.xml`."""
    before = zipfile.ZipFile(io.BytesIO(raw))
    changes = {key.replace("__", "/"): change for key, change in parts.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            stem = entry.filename.removesuffix(".xml")
            key = next((key for key in changes if stem.endswith(key)), None)
            content = before.read(entry)
            change = changes[key] if key is not None else content
            if change is not None:
                after.writestr(entry.filename, change(content) if callable(change) else change)
    return written.getvalue()


def sheet_xml(cells: str, *, after: str = "") -> bytes:
    """Return the XML of a worksheet with some rows."""
    return f"<worksheet {NAMESPACE}><sheetData>{cells}</sheetData>{after}</worksheet>".encode()


def with_sheet(cells: str, *, after: str = "") -> bytes:
    """Return a .xlsx whose only sheet, 名单, has the XML given."""
    return repacked(xlsx([]), sheet1=sheet_xml(cells, after=after))
