"""What only a look at the cell itself tells (单元格瑕疵): a failed formula, a number without its leading noughts.

And where it stands: problems of a workbook's rows are named like its cells, 名单!C17.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from jointsanction.identity.masks import mask_id
from jointsanction.identity.numbers import readings
from jointsanction.registry.readers.columns import NUMBER_COLUMNS
from jointsanction.registry.readers.report import Fault, RowProblem
from jointsanction.registry.readers.rows import RowReading
from jointsanction.registry.readers.tables.table import NOT_WORKED_OUT, Numeral
from jointsanction.terms import IdState, IdType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jointsanction.registry.readers.layout import Layout
    from jointsanction.registry.readers.tables.table import Table

_ERRORS: Final = frozenset(
    {
        *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"),
        *("#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", "#BUSY!", "#EXTERNAL!", "#PYTHON!", "#TIMEOUT!"),
    }
)
"""What a spreadsheet shows for a formula that failed, and writes into a CSV file as such."""

_NUMBERS: Final = frozenset({*NUMBER_COLUMNS, "legal_representative_id", "principal_id", "directly_responsible_id"})
_NOUGHTS_GONE: Final = range(6, 15)
"""So many digits are left of a code or a registration number whose leading noughts are gone."""


def with_flaws(table: Table, layout: Layout, found: Iterable[RowReading]) -> Iterator[RowReading]:
    """Yield the readings of a table's rows with the flaws of their cells, and with the names of the cells."""
    for (number, cells), reading in zip(table.rows, found, strict=True):
        columns = layout.exits if layout.exits is not None and layout.is_exit(cells) else layout.columns
        flaws = list(_flaws(cells, columns))
        whole = _refused(reading, number, flaws) if flaws else reading
        named = table.found.lettered and whole.problems
        yield _named(whole, str(table.found.sheet), columns, cells) if named else whole


def _flaws(cells: Sequence[str], columns: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, Fault]]:
    for column, places in columns.items():
        for place in places:
            cell = cells[place]
            if cell[:1] == "#" and (fault := _formula_fault(cell.strip())) is not None:
                yield column, fault
            elif cell.__class__ is Numeral and column in _NUMBERS and _lost_noughts(cell):
                yield column, Fault("id.leading_zeros", _noughts_gone(cell))


def _formula_fault(cell: str) -> Fault | None:
    if cell in _ERRORS:
        return Fault("cell.error", f"是公式错误值 {cell}，请改正公式，或填入实际内容。")
    if cell == NOT_WORKED_OUT:
        return Fault("cell.formula", "公式没有保存计算结果，请用 Excel 打开并保存后再导入，或填入实际内容。")
    return None


def _noughts_gone(cell: str) -> str:
    gone = f"号码 {mask_id(cell)} 在表中是数字（{len(cell)} 位），开头的 0 可能已丢失"
    return f"{gone}；请从原件重新录入，并把该列设为文本格式。"


def _lost_noughts(cell: str) -> bool:
    if not (cell.isdigit() and len(cell) in _NOUGHTS_GONE):
        return False
    return all(each.type is IdType.OTHER or each.state is not IdState.OK for each in readings(cell))


def _refused(reading: RowReading, row: int, flaws: Sequence[tuple[str, Fault]]) -> RowReading:
    """Refuse a row; what else was said of a flawed cell only follows from the flaw."""
    columns = {column for column, _ in flaws}
    kept = tuple(problem for problem in reading.problems if problem.column not in columns)
    return RowReading(None, reading.list, (*(RowProblem(row, column, *fault) for column, fault in flaws), *kept))


def _named(reading: RowReading, sheet: str, columns: Mapping[str, Sequence[int]], cells: Sequence[str]) -> RowReading:
    problems = tuple(
        replace(problem, cell=f"{sheet}!{letters_of(place)}{problem.row}")
        if (place := _place(columns.get(problem.column, ()), cells)) is not None
        else problem
        for problem in reading.problems
    )
    return reading._replace(problems=problems)


def _place(places: Sequence[int], cells: Sequence[str]) -> int | None:
    """Return which of a column's cells is meant: the first that says something, as it is read."""
    return next((place for place in places if cells[place].strip()), places[0] if places else None)


def letters_of(place: int) -> str:
    """Return the letters of a column of a sheet, counted from nought.

    >>> letters_of(2), letters_of(26)
    ('C', 'AA')
    """
    found, rest = "", place + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        found = chr(65 + letter) + found
    return found
