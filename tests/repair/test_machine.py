"""What may follow what in repair, objection, exit and reorganisation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jointsanction.errors import QuestionError, RegistryError
from jointsanction.model.repair_event import RepairEvent
from jointsanction.repair.machine import advance, may_follow
from jointsanction.terms import Office, RepairState, RepairTrack

DAY = date(2026, 5, 6)
REPAIR, OBJECTION = RepairTrack.REPAIR, RepairTrack.OBJECTION


def event(state: str, track: str = "repair", **more: Any) -> RepairEvent:
    """Make a step of one record."""
    said = {"record": "r", "list": "BL.A", "actor": "甲", "reason": "材料齐全", "on": DAY, **more}
    return RepairEvent(track=track, state=state, **said)  # type: ignore[arg-type]


def walk(*states: str, track: str = "repair", **more: Any) -> list[RepairEvent]:
    """Take steps one after the other."""
    taken: list[RepairEvent] = []
    for state in states:
        step = event(state, track, **more)
        assert advance(taken, step, DAY) is step.state
        taken.append(step)
    return taken


def refused(earlier: list[RepairEvent], step: RepairEvent) -> str:
    """Return the code with which a step is refused."""
    with pytest.raises(RegistryError) as caught:
        advance(earlier, step, DAY)
    return caught.value.code


@pytest.mark.parametrize(
    ("track", "states"),
    [
        ("repair", ["applied", "verifying", "accepted", "effective", "revoked", "applied"]),
        ("repair", ["applied", "refused", "applied", "withdrawn", "applied", "verifying", "refused"]),
        ("objection", ["filed", "verifying", "upheld", "filed", "verifying", "partly", "filed", "withdrawn"]),
        ("objection", ["filed", "verifying", "rejected", "filed"]),
        ("exit", ["removed", "restored", "removed"]),
        ("reorganisation", ["lifted", "restored", "lifted", "completed", "lifted"]),
    ],
)
def test_procedures_run_their_course(track: str, states: list[str]) -> None:
    """信用修复管理办法第十六条、第十七条、第十八条、第二十条: every course ends, and may begin anew."""
    walk(*states, track=track)


def test_a_step_that_can_not_follow_is_refused_and_the_next_are_named() -> None:
    """No repair is effective that nobody accepted; each procedure has its own course."""
    assert refused([], event("effective")) == "repair.order"
    assert refused(walk("applied"), event("accepted")) == "repair.order"
    assert refused([], event("upheld", "objection")) == "repair.order"
    assert may_follow([], REPAIR) == (RepairState.APPLIED,)
    assert may_follow(walk("applied"), OBJECTION) == (RepairState.FILED,)


def test_a_step_does_not_count_from_before_the_last_one() -> None:
    """Steps are appended; the same day will do."""
    earlier = walk("applied")
    assert refused(earlier, event("verifying", on=date(2026, 5, 5))) == "repair.backdated"
    assert advance(earlier, event("verifying"), DAY) is RepairState.VERIFYING


def test_a_step_is_recorded_when_its_day_has_come() -> None:
    """Steps are kept for ever: a slip of the pen would bind the time to come."""
    assert refused([], event("applied", on=date(2026, 5, 7))) == "repair.future"


@pytest.mark.parametrize("more", [{"actor": " "}, {"reason": ""}])
def test_a_step_has_an_actor_and_a_reason(more: dict[str, str]) -> None:
    """Every change of state can be traced to somebody."""
    assert refused([], event("applied", **more)) == "repair.incomplete"


def test_of_two_consents_the_first_only_endorses() -> None:
    """信用办 and 数据单位 both consent, by two persons; either may refuse."""
    earlier = walk("applied", "verifying", two_step=True)
    credit = event("accepted", office=Office.CREDIT_OFFICE)
    assert refused(earlier, event("accepted")) == "repair.one_office"
    assert advance(earlier, credit, DAY) is RepairState.ENDORSED
    endorsed = [*earlier, event("endorsed", office=Office.CREDIT_OFFICE)]
    twin = {"office": Office.DATA_PROVIDER, "actor": " 甲 "}
    for more in (
        {"office": Office.CREDIT_OFFICE, "actor": "乙"},
        twin,
        {"office": Office.DATA_PROVIDER},
        {"actor": "乙"},
    ):
        assert refused(endorsed, event("accepted", **more)) == "repair.one_office"
    assert advance(endorsed, event("accepted", office="data-provider", actor="乙"), DAY) is RepairState.ACCEPTED
    assert advance(endorsed, event("refused"), DAY) is RepairState.REFUSED


def test_words_are_those_of_the_vocabularies() -> None:
    """A word nobody knows is refused; what is shown names nobody."""
    assert event("已申请").state is RepairState.APPLIED
    with pytest.raises(QuestionError):
        event("agreed")
    assert repr(event("applied")) == "RepairEvent(repair applied, BL.A, on=2026-05-06)"
