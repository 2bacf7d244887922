"""CSV becomes rows of text."""

from __future__ import annotations

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.csv_table import read_csv

KNOWN = frozenset({"名单", "名称", "统一社会信用代码", "列入日期"}).__contains__
HEADER = "名单,名称,统一社会信用代码,列入日期\n"
ROW = "失信被执行人,恒泰物流有限公司,91990000MA0000001B,2024-03-01\n"


def test_rows_carry_the_number_a_spreadsheet_shows() -> None:
    """Whoever corrects a row finds it by its number; blank lines count as a spreadsheet counts them."""
    table = read_csv(HEADER + ROW + "\n,,,\n" + ROW, KNOWN)
    assert [number for number, _ in table.rows] == [2, 5]
    assert table.header_row == 1
    assert table.rows[0][1][1] == "恒泰物流有限公司"


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_the_delimiter_is_found_by_the_headers(delimiter: str) -> None:
    """Spreadsheets of other settings write tabs or semicolons; the delimiter that shows our headers is the one."""
    table = read_csv((HEADER + ROW).replace(",", delimiter), KNOWN)
    assert table.headers == ("名单", "名称", "统一社会信用代码", "列入日期")


def test_a_title_above_the_header_is_passed_over() -> None:
    """Official files begin with a title and 填报单位; the header is the row with our headers in it."""
    table = read_csv("荥阳市失信名单,,,\n填报单位：测试局,,,\n" + HEADER + ROW, KNOWN)
    assert (table.header_row, len(table.rows)) == (3, 1)


@pytest.mark.parametrize("line", ["注：以上名单仅供参考,,,", "合计：1 条,,,", "制表人：张三,,,", "数据来源：测试局"])
def test_a_remark_below_the_table_is_no_row(line: str) -> None:
    """注 and 合计 at the end are about the table; that they were left out is told."""
    table = read_csv(HEADER + ROW + line + "\n", KNOWN)
    assert len(table.rows) == 1
    assert [(note.row, note.code, note.level) for note in table.notes] == [(3, "row.remark", "warning")]


def test_a_row_of_few_cells_is_a_row() -> None:
    """A row that says little is still somebody's."""
    table = read_csv(HEADER + "失信被执行人,恒泰物流有限公司,,\n", KNOWN)
    assert len(table.rows) == 1


@pytest.mark.parametrize("line", [ROW.replace("有限", ",有限"), "失信被执行人,恒泰物流有限公司\n"])
def test_a_row_with_other_cells_than_headers_is_broken(line: str) -> None:
    """An unquoted comma moves a name into the next column; a short row is a cut-off one. Neither is guessed at."""
    table = read_csv(HEADER + line, KNOWN)
    assert table.rows == ()
    assert [problem.code for problem in table.broken] == ["row.cells"]


def test_quotes_may_hold_commas_and_lines() -> None:
    """RFC 4180: what stands in quotes is one cell."""
    table = read_csv(HEADER + '失信被执行人,"恒泰,物流\n有限公司",91990000MA0000001B,2024-03-01\n', KNOWN)
    assert table.rows[0][1][1] == "恒泰,物流\n有限公司"


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("甲,乙,丙\n1,2,3\n", "registry.header", "甲、乙、丙"),
        ("\n", "registry.header", "空"),
        (HEADER + ROW + '失信被执行人,"恒泰物流有限公司,,\n', "registry.csv", "第 3 行"),
        ('名单,"名称\n', "registry.csv", "引号"),
    ],
)
def test_a_file_without_a_table_is_refused(text: str, code: str, word: str) -> None:
    """A quote that is never closed is how a cut-off download ends; read leniently it would swallow the rest."""
    with pytest.raises(RegistryError, match=word) as caught:
        read_csv(text, KNOWN)
    assert caught.value.code == code
