"""A file's bytes become a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointsanction.errors import RegistryError
from sheet_files import GOOD, HEADERS, html, row, xls, xlsx

if TYPE_CHECKING:
    import openpyxl

    from conftest import Import

CSV = ",".join(HEADERS) + "\n" + ",".join(GOOD) + "\n"


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        (xlsx([HEADERS, GOOD]), "名单.xlsx", "xlsx"),
        (xls([HEADERS, GOOD]), "名单.xls", "xls"),
        (html([HEADERS, GOOD]).encode(), "名单.html", "html"),
        (CSV.encode(), "名单.csv", "csv"),
        (CSV.encode(), "名单.txt", "csv"),
    ],
)
def test_one_list_is_read_alike_in_every_container(imported: Import, content: bytes, name: str, form: str) -> None:
    """Excel, a page and CSV say the same."""
    report = imported(content, name=name)
    assert (report.format, report.problems) == (form, ())
    assert [(each.list, each.name, each.uscc, str(each.listed_on)) for each in report.listings] == [
        ("BL.WAGE", GOOD[1], GOOD[2], "2024-03-01")
    ]


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (html([HEADERS, GOOD]).encode("gb18030"), "名单.xls", "以 .xls 结尾，内容是网页表格"),
        (html([HEADERS, GOOD]).encode("utf-16"), "名单.XLSX", "以 .xlsx 结尾，内容是网页表格"),
        (CSV.encode("gb18030"), "名单.xls", "内容是CSV"),
        (CSV.replace(",", "\t").encode("utf-16"), "名单.xls", "内容是CSV"),
        (xlsx([HEADERS, GOOD]), "名单.csv", "内容是Excel 工作簿（.xlsx）"),
        (xls([HEADERS, GOOD]), "名单.xlsx", "内容是Excel 工作簿（.xls）"),
    ],
)
def test_a_disguise_is_told_and_seen_through(imported: Import, content: bytes, name: str, word: str) -> None:
    """Many an office's .xls is a page or a CSV file inside; only the content counts."""
    report = imported(content, name=name)
    assert len(report.listings) == 1
    (told,) = report.problems
    assert (told.code, told.row) == ("file.disguised", 0)
    assert word in told.message
    assert str(told).startswith("提示 全文件：")


def test_problems_of_a_workbook_name_the_cell(imported: Import) -> None:
    """名单!D3 is where the officer looks; in a page or in CSV it is row and column."""
    bad = row(c3="2024-02-30")
    (error,) = imported(xlsx([HEADERS, GOOD, bad]), name="名单.xlsx").errors
    assert str(error).startswith("错误 名单!D3 列入日期：")
    (error,) = imported(html([HEADERS, GOOD, bad]), name="名单.html").errors
    assert str(error).startswith("错误 第 3 行 列入日期：")


def two_sheets(book: openpyxl.Workbook) -> None:
    """Add a second list."""
    sheet = book.create_sheet("自然人")
    sheet.append(HEADERS[:4])
    sheet.append(("失信被执行人", "张三丰", "", "2024-03-01"))


def test_one_sheet_is_read_and_the_others_are_told(imported: Import) -> None:
    """With a list left unread the file speaks for no list; whoever names the sheet has chosen."""
    content = xlsx([HEADERS, GOOD], more=two_sheets)
    report = imported(content, name="名单.xlsx", list_code="BL.WAGE")
    assert (report.found.sheet, report.found.rivals, report.covers) == ("名单", ("自然人",), ())
    assert [problem.code for problem in report.problems] == ["sheet.unread", "cover.withheld"]
    chosen = imported(content, name="名单.xlsx", sheet="自然人", list_code="BL.SXBZXR")
    assert (chosen.found.sheet, [each.name for each in chosen.listings]) == ("自然人", ["张三丰"])
    assert [cover.list for cover in chosen.covers] == ["BL.SXBZXR"]


def test_only_a_workbook_has_sheets(imported: Import) -> None:
    """--sheet with a CSV file is a slip of the hand."""
    with pytest.raises(RegistryError, match="CSV 文件没有工作表") as caught:
        imported(CSV, sheet="名单")
    assert caught.value.code == "registry.sheet"
