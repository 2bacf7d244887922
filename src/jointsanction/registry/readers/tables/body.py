"""What stands below the header of a grid (表体): records, blank rows, remarks at the end, rows that don't fit."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from jointsanction.registry.readers.report import RowProblem
from jointsanction.registry.readers.tables.table import Found, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jointsanction.registry.readers.tables.grid import Grid
    from jointsanction.registry.readers.tables.header_row import Header

_REMARK: Final = re.compile(
    r"(?:注|备注|说明|填报单位|填报人|填报日期|填表人|制表人?|制表单位|审核人?|负责人|联系人|联系电话|数据来源|导出时间|打印时间)"
    r"\s*[:：].*",
    re.DOTALL,
)
_TOTAL: Final = re.compile(r"(?:合\s*计|总\s*计|共\s*计|小\s*计)[:：\s0-9条家户人行]*")
_COUNT: Final = re.compile(r"[0-9.,，条家户人行\s]*")
_FEW: Final = 2
_LIKE_A_RECORD: Final = 3


def table_of(grid: Grid, header: Header, *, found: Found | None = None) -> Table:
    """Return the table of a grid whose header is known; blank rows and remarks below the table are left out."""
    width = len(header.cells)
    filled = grid.filled_down(header.last + 1)
    rows: list[tuple[int, tuple[str, ...]]] = []
    broken: list[RowProblem] = []
    notes: list[RowProblem] = []
    below: list[str] = []
    for number, cells in grid.rows:
        said = 0 if number <= header.last else sum(1 for cell in cells if cell and not cell.isspace())
        if not said:
            continue
        if _is_remark(cells, said):
            below.append(_line(cells))
            notes.append(RowProblem(number, "", "row.remark", "是表尾说明，未作为记录读取。", "warning"))
        elif len(cells) == width:
            rows.append((number, _with(cells, filled.get(number)) if filled else cells))
        else:
            broken.append(_ragged(number, len(cells), width))
    above, doubts = _above(grid.rows, header)
    used = _used(header.cells, rows)
    return Table(
        headers=header.cells[:used],
        header_row=header.last,
        rows=tuple(rows) if used == width else tuple((number, cells[:used]) for number, cells in rows),
        broken=tuple(broken),
        notes=(*doubts, *notes),
        found=replace(found or Found(), header=(header.first, header.last), above=above, below=tuple(below)),
    )


def _used(headers: Sequence[str], rows: Sequence[tuple[int, tuple[str, ...]]]) -> int:
    """Return how many columns the table has: those at its right end that nobody headed or filled are only paper."""
    used = len(headers)
    while used and not headers[used - 1] and not any(cells[used - 1].strip() for _, cells in rows):
        used -= 1
    return used


def _above(
    rows: Iterable[tuple[int, tuple[str, ...]]], header: Header
) -> tuple[tuple[str, ...], tuple[RowProblem, ...]]:
    """Return the lines above the header, and a warning for each that has as many cells as a record would."""
    lines, doubts = [], []
    for number, cells in takewhile(lambda row: row[0] < header.first, rows):
        said = sum(1 for cell in cells if cell.strip())
        if said:
            lines.append(_line(cells))
        if said >= max(_LIKE_A_RECORD, header.hits):
            message = "在表头之上，未作为记录读取；如是记录，请移到表头之下。"
            doubts.append(RowProblem(number, "", "row.above_header", message, "warning"))
    return tuple(lines), tuple(doubts)


def _with(cells: tuple[str, ...], filled: Mapping[int, str] | None) -> tuple[str, ...]:
    if filled is None:
        return cells
    return tuple(cell or filled.get(place, "") for place, cell in enumerate(cells))


def _is_remark(cells: Sequence[str], said: int) -> bool:
    first = next(cell.strip() for cell in cells if cell.strip())
    if said <= _FEW and _REMARK.fullmatch(first) is not None:
        return True
    others = [cell.strip() for cell in cells if cell.strip()][1:] if _TOTAL.fullmatch(first) is not None else None
    return others is not None and all(_COUNT.fullmatch(cell) is not None for cell in others)


def _line(cells: Iterable[str]) -> str:
    return " ".join(cell.strip() for cell in cells if cell.strip())


def _ragged(number: int, cells: int, headers: int) -> RowProblem:
    message = f"有 {cells} 列，表头有 {headers} 列；可能是单元格中的逗号未加引号，或行不完整。"
    return RowProblem(number, "", "row.cells", message)
