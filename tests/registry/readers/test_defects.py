"""Every defect of list files that was met in the wild, on a file made for it, from its bytes to its listing or refusal.

What each reader does with its own cells is tested beside it; here a whole file goes in.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
import xlwt

from jointsanction.errors import RegistryError
from jointsanction.identity import resident_id
from jointsanction.identity.folding import letters
from jointsanction.identity.uscc import check_digit
from jointsanction.terms import SubjectKind
from sheet_files import GOOD, HEADERS, html, row, xls, xlsx

if TYPE_CHECKING:
    import openpyxl

    from conftest import Import
    from jointsanction.model.subject import Listing
    from jointsanction.registry.readers.report import ImportReport

RARE = "王䶮𬭚商行㐂有限公司"


def csv_of(*rows: tuple[str, ...]) -> str:
    """Return a CSV text under the usual headers."""
    return "".join(",".join(cells) + "\n" for cells in (HEADERS, *rows))


def only(report: ImportReport) -> Listing:
    """Return the only listing of a file."""
    (listing,) = report.listings
    return listing


def codes(report: ImportReport) -> list[str]:
    """Return the codes of what refuses rows."""
    return [error.code for error in report.errors]


@pytest.mark.parametrize("codec", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-be-marked"])
def test_encodings(imported: Import, codec: str) -> None:
    """GBK, GB18030, UTF-8 with and without its mark, UTF-16 of both orders; rare characters only where they exist."""
    name = "恒泰物流有限公司" if codec == "gbk" else RARE
    text = csv_of(row(c1=name))
    raw = b"\xfe\xff" + text.encode("utf-16-be") if codec == "utf-16-be-marked" else text.encode(codec)
    assert only(imported(raw)).name == name


@pytest.mark.parametrize(
    ("raw", "code"), [(b"\xb2\xe2\xff\xff", "encoding"), (csv_of(GOOD).encode()[:-2], "truncated")]
)
def test_bytes_of_no_encoding(imported: Import, raw: bytes, code: str) -> None:
    """No detector is asked: the place of the first byte that fits nothing is told."""
    with pytest.raises(RegistryError, match="字节处") as caught:
        imported(raw)
    assert caught.value.code == f"registry.{code}"


@pytest.mark.parametrize(
    "content", [html([HEADERS, GOOD]).encode("gbk"), csv_of(GOOD).replace(",", "\t").encode("gbk")]
)
def test_a_page_or_csv_named_xls(imported: Import, content: bytes) -> None:
    """Told for what it is, and read."""
    report = imported(content, name="名单.xls")
    assert [problem.code for problem in report.problems] == ["file.disguised"]
    assert only(report).uscc == GOOD[2]


GROUPED = (
    ("拖欠农民工工资黑名单", *[None] * 6),
    ("填报单位：测试市人社局", *[None] * 5, "填报日期：2024-03-01"),
    ("序号", "名称", "统一社会信用代码", "列入信息", None, None, "备注"),
    (None, None, None, "日期", "决定书文号", "认定单位", None),
    (1, "恒泰物流有限公司", GOOD[2], "2024年3月1日", "测〔2024〕1号", "测试局", None),
    (2, "恒信商贸有限公司", "91990000MA0000002E", "2024.3.2", "测〔2024〕2号", "测试局", None),
    (None,) * 7,
    ("合计", "2 家", *[None] * 5),
    ("注：以上名单仅供参考", *[None] * 6),
    ("填报人：张三", *[None] * 6),
)
MERGED = ("A1:G1", "A2:F2", "A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "A9:G9")


def grouped(kind: str) -> bytes:
    """Return a form as it hangs on the wall: title, office, two rows of header, sum, note, signature."""
    if kind == "csv":
        rows = (["" if cell is None else str(cell) for cell in cells] for cells in GROUPED)
        return "".join(",".join(cells) + "\r\n" for cells in rows).encode("gb18030")

    def merged(book: openpyxl.Workbook) -> None:
        for reference in MERGED:
            book["名单"].merge_cells(reference)

    return xlsx(GROUPED, more=merged) if kind == "xlsx" else xls(GROUPED)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_titles_merged_headers_and_footers(imported: Import, kind: str) -> None:
    """The header is found by its words, two rows are joined, and what stands around is kept with the file."""
    report = imported(grouped(kind), name=f"名单.{kind}", list_code="BL.WAGE")
    assert [(each.row, each.name, each.listed_on, each.designating_authority) for each in report.listings] == [
        (5, "恒泰物流有限公司", date(2024, 3, 1), "测试局"),
        (6, "恒信商贸有限公司", date(2024, 3, 2), "测试局"),
    ]
    assert report.found.header == (3, 4)
    assert report.found.above == ("拖欠农民工工资黑名单", "填报单位：测试市人社局 填报日期：2024-03-01")
    assert report.found.below == ("合计 2 家", "注：以上名单仅供参考", "填报人：张三")
    assert [cover.list for cover in report.covers] == ["BL.WAGE"]


def test_a_stray_cell_far_away(imported: Import) -> None:
    """A1 and XFD1048576 in 5 KB: refused with its place, where the library would abort the process."""

    def more(book: openpyxl.Workbook) -> None:
        book["名单"]["XFD1048576"] = "x"

    with pytest.raises(RegistryError, match="“名单”的范围有 1048576 行 × 16384 列") as caught:
        imported(xlsx([HEADERS, GOOD], more=more), name="名单.xlsx")
    assert caught.value.code == "registry.extent"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (410882199001011234, "id.lost_precision"),
        (1000000000000000, "id.lost_precision"),
        (41010590010112, "id.leading_zeros"),
    ],
)
def test_numbers_typed_as_numbers(imported: Import, number: int, code: str) -> None:
    """A float of sixteen digits or more has lost its end, one of fourteen perhaps its beginning."""
    for content, name in ((xlsx([HEADERS, row(c2=number)]), "a.xlsx"), (xls([HEADERS, row(c2=number)]), "a.xls")):
        (error,) = imported(content, name=name).errors
        assert (error.code, error.cell) == (code, "名单!C2")


def test_fifteen_digits_typed_as_a_number(imported: Import) -> None:
    """Fifteen digits are what a spreadsheet keeps: a 注册号 is whole."""
    headers = (*HEADERS[:2], "工商注册号", *HEADERS[3:])
    report = imported(xlsx([headers, row(c2=110108000000016)]), name="名单.xlsx")
    assert only(report).other_id == "110108000000016"


def test_no_type_is_guessed(imported: Import) -> None:
    """Leading noughts, long digits and days are what they say, whatever they look like."""
    assert only(imported(csv_of(row(c1="007", c4="000123456789012345")))).instrument_no == "000123456789012345"


@pytest.mark.parametrize("number", ["4105**********1234", "4108821990****1234", "512************920"])
def test_masked_numbers(imported: Import, number: str) -> None:
    """Kept as a pattern; a mask is never filled."""
    report = imported(csv_of(row(c1="张三", c2=number)))
    listing = only(report)
    assert number in {listing.uscc, listing.resident_id, listing.other_id}
    assert "id.masked" in {problem.code for problem in report.warnings}


@pytest.mark.parametrize(
    ("printed", "code", "told"),
    [
        ("９１９９００００ＭＡ００００００１Ｂ", GOOD[2], None),
        ("91990000ma0000001b", GOOD[2], None),
        ("91990000 MA00 0000 1B", GOOD[2], None),
        ("/", None, None),
        ("无", None, None),
        ("", None, None),
        ("91990000MA0000001C", "91990000MA0000001C", "id.bad_check_digit"),
    ],
)
def test_codes_as_offices_write_them(imported: Import, printed: str, code: str | None, told: str | None) -> None:
    """Full width, lower case, spaces, a slash; a check digit that fails is kept, since registers hold such codes."""
    report = imported(csv_of(row(c2=printed)))
    found = only(report).uscc
    assert (None if found is None else letters(found).upper()) == code
    assert [problem.code for problem in report.warnings if problem.column == "uscc"] == ([told] if told else [])


@pytest.mark.parametrize("prefix", ["N2", "A1", "Y1"])
def test_codes_of_rural_collectives_and_others(imported: Import, prefix: str) -> None:
    """GB 32100-2015 as amended in 2016 has N, A and Y."""
    code = f"{prefix}990000MF0000001"
    report = imported(csv_of(row(c2=code + check_digit(code))))
    assert (only(report).uscc, report.warnings) == (code + check_digit(code), ())


def test_a_number_that_may_be_two(imported: Import) -> None:
    """3 % of resident ids pass the check of a code: the column says which it is, else nobody does."""
    number = next(
        body + digit
        for body in (f"990000199001{day:02}{at:03}" for day in range(1, 29) for at in range(1000))
        for digit in [resident_id.check_digit(body)]
        if digit == check_digit(body)
    )
    assert only(imported(csv_of(row(c2=number)))).uscc == number
    headers = ",".join(HEADERS).replace("统一社会信用代码", "证件号")
    assert codes(imported(f"{headers}\n{','.join(row(c1='恒泰物流', c2=number))}\n")) == ["id.ambiguous"]


def test_fifteen_places_by_column(imported: Import) -> None:
    """A resident id and a 注册号 of fifteen digits share a length; the column says which."""
    headers = (*HEADERS[:2], "工商注册号", "身份证号", *HEADERS[3:])
    cells = (*GOOD[:2], "110108000000016", "", *GOOD[3:])
    assert only(imported("\n".join(map(",".join, (headers, cells))))).other_id == "110108000000016"


def test_an_individual_business_among_persons(imported: Import) -> None:
    """92… is an individual business, in whatever form it was reported."""
    body = "92990000MA0000001"
    report = imported(csv_of(row(c1="张三小吃店", c2=body + check_digit(body))))
    assert only(report).subject_kind is SubjectKind.INDIVIDUAL_BUSINESS


def test_one_code_with_two_names(imported: Import) -> None:
    """Most often a company was renamed: both are kept and told, and neither is put right."""
    report = imported(csv_of(GOOD, row(c1="恒信商贸有限公司", c4="测〔2024〕2号")))
    assert len(report.listings) == 2
    assert "row.names_differ" in {problem.code for problem in report.warnings}


@pytest.mark.parametrize(
    "printed",
    [
        "20190430",
        "2019年4月30日",
        "2019年04月30日",
        "2019-04-30",
        "2019/4/30",
        "2019.4.30",
        "2019 年 4 月 30 日",
        "2019-04-30 00:00:00.0",
        "２０１９年４月３０日",
        "1556553600",
        "1556553600000",
    ],
)
def test_days_as_offices_write_them(imported: Import, printed: str) -> None:
    """A closed list of shapes; epochs are days in Shanghai."""
    assert only(imported(csv_of(row(c3=printed)))).listed_on == date(2019, 4, 30)


def test_an_epoch_is_a_day_in_shanghai(imported: Import) -> None:
    """1562947200 is 13 July 2019 there, and still the 12th in UTC."""
    content = json.dumps([dict(zip(HEADERS, GOOD, strict=True)) | {"列入日期": 1562947200}])
    assert only(imported(content)).listed_on == date(2019, 7, 13)


@pytest.mark.parametrize(
    ("cell", "kind"), [(date(2019, 4, 30), "xlsx"), (date(2019, 4, 30), "xls"), (20190430, "xlsx")]
)
def test_days_of_a_workbook(imported: Import, cell: object, kind: str) -> None:
    """A native day, and eight digits that were typed as a number."""

    def dated(book: xlwt.Workbook) -> None:
        book.get_sheet(0).write(1, 3, cell, xlwt.easyxf(num_format_str="yyyy/m/d"))

    content = xls([HEADERS, row(c3=None)], more=dated) if kind == "xls" else xlsx([HEADERS, row(c3=cell)])
    assert only(imported(content, name=f"名单.{kind}")).listed_on == date(2019, 4, 30)


@pytest.mark.parametrize("printed", ["2019年4月", "2019年底前", "持续推进", "1或者3", "长期", "43585", "201943"])
def test_what_is_no_day(imported: Import, printed: str) -> None:
    """Never today's day, never the first of the month."""
    (error,) = imported(csv_of(row(c3=printed))).errors
    assert (error.column, error.code.partition(".")[0]) == ("listed_on", "date")


