"""A sheet, a page's table or a CSV file as a grid of texts (网格), before anybody knows where its header is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_CELLS: Final = 5_000_000
"""A larger grid is a stray cell far away or an attack: a list of a province has some hundred thousand rows."""


class Merge(NamedTuple):
    """A merged range (合并单元格): rows as a spreadsheet counts them, columns from nought, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of text with their numbers (网格); of a merged range only the first cell has the text."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    merges: tuple[Merge, ...] = ()
    name: str | None = None

    def filled_down(self, first: int) -> dict[int, dict[int, str]]:
        """Return what merged ranges that begin at a row or below it say in their further rows, by row and column.

        Raises:
            RegistryError: `registry.extent` when ranges overlap so much that they can't have been made by a person.
        """
        merges = [each for each in self.merges if each.top >= first and each.bottom > each.top]
        if not merges:
            return {}
        texts = dict(self.rows)
        last = self.rows[-1][0]
        if sum(min(each.bottom, last) - each.top for each in merges) > MOST_CELLS:
            raise RegistryError("registry.extent", "合并单元格多得不正常。", "请取消合并后另存，再导入。")
        filled: dict[int, dict[int, str]] = {}
        for each in merges:
            cells = texts.get(each.top, ())
            for number in range(each.top + 1, min(each.bottom, last) + 1):
                filled.setdefault(number, {})[each.left] = cells[each.left] if each.left < len(cells) else ""
        return filled


def refuse_far(rows: int, columns: int, *, sheet: str) -> None:
    """Refuse a grid that a stray cell far away makes so large that reading it would exhaust the memory.

    Raises:
        RegistryError: `registry.extent`.
    """
    if rows * columns > MOST_CELLS:
        message = f"“{sheet}”的范围有 {rows} 行 × {columns} 列：远离表格处有零散的单元格，或者文件不是名单。"
        hint = "请删去表格以外的行和列，或把表格复制到新的工作簿，再导入。"
        raise RegistryError("registry.extent", message, hint)


def padded(rows: Iterable[tuple[int, tuple[str, ...]]]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the rows with as many cells as the longest has."""
    kept = tuple(rows)
    width = max((len(cells) for _, cells in kept), default=0)
    return tuple((number, cells + ("",) * (width - len(cells))) for number, cells in kept)
