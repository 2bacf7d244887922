"""Where the header of a grid is."""

from __future__ import annotations

import pytest

from jointsanction.registry.readers.headers import header_words
from jointsanction.registry.readers.tables.grid import Grid, Merge
from jointsanction.registry.readers.tables.header_row import Header, locate, no_header

KNOWN = header_words()


def is_known(header: str) -> bool:
    """Tell whether a header is one of those that ship."""
    return KNOWN.column_of(header) is not None


def located(*rows: tuple[str, ...], merges: tuple[Merge, ...] = ()) -> Header | None:
    """Return the header of a grid of some rows."""
    return locate(Grid(rows=tuple(enumerate(rows, 1)), merges=merges), is_known)


UPPER = ("序号", "名称", "统一社会信用代码", "列入信息", "", "移出信息", "", "备注")
LOWER = ("", "", "", "日期", "认定单位", "日期", "原因", "")
BOTH = ("序号", "名称", "统一社会信用代码", "列入日期", "认定单位", "移出日期", "移出原因", "备注")
MERGES = (
    *(Merge(3, place, 4, place) for place in (0, 1, 2, 7)),
    Merge(3, 3, 3, 4),
    Merge(3, 5, 3, 6),
    Merge(1, 0, 1, 7),
)
TITLE = ("某市失信名单", "", "", "", "", "", "", "")
OFFICE = ("填报单位：测试局", "", "", "", "", "", "填报日期：2024-03-01", "")


@pytest.mark.parametrize("merges", [MERGES, ()])
def test_two_rows_make_a_header(merges: tuple[Merge, ...]) -> None:
    """Merged groups are filled and joined with the row below; a CSV file shows the same groups by blanks."""
    assert located(TITLE, OFFICE, UPPER, LOWER, merges=merges) == Header(6, 3, 4, BOTH)


def test_one_row_is_preferred_where_two_say_no_more() -> None:
    """A row of data below the header is no part of it."""
    found = located(("名称", "列入日期"), ("恒泰物流有限公司", "2024-03-01"))
    assert found == Header(2, 1, 1, ("名称", "列入日期"))


def test_a_tall_header_is_two_rows() -> None:
    """Where every header spans two rows, the table begins below both."""
    found = located(("名称", "列入日期"), ("", ""), ("甲", "x"), merges=(Merge(1, 0, 2, 0), Merge(1, 1, 2, 1)))
    assert found is None
    found = located(("名称", "列入日期", "列入"), ("", "", "日期"), merges=(Merge(1, 0, 2, 0), Merge(1, 1, 2, 1)))
    assert found is not None
    assert (found.first, found.last) == (1, 2)


@pytest.mark.parametrize(
    ("upper", "lower", "header"),
    [
        ("列入信息", "日期", "列入日期"),
        ("移出", "日期", "移出日期"),
        ("企业基本信息", "统一社会信用代码", "统一社会信用代码"),
        ("处罚信息", "处罚决定日期", "处罚决定日期"),
        ("负责人信息", "姓名", "负责人姓名"),
        ("联系人", "身份证号", "联系人身份证号"),
        ("名称", "名 称", "名称"),
    ],
)
def test_two_headers_become_one(upper: str, lower: str, header: str) -> None:
    """负责人信息 over 姓名 must not become the name of the listed subject."""
    found = located((upper, "认定单位", "列入日期"), (lower, "", ""), merges=(Merge(1, 1, 2, 1), Merge(1, 2, 2, 2)))
    assert found is not None
    assert found.cells == (header, "认定单位", "列入日期")


def test_a_merge_beyond_the_row_is_passed_over() -> None:
    """Programs write ranges where there are no cells."""
    found = located(("名称", "列入"), ("", "日期"), merges=(Merge(1, 9, 1, 12), Merge(1, 1, 1, 5)))
    assert found is not None
    assert found.cells == ("名称", "列入日期")


def test_no_row_of_ours_is_no_header() -> None:
    """Only the first ten rows are looked at; a first row that is no header is most likely a record."""
    rows = [("甲", "乙")] * 10 + [("名称", "列入日期")]
    assert located(*rows) is None
    error = no_header(["", "恒泰物流有限公司"], "2 个工作表的")
    assert error.code == "registry.header"
    assert "恒*******" in error.message
    assert "（空）" in no_header([]).message
