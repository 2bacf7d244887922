"""`targets.simple.csv` of OpenSanctions (简表): numbers of all sorts in one cell are put into columns of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from jointsanction.registry.readers.ftm.numbers import Sorted, sorted_numbers
from jointsanction.registry.readers.ftm.table import PERSON

if TYPE_CHECKING:
    from jointsanction.registry.readers.tables.table import Table

_MARKS: Final = frozenset({"id", "schema", "name", "aliases", "identifiers", "sanctions", "dataset"})


def is_simple(headers: tuple[str, ...]) -> bool:
    """Tell whether a table is such a file, by the headers that only it has together."""
    return set(headers) >= _MARKS


def simple_table(table: Table) -> Table:
    """Return the table with the numbers of each row by what they are; every cell of the file stays as it was."""
    schema, numbers = table.headers.index("schema"), table.headers.index("identifiers")
    rows = tuple(
        (number, (*cells, *sorted_numbers(_split(cells[numbers]), person=cells[schema] == PERSON)))
        for number, cells in table.rows
    )
    return replace(table, headers=(*table.headers, *Sorted._fields), rows=rows)


def _split(cell: str) -> list[str]:
    return [text.strip() for text in cell.split(";") if text.strip()]
