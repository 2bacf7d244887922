"""Which cells of a row say what: the mapping, the words we know, and rows chosen by either."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.mapping import FileMapping
from jointsanction.terms import Severity, SubjectKind

if TYPE_CHECKING:
    from conftest import Import
    from jointsanction.registry.readers.report import ImportReport

FIRM = "91990000MA0000001B"


def told(report: ImportReport, code: str) -> list[str]:
    """Return the columns of the warnings with a code."""
    return [problem.column for problem in report.warnings if problem.code == code]


def mapped(**more: object) -> FileMapping:
    """Return a mapping."""
    return FileMapping.model_validate({"list": "BL.WAGE", **more})


def test_the_day_of_publication_stands_for_the_day_of_listing(imported: Import) -> None:
    """Most registers print one day only, the one on which they published."""
    row = imported("名称,公布日期\n恒泰,2024-03-01\n", mapping=mapped()).listings[0]
    assert (row.listed_on, row.published_on) == (date(2024, 3, 1), None)


@pytest.mark.parametrize("own", ["列入日期", "认定日期"])
def test_a_day_of_listing_of_its_own_goes_before(imported: Import, own: str) -> None:
    """认定 and 公布 are two acts of two days, often of two authorities."""
    header = f"名称,公布日期,{own},发布机关,认定单位,移出机关,移出日期\n"
    row = imported(header + "恒泰,2024-03-05,2024-03-01,甲,乙,丙,2024-09-01\n", mapping=mapped()).listings[0]
    assert (row.listed_on, row.published_on) == (date(2024, 3, 1), date(2024, 3, 5))
    assert (row.publishing_authority, row.designating_authority, row.removal_authority) == ("甲", "乙", "丙")


def test_a_default_day_of_listing_goes_before(imported: Import) -> None:
    """A mapping may say when all rows of a file were listed."""
    plan = mapped(defaults={"listed_on": "2024-03-01"})
    row = imported("名称,公布日期\n恒泰,2024-03-05\n", mapping=plan).listings[0]
    assert (row.listed_on, row.published_on) == (date(2024, 3, 1), date(2024, 3, 5))


def test_one_header_may_fill_two_columns(imported: Import) -> None:
    """处罚决定日期 is the day of the document and the first day that the record holds."""
    plan = mapped(columns={"决定日": ["listed_on", "instrument_date"]})
    row = imported("名称,决定日\n恒泰,2024-03-01\n", mapping=plan).listings[0]
    assert row.listed_on == row.instrument_date == date(2024, 3, 1)


def test_the_first_of_several_headers_that_says_something_counts(imported: Import) -> None:
    """In the order of the mapping, not of the file; two that differ are told, two that say the same day are not."""
    plan = mapped(columns={"甲日": "listed_on", "乙日": "listed_on"})
    rows = "恒泰,2024-03-01,2024年3月1日\n恒通,,2024-03-02\n恒顺,2024-03-02,2024-03-01\n"
    report = imported("名称,乙日,甲日\n" + rows, mapping=plan)
    assert [row.listed_on for row in report.listings] == [date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 1)]
    assert [(problem.row, problem.column) for problem in report.warnings if problem.code == "row.differs"] == [
        (4, "listed_on")
    ]


def test_what_the_mapping_names_goes_before_what_we_know(imported: Import) -> None:
    """A header that only our words know is left out, and told, where the mapping named another."""
    report = imported("企业名称,对象,列入日期\n恒泰,恒通,2024-03-01\n", mapping=mapped(columns={"对象": "name"}))
    assert report.listings[0].name == "恒通"
    assert told(report, "header.left_out") == ["企业名称"]


def test_two_headers_of_one_column_need_a_word(imported: Import) -> None:
    """Without a mapping nobody knows which name is meant."""
    with pytest.raises(RegistryError, match="多个表头都是“名称”：企业名称、姓名"):
        imported("企业名称,姓名,列入日期\n恒泰,恒通,2024-03-01\n", mapping=mapped())


def test_what_is_ignored_has_its_reason(imported: Import) -> None:
    """A header may be known and meant to be left out."""
    report = imported(
        "名称,曾用名,列入日期\n恒泰,恒通,2024-03-01\n", mapping=mapped(ignore={"曾用名": "是注册前的名称。"})
    )
    assert report.listings[0].former_names == ()
    assert "是注册前的名称" in next(each.message for each in report.warnings if each.code == "header.left_out")


def test_words_of_the_file_are_turned_into_ours(imported: Import) -> None:
    """Codes mean what the source says they mean; 无 is what says nothing, and other words are read as ever."""
    plan = mapped(
        columns={"类": "subject_kind", "级": "severity", "号": "uscc"},
        values={"subject_kind": {"1": "unit", "0": "person", "9": "无"}, "severity": {"A级": "serious"}},
        defaults={"listed_on": "2024-03-01"},
    )
    rows = f"恒泰,1,a级,{FIRM}\n张三,0,一般,\n李四,9,,\n王五,自然人,,\n"
    report = imported("名称,类,级,号\n" + rows, mapping=plan)
    assert [(row.subject_kind, row.severity) for row in report.listings] == [
        (SubjectKind.ENTERPRISE, Severity.SERIOUS),
        (SubjectKind.PERSON, Severity.GENERAL),
        (None, None),
        (SubjectKind.PERSON, None),
    ]


def test_rows_are_chosen_and_the_others_counted(imported: Import) -> None:
    """A file of several sorts of row is read for one; what is left out is told, and does not make a list partial."""
    plan = mapped(only={"类型": ["8", "黑名单"]}, skip={"状态": "注销", "没有这一列": "x"}, covers=["BL.WAGE"])
    rows = "恒泰,8,,2024-03-01\n恒通,2,,2024-03-01\n恒顺,黑名单,注销,2024-03-01\n"
    report = imported("名称,类型,状态,列入日期\n" + rows, mapping=plan)
    assert [row.name for row in report.listings] == ["恒泰"]
    assert [problem.message for problem in report.warnings if problem.code == "row.left_out"] == [
        "有 2 行不符合映射文件的行条件，未读取。"
    ]
    assert report.covers
    whole = imported("名称,类型,状态,列入日期\n恒泰,8,,2024-03-01\n", mapping=plan)
    assert told(whole, "row.left_out") == []


def test_a_column_to_choose_by_must_be_there(imported: Import) -> None:
    """Without it every row would be left out, and the list look empty."""
    with pytest.raises(RegistryError, match="按“类型”选取记录") as refused:
        imported("名称,列入日期\n恒泰,2024-03-01\n", mapping=mapped(only={"类型": "8"}))
    assert refused.value.code == "registry.header"


def test_the_year_of_an_assessment_gives_its_days(imported: Import) -> None:
    """纳税信用: assessed by the year, from a day of the next year on; a day that the row has itself goes first."""
    plan = mapped(assessed={"begins": "04-30"}, columns={"发布": "published_on"})
    header = "名称,评价年度,列入日期,有效期止,发布\n"
    rows = "恒泰,2023,,,\n恒通,2023年度,2024-05-06,,\n恒顺,2023,,2024-12-31,2024-04-15\n恒昌,去年,,,\n"
    report = imported(header + rows, mapping=plan)
    assert [(row.listed_on, row.valid_to, row.published_on) for row in report.listings] == [
        (date(2024, 4, 30), date(2025, 4, 30), None),
        (date(2024, 5, 6), None, None),
        (date(2024, 4, 30), date(2024, 12, 31), date(2024, 4, 15)),
    ]
    assert [(error.row, error.code) for error in report.errors] == [(5, "cell.year")]
    only = imported("名称,评价年度,发布\n恒泰,2023,2024-04-15\n", mapping=plan).listings[0]
    assert (only.listed_on, only.published_on) == (date(2024, 4, 30), date(2024, 4, 15))


def test_a_year_alone_is_no_day(imported: Import) -> None:
    """Without a mapping nobody knows from when to when an assessment holds."""
    report = imported("名称,评价年度,列入日期\n恒泰,2023,2024-05-06\n", mapping=mapped())
    assert (report.listings[0].valid_to, told(report, "header.left_out")) == (None, ["评价年度"])


def test_the_row_is_kept_as_printed(imported: Import) -> None:
    """What the file said stands beside what was understood: every cell under its header, also those not read."""
    report = imported("名称,备考,,备考,列入日期\n恒泰, 甲 ,乙,丙,2024-03-01\n", mapping=mapped())
    assert json.loads(report.listings[0].raw or "") == {
        "名称": "恒泰",
        "备考": " 甲 ",
        "#3": "乙",
        "备考#4": "丙",
        "列入日期": "2024-03-01",
    }
