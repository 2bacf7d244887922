"""A workbook as one long document (工作簿): each sheet below the one before, so that a line names sheet and row."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.nearest import nearest
from jointsanction.catalog.reading.yaml_text import Place
from jointsanction.catalog.sheets.plan import plans
from jointsanction.errors import CatalogError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jointsanction.catalog.sheets.plan import Column, Plan

_HEAD_WITHIN: Final = 10
_KEY: Final = re.compile("'([a-z_]+)'")


class Sheet(NamedTuple):
    """A sheet as a reader found it (工作表): rows with the numbers a spreadsheet shows.

    `odd` says what is wrong with single cells, by row and column: a failed formula, a number that lost digits.
    """

    title: str
    rows: Sequence[tuple[int, Sequence[str]]]
    odd: Mapping[tuple[int, int], str] = {}


class Row(NamedTuple):
    """One row of a sheet (行): the cells that say something, by column, each with its place in the document.

    It is not whole when a spreadsheet spoiled a cell: that is told, and what the cell should say is not missed too.
    """

    place: Place
    cells: Mapping[Column, tuple[str, Place]]
    is_whole: bool


class Table(NamedTuple):
    """A sheet that is one of ours, with its rows (已认出的工作表)."""

    plan: Plan
    rows: tuple[Row, ...]


class Book:
    """The sheets of a workbook, and everything wrong with it so far."""

    def __init__(self, file: str, sheets: Sequence[Sheet]) -> None:
        """Lay the sheets one below another and read those that are ours.

        Raises:
            CatalogError: `catalog.sheet_none` when none is.
        """
        self.problems: list[Problem] = []
        self._file = file
        self._sheets = sheets
        sizes = (max((number for number, _ in sheet.rows), default=1) for sheet in sheets)
        self._starts = (0, *accumulate(sizes))
        self._heads: dict[tuple[int, int], str] = {}
        known = {plan.title: plan for plan in plans()}
        self.unread = tuple(sheet.title for sheet in sheets if sheet.title.strip() not in known)
        self.tables = tuple(
            table
            for at, sheet in enumerate(sheets)
            if (plan := known.get(sheet.title.strip())) is not None and (table := self._table(at, plan)) is not None
        )
        if not self.tables and not self.problems:
            message = f"没有一张工作表是三清单的：应有 {'、'.join(known)} 中的几张。"
            raise CatalogError([Problem(file, 1, 1, "catalog.sheet_none", message)])

    def fault(self, place: Place, code: str, message: str) -> None:
        """Keep what is wrong at a place of the document."""
        self.problems.append(Problem(self._file, *place, code, message))

    def shown(self) -> list[Problem]:
        """Return everything wrong, each in its sheet by row and column, with the column's head (指明位置)."""
        return [self._shown(problem) for problem in self.problems]

    def _shown(self, problem: Problem) -> Problem:
        at = max(bisect_right(self._starts, problem.line - 1) - 1, 0)
        head = self._heads.get((at, problem.column), "")
        message = f"“{head}”栏：{problem.message}" if head else problem.message
        lacking = _KEY.search(problem.message) if problem.code == "catalog.missing_key" else None
        if lacking is not None:
            message = self._lacking(at, lacking[1]) or message
        file = f"{self._file}!{self._sheets[at].title}"
        return problem._replace(file=file, line=problem.line - self._starts[at], message=message)

    def _lacking(self, at: int, key: str) -> str:
        """Return what is not filled in, by the head of its column or the title of its sheet."""
        here = next(plan for plan in plans() if plan.title == self._sheets[at].title.strip())
        column = next((column for column in here.columns if key in column.path), None)
        if column is not None:
            return f"没有填“{column.head}”。"
        part = next((plan for plan in plans() if plan.section == here.section and plan.part == key), None)
        return f"没有一行“{part.title}”；请在那张工作表里写。" if part is not None else ""

    def _table(self, at: int, plan: Plan) -> Table | None:
        sheet = self._sheets[at]
        for index, (number, cells) in enumerate(sheet.rows[:_HEAD_WITHIN]):
            if plan.key.head in [cell.strip() for cell in cells]:
                columns = self._columns(at, plan, number, cells)
                rows = (self._row(at, columns, *row) for row in sheet.rows[index + 1 :])
                return Table(plan, tuple(row for row in rows if row.cells))
        message = f"前 {_HEAD_WITHIN} 行中没有表头：应有“{plan.key.head}”一栏；可以先用 catalog export 导出一份照填。"
        self.fault(self._place(at, 1, 1), "catalog.sheet_head", message)
        return None

    def _columns(self, at: int, plan: Plan, number: int, cells: Sequence[str]) -> dict[int, Column]:
        known = {column.head: column for column in plan.columns}
        found: dict[int, Column] = {}
        for place, head in enumerate(map(str.strip, cells)):
            column = known.get(head)
            if column is not None and column not in found.values():
                found[place] = column
                self._heads[at, place + 1] = head
            elif head:
                said = "重复" if column is not None else f"不是“{plan.title}”的栏目{nearest(head, known)}"
                self.fault(self._place(at, number, place + 1), "catalog.sheet_column", f"栏目“{head}”{said}。")
        return found

    def _row(self, at: int, columns: Mapping[int, Column], number: int, cells: Sequence[str]) -> Row:
        said: dict[Column, tuple[str, Place]] = {}
        before = len(self.problems)
        for index, text in enumerate(cells):
            place, odd = self._place(at, number, index + 1), self._sheets[at].odd.get((number, index + 1))
            if odd is not None:
                self.fault(place, "catalog.sheet_cell", odd)
            elif text.strip() and index in columns:
                said[columns[index]] = (text, place)
            elif text.strip():
                self.fault(place, "catalog.sheet_column", "这一列没有表头，却填了内容；请删去或补上栏目。")
        return Row(self._place(at, number, 1), said, is_whole=len(self.problems) == before)

    def _place(self, at: int, row: int, column: int) -> Place:
        return Place(self._starts[at] + row, column)

    def parts(self) -> Iterator[Table]:
        """Yield the sheets of parts (明细表)."""
        yield from (table for table in self.tables if table.plan.part is not None)
