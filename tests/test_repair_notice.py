"""The notice that tells a subject how each of its bad records is repaired."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

import worlds as w
from jointsanction.catalog.bundle import default_catalog
from jointsanction.engine import Engine
from jointsanction.errors import SubjectError
from jointsanction.model.subject import Related, Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.repair.making import Step, make_event
from jointsanction.repair_notice import notice_text, record_notices
from jointsanction.terms import Relation, RepairState, RepairTrack

if TYPE_CHECKING:
    from jointsanction.repair_notice import RecordNotice

DAY = date(2026, 5, 6)
SERIOUS = w.listing("BL.ENV", listed_on=date(2025, 6, 10), instrument_no="虚环〔2025〕1号")
FIRM = Subject(uscc=w.FIRM)


def told(*rows: object, day: date = DAY, applied: bool = False) -> tuple[RecordNotice, ...]:
    """Return what the firm is told, by the shipped catalogue."""
    step = Step(RepairTrack.REPAIR, RepairState.APPLIED, "甲", "材料齐全", date(2026, 5, 1))
    events = {made.record: (made,) for made in [make_event(SERIOUS, step)]} if applied else {}
    registry = MemoryRegistry(rows, repairs=events)  # type: ignore[arg-type]
    return record_notices(FIRM, default_catalog(), registry, day)


def test_a_serious_listing_is_told_with_its_first_day_and_what_is_open() -> None:
    """国办发〔2025〕22号: whoever lists tells at once what repair takes, where and when."""
    text = notice_text(told(SERIOUS, applied=True), w.FIRM, DAY)
    for words in (
        "信用修复告知书", "失信程度：严重", "最长公示期届满：2028-06-10", "最早可以申请：2026-06-11",
        "尚须满足（1）：最短公示期届满（2026-06-11 起可以申请）", "申请渠道：信用中国网站",
        "反馈时限：自收到申请之日起 10 个工作日", "办理情况：已申请", "《信用修复管理办法》第12条",
        "不因信用修复而解除",
    ):  # fmt: skip
        assert words in text


def test_rules_nobody_read_are_marked() -> None:
    """The older rules are cited from memory, and say so."""
    (notice,) = told(SERIOUS, day=date(2025, 7, 1))
    assert "未核对" in notice.basis[0]
    assert notice.model_dump()["repair"]["rules"] == "credit-china-2023"


def test_a_list_that_is_not_repaired_and_a_list_with_own_rules() -> None:
    """What can't be repaired says so; a list without general rules cites none; whoever decided it is named."""
    text = notice_text(told(w.listing("BL.ZJ", designating_authority="虚构局")), w.FIRM, DAY)
    assert "能否修复：不可以修复。" in text
    assert "认定单位：虚构局" in text
    own = notice_text(told(w.listing("BL.SXBZXR", listed_on=date(2026, 6, 1))), w.FIRM, DAY)
    assert own.endswith("没有须修复的失信信息。\n")
    plain = notice_text(told(w.listing("BL.ACC")), w.FIRM, DAY)
    assert "最早可以申请：须向认定单位核实" in plain
    assert "依据：" not in plain
    assert "失信程度：严重" in plain


def test_a_list_that_does_not_say_how_it_is_repaired_is_told_of_all_the_same() -> None:
    """A bad record is never left out as if there were nothing to repair; a publication is no bad record."""
    (notice,) = told(w.listing("BL.GPC", listed_on=date(2026, 1, 1)), w.listing("GEN.XK"))
    assert (notice.model_dump()["repair"], notice.model_dump()["list"]) == (None, "BL.GPC")
    text = notice_text((notice,), w.FIRM, DAY)
    assert "能否修复：目录没有写明，须向认定单位核实。" in text
    assert "目前情况：" not in text
    assert "目前情况：缺少具有法律效力的文书文号" in notice_text(
        told(w.listing("BL.GPC", instrument_no=None)), w.FIRM, DAY
    )


def test_what_stands_in_a_row_stays_on_its_line() -> None:
    """A document number from a file neither steers the terminal nor adds a line to the notice."""
    text = notice_text(
        told(w.listing("BL.ENV", instrument_no="虚〔1〕1号\x1b[2J\r\n   能否修复：不必修复。")), w.FIRM, DAY
    )
    assert "\x1b" not in text
    assert "决定文书：虚〔1〕1号 [2J     能否修复：不必修复。；" in text


def test_an_engine_gives_the_notice() -> None:
    """Whoever embeds the library prints the same notice; nothing but a name gets none, for it would say too little."""
    engine = Engine(
        default_catalog(), MemoryRegistry([SERIOUS]), clock=lambda: datetime(2026, 5, 6, 1, tzinfo=w.SHANGHAI)
    )
    notice = engine.repair_notice(w.FIRM)
    assert (notice.number, notice.day) == (w.FIRM, DAY)
    assert str(notice) == notice_text(told(SERIOUS), w.FIRM, DAY)
    assert [each["list"] for each in notice.model_dump()] == ["BL.ENV"]
    assert engine.repair_notice(w.FIRM, as_of="2025-06-09").records == ()
    for nobody in (Subject(name="虚构甲商贸有限公司"), "9199**********001B"):
        with pytest.raises(SubjectError, match=r"完整证件号码|不能出具") as refused:
            engine.repair_notice(nobody)
        assert refused.value.code == "subject.unidentified"


def test_only_own_records_that_hold_are_told() -> None:
    """No candidate by name, nobody else's record, no ended one, no red one."""
    others = [
        w.listing("BL.ENV", uscc=None, name="虚构甲商贸有限公司"),
        w.listing("BL.ENV", uscc=w.PARTNER, related=(Related(relation=Relation.LEGAL_REPRESENTATIVE, id=w.FIRM),)),
        w.listing("BL.ENV", removed_on=date(2026, 1, 1)),
        w.listing("RL.TAXA"),
        w.listing("NO.SUCH"),
    ]
    assert told(*others) == ()
    record = notice_text(told(w.listing("GEN.CF")), w.FIRM, DAY)
    assert "失信程度：" not in record
    assert "失信程度（轻微、一般、严重）未载明" in record
