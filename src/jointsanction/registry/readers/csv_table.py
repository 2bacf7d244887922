"""CSV becomes rows of text (读取 CSV): delimiter and header row are found by the headers we know."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import RegistryError, veil
from jointsanction.registry.readers.report import RowProblem
from jointsanction.registry.readers.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

DELIMITERS: Final = ",\t;|"
HEADER_WITHIN: Final = 10
"""Titles and 填报单位 lines may stand above the header, but not more than this."""

_REMARK: Final = re.compile(
    r"(?:注|备注|说明|填报单位|填报人|填表人|制表人?|审核人?|数据来源|导出时间)\s*[:：].*|(?:合计|总计|共计|小计)[:：\s0-9条家户人行]*"
)
_FEW: Final = 2


class _Layout(NamedTuple):
    """Where the header was found (表头位置): more hits are more known headers in one row."""

    hits: int
    delimiter: str
    row: int
    cells: tuple[str, ...]


def read_csv(text: str, is_known: Callable[[str], bool]) -> Table:
    """Return the rows of a CSV text (读取 CSV); blank lines and remarks below the table are left out.

    Raises:
        RegistryError: `registry.header` when no row has a header we know, `registry.csv` when quotes don't match.
    """
    layout = _layout(text, is_known)
    rows: list[tuple[int, tuple[str, ...]]] = []
    broken: list[RowProblem] = []
    notes: list[RowProblem] = []
    for number, cells in _records(text, layout.delimiter):
        filled = sum(1 for cell in cells if cell) if len(cells) == len(layout.cells) else 0
        if number <= layout.row or not (filled or any(cell.strip() for cell in cells)):
            continue
        if filled > _FEW:
            rows.append((number, tuple(cells)))
        elif _is_remark(cells):
            notes.append(RowProblem(number, "", "row.remark", "是表尾说明，未作为记录读取。", "warning"))
        elif filled:
            rows.append((number, tuple(cells)))
        else:
            broken.append(_ragged(number, len(cells), len(layout.cells)))
    return Table(
        headers=layout.cells, header_row=layout.row, rows=tuple(rows), broken=tuple(broken), notes=tuple(notes)
    )


def _layout(text: str, is_known: Callable[[str], bool]) -> _Layout:
    found = [layout for delimiter in DELIMITERS for layout in _headers(text, delimiter, is_known)]
    best = max(found, key=lambda layout: (layout.hits, -DELIMITERS.index(layout.delimiter), -layout.row), default=None)
    if best is not None and best.hits > 0:
        return best
    for _ in islice(_records(text, DELIMITERS[0]), HEADER_WITHIN):
        pass  # quotes that don't match are the better reason, and this names them
    # A first row that is no header is most likely a record.
    seen = "、".join(veil(cell) for cell in (found[0].cells if found else ()) if cell)[:80]
    message = f"前 {HEADER_WITHIN} 行中没有能识别的表头；首行为：{seen or '（空）'}。"
    raise RegistryError("registry.header", message, "请补上表头行，或用映射文件（--mapping）指明各列。")


def _headers(text: str, delimiter: str, is_known: Callable[[str], bool]) -> Iterator[_Layout]:
    try:
        for number, cells in islice(_records(text, delimiter), HEADER_WITHIN):
            headers = tuple(cell.strip() for cell in cells)
            if any(headers):
                yield _Layout(sum(map(is_known, headers)), delimiter, number, headers)
    except RegistryError:
        # A wrong delimiter makes quotes look wrong; the right one says so again when the rows are read.
        return


def _records(text: str, delimiter: str) -> Iterable[tuple[int, list[str]]]:
    # Not strict, an open quote would swallow the rest of the file as one cell, and a cut-off file would pass.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells
    except csv.Error as error:
        message = f"第 {number + 1} 行（文件第 {reader.line_num} 行）引号不成对，文件可能没有下载完整。"
        raise RegistryError("registry.csv", message, "请检查该行的双引号，或重新导出完整文件。") from error


def _is_remark(cells: list[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) <= _FEW and _REMARK.fullmatch(filled[0]) is not None


def _ragged(number: int, cells: int, headers: int) -> RowProblem:
    message = f"有 {cells} 列，表头有 {headers} 列；可能是单元格中的逗号未加引号，或行不完整。"
    return RowProblem(number, "", "row.cells", message)
