"""What steps about a listing come to on a day: the listing as it then reads, and what is under way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.errors import QuestionError, RegistryError
from jointsanction.identity.record_key import record_key
from jointsanction.repair.in_step import in_step
from jointsanction.repair.making import Step, make_event
from jointsanction.repair.standing import standing_on
from jointsanction.terms import RepairState, RepairTrack, Severity

if TYPE_CHECKING:
    from jointsanction.model.repair_event import RepairEvent

ROW = w.listing(valid_to=date(2027, 1, 1), severity="serious")
DAY = date(2024, 5, 1)


def step(track: str, state: str, on: date = DAY, **more: Any) -> RepairEvent:
    """Make a step about the row."""
    return make_event(ROW, Step(RepairTrack(track), RepairState(state), "甲", "材料齐全", on, **more))


def code(track: str, state: str, **more: Any) -> str:
    """Return the code with which a step can't be made."""
    with pytest.raises(RegistryError) as caught:
        step(track, state, **more)
    return caught.value.code


def test_before_anything_begins_a_listing_reads_as_it_is() -> None:
    """A step of a later day says nothing of an earlier one."""
    assert standing_on(ROW, (), DAY) == (ROW, None)
    assert standing_on(ROW, [step("repair", "effective", date(2024, 5, 2))], DAY) == (ROW, None)


@pytest.mark.parametrize(
    ("track", "state", "why"), [("repair", "effective", "信用修复"), ("exit", "removed", "材料齐全")]
)
def test_an_effective_repair_and_a_removal_give_the_first_day_free(track: str, state: str, why: str) -> None:
    """What the list itself says holds when it is earlier."""
    listing, process = standing_on(ROW, [step(track, state)], DAY)
    assert (listing.removed_on, listing.removal_reason, listing.removal_authority) == (DAY, why, "甲")
    assert process is not None
    early = replace(ROW, removed_on=date(2024, 4, 1), removal_reason="期满")
    assert standing_on(early, [step(track, state)], DAY)[0] == early
    late = replace(ROW, removed_on=date(2024, 6, 1), removal_reason="期满")
    assert standing_on(late, [step(track, state)], DAY)[0].removed_on == DAY


def test_what_was_revoked_holds_again() -> None:
    """弄虚作假骗取移出的恢复列入."""
    steps = [step("repair", "effective"), step("repair", "revoked", date(2024, 6, 1))]
    assert standing_on(ROW, steps, date(2024, 5, 31))[0].removed_on == DAY
    assert standing_on(ROW, steps, date(2024, 6, 1))[0] == ROW


def test_a_reorganisation_lifts_until_its_last_day_or_a_restoration() -> None:
    """信用修复管理办法第二十条: what was not performed is restored; what was performed is then repaired."""

    def lifted(*steps: RepairEvent, on: date = date(2024, 6, 1)) -> bool:
        process = standing_on(ROW, steps, on)[1]
        return process is not None and process.lifted

    until = step("reorganisation", "lifted", until=date(2024, 6, 1))
    assert (lifted(until), lifted(until, on=date(2024, 6, 2))) == (True, False)
    open_ = step("reorganisation", "lifted")
    assert lifted(open_, on=date(2030, 1, 1))
    completed = step("reorganisation", "completed")
    assert lifted(open_, completed)
    assert (lifted(until, completed), lifted(until, completed, on=date(2024, 6, 2))) == (True, False)
    assert not lifted(open_, step("reorganisation", "restored"))
    assert not lifted(step("repair", "applied"))


def test_an_objection_is_open_until_it_is_decided() -> None:
    """One upheld without a corrected field overturns the whole record; one that corrects leaves it."""
    states = {}
    for state, more in {
        "filed": {}, "verifying": {}, "rejected": {}, "upheld": {}, "partly": {"field": "severity", "new": "general"},
    }.items():  # fmt: skip
        process = standing_on(ROW, [step("objection", state, **more)], DAY)[1]
        assert process is not None
        states[state] = (process.disputed, process.overturned)
    open_, decided = (True, False), (False, False)
    assert states == {
        "filed": open_, "verifying": open_, "rejected": decided, "upheld": (False, True), "partly": decided,
    }  # fmt: skip


def test_what_was_found_to_be_no_record_stays_none() -> None:
    """A further objection, from whomever, does not bring back what an upheld one took away."""
    steps = [step("objection", "upheld"), step("objection", "filed", date(2024, 6, 1))]
    for more in ([], [step("objection", "rejected", date(2024, 7, 1))]):
        process = standing_on(ROW, [*steps, *more], date(2024, 8, 1))[1]
        assert process is not None
        assert process.overturned


