"""What only a look at the cell itself tells."""

from __future__ import annotations

import pytest

from jointsanction.identity.legacy import organisation_check_digit
from jointsanction.model.subject import Listing
from jointsanction.registry.readers.flaws import letters_of, with_flaws
from jointsanction.registry.readers.layout import Layout
from jointsanction.registry.readers.report import RowProblem
from jointsanction.registry.readers.rows import RowReading
from jointsanction.registry.readers.tables.table import Found, Numeral, Table

WHOLE = "71400000" + organisation_check_digit("71400000")
LAYOUT = Layout(columns={"name": (0,), "uscc": (1, 2), "listed_on": (3,)})
READING = RowReading(
    Listing(list="BL.TAX"),
    "BL.TAX",
    (
        RowProblem(7, "listed_on", "row.undated", "缺少列入日期。"),
        RowProblem(7, "uscc", "id.masked", "已脱敏。", "warning"),
        RowProblem(7, "instrument_no", "row.unsupported", "缺少文书文号。", "warning"),
    ),
)


def read(*cells: str, lettered: bool = False, reading: RowReading = READING, layout: Layout = LAYOUT) -> RowReading:
    """Return the reading of a row with its flaws."""
    found = Found(sheet="名单", lettered=lettered)
    table = Table(headers=("名称", "代码", "代码2", "日期", "备注"), header_row=1, rows=((7, cells),), found=found)
    (seen,) = with_flaws(table, layout, [reading])
    return seen


@pytest.mark.parametrize(
    ("cell", "code"), [("#N/A", "cell.error"), (" #REF! ", ""), ("#REF! ", "cell.error"), ("#未计算!", "cell.formula")]
)
def test_a_failed_formula_refuses_its_row(cell: str, code: str) -> None:
    """What else was said of that cell only follows from it."""
    seen = read("甲", "1", "", cell, "")
    errors = [problem for problem in seen.problems if problem.level == "error"]
    assert [problem.code for problem in errors] == [code or "row.undated"]
    assert (seen.listing is None) is bool(code)
    assert seen.list == "BL.TAX"


def test_a_cell_that_is_not_read_harms_nobody() -> None:
    """A failed sum in a remark is the office's own affair, and a number sign is no error."""
    assert read("#甲", "1", "", "x", "#N/A") is READING


@pytest.mark.parametrize("number", ["4101059001011", "12345678"])
def test_a_number_that_lost_its_noughts_is_refused(number: str) -> None:
    """As a number, 041010590010112 becomes 41010590010112; nobody would be found under that."""
    seen = read("甲", Numeral(number), "", "x", "")
    assert seen.listing is None
    assert [problem.code for problem in seen.problems] == ["id.leading_zeros", "row.undated", "row.unsupported"]
    assert number not in seen.problems[0].message


@pytest.mark.parametrize(
    "cell", [Numeral("410105900101123"), Numeral("12345"), Numeral("1.5"), Numeral(WHOLE), "12345678"]
)
def test_other_numbers_are_left_to_the_rules_of_numbers(cell: str) -> None:
    """Fifteen digits are kept by a spreadsheet; nine with their own check digit are whole; a text says what it says."""
    assert "id.leading_zeros" not in {problem.code for problem in read("甲", cell, "", "x", "").problems}


def test_places_are_named_like_cells() -> None:
    """名单!C7 is where an officer looks; a column that isn't there has no cell."""
    seen = read("甲", "", "x", "y", "", lettered=True)
    assert [problem.cell for problem in seen.problems] == ["名单!D7", "名单!C7", ""]
    assert str(seen.problems[1]) == "提示 名单!C7 统一社会信用代码：已脱敏。（id.masked）"
    assert [problem.cell for problem in read("甲", "", " ", "", "", lettered=True).problems] == [
        "名单!D7",
        "名单!B7",
        "",
    ]


def test_rows_of_an_end_have_columns_of_their_own() -> None:
    """In a row that only states the end of a listing, another cell is the date."""
    layout = Layout(columns={"listed_on": (3,)}, exits={"removed_on": (3,)}, exit_when=((4, frozenset({"移出"})),))
    assert read("甲", "", "", "#N/A", "移出", layout=layout).problems[0].column == "removed_on"


def test_letters_go_on_after_z() -> None:
    """A, Z, AA, XFD: as in a spreadsheet."""
    assert [letters_of(place) for place in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
