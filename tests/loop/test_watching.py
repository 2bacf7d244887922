"""Telling who watches: an event for each watched subject whose answer turned since the last look, and only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import worlds as w
from jointsanction.asking import make_state
from jointsanction.catalog.compile import compile_catalog
from jointsanction.loop.arriving.reassess import subjects_of
from jointsanction.loop.arriving.watching import look
from jointsanction.model.touched import Cause, Entry, Touched
from jointsanction.model.watch import Look, Watch
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.repair.making import Step, make_event
from jointsanction.terms import RepairState, RepairTrack, Turn, Verdict

if TYPE_CHECKING:
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing

FIRST = date(2024, 6, 10)
WORLD = w.world(w.measure(), w.list_type(repair={"repairable": True}))
TABLES = compile_catalog(WORLD, "test")
(MATTER,) = {matter for measure in WORLD.measures.values() for matter in measure.matters}


def registry(*rows: Listing, repairs: tuple[RepairEvent, ...] = ()) -> MemoryRegistry:
    """Return lists that are there whole."""
    steps = {each.record: (each,) for each in repairs}
    return MemoryRegistry(rows, w.whole(WORLD), repairs=steps)


def looked(
    before: MemoryRegistry,
    after: MemoryRegistry,
    *entries: Entry,
    number: str = w.FIRM,
    days: int = 0,
    last: date | None = FIRST,
) -> Look:
    """Look at a subject so many days after the last look."""
    watch = Watch(id=1, number=number, matter=MATTER, author="测试采购中心", looked_at=w.NOW, looked_on=last)
    entered = subjects_of(Touched("", w.NOW, (), entries))
    states = make_state(TABLES, before), make_state(TABLES, after)
    return look(watch, states, entered, at=w.NOW + timedelta(days=days), on=FIRST + timedelta(days=days))


def test_a_watched_subject_that_is_listed_raises_an_event() -> None:
    """Told are the turn, both verdicts, the day and the row; whom no row names is not told of."""
    before, after = registry(), registry(w.listing(batch="b", row=3))
    found = looked(before, after)
    (event,) = found.changes
    assert (event.watch, event.turn, event.since, event.causes) == (
        1,
        Turn.RESTRICTED,
        FIRST,
        (Cause("BL.A", "b", 3),),
    )
    assert (event.before, event.after, event.version) == (Verdict.CLEAR, Verdict.PROHIBITED, after.version)
    assert looked(before, after, number=w.PARTNER).changes == found.dated == ()


def test_a_row_that_changes_no_answer_raises_none() -> None:
    """An office watches an answer, not a file."""
    assert looked(registry(w.listing()), registry(w.listing(source="另一来源"))).changes == ()


def test_a_term_that_runs_out_is_told_though_nothing_was_imported() -> None:
    """The last day bound is the tenth day; on the eleventh the subject is free, by the row that ended."""
    there = registry(w.listing(valid_to=FIRST + timedelta(days=9), batch="b", row=3))
    assert looked(there, there, days=9).dated == ()
    (event,) = looked(there, there, days=30).dated
    assert (event.turn, event.since) == (Turn.RELEASED, FIRST + timedelta(days=10))
    assert event.causes == (Cause("BL.A", "b", 3),)


def test_every_turn_of_the_days_that_went_by_is_told() -> None:
    """Listed from a day to come and removed again on a later one: two events, in their order."""
    row = w.listing(listed_on=FIRST + timedelta(days=3), removed_on=FIRST + timedelta(days=6))
    events = looked(registry(row), registry(row), days=7).dated
    assert [(each.turn, (each.since - FIRST).days) for each in events] == [(Turn.RESTRICTED, 3), (Turn.RELEASED, 6)]


def test_a_watch_that_was_never_looked_at_begins_today() -> None:
    """Nothing is told of days before somebody watched."""
    there = registry(w.listing(valid_to=FIRST))
    assert looked(there, there, days=5, last=None).dated == ()


def test_a_repair_is_told_by_its_step() -> None:
    """The row says what it said; the ledger frees the subject, and is the cause."""
    row = w.listing()
    said = Step(RepairTrack.EXIT, RepairState.REMOVED, "甲", "期满", FIRST)
    step = replace(make_event(row, said), recorded_at=w.NOW)
    entry = Entry((), (row,), Cause("BL.A", entry="移出：已移出"))
    (event,) = looked(registry(row), registry(row, repairs=(step,)), entry).changes
    assert (event.turn, event.causes) == (Turn.RELEASED, (Cause("BL.A", entry="移出：已移出"),))
