"""A file as rows of text (表格), whatever format it came in; nothing is typed yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.registry.readers.report import RowProblem


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


TableReader: TypeAlias = "Callable[[bytes, Callable[[str], bool]], Table]"
"""What a host may add for a format of its own (附加读取器): bytes and what tells a known header become a table."""
