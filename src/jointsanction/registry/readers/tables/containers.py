"""A file's bytes become a table (打开文件): what it is, how it is decoded, and which reader takes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError
from jointsanction.model.mapping import FileMapping
from jointsanction.plugins import plugin_manager
from jointsanction.registry.readers.ftm.entities import is_ftm
from jointsanction.registry.readers.ftm.simple import is_simple, simple_table
from jointsanction.registry.readers.ftm.table import read_ftm
from jointsanction.registry.readers.report import RowProblem
from jointsanction.registry.readers.tables.csv_table import read_csv
from jointsanction.registry.readers.tables.html_table import html_grids
from jointsanction.registry.readers.tables.json_table import read_json, read_jsonl
from jointsanction.registry.readers.tables.pick import Page, pick
from jointsanction.registry.readers.tables.sniff import TITLES, format_of, is_disguised, workbook_format
from jointsanction.registry.readers.tables.xml_table import decode_declared, read_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from jointsanction.registry.readers.tables.excel.book import Book
    from jointsanction.registry.readers.tables.grid import Grid
    from jointsanction.registry.readers.tables.table import Table, TableReader

NESTED: Final[Mapping[str, Callable[[str, Callable[[str], bool], FileMapping], Table]]] = {
    "ftm": read_ftm,
    "json": read_json,
    "jsonl": read_jsonl,
    "xml": read_xml,
}
"""Which function reads a text whose records may lie deep; a mapping tells where."""

_LINES: Final = frozenset({"json", "jsonl"})
"""What JSON lines look like; a file of one line looks like one object."""

_PAGED: Final = frozenset({"html", "xls", "xlsx"})
"""Formats that may hold several tables."""


class Opened(NamedTuple):
    """A file as a table (打开的文件), with the encoding of its text and its format, both for people to see."""

    table: Table
    encoding: str
    form: str
    notes: tuple[RowProblem, ...] = ()


def open_file(
    path: Path,
    raw: bytes,
    is_known: Callable[[str], bool],
    *,
    plan: FileMapping | None = None,
    sheet: str | None = None,
) -> Opened:
    """Return the table of a file. A host's reader goes by the file's ending, since only the host knows its format.

    `is_known` tells a header that is read, `plan` where nested records are, `sheet` which worksheet to take.

    Raises:
        RegistryError: `registry.empty`, `registry.format`, `registry.encoding`, `registry.truncated`, `registry.csv`,
            `registry.json`, `registry.xml`, `registry.no_records`, `registry.header`, `registry.sheet`,
            `registry.corrupt`, `registry.too_large`, `registry.password`, `registry.extent`.
    """
    ending = path.suffix.lower()
    added = _added_reader(ending)
    if added is not None:
        return Opened(added(raw, is_known), "", ending)
    form, text, encoding = recognised(raw)
    notes = (_disguise(ending, form),) if is_disguised(ending, form) else ()
    if form in _PAGED:
        pages = pages_of(form, raw, text)
        return Opened(pick(pages, is_known, wanted=sheet, lettered=form != "html"), encoding, form, notes)
    if sheet is not None:
        raise RegistryError("registry.sheet", f"{TITLES[form]} 文件没有工作表。", "请去掉 --sheet。")
    if form in NESTED:
        return Opened(NESTED[form](text, is_known, plan or FileMapping()), encoding, form, notes)
    table = read_csv(text, is_known)
    return Opened(simple_table(table) if is_simple(table.headers) else table, encoding, form, notes)


def recognised(raw: bytes) -> tuple[str, str, str]:
    """Return the format of a file's bytes, its text and the text's encoding; a workbook has neither.

    Raises:
        RegistryError: `registry.empty`, `registry.format`, `registry.encoding`, `registry.truncated`.
    """
    book = workbook_format(raw)
    if book is not None:
        return book, "", ""
    text, encoding = decode_declared(raw)
    form = format_of(text)
    return "ftm" if form in _LINES and is_ftm(text) else form, text, encoding


def pages_of(form: str, raw: bytes, text: str) -> Iterable[Page]:
    """Return the sheets of a workbook or the tables of a page.

    Raises:
        RegistryError: what is wrong with the workbook, or the page.
    """
    if form == "html":
        return tuple(Page(grid.name or "", partial(_same, grid)) for grid in html_grids(text))
    book = open_book(form, raw)
    return tuple(Page(each.name, partial(book.grid, each), each.hidden) for each in book.sheets)


def open_book(form: str, raw: bytes) -> Book:
    """Return a workbook, looked over.

    Raises:
        RegistryError: what is wrong with it.
    """
    from jointsanction.registry.readers.tables.excel import book  # noqa: PLC0415 - workbooks only

    return book.open_xls(raw) if form == "xls" else book.open_xlsx(raw)


def _added_reader(ending: str) -> TableReader | None:
    added: dict[str, TableReader] = {}
    for readers in plugin_manager().hook.jointsanction_readers():
        added |= readers
    return added.get(ending)


def _same(grid: Grid) -> Grid:
    return grid


def _disguise(ending: str, form: str) -> RowProblem:
    message = f"文件名以 {ending} 结尾，内容是{TITLES[form]}，已按内容读取。"
    return RowProblem(0, "", "file.disguised", message, "warning")
