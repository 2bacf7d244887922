"""A table of measures is read by its headers, row by row, and nothing that can't be read is passed over."""

from __future__ import annotations

import pytest

from jointsanction.catalog.draft.rows import COLUMNS, Source, is_column, read_rows
from jointsanction.errors import CatalogError, Problem
from jointsanction.terms import Effect

HEADERS = COLUMNS[Effect.RESTRICTION]
ROW = ("限制任职", "不得任职", "失信被执行人", "《虚构法》第一条", "虚构部")


def table(*rows: tuple[str, ...], headers: tuple[str, ...] = HEADERS) -> Source:
    """Return a table whose first record stands in the second row."""
    return Source("清单.csv", headers, tuple(enumerate(rows, 2)))


def problems(source: Source) -> tuple[Problem, ...]:
    """Return what is wrong with a table."""
    with pytest.raises(CatalogError) as caught:
        read_rows(source)
    return caught.value.problems


def test_columns_go_by_their_words() -> None:
    """The five columns may stand in any order and under the names of memoranda; others are told."""
    headers = ("序号", "实施单位", "依据", "联合惩戒对象", "具体内容", "措施名称", "")
    found = read_rows(table(("1", "虚构部", "《虚构法》", "某名单", "不得\n 任职 ", "限制任职", ""), headers=headers))
    assert found.rows[0][:6] == (2, "限制任职", "不得\n任职", "某名单", "《虚构法》", "虚构部")
    assert found.unread == ("序号",)
    assert found.columns == {"measure": 6, "content": 5, "target": 4, "basis": 3, "authority": 2}
    assert is_column(" 惩戒 措施 ")
    assert not is_column("序号")


@pytest.mark.parametrize(
    ("headers", "effect"),
    [
        (HEADERS, Effect.RESTRICTION),
        (COLUMNS[Effect.INCENTIVE], Effect.INCENTIVE),
        (("措施", "内容", "对象", "依据", "实施单位"), None),
        (("惩戒措施", "激励内容", "对象", "依据", "实施单位"), None),
    ],
)
def test_the_header_says_which_way_measures_work(headers: tuple[str, ...], effect: Effect | None) -> None:
    """惩戒 and 激励 in the header say it; neither, or both, leave it open."""
    assert read_rows(table(ROW, headers=headers)).effect is effect


def test_the_name_of_a_measure_goes_on() -> None:
    """A name written once for several rows holds for all of them; a row with only its first cell is a heading."""
    found = read_rows(
        table(("一、减损权益", "", "", "", ""), ROW, ("", *ROW[1:]), ("二、自主实施", "", "", "", ""), ("", *ROW[1:]))
    )
    assert [(row.number, row.measure, row.section) for row in found.rows] == [
        (3, "限制任职", "一、减损权益"),
        (4, "限制任职", "一、减损权益"),
        (6, "二、自主实施", "二、自主实施"),
    ]
    assert found.headings == (2, 5)


def test_rows_that_can_not_be_read_are_all_told() -> None:
    """Each such row is told with its number and its column, and none is left out silently."""
    source = table(("", *ROW[1:]), ("", "", "", "", ""), (*ROW[:3], "《虚\ufffd法》", ROW[4]))
    found = read_rows(source._replace(broken=((9, "第 9 行有 3 列，表头有 5 列。"),))).problems
    assert [(one.line, one.column, one.code) for one in found] == [
        (2, 1, "catalog.row_measure"),
        (3, 1, "catalog.row_measure"),
        (4, 4, "catalog.row_damaged"),
        (9, 1, "catalog.row_cells"),
    ]
    assert "第 4 行" in found[2].message


def test_a_table_without_its_columns_or_rows_is_none() -> None:
    """What lacks a column is named; a header alone is no table."""
    (lacking,) = problems(table(ROW[:3], headers=HEADERS[:3]))
    assert lacking.code == "catalog.table_columns"
    assert "法规政策依据、实施主体" in lacking.message
    assert [one.code for one in problems(table())] == ["catalog.table_empty"]
