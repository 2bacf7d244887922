"""Cases: 合格 or 不合格 by what the lists and the law say of those days, and how they leave."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import desk_side as d
import store_side as s
from jointsanction import LoopError, QuestionError, RegistryError
from jointsanction.export.profiles import load_profile, read_profile
from jointsanction.export.writing import WRITERS
from jointsanction.loop.follow_up.case_rows import CaseWriter, standard_case_profile
from jointsanction.loop.follow_up.cases import Cases, CasesWanted
from jointsanction.model.export_profile import CaseProfile, Typical
from jointsanction.model.subject import Subject
from jointsanction.terms import CaseColumn, Handling

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.reported import ReportedCase

CASE = "采2024-1"
LONG = "未通过资格审查，已书面告知供应商，项目由其他供应商中标。"


def codes(case: ReportedCase) -> list[str]:
    """Return what keeps a case from qualifying."""
    return [fault.code for fault in case.faults]


def judged(office: d.Office, **more: Any) -> ReportedCase:
    """Return the case of a feedback on the defaulter."""
    check = office.check(case=more.pop("case", CASE))
    return Cases(office.desk).judged(str(office.feed_back(check, **more).number))


def test_a_sound_case_qualifies(tmp_path: Path) -> None:
    """Everything is said, the subject was listed, the measure in force, and no earlier case is the same."""
    case = judged(d.office(tmp_path), result=LONG, typical=True)
    assert case.qualified
    assert (case.typical, case.short_of) == (True, ())


def test_what_a_case_lacks_is_named(tmp_path: Path) -> None:
    """Without a case number, a result or anything applied it is no case."""
    case = judged(d.office(tmp_path), case=None, result="", handling=Handling.APPLIED)
    assert [fault.message for fault in case.faults] == ["缺少案号。", "缺少处理结果。"]


def test_nothing_was_applied(tmp_path: Path) -> None:
    """What was dealt with otherwise is fed back, and is no case of rewards and penalties."""
    assert codes(judged(d.office(tmp_path), handling=Handling.OTHER)) == ["case.not_applied"]


def test_the_same_case_twice(tmp_path: Path) -> None:
    """A second case of the same subject, listing, measure and number is the first again; a correction is not."""
    office = d.office(tmp_path)
    first = judged(office)
    corrected = office.feed_back(first.check, corrects=first.feedback.number)
    assert Cases(office.desk).judged(str(corrected.number)).qualified
    with pytest.raises(LoopError) as error:
        Cases(office.desk).judged(str(first.feedback.number))
    assert error.value.code == "loop.corrected"
    office.clock.move(hours=1)
    again = judged(office)
    assert codes(again) == ["case.double"]
    assert str(corrected.number) in again.faults[0].message
    assert judged(office, case="采2024-2").qualified


def test_the_lists_say_otherwise_now(tmp_path: Path) -> None:
    """A listing that was removed with effect from before shows, whatever the answer of then was."""
    office = d.office(tmp_path)
    case = judged(office)
    removed = s.listing(
        d.DEFAULTER, list="BL.SXBZXR", instrument_no="（2024）虚01执1号", row=1, removed_on=date(2024, 5, 31)
    )
    s.take(office.desk.lists, [removed], 5)
    office.desk.engine.swap(registry=office.desk.lists.registry())
    again = Cases(office.desk).judged(str(case.feedback.number))
    assert codes(again) == ["case.not_in_force"]
    assert "已移出" in again.faults[0].message


def test_it_ended_before_it_was_applied(tmp_path: Path) -> None:
    """Listed on the day it was checked and no longer on the day it was handled: the handling had no ground."""
    office = d.office(tmp_path)
    check = office.check(case=CASE)
    removed = s.listing(
        d.DEFAULTER, list="BL.SXBZXR", instrument_no="（2024）虚01执1号", row=1, removed_on=date(2024, 6, 11)
    )
    s.take(office.desk.lists, [removed], 10)
    office.desk.engine.swap(registry=office.desk.lists.registry())
    office.clock.move(days=3)
    told = office.feed_back(check)
    (fault,) = Cases(office.desk).judged(str(told.number)).faults
    assert (fault.code, fault.message[:10]) == ("case.not_in_force", "2024-06-13")


def test_the_record_is_gone(tmp_path: Path) -> None:
    """Of a listing that the store never had there is nothing to hold a case against."""
    office = d.office(tmp_path)
    case = judged(office)
    office.desk.engine.swap(registry=s.opened(tmp_path).registry_at(s.START.replace(year=2020)))
    assert codes(Cases(office.desk).judged(str(case.feedback.number))) == ["case.not_in_force"]


def test_the_law_of_then_decides(tmp_path: Path) -> None:
    """The catalogue that answered then is kept by its version; one that wasn't kept can't be held against."""
    office = d.office(tmp_path)
    case = judged(office)
    law = d.catalogue()
    measure = law.measures[d.PROCUREMENT]
    other = law.model_copy(
        update={"measures": {**law.measures, d.PROCUREMENT: measure.model_copy(update={"title": "另一题目"})}}
    )
    office.desk.engine.swap(catalog=other)
    assert Cases(office.desk).judged(str(case.feedback.number)).qualified
    s.told(tmp_path, f"DELETE FROM catalogue WHERE version = '{case.check.document['versions']['catalogue']}'")  # noqa: S608
    assert codes(Cases(office.desk).judged(str(case.feedback.number))) == ["case.law_unknown"]


def test_the_basis_was_not_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A basis that did not hold on the day is none, though the measure stood on another."""
    office = d.office(tmp_path)
    case = judged(office)
    item = replace(case.feedback, basis_instrument="caiku-2016-125", basis_article=None)
    monkeypatch.setattr("jointsanction.loop.follow_up.cases.feedback_under", lambda *_: item)
    assert Cases(office.desk).judged(str(case.feedback.number)).qualified
    wrong = replace(item, basis_instrument="civil-code")
    monkeypatch.setattr("jointsanction.loop.follow_up.cases.feedback_under", lambda *_: wrong)
    assert codes(Cases(office.desk).judged(str(case.feedback.number))) == ["case.basis_not_in_force"]