@pytest.mark.parametrize("printed", ["长期", "长期有效", "9999-12-31", ""])
def test_an_open_end(imported: Import, printed: str) -> None:
    """长期 is an end that is open; an empty cell says nothing of it."""
    text = f"{','.join(HEADERS)},有效期止\n{','.join(GOOD)},{printed}\n"
    assert only(imported(text)).valid_to is None


def test_a_failed_formula_is_no_open_end(imported: Import) -> None:
    """A 有效期止 that shows #N/A is refused: as a blank it would bind nobody, or for ever."""

    def failed(book: openpyxl.Workbook) -> None:
        book["名单"]["H2"] = "#N/A"
        book["名单"]["H2"].data_type = "e"

    report = imported(xlsx([(*HEADERS, "有效期止"), (*GOOD, None)], more=failed), name="名单.xlsx")
    assert [(error.code, error.cell) for error in report.errors] == [("cell.error", "名单!H2")]
    assert codes(imported(f"{','.join(HEADERS)},有效期止\n{','.join(GOOD)},#N/A\n")) == ["cell.error"]


def test_document_numbers_in_every_bracket(imported: Import) -> None:
    """国办发【2020】49号 and 国办发〔2020〕49号 are one document, kept as printed."""
    report = imported(csv_of(row(c4="国办发【2020】49号"), row(c4="国办发〔2020〕49号")))
    assert [each.instrument_no for each in report.listings] == ["国办发【2020】49号", "国办发〔2020〕49号"]
    assert "row.contradicted" in {problem.code for problem in report.warnings}


