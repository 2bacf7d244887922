"""A cell of a workbook becomes the text a reader would write down (单元格转文本), and never a guess."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from jointsanction.registry.readers.tables.table import Numeral

Cell: TypeAlias = str | float | bool | date | datetime | time | timedelta | None
"""What the libraries give for a cell."""

EXACT: Final = 10**15
"""Excel keeps fifteen digits; a number from here on has lost its last ones."""


def text_of(cell: Cell) -> str:
    """Return the text of a cell: dates in ISO form, whole numbers without a point, rounded ones as such.

    >>> text_of(20240301.0), text_of(4.10882199001011e17)
    ('20240301', '4.10882199001011E+17')
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return Numeral(_number(cell))
    if isinstance(cell, datetime) and cell.time() != time():
        return cell.isoformat(" ", "seconds")
    return (cell.date() if isinstance(cell, datetime) else cell).isoformat() if isinstance(cell, date) else str(cell)


def _number(cell: float) -> str:
    if abs(cell) >= EXACT:
        return f"{cell:.14E}"
    return str(int(cell)) if cell == int(cell) else repr(cell)
