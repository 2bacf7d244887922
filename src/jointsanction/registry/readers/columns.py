"""The columns of a list file (名单文件的列): what each is called in the report, and which may stand for another."""

from __future__ import annotations

from typing import Final

from jointsanction.terms import NUMBER_COLUMNS, Column

__all__ = ["COLUMNS", "NUMBER_COLUMNS", "SEVERAL_ALLOWED", "title_of"]

COLUMNS: Final[dict[str, str]] = {column.value: column.zh for column in Column}
"""Canonical columns and their titles."""

SEVERAL_ALLOWED: Final = frozenset({"other_id", "identifier", "unit_identifier", "tax_no"})
"""Columns that several headers of one file may fill; the first that says something counts."""


def title_of(column: str) -> str:
    """Return the title of a column, of an unknown one its own header."""
    return COLUMNS.get(column, column)
