"""Tables of web pages become grids (读取网页表格): many a `.xls` of an office system is a page inside."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.grid import MOST_CELLS, Grid, Merge, padded

_CELLS: Final = frozenset({"td", "th"})
_BREAKS: Final = frozenset({"br", "p", "div"})
_WIDEST: Final = 1000
_TALLEST: Final = 65_534
"""What a browser takes a `colspan` and a `rowspan` for when they say more (HTML, attributes common to td and th)."""


def html_grids(text: str) -> tuple[Grid, ...]:
    """Return the tables of a page in order, named 表格1, 表格2 … (网页表格).

    Raises:
        RegistryError: `registry.format` for a page without a table, `registry.extent`.
    """
    page = _Page()
    page.feed(text)
    page.close()
    if not page.tables:
        hint = "Excel 另存的网页可能把表格放在另一个文件里；请用 Excel 打开，另存为 .xlsx 后导入。"
        raise RegistryError("registry.format", "文件内容是网页，其中没有表格。", hint)
    return tuple(table.grid(f"表格{number}") for number, table in enumerate(page.tables, 1))


@dataclass(slots=True)
class _Cell:
    """A cell on its way (单元格)."""

    columns: int
    rows: int
    text: list[str] = field(default_factory=list)

    def said(self) -> str:
        """Return its text with runs of spaces as one; line breaks are kept where the page has them."""
        said = "".join(self.text)
        if said.isalnum():
            return said
        return "\n".join(" ".join(line.split()) for line in said.split("\n")).strip()


@dataclass(slots=True)
class _Table:
    """A table on its way (表格): its rows, and those cells of earlier rows that reach into the next."""

    rows: list[list[str]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    reaching: dict[int, int] = field(default_factory=dict)
    cell: _Cell | None = None
    cells: int = 0

    def begin_row(self) -> None:
        """Begin a row."""
        self.end_cell()
        self.reaching = {column: left - 1 for column, left in self.reaching.items() if left > 1}
        self.rows.append([])

    def begin_cell(self, attributes: list[tuple[str, str | None]]) -> None:
        """Begin a cell."""
        self.end_cell()
        if not self.rows:
            self.begin_row()
        said = dict(attributes)
        self.cell = _Cell(_span(said, "colspan", _WIDEST), _span(said, "rowspan", _TALLEST)) if said else _Cell(1, 1)

    def end_cell(self) -> None:
        """Put a cell into the row, past what reaches down from above.

        Raises:
            RegistryError: `registry.extent`.
        """
        cell, self.cell = self.cell, None
        if cell is None:
            return
        row = self.rows[-1]
        while len(row) in self.reaching:
            row.append("")
        left, right, top = len(row), len(row) + cell.columns - 1, len(self.rows)
        row += [cell.said(), *[""] * (cell.columns - 1)]
        self.cells += cell.columns
        if self.cells > MOST_CELLS:
            raise RegistryError("registry.extent", "网页表格大得不正常。", "请用电子表格打开，另存为 .xlsx 后导入。")
        if cell.rows > 1:
            self.reaching |= dict.fromkeys(range(left, right + 1), cell.rows)
        if cell.rows > 1 or cell.columns > 1:
            self.merges.append(Merge(top, left, top + cell.rows - 1, right))

    def grid(self, name: str) -> Grid:
        """Return the finished table."""
        rows = padded((number, tuple(cells)) for number, cells in enumerate(self.rows, 1))
        return Grid(rows=rows, merges=tuple(self.merges), name=name)


def _span(attributes: dict[str, str | None], name: str, most: int) -> int:
    text = (attributes.get(name) or "").strip()
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < len(str(MOST_CELLS)) else 1


class _Page(HTMLParser):
    """Collects the tables of a page; end tags may be missing, tables may stand inside cells of others."""

    def __init__(self) -> None:
        """Start with no table."""
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Follow tables, rows and cells."""
        if tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif not self._open:
            return
        elif tag in _CELLS:
            self._open[-1].begin_cell(attrs)
        elif tag == "tr":
            self._open[-1].begin_row()
        elif tag in _BREAKS and (cell := self._open[-1].cell) is not None:
            cell.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close a cell, a table."""
        if self._open and tag in _CELLS:
            self._open[-1].end_cell()
        elif self._open and tag == "table":
            self._open.pop().end_cell()

    def handle_data(self, data: str) -> None:
        """Add to the cell that is open; a line break of the source is a space."""
        if self.cdata_elem is None and self._open and (cell := self._open[-1].cell) is not None:
            cell.text.append(data.replace("\n", " "))

    def close(self) -> None:
        """Close what the page left open."""
        super().close()
        for table in self._open:
            table.end_cell()
