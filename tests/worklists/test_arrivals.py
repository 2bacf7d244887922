"""What came late, what did not come, and what became of what each provider brought."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from jointsanction.catalog.bundle import default_catalog
from jointsanction.model.repair_event import RepairEvent
from jointsanction.store.scanning import Among, Arrived
from jointsanction.worklists.calendar import Calendar
from jointsanction.worklists.deadlines import Reckoning
from jointsanction.worklists.figures import Age
from jointsanction.worklists.lateness import Due, due_editions, lateness
from jointsanction.worklists.providers import Provided, objected, provided
from store_side import START, listing, opened, take

if TYPE_CHECKING:
    from pathlib import Path

LISTS = default_catalog().lists
FRIDAY = date(2026, 6, 5)
WEEK = Reckoning(7, Calendar(), working=True)


def test_the_latest_come_first() -> None:
    """Those in time are none of it, nor those begun before; of the undated nobody can tell."""
    rows = [
        Arrived(1, "a", FRIDAY, date(2026, 6, 16)),
        Arrived(2, "a", FRIDAY, date(2026, 6, 17)),
        Arrived(3, "b", FRIDAY, date(2026, 7, 1)),
        Arrived(4, "b", None, FRIDAY),
        Arrived(5, "b", date(2025, 1, 1), FRIDAY),
        Arrived(6, "b", FRIDAY, date(2026, 7, 1)),
    ]
    found = lateness(rows, WEEK, date(2026, 1, 1))
    assert [(one.last, received, list(places)) for one, received, places in found.late] == [
        (date(2026, 6, 16), date(2026, 7, 1), [3, 6]),
        (date(2026, 6, 16), date(2026, 6, 17), [2]),
    ]
    assert (found.by_batch, found.rows, found.undated, found.unknown_years) == ({"a": 1, "b": 2}, 4, 1, {2026})
    assert lateness(rows, WEEK, None).rows == 5


def test_a_term_beyond_the_last_day_there_is_is_never_late() -> None:
    """A slip of a year must not end the work list."""
    assert WEEK.deadline(date(9999, 12, 30), FRIDAY).last == date.max
    assert Reckoning(7, Calendar(), working=False).deadline(date(9999, 12, 30), FRIDAY).late == 0


def test_an_edition_is_due() -> None:
    """A list is renewed within its `stale_after`; one that never came whole is not expected to."""
    every = LISTS["BL.TAX"].stale_after or 0
    age = Age("BL.TAX", "b1", START, stale=False)
    expected = START.date() + timedelta(days=every)
    assert list(due_editions([age], LISTS, expected)) == []
    late = expected + timedelta(days=2)
    assert list(due_editions([age, Age("BL.GPC", None, None, stale=False)], LISTS, late)) == [
        Due("BL.TAX", START.date(), expected, 2)
    ]


def test_who_brought_it_answers_for_it(tmp_path: Path) -> None:
    """Rows delivered and those that stand; numbers that are wrong or not there."""
    store = opened(tmp_path)
    take(store, [listing(), listing("91990000MA00000011"), listing(None, name="虚构甲公司")])
    take(store, [listing(grade="D")], 1)
    found = provided(store.batches(), store.scan.glances(Among(lists=LISTS)))
    assert found == {"某税务局": Provided(files=2, delivered=4, rows=3, unsound=1, without=1)}


def test_objections_of_each_record() -> None:
    """Filed, and upheld in whole or in part; a repair is no objection."""

    def step(track: str, state: str) -> RepairEvent:
        return RepairEvent(
            record="r", list="BL.TAX", track=track, state=state, actor="某局", reason="测试", on=FRIDAY, document="1"
        )

    steps = tuple(step("objection", state) for state in ("filed", "partly", "filed", "upheld", "filed", "rejected"))
    assert objected({"r": steps, "s": (step("repair", "applied"),)}) == {"r": (3, 2)}
