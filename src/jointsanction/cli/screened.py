"""The officer's own file with the answers beside each row (名册附核查结果): all else is left as it is."""

from __future__ import annotations

import csv
import io
import warnings
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.registry.readers.rejects.text_rows import encoded
from jointsanction.registry.readers.rejects.workbook import text_cell
from jointsanction.registry.readers.tables.csv_table import records
from jointsanction.registry.readers.tables.decode import decode
from jointsanction.registry.readers.tables.formulas import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jointsanction.registry.readers.tables.table import Table

HEADERS: Final = ("核查结论", "适用措施", "涉及名单", "核查说明")
"""The columns that are added."""


class Screened(NamedTuple):
    """A file, its table, and what is to stand beside each row (名册及各行结果)."""

    raw: bytes
    table: Table
    said: Mapping[int, Sequence[str]]

    def place(self) -> int:
        """Return how many columns stand before ours; those of an earlier screening give way."""
        headers = self.table.headers
        return headers.index(HEADERS[0]) if HEADERS[0] in headers else len(headers)

    def beside(self, number: int) -> Sequence[str] | None:
        """Return what stands beside a row, None where nothing does."""
        return HEADERS if number == self.table.found.header[1] else self.said.get(number)


def csv_with(screened: Screened) -> bytes:
    """Return a CSV file in its own encoding; what a spreadsheet would run as a formula is marked as text."""
    text, encoding = decode(screened.raw)
    delimiter, place = screened.table.found.delimiter, screened.place()
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n" if "\r\n" in text else "\n")
    for number, cells in records(text, delimiter):
        beside = screened.beside(number)
        if beside is not None:
            cells[place:] = [*cells[len(cells) : place], *[""] * (place - len(cells)), *beside]
        writer.writerow([harmless(cell) for cell in cells])
    return encoded(written.getvalue(), encoding, screened.raw)


def workbook_with(screened: Screened) -> bytes:
    """Return a workbook with the columns added to the sheet that was read; a text is never a formula."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, and only here

    with warnings.catch_warnings(action="ignore"):  # about drop-downs it will not keep
        book = load_workbook(io.BytesIO(screened.raw))
    sheet, place = book[str(screened.table.found.sheet)], screened.place()
    for number in (screened.table.found.header[1], *screened.said):
        for at, text in enumerate(screened.beside(number) or (), place + 1):
            cell = sheet.cell(number, at)
            cell.value, cell.data_type = (text_cell(text), "s") if text else (None, "n")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


WRITERS: Final[Mapping[str, Callable[[Screened], bytes]]] = {"csv": csv_with, "xlsx": workbook_with}
"""What writes a file again, by its format."""
