"""Cells that a spreadsheet would run as formulas (公式注入): a CSV file of ours shows them as text.

A workbook needs none of this: there a text is a text. (OWASP names `= + - @`, tab and carriage return; a spreadsheet
set to full-width input takes `＝＋－＠` too.)
"""

from __future__ import annotations

from typing import Final

_RUN: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MARK: Final = "'"


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs: with an apostrophe before what would begin a formula.

    >>> harmless("=1+1"), harmless("恒泰")
    ("'=1+1", '恒泰')
    """
    return _MARK + cell if cell.startswith(_RUN) else cell


def as_printed(cell: str) -> str:
    """Return a cell without the apostrophe that made it harmless.

    >>> as_printed("'=1+1"), as_printed("'恒泰")
    ('=1+1', "'恒泰")
    """
    return cell[1:] if cell.startswith(_MARK) and cell[1:].startswith(_RUN) else cell
