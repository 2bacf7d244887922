"""What stands on a report: every member, every list with and without hits, and nothing of a person in clear."""

from __future__ import annotations

from dataclasses import replace

from jointsanction.model.subject import Subject
from jointsanction.report.sheet import Filing, sheet_of
from report_side import FILING, HOSTILE, office, tender
from worlds import FIRM, PERSON


def test_every_member_of_a_consortium_stands_for_itself() -> None:
    """财库〔2016〕125号: of a consortium every member is searched, and one bad record is the consortium's."""
    made, document = tender()
    sheet = sheet_of(document, made.tables, FILING)
    assert (sheet.members[0].id, sheet.members[0].verdict) == (FIRM, "禁止")
    assert [member.role for member in sheet.members][:2] == ["联合体成员", "联合体成员"]
    assert (sheet.verdict, sheet.mark, sheet.complete) == ("禁止", "■", False)
    assert sheet.receipt == document["receipt"]


def test_lists_are_told_with_hits_and_without() -> None:
    """A report says which lists were searched in vain, and which could not be searched at all."""
    made, document = tender()
    sheet = sheet_of(document, made.tables, FILING)
    assert [(each.code, each.hits) for each in sheet.searched] == [("BL.A", (1,))]
    assert sheet.missing == ("BL.B名单（BL.B）",)
    alone = office().check_subject("91990000MA0000003H", "M.X", as_of="2024-06-10").model_dump()
    assert [(each.code, each.hits) for each in sheet_of(alone, made.tables, FILING).searched] == [("BL.A", ())]


def test_both_clocks_and_the_purpose_are_told() -> None:
    """When it was asked, and up to when the lists were known, are two instants; who asked and what for is told."""
    made, document = tender()
    facts = dict(sheet_of(document, made.tables, FILING).facts)
    assert facts["查询时间"] == "2024-06-10 09:00:00"
    assert facts["数据截止"] == "2024-06-10 08:00:00"
    assert (facts["查询用途"], facts["查询单位"], facts["查询人"]) == ("资格审查", "虚构市交易中心", "窗口一")
    assert facts["案件编号"] == "虚采〔2024〕18号"


def test_answers_of_several_states_say_each() -> None:
    """A file from elsewhere may hold answers from two states of the lists: the report owns up to both."""
    made, document = tender()
    later = document["results"][1]
    later["versions"] = {**later["versions"], "registry": "sha256:later"}
    later["question"] = {**later["question"], "known_at": None, "as_of": "2024-06-11"}
    sheet = sheet_of(document, made.tables, FILING)
    facts, versions = dict(sheet.facts), dict(sheet.versions)
    assert facts["数据截止"] == "2024-06-10 08:00:00、从未导入名单"
    assert facts["核查基准日"] == "2024-06-10、2024-06-11"
    assert versions["名单库版本"].endswith("、sha256:later")
    assert "、" not in versions["目录版本"]


def test_a_person_is_covered_unless_somebody_asked() -> None:
    """个人信息保护法 §6: what the purpose does not need is not shown; a firm's code is public."""
    made, document = tender()
    covered = sheet_of(document, made.tables, FILING).members[2]
    assert (covered.id, covered.name) == ("99**************17", "张**")
    shown = sheet_of(document, made.tables, replace(FILING, masked=False)).members[2]
    assert (shown.id, shown.name) == (PERSON, "张三丰")


def test_a_name_that_looks_like_a_persons_is_covered_where_no_kind_was_given() -> None:
    """Whose kind nobody said may be a person; his name is not printed on the strength of that."""
    made = office()
    document = made.check_subject(Subject(name="张三丰"), "M.X", as_of="2024-06-10").model_dump()
    assert document["subject"]["kind"] is None
    (member,) = sheet_of(document, made.tables, FILING).members
    assert (member.name, member.id) == ("张**", "—")


def test_findings_in_the_same_words_are_said_once() -> None:
    """Two members barred by one listing are one row that names both."""
    made, document = tender()
    sheet = sheet_of({**document, "results": [document["results"][0]] * 2}, made.tables, FILING)
    biting = next(row for row in sheet.rows if row.sort == "惩戒")
    assert biting.members == (1, 2)
    assert biting.basis
    assert "某机关" in biting.authority


def test_what_nobody_said_is_a_dash() -> None:
    """An answer from a file has no number and no purpose; the report says so instead of leaving a gap."""
    made, document = tender()
    sheet = sheet_of(document, made.tables, Filing())
    assert sheet.number == "—"
    assert dict(sheet.facts)["查询用途"] == "—"
    assert (sheet.code, sheet.address) == ("", "")


def test_a_hostile_name_stays_text() -> None:
    """A name is what the register says, and no markup."""
    made, document = tender()
    assert sheet_of(document, made.tables, FILING).members[0].name == HOSTILE
