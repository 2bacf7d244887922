"""Refused rows go back in the format they came in."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from jointsanction.errors import RegistryError
from jointsanction.model.mapping import FileMapping
from jointsanction.plugins import hookimpl, plugin_manager
from jointsanction.registry.readers.rejects.give_back import GivenBack, give_back, problems_by_row
from jointsanction.registry.readers.tables.table import Table
from sheet_files import GOOD, HEADERS, html, row, xls, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conftest import Import
    from jointsanction.registry.readers.report import ImportReport
    from jointsanction.registry.readers.tables.table import TableReader

NO_DAY = row(c3="2024-02-30")
PROBLEM = "列入日期：日历上没有这一天，请核对月、日。（date.no_such_day）"


def csv_of(*rows: tuple[str, ...], delimiter: str = ",", end: str = "\n") -> str:
    """Return a CSV text."""
    return "".join(delimiter.join(cells) + end for cells in rows)


def back(report: ImportReport) -> GivenBack:
    """Return the file that goes back."""
    given = give_back(report)
    assert given is not None
    return given


def cells_of(content: bytes) -> list[list[object]]:
    """Return the cells of a workbook, with their types."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["名单"]
    return [list(cells) for cells in sheet.iter_rows(values_only=True)]


def test_a_file_without_refused_rows_gives_nothing_back(imported: Import) -> None:
    """Warnings refuse nobody."""
    assert give_back(imported(csv_of(HEADERS, GOOD))) is None


@pytest.mark.parametrize(
    ("codec", "delimiter", "end"),
    [
        ("utf-8", ",", "\n"),
        ("utf-8-sig", ",", "\r\n"),
        ("gb18030", ";", "\n"),
        ("utf-16", "\t", "\r\n"),
        ("utf-16-be", "\t", "\n"),
    ],
)
def test_csv_goes_back_as_it_came(imported: Import, codec: str, delimiter: str, end: str) -> None:
    """Same encoding, mark, delimiter and line ends; title and header stand above, and nothing but what was refused."""
    mark = b"\xfe\xff" if codec == "utf-16-be" else b""
    title = ("某市拖欠农民工工资黑名单",)
    text = csv_of(title, HEADERS, GOOD, NO_DAY, GOOD, delimiter=delimiter, end=end)
    given = back(imported(mark + text.encode(codec)))
    wanted = csv_of(title, (*HEADERS, "问题"), (*NO_DAY, PROBLEM), delimiter=delimiter, end=end)
    assert (given.ending, given.rows) == (".csv", 1)
    assert given.content == mark + wanted.encode(codec)


def test_what_went_back_can_be_corrected_and_imported(imported: Import) -> None:
    """The column 问题 is not read, and a file of refused rows is never the whole list."""
    header = HEADERS[1:]
    given = back(imported(csv_of(header, NO_DAY[1:], GOOD[1:]), list_code="BL.WAGE"))
    corrected = given.content.decode().replace("2024-02-30", "2024-02-29")
    report = imported(corrected, list_code="BL.WAGE")
    assert [(listing.name, str(listing.listed_on)) for listing in report.listings] == [
        ("恒泰物流有限公司", "2024-02-29")
    ]
    assert (report.errors, report.covers) == ((), ())
    assert {"header.left_out", "cover.withheld"} <= {problem.code for problem in report.warnings}


def test_a_file_that_comes_back_twice_keeps_one_column(imported: Import) -> None:
    """The old words make way for the new ones."""
    given = back(imported(csv_of((*HEADERS, "问题", "备注"), (*NO_DAY, "旧的", "留"))))
    assert given.content.decode() == csv_of((*HEADERS, "问题", "备注"), (*NO_DAY, PROBLEM, "留"))


