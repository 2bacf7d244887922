"""Whom a change of the lists touches: newly restricted, released, changed; each with its cause and the open cases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.asking import make_state
from jointsanction.catalog.compile import compile_catalog
from jointsanction.engine import Engine
from jointsanction.errors import UnknownMatterError
from jointsanction.loop.reassess import asked_in, reassess, reassess_cases
from jointsanction.model.subject import Related
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.terms import Turn

if TYPE_CHECKING:
    from jointsanction.asking import State
    from jointsanction.loop.reassess import Reassessed
    from jointsanction.model.subject import Listing

FIRST = date(2024, 6, 10)
WORLD = w.world(w.measure())
TABLES = compile_catalog(WORLD, "test")


def states(before: list[Listing], after: list[Listing]) -> tuple[State, State]:
    """Return what was known before and after a change, under one law."""
    return make_state(TABLES, MemoryRegistry(before)), make_state(TABLES, MemoryRegistry(after))


def touched(before: list[Listing], after: list[Listing], **more: Any) -> list[Reassessed]:
    """Return who is answered otherwise."""
    changed = [row for row in before if row not in after] + [row for row in after if row not in before]
    return list(reassess(changed, *states(before, after), first=FIRST, **more))


def test_who_is_listed_is_newly_restricted_by_that_row() -> None:
    """The cause is the row that came, and nobody else is told of."""
    other = w.listing(uscc=w.PARTNER, row=1)
    (found,) = touched([other], [other, w.listing(batch="b", row=7)])
    assert (found.turn, found.shift.subject.uscc, found.shift.since) == (Turn.RESTRICTED, w.FIRM, FIRST)
    assert found.causes == (("BL.A", "b", 7),)


def test_who_is_removed_is_released_from_that_day() -> None:
    """A removal from a day to come releases from that day on."""
    later = date(2024, 7, 1)
    (found,) = touched([w.listing(row=1)], [w.listing(row=2, removed_on=later)])
    assert (found.turn, found.shift.since, found.shift.after.verdict) == (Turn.RELEASED, later, "clear")
    assert found.causes == (("BL.A", None, 1), ("BL.A", None, 2))


def test_one_of_two_designations_removed_releases_nobody() -> None:
    """Several designations of one subject live their own lives; the other one still binds."""
    one, other = w.listing(row=1), w.listing(row=2, instrument_no="另一文号")
    found = touched([one, other], [other, w.listing(row=3, removed_on=date(2024, 5, 1))])
    assert [each.turn for each in found] == []


def test_who_stays_restricted_otherwise_is_only_changed() -> None:
    """Bound until another day: no more restricted than before, and no less."""
    found = touched([w.listing()], [w.listing(valid_to=date(2025, 1, 1))])
    assert [(each.turn, each.shift.since) for each in found] == [(Turn.CHANGED, FIRST)]


def test_a_row_that_says_nothing_new_in_law_touches_nobody() -> None:
    """Another spelling of the ground changes no answer."""
    assert touched([w.listing()], [w.listing(removal_reason=None, source="另一来源")]) == []


def test_persons_named_in_a_row_are_asked_about_too() -> None:
    """A row reaches its legal representative when the law says so; here it does not, and he is not told of."""
    tie = Related(relation="legal-representative", kind="person", id=w.PERSON)
    assert [each.shift.subject.uscc for each in touched([], [w.listing(related=(tie,))])] == [w.FIRM]


def test_only_the_matters_asked_for_are_asked() -> None:
    """An office that runs one matter hears of that one."""
    (code,) = {matter for measure in WORLD.measures.values() for matter in measure.matters}
    (found,) = touched([], [w.listing()], asked=[asked_in(code, TABLES)])
    assert found.shift.words["matter"] == code
    with pytest.raises(UnknownMatterError):
        asked_in("没有这个事项", TABLES)


def test_open_cases_are_asked_again() -> None:
    """A case filed as clear whose bidder was listed since is told, with the row; one of somebody else is not."""
    (code,) = {matter for measure in WORLD.measures.values() for matter in measure.matters}
    engine = Engine(WORLD, MemoryRegistry([]))
    filed = [
        engine.check_subject(number, code, as_of=FIRST, coverage="loaded").model_dump(mode="json")
        for number in (w.FIRM, w.PARTNER)
    ]
    row = w.listing(batch="b", row=3)
    (found,) = reassess_cases(filed, [row], *states([], [row]), first=FIRST)
    assert (found.turn, found.shift.case, found.causes) == (
        Turn.RESTRICTED,
        filed[0]["receipt"],
        (("BL.A", "b", 3),),
    )
