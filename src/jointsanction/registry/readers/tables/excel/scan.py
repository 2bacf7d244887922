"""What a look ahead finds in a worksheet (预扫描), before a library is let at it, and what that library hides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.grid import refuse_far

if TYPE_CHECKING:
    from jointsanction.registry.readers.tables.grid import Merge

_MOST: Final = 500_000


@dataclass(slots=True)
class Scan:
    """The extents of the cells that say something, and those that need care (预扫描结果).

    `odd` are cells by row and column, both from one, that hold an error or a formula without a value.
    """

    rows: int = 0
    columns: int = 0
    odd: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)

    def fill(self, row: int, column: int) -> None:
        """Count a cell that says something."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)

    def mark(self, row: int, column: int, text: str) -> None:
        """Keep a cell that needs care, with what stands for its value."""
        self.odd[row, column] = text
        self._refuse_many(len(self.odd))

    def merge(self, merge: Merge) -> None:
        """Keep a merged range."""
        self.merges.append(merge)
        self._refuse_many(len(self.merges))

    def _refuse_many(self, count: int) -> None:
        """Hold the memory of the look ahead within bounds.

        Raises:
            RegistryError: `registry.too_large`.
        """
        if count > _MOST:
            message = f"错误值或合并单元格超过 {_MOST} 个，不像名单。"
            raise RegistryError("registry.too_large", message, "请只保留名单表格，另存后再导入。")


class Sheet(NamedTuple):
    """One worksheet of a workbook (工作表): its name, whether it is hidden, what the look ahead found."""

    name: str
    hidden: bool
    scan: Scan

    def refuse_far(self) -> None:
        """Refuse a sheet too large to load.

        Raises:
            RegistryError: `registry.extent`.
        """
        refuse_far(self.scan.rows, self.scan.columns, sheet=self.name)
