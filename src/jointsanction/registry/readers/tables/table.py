"""A file as rows of text (表格), whatever format it came in; nothing is typed yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.registry.readers.report import RowProblem

NOT_WORKED_OUT: Final = "#未计算!"
"""Stands in for the value of a formula that was never worked out and saved."""


class Numeral(str):
    """A text that a workbook holds as a number (数值单元格): of an identifier, leading noughts may be gone."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where in its file a table was found, and what stands around it (定位结果).

    `sheet` is the worksheet or the table of a page. `header` is the first and the last row of the header, which differ
    when two rows make it. `above` and `below` are title and remark lines as printed. `rivals` are other sheets with a
    table that was not read.
    """

    sheet: str | None = None
    header: tuple[int, int] = (0, 0)
    delimiter: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    lettered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headers and rows of text (表格). A row carries its number as a spreadsheet or an editor shows it.

    `rows` have as many cells as there are headers; `broken` are rows that don't, and so can't be read.
    """

    headers: tuple[str, ...]
    header_row: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    broken: tuple[RowProblem, ...] = ()
    notes: tuple[RowProblem, ...] = ()
    found: Found = field(default_factory=Found)


TableReader: TypeAlias = "Callable[[bytes, Callable[[str], bool]], Table]"
"""What a host may add for a format of its own (附加读取器): bytes and what tells a known header become a table."""