def test_a_field_corrected_twice_has_its_last_value() -> None:
    """The second correction starts from the first, not from what the list still says."""
    first = step("objection", "partly", field="valid_to", new="2025-01-01")
    said = Step(RepairTrack.OBJECTION, RepairState.PARTLY, "甲", "再更正", DAY, field="valid_to", new="2026-01-01")
    second = make_event(ROW, said, [step("objection", "filed"), first])
    assert (second.old, second.new) == ("2025-01-01", "2026-01-01")
    assert standing_on(ROW, [first, second], DAY)[0].valid_to == date(2026, 1, 1)


def test_nothing_is_done_about_a_listing_before_it_was_made() -> None:
    """Who was told beforehand (事前告知) may object from then on."""
    early = date(2023, 12, 31)
    assert ROW.listed_on is not None
    assert early < ROW.listed_on
    assert code("repair", "effective", on=early) == "repair.early"
    said = Step(RepairTrack.OBJECTION, RepairState.FILED, "甲", "不服", early)
    assert make_event(replace(ROW, announced_on=early), said).on == early
    assert make_event(replace(ROW, listed_on=None), said).on == early


def test_a_corrected_field_keeps_its_old_value_beside_the_new() -> None:
    """Where the list itself was changed in the meantime, the list holds."""
    fixed = [
        step("objection", "partly", field="severity", new="general"),
        step("objection", "partly", field="valid_to", new="2024-12-31"),
        step("objection", "partly", field="designating_authority", new="虚构机关"),
        step("objection", "upheld", field="instrument_no"),
    ]
    assert [(each.old, each.new) for each in fixed] == [
        ("serious", "general"), ("2027-01-01", "2024-12-31"), (None, "虚构机关"), ("文〔2024〕1号", None),
    ]  # fmt: skip
    listing, process = standing_on(ROW, fixed, DAY)
    assert (listing.severity, listing.valid_to) == (Severity.GENERAL, date(2024, 12, 31))
    assert (listing.designating_authority, listing.instrument_no) == ("虚构机关", None)
    assert process is not None
    assert process.corrections == tuple(fixed)
    again = replace(ROW, severity=Severity.MINOR)
    assert standing_on(again, fixed[:1], DAY)[0] == again


def test_what_can_not_be_corrected_is_told() -> None:
    """Whose number a record is, only the list can say; a step that decides nothing corrects nothing."""
    assert code("objection", "partly", field="uscc", new="x") == "repair.field"
    assert code("objection", "partly", field="valid_to", new="明年") == "repair.value"
    assert code("objection", "partly", field="listed_on") == "repair.value"
    assert code("objection", "partly") == "repair.correction"
    assert code("objection", "filed", field="name", new="x") == "repair.correction"
    assert code("reorganisation", "lifted", until=date(2024, 4, 30)) == "repair.until"
    with pytest.raises(QuestionError):
        step("objection", "partly", field="severity", new="很严重")


def test_one_instrument_on_several_lists_is_one_event() -> None:
    """A record is behind as soon as another one that rests on the same instrument has ended."""
    other = replace(ROW, list="BL.B")
    rows, keys = [ROW, other], [record_key(ROW), record_key(other)]
    applied, effective = step("repair", "applied"), step("repair", "effective")

    def behind(events: dict[str, tuple[RepairEvent, ...]]) -> list[tuple[str | None, date | None, bool]]:
        found = in_step(rows, events, keys, DAY)
        return [(each.step and each.step.state.value, each.ended_on, each.behind) for each in found]

    assert behind({}) == [(None, None, False), (None, None, False)]
    assert behind({keys[0]: (applied,)}) == [("applied", None, False), (None, None, False)]
    assert behind({keys[0]: (applied, effective)}) == [("effective", DAY, False), (None, None, True)]
    late = in_step([replace(ROW, removed_on=date(2024, 6, 1)), other], {}, keys, DAY)
    assert [each.behind for each in late] == [False, False]
    done = {keys[0]: (applied, effective)}
    lapsed = replace(other, valid_to=date(2024, 4, 30))
    assert [each.behind for each in in_step([ROW, lapsed], done, keys, DAY)] == [False, False]
    upheld = make_event(other, Step(RepairTrack.OBJECTION, RepairState.UPHELD, "甲", "成立", DAY))
    assert [each.behind for each in in_step(rows, {**done, keys[1]: (upheld,)}, keys, DAY)] == [False, False]