def test_two_rows_of_header_go_back(imported: Import) -> None:
    """Without its merged ranges the header is still read as two rows."""
    upper = ("名单", "名称", "统一社会信用代码", "列入信息", "", "文书文号")
    lower = ("", "", "", "日期", "机关", "")
    cells = (*GOOD[:3], "2024-02-30", "测试局", "测〔2024〕1号")
    given = back(imported(csv_of(upper, lower, cells)))
    assert given.content.decode().splitlines()[:2] == [
        "名单,名称,统一社会信用代码,列入信息,,文书文号,问题",
        ",,,日期,机关,,问题",
    ]
    assert [error.row for error in imported(given.content).errors] == [3]


def test_rows_of_another_length_go_back_too(imported: Import) -> None:
    """A row with a comma too many keeps all its cells; what is wrong with it stands behind them."""
    long, short = (*GOOD, "多"), GOOD[:3]
    lines = back(imported(csv_of(HEADERS, long, short))).content.decode().splitlines()
    assert lines[1].startswith(",".join(long) + ",有 8 列")
    assert lines[2].startswith(",".join(short) + ",,,,,有 3 列")
    again = back(imported(csv_of((*HEADERS, "问题"), (*GOOD, "旧", "多")))).content.decode().splitlines()
    assert again[1].startswith(",".join((*GOOD, "旧", "多")) + ",有 9 列")


def test_formulas_go_back_as_text(imported: Import) -> None:
    """A cell that a spreadsheet would run is marked in CSV, read back as it was, and a plain text in a workbook."""
    cells = row(c1="=HYPERLINK(0)", c3="2024-02-30")
    given = back(imported(csv_of(HEADERS, cells)))
    assert ",'=HYPERLINK(0)," in given.content.decode()
    fixed = given.content.decode().replace("2024-02-30", "2024-02-29")
    assert [listing.name for listing in imported(fixed).listings] == ["=HYPERLINK(0)"]
    sheet = openpyxl.load_workbook(io.BytesIO(back(imported(html([HEADERS, cells]), name="a.xls")).content)).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=HYPERLINK(0)", "s")


def test_a_workbook_goes_back_with_its_cells(imported: Import) -> None:
    """Numbers, days and texts are of the type they were; merged cells speak for each of their rows."""

    def more(book: openpyxl.Workbook) -> None:
        sheet = book["名单"]
        sheet.merge_cells("A1:G1")
        sheet.merge_cells("B3:B4")
        sheet["C6"].data_type = "e"

    rows = [
        ("某市名单",),
        HEADERS,
        row(c3=datetime(2024, 3, 1), c5=True),  # noqa: DTZ001 - a spreadsheet knows no zone
        row(c1=None, c2=410882199001011234, c3=20240301),
        GOOD,
        row(c2="#N/A", c6=None),
    ]
    report = imported(xlsx(rows, more=more), name="名单.xlsx")
    given = back(report)
    assert given.ending == ".xlsx"
    assert cells_of(given.content)[:2] == [["某市名单", *[None] * 7], [*HEADERS, "问题"]]
    dated, rounded, failed = cells_of(given.content)[2:]
    assert (dated[3], dated[5]) == (datetime(2024, 3, 1), True)  # noqa: DTZ001 - as above
    assert (rounded[1], rounded[2], rounded[3]) == (GOOD[1], pytest.approx(410882199001011234), 20240301)
    assert "Excel 已丢失精度" in str(rounded[7])
    assert (failed[2], failed[7]) == (
        "#N/A",
        "统一社会信用代码：是公式错误值 #N/A，请改正公式，或填入实际内容。（cell.error）",
    )
    again = imported(given.content, name="退回.xlsx")
    assert [error.code for error in again.errors] == [error.code for error in report.errors]


