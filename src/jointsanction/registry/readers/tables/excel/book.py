"""Workbooks become grids of text (读取工作簿): calamine behind a look ahead, openpyxl where calamine gives up."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast
from zipfile import BadZipFile

from jointsanction.registry.readers.tables.excel.archive import Archive, corrupt, password
from jointsanction.registry.readers.tables.excel.cells import text_of
from jointsanction.registry.readers.tables.excel.records import record_scans
from jointsanction.registry.readers.tables.excel.worksheet import worksheets
from jointsanction.registry.readers.tables.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.registry.readers.tables.excel.cells import Cell
    from jointsanction.registry.readers.tables.excel.scan import Sheet

    Rows: TypeAlias = list[list[Cell]]

_PANIC: Final = "PanicException"
_NO_WORKBOOK: Final = (AttributeError, BadZipFile, EOFError, LookupError, OSError, SyntaxError, TypeError, ValueError)
"""What openpyxl raises for a workbook that is none."""


class Book(NamedTuple):
    """A workbook looked over (工作簿): its worksheets, and what loads the cells of one of them."""

    sheets: tuple[Sheet, ...]
    load: Callable[[Sheet], Rows]

    def rows(self, sheet: Sheet) -> Rows:
        """Return the cells of a sheet from A1 on, in rows of equal length; failed formulas show their error.

        Raises:
            RegistryError: `registry.extent`, `registry.corrupt`.
        """
        sheet.refuse_far()
        rows = self.load(sheet)
        width = max(sheet.scan.columns, *(len(row) for row in rows), 0)
        rows += [[] for _ in range(sheet.scan.rows - len(rows))]
        rows = [row + [""] * (width - len(row)) for row in rows]
        for (row, column), text in sheet.scan.odd.items():
            rows[row - 1][column - 1] = text
        return rows

    def grid(self, sheet: Sheet) -> Grid:
        """Return a sheet as a grid of texts.

        Raises:
            RegistryError: `registry.extent`, `registry.corrupt`.
        """
        texts = tuple((number, tuple(map(text_of, row))) for number, row in enumerate(self.rows(sheet), 1))
        return Grid(rows=texts, merges=tuple(sheet.scan.merges), name=sheet.name)


def open_xlsx(raw: bytes) -> Book:
    """Return a .xlsx, looked over.

    Raises:
        RegistryError: `registry.corrupt`, `registry.too_large`, `registry.password`, `registry.format`.
    """
    sheets = worksheets(Archive(raw))

    def load(sheet: Sheet) -> Rows:
        found = _by_calamine(raw, sheet.name)
        # Of a sheet in UTF-16 calamine says that it is empty.
        return found or (_by_openpyxl(raw, sheet.name) if found is None or sheet.scan.rows else found)

    return Book(sheets, load)


def open_xls(raw: bytes) -> Book:
    """Return a .xls, looked over.

    Raises:
        RegistryError: `registry.corrupt`, `registry.password`, `registry.format`, `registry.extent`.
    """
    sheets = record_scans(raw)
    for sheet in sheets:
        sheet.refuse_far()  # this format is loaded whole

    def load(sheet: Sheet) -> Rows:
        found = _by_calamine(raw, sheet.name)
        if found is None:
            raise corrupt()
        return found

    return Book(sheets, load)


def _by_calamine(raw: bytes, sheet: str) -> Rows | None:
    """Return the cells of a sheet from A1 on, None when calamine can't read it."""
    from python_calamine import CalamineError, PasswordError, load_workbook  # noqa: PLC0415 - workbooks only

    try:
        with load_workbook(io.BytesIO(raw)) as book:
            return [list(row) for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]
    except PasswordError as error:
        raise password() from error
    except CalamineError:
        return None
    except BaseException as error:
        # calamine panics on some damaged files; the class is nowhere to be imported from.
        if type(error).__name__ != _PANIC:
            raise
        return None


def _by_openpyxl(raw: bytes, sheet: str) -> Rows:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and seldom needed

    try:
        with warnings.catch_warnings(action="ignore"):  # about styles and drop-downs it will not keep
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            found = book[sheet]
            found.reset_dimensions()  # many programs write a wrong extent
            return [cast("list[Cell]", list(row)) for row in found.iter_rows(values_only=True)]
    except _NO_WORKBOOK as error:
        raise corrupt() from error