def test_punctuation_of_either_width(imported: Import) -> None:
    """Headers and lists are compared by their letters; the printed text stays."""
    headers = ("名单", "名称", "行政相对人代码＿3(统一社会信用代码)", *HEADERS[3:])
    listing = only(imported("\n".join(map(",".join, (headers, row(c0="拖欠农民工工资“黑名单”"))))))
    assert (listing.list, listing.uscc) == ("BL.WAGE", GOOD[2])


def test_twins_of_ocr(imported: Import) -> None:
    """荥阳 and 荣阳: offered to a person, by row, and never merged."""
    report = imported(csv_of(row(c1="荥阳市恒泰物流有限公司"), row(c1="荣阳市恒泰物流有限公司", c2="")))
    assert len(report.listings) == 2
    assert [problem.row for problem in report.warnings if problem.code == "row.near_name"] == [3]


def test_folding_is_for_the_key_only(imported: Import) -> None:
    """㈱, ① and Ⅱ stand in the list as printed."""
    assert only(imported(csv_of(row(c1="北京㈠厂①号店Ⅱ㈱")))).name == "北京㈠厂①号店Ⅱ㈱"


def test_a_row_that_was_reported_twice(imported: Import) -> None:
    """重复报送 is told with the row it repeats."""
    report = imported(csv_of(GOOD, GOOD, row(c3="2024-05-01")))
    assert [(problem.row, problem.code) for problem in report.warnings] == [
        (3, "row.repeated"),
        (4, "row.listed_again"),
    ]


def test_the_figures_of_a_file(imported: Import) -> None:
    """合规率 is of all rows, the refused ones included."""
    quality = imported(csv_of(GOOD, row(c2="", c4="x"), row(c3="x"))).quality
    assert (quality.rows, quality.complete, quality.identified, quality.dated) == (3, 1, 1, 2)
