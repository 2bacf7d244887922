"""CSV becomes rows of text (读取 CSV): delimiter and header row are found by the headers we know."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.body import table_of
from jointsanction.registry.readers.tables.formulas import as_printed
from jointsanction.registry.readers.tables.grid import Grid
from jointsanction.registry.readers.tables.header_row import HEADER_WITHIN, Header, locate, no_header
from jointsanction.registry.readers.tables.table import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jointsanction.registry.readers.tables.table import Table

DELIMITERS: Final = ",\t;|"


class _Layout(NamedTuple):
    delimiter: str
    header: Header


def read_csv(text: str, is_known: Callable[[str], bool]) -> Table:
    """Return the rows of a CSV text (读取 CSV); blank lines and remarks below the table are left out.

    Raises:
        RegistryError: `registry.header` when no row has a header we know, `registry.csv` when quotes don't match.
    """
    delimiter, header = _layout(text, is_known)
    rows = tuple((number, tuple(cells)) for number, cells in records(text, delimiter))
    return table_of(Grid(rows=rows), header, found=Found(delimiter=delimiter))


def records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of a CSV text with their numbers.

    Raises:
        RegistryError: `registry.csv`.
    """
    # Not strict, an open quote would swallow the rest of the file as one cell, and a cut-off file would pass.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    marked = "'" in text
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [as_printed(cell) for cell in cells] if marked else cells
    except csv.Error as error:
        message = f"第 {number + 1} 行（文件第 {reader.line_num} 行）引号不成对，文件可能没有下载完整。"
        raise RegistryError("registry.csv", message, "请检查该行的双引号，或重新导出完整文件。") from error


def _layout(text: str, is_known: Callable[[str], bool]) -> _Layout:
    grids = [(delimiter, _head(text, delimiter)) for delimiter in DELIMITERS]
    found = [_Layout(each, header) for each, head in grids if (header := locate(head, is_known)) is not None]
    if found:
        return max(found, key=lambda layout: (*layout.header.merit, -DELIMITERS.index(layout.delimiter)))
    rows = list(islice(records(text, DELIMITERS[0]), HEADER_WITHIN))  # quotes that don't match are the better reason
    raise no_header(next((cells for _, cells in rows if any(map(str.strip, cells))), ()))


def _head(text: str, delimiter: str) -> Grid:
    rows: list[tuple[int, tuple[str, ...]]] = []
    # A wrong delimiter makes quotes look wrong; the right one says so again when the rows are read.
    with suppress(RegistryError):
        rows.extend((number, tuple(cells)) for number, cells in islice(records(text, delimiter), HEADER_WITHIN + 1))
    return Grid(rows=tuple(rows))