@pytest.mark.parametrize(
    ("content", "name"),
    [(xls([HEADERS, NO_DAY, GOOD]), "名单.xls"), (html([HEADERS, NO_DAY, GOOD]).encode("gb18030"), "名单.xls")],
)
def test_old_workbooks_and_pages_go_back_as_workbooks(imported: Import, content: bytes, name: str) -> None:
    """Whoever opens a .xls in Excel opens the .xlsx with the same eyes."""
    given = back(imported(content, name=name))
    sheet = openpyxl.load_workbook(io.BytesIO(given.content)).active
    assert given.ending == ".xlsx"
    assert [[cell.value for cell in cells] for cells in sheet.iter_rows()] == [[*HEADERS, "问题"], [*NO_DAY, PROBLEM]]


def test_signs_no_workbook_can_hold_are_shown_as_damaged(imported: Import) -> None:
    """XML has no room for control characters; a name with one is refused on its way back as well."""
    given = back(imported(html([HEADERS, row(c1="恒\x01泰", c3="x")]), name="a.xls"))
    assert openpyxl.load_workbook(io.BytesIO(given.content)).active["B2"].value == "恒\ufffd泰"


def test_a_length_of_time_goes_back_as_text(imported: Import) -> None:
    """[h]:mm is a length of time, and a workbook may hold one where a day should be."""
    given = back(imported(xlsx([HEADERS, row(c3=timedelta(hours=30))]), name="a.xlsx"))
    assert cells_of(given.content)[1][3] == "1 day, 6:00:00"


def objects(*rows: tuple[str, ...]) -> list[dict[str, object]]:
    """Return rows as objects, with a number and a list that must come back as they are."""
    return [{**dict(zip(HEADERS, cells, strict=True)), "序号": 1, "附": [1.50, True, None]} for cells in rows]


def test_json_goes_back_with_what_stood_around(imported: Import) -> None:
    """Same nesting, same numbers as written, one more key; the records that were taken in are left out."""
    whole = json.dumps({"code": 0, "data": {"list": objects(GOOD, NO_DAY, GOOD)}}, ensure_ascii=False)
    given = back(imported(whole.replace("1.5,", "1.50,"), name="a.json"))
    assert given.ending == ".json"
    assert '"附": [1.50,\ntrue,\nnull], "问题": "列入日期' in given.content.decode()
    (record,) = json.loads(given.content)["data"]["list"]
    assert record == {**objects(NO_DAY)[0], "问题": PROBLEM}
    assert [error.row for error in imported(given.content, name="a.json").errors] == [1]


def test_one_object_goes_back_as_one(imported: Import) -> None:
    """The answer to one question is an object."""
    given = back(imported(json.dumps(objects(NO_DAY)[0]), name="a.json"))
    assert json.loads(given.content)["问题"] == PROBLEM


def test_records_named_by_a_mapping_go_back_in_their_place(imported: Import) -> None:
    """What a record inherits stays above it, and objects that held only what was taken in are left empty."""
    groups = [
        {"名单": "失信被执行人", "row": objects(GOOD)[0]},
        {"名单": "拖欠农民工工资黑名单", "row": {k: v for k, v in objects(NO_DAY)[0].items() if k != "名单"}},
    ]
    groups[0]["row"] |= {"名单": "失信被执行人", "认定单位": "测试市人民法院"}
    mapping = FileMapping(records="row", inherit=("名单",))
    given = back(imported(json.dumps({"groups": groups}), name="a.json", mapping=mapping))
    first, second = json.loads(given.content)["groups"]
    assert first == {"名单": "失信被执行人"}
    assert second["row"]["问题"] == PROBLEM


def test_jsonl_goes_back_line_by_line(imported: Import) -> None:
    """A line is a record."""
    lines = [json.dumps(each, ensure_ascii=False) for each in objects(GOOD, NO_DAY)]
    given = back(imported("\n\n".join(lines) + "\n", name="a.jsonl"))
    assert given.ending == ".jsonl"
    assert json.loads(given.content) == {**objects(NO_DAY)[0], "问题": PROBLEM}


