"""Which lines of a table go back, and where the column 问题 stands (退回的行)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.identity.folding import letters
from jointsanction.registry.readers.covers import PROBLEM_COLUMN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jointsanction.registry.readers.tables.excel.cells import Cell


class Line(NamedTuple):
    """A row of a file with its number (行), its cells as the file has them."""

    number: int
    cells: Sequence[Cell]


def lines_back(lines: Iterable[Line], header: tuple[int, int], said: Mapping[int, str]) -> Iterator[list[Cell]]:
    """Yield the lines above the table, its header, and the refused rows, each with what is wrong in its own column.

    `header` is the first and the last row of the header. A file that came back before keeps its column 问题, with the
    new words in it.
    """
    first, last = header
    kept = [line for line in lines if line.number <= last or line.number in said]
    headers = next((line.cells for line in kept if line.number == last), ())
    place = next((at for at, cell in enumerate(headers) if letters(str(cell)) == PROBLEM_COLUMN), len(headers))
    for number, cells in kept:
        if number < first:
            yield list(cells)
        else:
            yield _with(cells, place, len(headers), PROBLEM_COLUMN if number <= last else said.get(number, ""))


def _with(cells: Sequence[Cell], place: int, width: int, text: str) -> list[Cell]:
    """Put the words into their column; a row with too many cells takes them behind the last."""
    row = [*cells, *[""] * (width - len(cells))]
    if place < width >= len(cells):
        row[place] = text
    else:
        row.append(text)
    return row
