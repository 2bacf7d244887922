"""What reading a file found (导入报告): listings, problems row by row, and which lists the file holds whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from jointsanction.model.mapping import FileMapping
from jointsanction.registry.readers.columns import title_of
from jointsanction.registry.readers.quality.figures import Quality, Tidied
from jointsanction.registry.readers.tables.table import Found

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.model.subject import Listing
    from jointsanction.terms import Operation

ProblemLevel: TypeAlias = Literal["error", "warning"]
"""An error refuses the row, a warning only tells."""


class Fault(NamedTuple):
    """What is wrong with one cell (单元格问题): a stable code and a message without the cell's content."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One problem of a file (行级问题): the row as a spreadsheet counts it, the column, what to do.

    Row 0 means the file as a whole. `cell` names the place in a workbook: `名单!C17`.
    """

    row: int
    column: str
    code: str
    message: str
    level: ProblemLevel = "error"
    cell: str = ""

    def __str__(self) -> str:
        """Return the line of the report: `错误 第 17 行 列入日期：…`, `错误 名单!C17 列入日期：…`."""
        word = "错误" if self.level == "error" else "提示"
        where = self.cell or (f"第 {self.row} 行" if self.row else "全文件")
        column = f" {title_of(self.column)}" if self.column else ""
        return f"{word} {where}{column}：{self.message}（{self.code}）"


class Cover(NamedTuple):
    """A file's word that it holds a list whole (完整名单声明); no regions means the whole country."""

    list: str
    regions: tuple[str, ...] = ()
    covers_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """All that is known about a file after it was read (导入报告).

    `listings` are the rows without an error, `rows` counts them all. `covers` leaves out lists of which a row was
    refused: with a row missing the file no longer holds the list whole, and its subject would come out clear.
    `operations` are what the rows of a delta do, one for each listing; None for any other file. `list` is the code of
    rows that name none. `headers` are the file's headers with the column each was read as, `found` says where the table
    was and what stands around it, `plan` the mapping it was read with, `tidied` what was read in another spelling,
    `quality` its figures.
    """

    path: str
    sha256: str
    encoding: str
    format: str
    rows: int
    listings: tuple[Listing, ...]
    problems: tuple[RowProblem, ...] = ()
    covers: tuple[Cover, ...] = ()
    operations: tuple[Operation, ...] | None = None
    list: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    found: Found = field(default_factory=Found)
    plan: FileMapping = field(default_factory=FileMapping)
    tidied: Tidied = field(default_factory=Tidied)
    quality: Quality = field(default_factory=Quality)

    @property
    def provider(self) -> str | None:
        """Return who provided the file, as its mapping says (提供单位)."""
        return self.plan.provider

    @property
    def errors(self) -> tuple[RowProblem, ...]:
        """Return the problems that refuse a row."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def warnings(self) -> tuple[RowProblem, ...]:
        """Return the problems that only tell."""
        return tuple(problem for problem in self.problems if problem.level == "warning")

    @property
    def rejected(self) -> int:
        """Return how many rows are refused."""
        return self.rows - len(self.listings)

    def acceptable(self, *, partial: bool) -> bool:
        """Tell whether the listings may be taken in: without a refused row, or with those left out on purpose.

        Of a delta nothing may be left out: the next one would be taken for all that is still to come.
        """
        return not self.errors or (partial and self.operations is None)

    def summary(self) -> str:
        """Return the outcome in one sentence."""
        warned = len({problem.row for problem in self.warnings})
        return f"共 {self.rows} 行：可导入 {len(self.listings)} 行，拒绝 {self.rejected} 行，提示 {warned} 行。"