def xml_of(*rows: tuple[str, ...], keys: tuple[str, ...] = HEADERS) -> list[str]:
    """Return rows as elements."""
    return [
        "<ROW>" + "".join(f"<{key}>{cell}</{key}>" for key, cell in zip(keys, cells, strict=True)) + "</ROW>"
        for cells in rows
    ]


@pytest.mark.parametrize(
    ("declared", "codec"), [("UTF-8", "utf-8"), ("GBK", "gb18030"), ("", "utf-8-sig"), ("UTF-16", "utf-16")]
)
def test_xml_goes_back_with_what_stood_around(imported: Import, declared: str, codec: str) -> None:
    """Comments, attributes and the encoding stay; records that were taken in are cut out."""
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    good, bad = xml_of(GOOD, NO_DAY)
    text = f'{head}<DATA n="2"><!-- 名单 -->\n{good}\n{bad}\n{good}\n</DATA>\n'
    given = back(imported(text.encode(codec), name="a.xml"))
    wanted = bad.replace("</ROW>", f"<问题>{PROBLEM}</问题></ROW>")
    assert given.ending == ".xml"
    assert given.content == f'{head}<DATA n="2"><!-- 名单 -->\n\n{wanted}\n\n</DATA>\n'.encode(codec)
    again = imported(given.content, name="a.xml")
    assert [error.row for error in again.errors] == [1]
    assert back(again).content == given.content


def test_records_of_attributes_go_back(imported: Import) -> None:
    """An element that closes itself is opened for what is wrong with it."""
    said = " ".join(f'{key}="{cell}"' for key, cell in zip(HEADERS, row(c1="A&gt;B>C", c3="x"), strict=True))
    given = back(imported(f"<DATA><ROW {said} /><ROW {said.replace('>C', '')}/></DATA>", name="a.xml"))
    text = given.content.decode()
    assert text.count("</问题></ROW>") == 2
    assert [error.row for error in imported(text, name="a.xml").errors] == [1, 2]


def test_records_under_several_names_go_back_in_place(imported: Import) -> None:
    """What a mapping calls records need not stand together; what they inherit stays above."""
    good, bad = xml_of(GOOD[1:], NO_DAY[1:], keys=HEADERS[1:])
    text = f"<D><名单>BL.WAGE</名单><A>{bad}</A><B>{good}</B><A>{bad}{good}</A></D>"
    given = back(imported(text, name="a.xml", mapping=FileMapping(records="ROW", inherit=("名单",))))
    told = bad.replace("</ROW>", f"<问题>{PROBLEM}</问题></ROW>")
    assert given.content.decode() == f"<D><名单>BL.WAGE</名单><A>{told}</A><B></B><A>{told}</A></D>"


def test_a_file_that_changed_meanwhile_gives_nothing_back(imported: Import) -> None:
    """Rows are found by their numbers, and those are of the file that was read."""
    report = imported(csv_of(HEADERS, NO_DAY))
    Path(report.path).write_text("另一个文件", encoding="utf-8")
    with pytest.raises(RegistryError, match="被改动") as caught:
        give_back(report)
    assert caught.value.code == "registry.rejects"


class _Lines:
    """A host's plugin for a format of its own."""

    @hookimpl
    def jointsanction_readers(self) -> Mapping[str, TableReader]:
        """Read `.fix`: one name a line, and no day."""

        def read(_raw: bytes, _is_known: Callable[[str], bool]) -> Table:
            rows = ((1, ("BL.WAGE", "恒泰物流有限公司", "x")),)
            return Table(headers=("list", "name", "listed_on"), header_row=0, rows=rows)

        return {".fix": read}


def test_a_format_of_a_host_has_no_writer_here(imported: Import) -> None:
    """The rows are told all the same."""
    plugin = _Lines()
    plugin_manager().register(plugin)
    try:
        report = imported("x", name="a.fix")
    finally:
        plugin_manager().unregister(plugin)
    assert give_back(report) is None
    assert list(problems_by_row(report)) == [1]
