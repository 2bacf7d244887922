"""Telling who watches: an event for each watched subject whose answer a change of the lists turns, once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import worlds as w
from jointsanction.asking import make_state
from jointsanction.catalog.compile import compile_catalog
from jointsanction.loop.watching import watch_events
from jointsanction.model.watch import Watch
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.terms import Turn, Verdict

if TYPE_CHECKING:
    from jointsanction.model.subject import Listing

FIRST = date(2024, 6, 10)
WORLD = w.world(w.measure())
TABLES = compile_catalog(WORLD, "test")
(MATTER,) = {matter for measure in WORLD.measures.values() for matter in measure.matters}


def registry(*rows: Listing) -> MemoryRegistry:
    """Return lists that are there whole."""
    return MemoryRegistry(rows, w.whole(WORLD))


def watch(number: str, at: int | None = 1) -> Watch:
    """Watch somebody in the one matter there is."""
    return Watch(id=at, number=number, matter=MATTER, author="测试采购中心")


def test_a_watched_subject_that_is_listed_raises_an_event() -> None:
    """Told are the turn, both verdicts, the day and the row; whom no row names is not told of."""
    states = make_state(TABLES, registry()), make_state(TABLES, registry(w.listing(batch="b", row=3)))
    (event,) = watch_events([watch(w.FIRM), watch(w.PARTNER, 2), watch(w.FIRM, None)], states, first=FIRST)
    assert (event.watch, event.turn, event.since, event.causes) == (1, Turn.RESTRICTED, FIRST, (("BL.A", "b", 3),))
    assert (event.before, event.after) == (Verdict.CLEAR, Verdict.PROHIBITED)
    assert event.version == states[1].registry.version


def test_a_row_that_changes_no_answer_raises_none() -> None:
    """An office watches an answer, not a file."""
    before, after = registry(w.listing()), registry(w.listing(source="另一来源"))
    states = make_state(TABLES, before), make_state(TABLES, after)
    assert list(watch_events([watch(w.FIRM)], states, first=FIRST)) == []