def test_what_makes_a_case_typical(tmp_path: Path) -> None:
    """It qualifies, in time, well told, and of weight: by money or by how hard the measure is."""
    office = d.office(tmp_path)
    wanted = Typical(degrees=(), amount="1000")
    check, late = office.check(case=CASE), office.check(d.OTHER)
    told = office.feed_back(check, typical=True, result=LONG, amount="1000.00")
    assert Cases(office.desk, typical=wanted).judged(str(told.number)).typical
    office.clock.move(days=16)
    short = office.feed_back(late, typical=True, result="短", amount="1")
    found = Cases(office.desk, typical=wanted).judged(str(short.number))
    assert [each.code for each in found.short_of] == [
        "case.not_qualified",
        "case.late",
        "case.too_short",
        "case.slight",
    ]
    assert not found.typical


def test_cases_leave_as_their_receiver_wants_them(tmp_path: Path) -> None:
    """In his headers and words, masked unless they are asked whole."""
    office = d.office(tmp_path)
    check, other = office.check(case=CASE), office.check(d.OTHER)
    office.feed_back(check, result="=1+1", amount="12.5")
    office.clock.move(days=1)
    office.feed_back(other, handling=Handling.OTHER)
    found = tuple(Cases(office.desk).all())
    assert [case.qualified for case in found] == [True, False]
    assert len(tuple(Cases(office.desk).all(CasesWanted(since=office.clock.now.date())))) == 1
    assert len(tuple(Cases(office.desk).all(CasesWanted(until=d.NOW.date(), unit=d.WINDOW.unit)))) == 1
    assert not tuple(Cases(office.desk).all(CasesWanted(unit="别的单位")))
    catalog = office.desk.engine.tables.catalog
    plain, ready = standard_case_profile(), load_profile("pinyin-cases", CaseProfile)

    def written(form: str, profile: CaseProfile, *, whole: bool = False) -> str:
        return "".join(WRITERS[form](found, CaseWriter(profile, catalog, whole=whole), profile, {"version": "v"}))

    text = written("csv", plain)
    assert "'=1+1" in text
    assert d.DEFAULTER not in text
    assert "91**************1B" in text
    assert "政府采购法 第22条" in text
    assert d.DEFAULTER in written("csv", plain, whole=True)
    assert json.loads(written("json", plain))["records"][0]["案例是否合格"] == "合格"
    assert "<csfx>1</csfx>" in written("xml", ready)
    assert "<clrq>20240610</clrq>" in written("xml", ready)


def test_a_case_is_named_as_its_listing_is(tmp_path: Path) -> None:
    """Whoever was asked about by number alone is named as the record calls him; a name that was asked about stays."""
    office = d.office(tmp_path)
    row = s.listing(d.DEFAULTER, list="BL.SXBZXR", instrument_no="（2024）虚01执1号", row=1, name="虚构甲有限公司")
    s.take(office.desk.lists, [row], 1)
    office.desk.engine.swap(registry=office.desk.lists.registry())
    writer = CaseWriter(standard_case_profile(), office.desk.engine.tables.catalog, whole=True)
    place = writer.headers.index(CaseColumn.NAME.zh)
    assert writer.row(judged(office))[place] == "虚构甲有限公司"
    check = office.check(Subject(uscc=d.DEFAULTER, name="旧名有限公司"), case="采2024-2")
    case = Cases(office.desk).judged(str(office.feed_back(check).number))
    assert writer.row(case)[place] == "旧名有限公司"


@pytest.mark.parametrize("until", [date.max, date.min])
def test_days_that_no_cases_are_of(tmp_path: Path, until: date) -> None:
    """The last day of the calendar has no day after it: told in words, and never a bug."""
    with pytest.raises(QuestionError) as error:
        tuple(Cases(d.office(tmp_path).desk).all(CasesWanted(until=until)))
    assert error.value.code == "question.days"


def test_a_profile_of_cases_is_read_strictly() -> None:
    """Its columns are those of cases and no others."""
    with pytest.raises(RegistryError) as error:
        read_profile("columns: {号: uscc}\n".encode(), "x.yaml", CaseProfile)
    assert error.value.code == "registry.profile"
