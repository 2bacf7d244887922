"""What is kept as done and what is told back never say the opposite of each other; deeds tell under which law."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import desk_side as d
from jointsanction import LoopError
from jointsanction.loop.follow_up.statistics import Asked
from jointsanction.model.filed import Decision
from jointsanction.terms import AuditAction, ExecutionOutcome, Handling

if TYPE_CHECKING:
    from pathlib import Path

IMPOSSIBLE = Decision(item=0, applies=True, impossible=True, decider="负责人乙", reason="唯一供应商")


def test_what_was_told_as_applied_can_not_be_kept_as_impossible(tmp_path: Path) -> None:
    """A trial run says so too; the feedback corrected, it can be kept, and nothing counts as carried out."""
    office = d.office(tmp_path)
    check = office.check()
    told = office.feed_back(check)
    for dry_run in (True, False):
        with pytest.raises(LoopError) as error:
            office.desk.execute(check.number, [IMPOSSIBLE], d.WINDOW, dry_run=dry_run)
        assert error.value.code == "loop.contradicts"
        assert str(told.number) in error.value.message
    assert office.desk.executions(check.number) == ()
    assert office.desk.statistics(Asked())[0].executed == 1
    office.feed_back(check, handling=Handling.OTHER, corrects=told.number)
    (made,) = office.desk.execute(check.number, [IMPOSSIBLE], d.WINDOW)
    assert made.outcome is ExecutionOutcome.IMPOSSIBLE
    assert office.desk.statistics(Asked())[0].executed == 0


def test_what_was_told_as_otherwise_can_not_be_kept_as_done(tmp_path: Path) -> None:
    """What a person wrote down is not overruled by what the program keeps by itself."""
    office = d.office(tmp_path)
    check = office.check()
    office.feed_back(check, handling=Handling.OTHER)
    with pytest.raises(LoopError) as error:
        office.desk.execute(check.number, [], d.WINDOW)
    assert error.value.code == "loop.contradicts"


def test_what_was_kept_as_impossible_can_not_be_told_as_applied(tmp_path: Path) -> None:
    """The other way round, at first and by a correction."""
    office = d.office(tmp_path)
    check = office.check()
    office.desk.execute(check.number, [IMPOSSIBLE], d.WINDOW)
    with pytest.raises(LoopError) as error:
        office.feed_back(check)
    assert error.value.code == "loop.not_done"
    told = office.feed_back(check, handling=Handling.OTHER)
    with pytest.raises(LoopError) as error:
        office.feed_back(check, corrects=told.number)
    assert error.value.code == "loop.not_done"


def test_every_deed_tells_under_which_lists_and_law(tmp_path: Path) -> None:
    """核查、决定、反馈、查看明文: each record of the audit has the versions that the check was answered by."""
    office = d.office(tmp_path)
    check = office.check()
    office.desk.execute(check.number, [], d.WINDOW)
    office.feed_back(check)
    office.desk.reveal(check.number, d.WINDOW, reason="处理异议")
    for action in (AuditAction.CHECK, AuditAction.DECISION, AuditAction.FEEDBACK, AuditAction.REVEAL):
        found = [each for each in office.desk.audit.search() if each.entry["action"] == action]
        assert [each.entry["detail"]["versions"] for each in found] == [check.document["versions"]]
