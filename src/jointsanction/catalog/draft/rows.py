"""A table of measures as its rows (措施清单表): five columns by their words, the measure's name filled down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import CatalogError, Problem
from jointsanction.identity.folding import letters
from jointsanction.terms import Effect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

COLUMNS: Final[Mapping[Effect, tuple[str, ...]]] = {
    Effect.RESTRICTION: ("惩戒措施", "惩戒内容", "惩戒对象", "法规政策依据", "实施主体"),
    Effect.INCENTIVE: ("激励措施", "激励内容", "激励对象", "法规政策依据", "实施主体"),
}
"""The columns of the national list, and their like for incentives."""

_FIELDS: Final = ("measure", "content", "target", "basis", "authority")
_OTHER_NAMES: Final = {
    "measure": ("措施", "措施名称", "联合惩戒措施", "联合激励措施", "惩戒措施名称", "激励措施名称"),
    "content": ("内容", "措施内容", "惩戒措施内容", "激励措施内容", "具体内容", "具体措施"),
    "target": ("对象", "适用对象", "措施对象", "联合惩戒对象", "联合激励对象"),
    "basis": ("依据", "法律依据", "政策依据", "法律及政策依据", "法律法规及政策依据", "法规及政策依据"),
    "authority": ("实施单位", "实施部门", "实施机关", "责任单位", "共同实施单位", "执行单位"),
}
_DAMAGED: Final = "\ufffd"


class Source(NamedTuple):
    """A table as a reader found it (表格): rows with the numbers a spreadsheet shows; `broken` are rows it refused."""

    file: str
    headers: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]
    broken: Sequence[tuple[int, str]] = ()
    header_row: int = 1


class MeasureRow(NamedTuple):
    """One row of the table (一行措施), each cell as printed; `section` is the heading it stands under."""

    number: int
    measure: str
    content: str
    target: str
    basis: str
    authority: str
    section: str = ""


class MeasureTable(NamedTuple):
    """The rows of a table (措施清单), which way they work if the header says it, and what was not read.

    `columns` says where each of the five columns stands in the file, counted from one. `problems` are the rows that
    can't be read: `catalog.row_cells`, `catalog.row_damaged`, `catalog.row_measure`.
    """

    file: str
    rows: tuple[MeasureRow, ...]
    columns: Mapping[str, int]
    effect: Effect | None
    unread: tuple[str, ...]
    headings: tuple[int, ...]
    problems: tuple[Problem, ...]


def is_column(header: str) -> bool:
    """Tell whether a header is one of the five columns."""
    return letters(header) in _KNOWN


def read_rows(source: Source) -> MeasureTable:
    """Return the rows of a table (读取措施清单).

    A row with nothing but its first cell is a heading; where the first cell is empty, the one above goes on.

    Raises:
        CatalogError: `catalog.table_columns`, `catalog.table_empty`.
    """
    columns = _columns(source)
    reading = _Reading(source.file, tuple(columns.values()))
    rows = tuple(row for number, cells in source.rows if (row := reading.read(number, cells)) is not None)
    for number, message in source.broken:
        reading.fault(number, 1, "catalog.row_cells", message)
    if not rows and not reading.problems:
        message = "表头之下没有措施；请逐行填写后再试。"
        raise CatalogError([Problem(source.file, source.header_row, 1, "catalog.table_empty", message)])
    unread = tuple(header for place, header in enumerate(source.headers, 1) if place not in columns.values() and header)
    headings, problems = tuple(reading.headings), tuple(reading.problems)
    return MeasureTable(source.file, rows, columns, _effect(source.headers), unread, headings, problems)


class _Reading:
    """What goes on from row to row: the measure's name, the heading, and what is wrong."""

    def __init__(self, file: str, columns: tuple[int, ...]) -> None:
        self.problems: list[Problem] = []
        self.headings: list[int] = []
        self._file = file
        self._columns = columns
        self._measure = ""
        self._section = ""

    def read(self, number: int, row: Sequence[str]) -> MeasureRow | None:
        """Return a row, None for a heading and for a row that can't be read."""
        cells = [_lines(row[column - 1]) for column in self._columns]
        damaged = next((column for column in self._columns if _DAMAGED in row[column - 1]), None)
        if damaged is not None:
            message = f"第 {number} 行含无法显示的乱码字符，原文已损坏；请从原文件重新导出。"
            self.fault(number, damaged, "catalog.row_damaged", message)
            return None
        measure, *others = cells
        self._measure = measure or self._measure
        if measure and not any(others):
            self._section = measure
            self.headings.append(number)
            return None
        if not self._measure or not any(others):
            message = f"第 {number} 行没有写措施，上面也没有可以沿用的；请填写“{COLUMNS[Effect.RESTRICTION][0]}”一列。"
            self.fault(number, self._columns[0], "catalog.row_measure", message)
            return None
        content, target, basis, authority = others
        return MeasureRow(number, self._measure, content, target, basis, authority, self._section)

    def fault(self, row: int, column: int, code: str, message: str) -> None:
        """Keep what is wrong with a row."""
        self.problems.append(Problem(self._file, row, column, code, message))


def _columns(source: Source) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, header in enumerate(source.headers, 1):
        field = _KNOWN.get(letters(header))
        if field is not None:
            found.setdefault(field, column)
    lacking = [title for field, title in zip(_FIELDS, COLUMNS[Effect.RESTRICTION], strict=True) if field not in found]
    if lacking:
        message = f"表头缺少：{'、'.join(lacking)}；五列齐全的模板可用 jointsanction catalog template 生成。"
        raise CatalogError([Problem(source.file, source.header_row, 1, "catalog.table_columns", message)])
    return {field: found[field] for field in _FIELDS}


def _effect(headers: Iterable[str]) -> Effect | None:
    """Return which way the measures work, None when the header does not say it or says both."""
    said = {effect for effect in Effect for header in headers if effect.zh[:2] in header}
    return said.pop() if len(said) == 1 else None


def _lines(cell: str) -> str:
    """Return a cell without outer spaces; line breaks within are kept, they separate what a cell lists."""
    return "\n".join(line for each in cell.splitlines() if (line := each.strip()))


def _known() -> Iterator[tuple[str, str]]:
    for titles in COLUMNS.values():
        yield from ((letters(title), field) for title, field in zip(titles, _FIELDS, strict=True))
    for field, names in _OTHER_NAMES.items():
        yield from ((letters(name), field) for name in names)


_KNOWN: Final = dict(_known())
