"""What stands below the header of a grid."""

from __future__ import annotations

import pytest

from jointsanction.registry.readers.tables.body import table_of
from jointsanction.registry.readers.tables.grid import Grid, Merge
from jointsanction.registry.readers.tables.header_row import Header
from jointsanction.registry.readers.tables.table import Found, Table

HEADER = ("名称", "号码", "列入日期", "备注")
ROW = ("甲", "1", "2024-03-01", "")


def table(*rows: tuple[str, ...], above: int = 0, merges: tuple[Merge, ...] = ()) -> Table:
    """Return the table of a grid whose header follows some rows."""
    grid = Grid(rows=tuple(enumerate((*rows[:above], HEADER, *rows[above:]), 1)), merges=merges)
    return table_of(grid, Header(3, above + 1, above + 1, HEADER), found=Found(sheet="名单"))


def test_titles_are_kept_as_what_they_are() -> None:
    """A title and 填报单位 belong to the file, and are not lost."""
    found = table(("某市名单", "", "", ""), ("填报单位：", "测试局", "", ""), ("", "", "", ""), ROW, above=3)
    assert found.found.above == ("某市名单", "填报单位： 测试局")
    assert (found.found.sheet, found.header_row, found.found.header) == ("名单", 4, (4, 4))
    assert [number for number, _ in found.rows] == [5]
    assert found.notes == ()


def test_columns_without_a_word_are_only_paper() -> None:
    """A title may reach further to the right than the table; a column that holds something is told all the same."""
    rows = ((1, ("名称", "", "日期", "", "")), (2, ("甲", "", "x", "", " ")), (3, ("乙", "", "x", "", "")))
    found = table_of(Grid(rows=rows), Header(2, 1, 1, rows[0][1]))
    assert found.headers == ("名称", "", "日期")
    assert [cells for _, cells in found.rows] == [("甲", "", "x"), ("乙", "", "x")]
    rows = (rows[0], (2, ("甲", "", "x", "y", "")))
    assert table_of(Grid(rows=rows), Header(2, 1, 1, rows[0][1])).headers == ("名称", "", "日期", "")


def test_a_record_above_the_header_is_noticed() -> None:
    """It is not read, for nobody knows its columns, but whoever imports is told."""
    found = table(("甲", "1", "2024-03-01", ""), ROW, above=1)
    assert [(note.row, note.code) for note in found.notes] == [(1, "row.above_header")]


@pytest.mark.parametrize(
    "line",
    [
        ("注：以上名单仅供参考", "", "", ""),
        ("填报人：张三", "联系电话：0371-00000000", "", ""),
        ("合计", "2", "3", "4"),
        ("合 计：2 家", "", "", ""),
        ("总计", "", "2 条", ""),
        ("说明：\n一、二", "", "", ""),
    ],
)
def test_a_line_about_the_table_is_no_record(line: tuple[str, ...]) -> None:
    """注、合计、填报人: kept with the file, and told."""
    found = table(ROW, line)
    assert len(found.rows) == 1
    assert [(note.row, note.code, note.level) for note in found.notes] == [(3, "row.remark", "warning")]
    assert len(found.found.below) == 1


@pytest.mark.parametrize(
    "line", [("合计物流有限公司", "1", "2", ""), ("合计", "甲", "2024-03-01", ""), ("注", "1", "2", "")]
)
def test_a_record_is_never_a_remark(line: tuple[str, ...]) -> None:
    """A row that says more than a sum or a note is somebody's."""
    assert len(table(ROW, line).rows) == 2


def test_merged_cells_of_records_are_filled() -> None:
    """A name over two rows is the name of both; a row that says nothing of its own stays empty."""
    merges = (Merge(2, 0, 4, 0),)
    found = table(("甲", "1", "2024-03-01", ""), ("", "1", "2024-03-02", ""), ("", "", "", " "), merges=merges)
    assert [cells[0] for _, cells in found.rows] == ["甲", "甲"]


def test_rows_outside_a_merge_stay_as_they_are() -> None:
    """Filling touches only the rows of the range."""
    merges = (Merge(2, 0, 3, 0),)
    found = table(("甲", "1", "x", ""), ("", "2", "x", ""), ("", "3", "x", ""), merges=merges)
    assert [cells[0] for _, cells in found.rows] == ["甲", "甲", ""]
