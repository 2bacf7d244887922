"""列入 and 移出 as rows of their own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointsanction.registry.readers.mapping import FileMapping
from jointsanction.registry.readers.report import Cover

if TYPE_CHECKING:
    from conftest import Import
    from jointsanction.model.subject import Listing
    from jointsanction.registry.readers.report import ImportReport

FIRM, OTHER = "91990000MA0000001B", "91990000MA0000002E"
CODE = FIRM[8:17]
HEADER = "类别,名称,代码,日期,文号,移出日期,原因,机关\n"
PLAN = FileMapping.model_validate(
    {
        "list": "BL.WAGE",
        "columns": {"代码": "unit_identifier", "日期": "listed_on", "机关": "designating_authority"},
        "ignore": {"原因": "是列入原因。"},
        "exit": {
            "when": {"类别": "移出", "没有这一列": "移出"},
            "columns": {"日期": "removed_on", "原因": "removal_reason", "机关": "removal_authority"},
        },
    }
)


def read(imported: Import, *rows: str, plan: FileMapping = PLAN) -> ImportReport:
    """Read rows of 类别,名称,代码,日期,文号,移出日期,原因,机关."""
    return imported(HEADER + "".join(f"{row}\n" for row in rows), mapping=plan)


def ends(report: ImportReport) -> list[tuple[date | None, date | None, str | None, str | None]]:
    """Return when each listing began and ended, why, and who said so."""

    def end(row: Listing) -> tuple[date | None, date | None, str | None, str | None]:
        return row.listed_on, row.removed_on, row.removal_reason, row.removal_authority

    return [end(row) for row in report.listings]


IN = f"列入,恒泰物流有限公司,{FIRM},2023-03-01,测〔2023〕1号,,拖欠,测试市人社局"
LATER = f"列入,恒泰物流有限公司,{FIRM},2024-03-01,测〔2024〕1号,,拖欠,测试市人社局"
JOINED = (date(2023, 3, 1), date(2023, 9, 1), "修复", "测试市人社局")


@pytest.mark.parametrize(
    ("out", "others"),
    [
        (f"移出,恒泰物流有限公司,{FIRM},2023-09-01,,,修复,测试市人社局", ()),
        (f"移出,恒泰物流有限公司,{CODE},2023-09-01,测移〔2023〕9号,,修复,测试市人社局", ()),
        (
            f"移出,恒泰物流有限公司,{FIRM},2023-09-01,测【2023】1号,,修复,测试市人社局",
            (LATER.replace("2024-", "2023-"),),
        ),
        ("移出,恒泰物流有限公司,,2023-09-01,测［2023］1号,,修复,测试市人社局", ()),
    ],
)
def test_an_end_is_put_to_its_beginning(imported: Import, out: str, others: tuple[str, ...]) -> None:
    """By number, by the number within the code, by document whatever its brackets, by name and document."""
    report = read(imported, out, IN, *others)
    assert ends(report)[0] == JOINED
    assert (report.rows, report.rejected, report.errors) == (1 + len(others), 0, ())
    assert "row.joined" in [problem.code for problem in report.warnings]
    assert report.listings[0].designating_authority == "测试市人社局"


def test_an_end_later_than_one_of_two_beginnings_is_that_ones(imported: Import) -> None:
    """What ended in September 2023 cannot have begun in 2024."""
    report = read(imported, IN, LATER, f"移出,恒泰物流有限公司,{FIRM},2023-09-01,,,修复,测试市人社局")
    assert [end[1] for end in ends(report)] == [date(2023, 9, 1), None]


@pytest.mark.parametrize(
    ("out", "code"),
    [
        (f"移出,恒通物流有限公司,{OTHER},2023-09-01,,,修复,", "row.removal_alone"),
        (f"移出,恒泰物流有限公司,{FIRM},2023-02-01,,,修复,", "row.removal_alone"),
        (f"移出,恒泰物流有限公司,{OTHER},2023-09-01,测〔2023〕1号,,修复,", "row.removal_alone"),
        ("移出,恒泰物流有限公司,,2023-09-01,,,修复,", "row.removal_unclear"),
        (f"移出,恒泰物流有限公司,{FIRM},2024-09-01,,,修复,", "row.removal_unclear"),
    ],
)
def test_an_end_without_its_beginning_is_told(imported: Import, out: str, code: str) -> None:
    """A removal is never lost and never put to a listing by guess: a name alone confirms nobody."""
    report = read(imported, IN, LATER, out, plan=PLAN.model_copy(update={"covers": ("BL.WAGE",)}))
    assert [(error.row, error.column, error.code) for error in report.errors] == [(4, "removed_on", code)]
    assert [end[1] for end in ends(report)] == [None, None]
    assert Cover("BL.WAGE") not in report.covers


def test_both_in_one_row_is_one_listing(imported: Import) -> None:
    """Registers print 列入日期 and 移出日期 side by side; such a row needs no other."""
    report = read(imported, IN.replace(",,拖欠", ",2023-09-01,拖欠"))
    assert [end[:2] for end in ends(report)] == [JOINED[:2]]
    assert "row.joined" not in [problem.code for problem in report.warnings]


def test_a_row_that_states_both_takes_the_place_of_the_earlier_one(imported: Import) -> None:
    """A later export prints the listing again with its end: left beside it, the first row would bind for ever."""
    report = read(imported, IN, IN, LATER, IN.replace(",,拖欠", ",2023-09-01,拖欠"))
    assert [end[:2] for end in ends(report)] == [JOINED[:2], JOINED[:2], (date(2024, 3, 1), None)]


def test_of_several_listed_on_a_day_the_document_decides(imported: Import) -> None:
    """Two decisions of one day are two listings."""
    twin = IN.replace("1号", "2号")
    report = read(imported, IN, twin, twin.replace(",,拖欠", ",2023-09-01,拖欠"))
    assert [(row.instrument_no, row.removed_on) for row in report.listings] == [
        ("测〔2023〕1号", None),
        ("测〔2023〕2号", date(2023, 9, 1)),
    ]


def test_an_end_of_another_list_is_another_matter(imported: Import) -> None:
    """The same firm may be on two lists."""
    header = "名单,名称,统一社会信用代码,列入日期,移出日期,文号\n"
    rows = [f"BL.WAGE,恒泰物流有限公司,{FIRM},2023-03-01,,甲", f"BL.NEW,恒泰物流有限公司,{FIRM},,2023-09-01,甲"]
    report = imported(header + "\n".join(rows) + "\n")
    assert [error.code for error in report.errors] == ["row.removal_alone"]


def test_the_rows_of_an_end_keep_their_doubts(imported: Import) -> None:
    """What was doubtful in a row that was joined is told all the same; a missing document of an end is no doubt."""
    report = read(imported, IN, "移出,恒泰物流有限公司,91990000MA0000001C,2023-09-01,测〔2023〕1号,,修复,")
    told = [(problem.row, problem.code) for problem in report.warnings if problem.row == 3]
    assert told == [(3, "id.bad_check_digit")]
    assert ends(report)[0][1] == date(2023, 9, 1)


def test_rows_without_their_telling_column_are_all_beginnings(imported: Import) -> None:
    """A mapping may foresee a column that this file does not have."""
    report = imported(f"名称,代码,日期\n恒泰物流有限公司,{FIRM},2023-03-01\n", mapping=PLAN)
    assert [end[:2] for end in ends(report)] == [(date(2023, 3, 1), None)]


def test_another_document_is_another_listing(imported: Import) -> None:
    """A row that states both its days ends itself alone: it must not release whoever was listed beside it."""
    report = read(imported, IN, IN.replace("1号", "2号").replace(",,拖欠", ",2023-09-01,拖欠"))
    assert [end[:2] for end in ends(report)] == [(date(2023, 3, 1), None), JOINED[:2]]


def test_the_document_of_a_removal_may_be_its_own(imported: Import) -> None:
    """A removal names the day of the listing and the number of its own decision; with no row of that day it is told."""
    header = "类别,名称,代码,列入日期,移出日期,文号\n"
    rows = [
        f"移出,恒泰物流有限公司,{FIRM},2023-03-01,2023-09-01,测移〔2023〕9号",
        f"列入,恒泰物流有限公司,{FIRM},2023-03-01,,测〔2023〕1号",
    ]
    joined = imported(header + "\n".join(rows) + "\n", mapping=PLAN)
    assert [(row.instrument_no, row.removed_on) for row in joined.listings] == [("测〔2023〕1号", date(2023, 9, 1))]
    alone = imported(header + rows[0] + "\n", mapping=PLAN)
    assert [(row.listed_on, row.removed_on) for row in alone.listings] == [JOINED[:2]]
    assert [problem.code for problem in alone.warnings if problem.row] == ["row.removal_unmatched"]


def test_which_of_two_documents_of_a_day_ended_is_not_guessed(imported: Import) -> None:
    """Ending both would release whoever is still bound by one of them."""
    header = "类别,名称,代码,列入日期,移出日期,文号\n"
    rows = [
        f"列入,恒泰物流有限公司,{FIRM},2023-03-01,,测〔2023〕1号",
        f"列入,恒泰物流有限公司,{FIRM},2023-03-01,,测〔2023〕2号",
        f"移出,恒泰物流有限公司,{FIRM},2023-03-01,2023-09-01,",
    ]
    report = imported(header + "\n".join(rows) + "\n", mapping=PLAN)
    assert [row.removed_on for row in report.listings] == [None, None, date(2023, 9, 1)]
    assert "row.removal_unclear" in [problem.code for problem in report.warnings]
