"""Whom a change of the lists touches: newly restricted, released, changed; each with its cause and the open cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.asking import make_state
from jointsanction.catalog.compile import compile_catalog
from jointsanction.engine import Engine
from jointsanction.errors import UnknownMatterError
from jointsanction.identity.names import name_key
from jointsanction.identity.verdicts import make_verdict
from jointsanction.loop.arriving.reassess import asked_in, keys_asked, reassess, reassess_cases, subjects_of, unaskable
from jointsanction.model.subject import Related, Subject
from jointsanction.model.touched import Cause, Entry, Touched, cause_of
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.steps.asking.days import SHANGHAI
from jointsanction.terms import Turn

if TYPE_CHECKING:
    from jointsanction.asking import State
    from jointsanction.loop.arriving.reassess import Reassessed
    from jointsanction.model.subject import Listing

FIRST = date(2024, 6, 10)
WORLD = w.world(w.measure())
TABLES = compile_catalog(WORLD, "test")


def states(before: list[Listing], after: list[Listing]) -> tuple[State, State]:
    """Return what was known before and after a change, under one law."""
    whole = w.whole(WORLD)
    return make_state(TABLES, MemoryRegistry(before, whole)), make_state(TABLES, MemoryRegistry(after, whole))


def touched(before: list[Listing], after: list[Listing], **more: Any) -> list[Reassessed]:
    """Return who is answered otherwise."""
    changed = [row for row in before if row not in after] + [row for row in after if row not in before]
    return list(reassess(subjects_of(since(*changed)), *states(before, after), first=FIRST, **more))


def since(*rows: Listing, entries: tuple[Entry, ...] = ()) -> Touched:
    """Return a change of some rows."""
    return Touched("批次 b", datetime(2024, 6, 9, tzinfo=SHANGHAI), rows, entries)


def test_who_is_listed_is_newly_restricted_by_that_row() -> None:
    """The cause is the row that came, and nobody else is told of."""
    other = w.listing(uscc=w.PARTNER, row=1)
    (found,) = touched([other], [other, w.listing(batch="b", row=7)])
    assert (found.turn, found.shift.subject.uscc, found.shift.since) == (Turn.RESTRICTED, w.FIRM, FIRST)
    assert found.causes == (Cause("BL.A", "b", 7),)


def test_who_is_removed_is_released_from_that_day() -> None:
    """A removal from a day to come releases from that day on."""
    later = date(2024, 7, 1)
    (found,) = touched([w.listing(row=1)], [w.listing(row=2, removed_on=later)])
    assert (found.turn, found.shift.since, found.shift.after.verdict) == (Turn.RELEASED, later, "clear")
    assert found.causes == (Cause("BL.A", None, 1), Cause("BL.A", None, 2))


def test_one_of_two_designations_removed_releases_nobody() -> None:
    """Several designations of one subject live their own lives; the other one still binds."""
    one, other = w.listing(row=1), w.listing(row=2, instrument_no="另一文号")
    found = touched([one, other], [other, w.listing(row=3, removed_on=date(2024, 5, 1))])
    assert [each.turn for each in found] == []


def test_who_is_no_longer_named_is_not_released() -> None:
    """A list that ends by notice names somebody no longer: his answer is a doubt now, and a doubt frees nobody."""
    (found,) = touched([w.listing()], [w.listing(missing_since=FIRST)])
    assert (found.turn, found.shift.after.verdict) == (Turn.CHANGED, "indeterminate")


def test_a_row_without_a_number_is_told_as_such() -> None:
    """Known by name only, or by a code that the kind declared can't have: nobody can be asked, and it is said."""
    nameless = w.listing(uscc=None, name="虚构甲公司", row=5)
    odd = w.listing(subject_kind="person", row=6)
    masked = w.listing(uscc="9199************1B", name="虚构乙公司", row=7)
    change = since(w.listing(), nameless, odd, masked, entries=(Entry((), (nameless,), Cause("BL.A", entry="移出")),))
    assert [row.row for row in unaskable(change)] == [5, 6, 7]
    assert [each.subject.uscc for each in subjects_of(change).values()] == [w.FIRM]


def test_entries_of_ledgers_name_their_subjects() -> None:
    """A step names whoever stands in the record, a verdict its subject under the name of the candidate."""
    row, namesake = w.listing(), w.listing(uscc=None, name="虚构甲公司")
    step, verdict = Cause("BL.A", entry="移出：已移出"), Cause("BL.A", entry="身份核实：确认")
    keys = (f"u:{w.PARTNER}",), (f"p:{w.PERSON}",), ("x:CHNHK12345",)
    entries = Entry((), (row,), step), *(Entry(each, (namesake,), verdict) for each in keys)
    named = subjects_of(since(entries=(*entries, Entry(keys[0], (), Cause(entry="信用承诺")))))
    assert [(each.subject.name, each.promised) for each in named.values()] == [
        (None, False),
        ("虚构甲公司", True),
        ("虚构甲公司", False),
        ("虚构甲公司", False),
    ]
    assert list(named.values())[2].subject.kind == "person"
    assert name_key("虚构甲公司") in keys_asked(named.values())


def test_who_is_confirmed_to_be_the_one_listed_is_newly_restricted() -> None:
    """Nothing came into the lists: the verdict alone binds the subject, and is the cause."""
    namesake, firm = w.listing(uscc=None, name="虚构甲公司"), Subject(uscc=w.FIRM, name="虚构甲公司")
    decided = make_verdict(firm, namesake, "confirmed", author="甲", reason="乙", decided_on=FIRST)
    cause = Cause("BL.A", entry="身份核实：确认")
    named = subjects_of(since(entries=(Entry((decided.subject,), (namesake,), cause),)))
    before, after = MemoryRegistry([namesake]), MemoryRegistry([namesake], verdicts=[decided])
    both = make_state(TABLES, before), make_state(TABLES, after)
    (found,) = reassess(named, *both, first=FIRST)
    assert (found.turn, found.causes) == (Turn.RESTRICTED, (cause,))


def test_what_was_promised_is_asked_in_everything() -> None:
    """A promise stands on no list; whoever made it is asked about all the same, and here nothing turns."""
    named = subjects_of(since(entries=(Entry((f"u:{w.FIRM}",), (), Cause(entry="信用承诺")),)))
    assert list(reassess(named, *states([], []), first=FIRST)) == []


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
    (found,) = reassess_cases(filed, subjects_of(since(row)), *states([], [row]), first=FIRST)
    assert (found.turn, found.shift.case, found.causes) == (
        Turn.RESTRICTED,
        filed[0]["receipt"],
        (Cause("BL.A", "b", 3),),
    )


def test_a_cause_says_which_row_or_which_entry() -> None:
    """The officer who has to defend the change looks it up by these words."""
    said = cause_of(w.listing(batch="b", row=3)), Cause("BL.A", entry="移出：已移出"), Cause(entry="信用承诺")
    assert [str(each) for each in said] == ["BL.A 批次 b 第 3 行", "BL.A 移出：已移出", "信用承诺"]
