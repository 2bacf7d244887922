"""Whom a change of the catalogue reaches: the same subjects under both laws, and the first day they differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.asking import make_state
from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.diff import diff
from jointsanction.catalog.probes import probes
from jointsanction.commitment.making import make_commitment
from jointsanction.errors import ReceiptError
from jointsanction.impact import Shift, case_shifts, listed_shifts, span_of
from jointsanction.model.commitment import CommitmentEvent, Commitments
from jointsanction.model.subject import Related, Subject
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.repair.making import Step, make_event
from jointsanction.terms import CommitmentState, RepairState, RepairTrack

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.subject import Listing

OLD = w.world(w.measure())
FIRST = date(2024, 6, 10)


def shifts(new: Catalog, *listings: Listing, old: Catalog = OLD, first: date = FIRST, **kept: Any) -> list[Shift]:
    """Return whose answer differs between two catalogues."""
    registry = MemoryRegistry(listings, w.whole(new), **kept)
    states = [make_state(compile_catalog(catalog, "test"), registry) for catalog in (old, new)]
    asking = probes(diff(old, new), states[0].tables, states[1].tables)
    return list(listed_shifts(listings, asking, states[0], states[1], span_of(states[0], states[1], first)))


def test_equal_catalogues_reach_nobody() -> None:
    """Where the law is the same, so is every answer."""
    assert shifts(w.world(w.measure()), w.listing()) == []


def test_a_milder_measure_reaches_who_is_listed_at_once() -> None:
    """Prohibited becomes restricted, from the first day on, for the listed firm and nobody else."""
    (shift,) = shifts(w.world(w.measure(degree="restrict")), w.listing(row=3), w.listing("RL.A", w.PARTNER))
    assert (shift.subject.uscc, shift.since, shift.listings) == (w.FIRM, FIRST, (("BL.A", None, 3),))
    assert (shift.before.verdict, shift.after.verdict) == ("prohibited", "restricted")


def test_a_measure_that_ends_reaches_him_from_the_day_after() -> None:
    """What changes is told with the first day on which it does."""
    (shift,) = shifts(w.world(w.measure(valid_to="2024-12-31")), w.listing())
    assert (shift.since, shift.after.verdict) == (date(2025, 1, 1), "clear")


def test_what_was_done_about_one_record_is_not_done_about_another() -> None:
    """Two firms listed alike, one of them repaired: each has its own answer, and its own day."""
    rows = (w.listing(), w.listing(uscc=w.PARTNER))
    on = date(2024, 9, 1)
    step = make_event(rows[0], Step(RepairTrack.REPAIR, RepairState.EFFECTIVE, "甲", "生效", on))
    milder = w.world(w.measure(degree="restrict"))
    found = shifts(milder, *rows, first=on, repairs={step.record: (step,)})
    assert [shift.subject.uscc for shift in found] == [w.PARTNER]
    revoked = make_event(rows[0], Step(RepairTrack.REPAIR, RepairState.REVOKED, "甲", "虚假材料", date(2024, 10, 1)))
    (first, _) = shifts(milder, *rows, first=on, repairs={step.record: (step, revoked)})
    assert (first.subject.uscc, first.since) == (w.FIRM, date(2024, 10, 1))
    lift = Step(RepairTrack.REORGANISATION, RepairState.LIFTED, "甲", "裁定", on, until=date(2024, 12, 31))
    made = make_event(rows[0], lift)
    (first, _) = shifts(milder, *rows, first=on, repairs={made.record: (made,)})
    assert first.since == date(2025, 1, 1)


def test_a_firm_that_broke_a_promise_is_not_as_one_that_did_not() -> None:
    """What is on record of commitments is part of what an answer turns on."""
    by_breach = {"trigger": "commitment", "targets": {"acts": ["commitment-breach"]}, "term": {"indefinite": True}}
    breach = w.measure("breach", **by_breach)
    event = CommitmentEvent(
        state=CommitmentState.BREACHED, actor="某局", happened_on=date(2024, 6, 1), reason="逾期", evidence="虚核1号"
    )
    promise = make_commitment(Subject(uscc=w.PARTNER), "proof", content="属实", made_on=date(2024, 5, 1))
    kept = Commitments((replace(promise, events=(event,)),))
    old, new = (w.world(w.measure(degree=degree), breach) for degree in ("restrict", "prohibit"))
    found = shifts(new, w.listing(), w.listing(uscc=w.PARTNER), old=old, commitments=kept)
    assert [shift.before.verdict for shift in found] == ["restricted", "prohibited"]


@pytest.mark.parametrize("over", [{"removed_on": date(2024, 9, 1)}, {"valid_to": date(2024, 8, 31)}])
def test_who_is_free_by_then_is_not_reached(over: dict[str, Any]) -> None:
    """A listing that ends before the law does has the same answers under both."""
    assert shifts(w.world(w.measure(valid_to="2024-12-31")), w.listing(**over)) == []


def test_a_listing_that_begins_later_is_reached_on_its_first_day() -> None:
    """Rows that begin after the first day compared are asked about on the day they begin."""
    (shift,) = shifts(w.world(w.measure(degree="restrict")), w.listing(listed_on=date(2024, 7, 1)))
    assert shift.since == date(2024, 7, 1)


def test_a_longer_term_is_another_answer() -> None:
    """Here it shows at once, for the last day of what applies is part of an answer."""
    terms = [{"years": years, "text": "verified"} for years in (1, 2)]
    old, new = (w.world(w.measure(), w.list_type(term=[term])) for term in terms)
    (shift,) = shifts(new, w.listing(), old=old)
    assert (shift.since, {row[3] for row in shift.before.measures}) == (FIRST, {"2025-01-01"})


def test_persons_named_in_a_row_are_asked_about() -> None:
    """A measure that comes to bear on the legal representative reaches him by the firm's row."""
    related = (Related(relation="legal-representative", kind="person", id=w.PERSON),)
    new = w.world(w.measure(bears=["self", "legal-representative"]))
    (shift,) = shifts(new, w.listing(related=related))
    assert (shift.subject.resident_id, shift.before.verdict, shift.after.verdict) == (w.PERSON, "clear", "prohibited")


@pytest.mark.parametrize("number", [None, "9900**********0017", "110101199003070054"])
def test_who_has_no_comparable_number_can_not_be_asked(number: str | None) -> None:
    """A name or a masked number is nobody; a number that may be two things is asked about by nobody else's."""
    related = (Related(relation="legal-representative", id=number, name="某人"),)
    row = w.listing(uscc=None, name="某公司", related=related)
    new = w.world(w.measure(bears=["self", "legal-representative"]))
    assert {shift.subject.uscc for shift in shifts(new, row)} <= {None}


def test_a_matter_that_is_new_was_answered_by_nobody() -> None:
    """Where the older catalogue knows no such matter, its side is empty."""
    new = w.world(w.measure(), w.matter("M.Y"), w.measure("more", matters=["M.Y"]))
    (shift,) = shifts(new, w.listing())
    assert (shift.words["matter"], shift.before.verdict, shift.after.verdict) == ("M.Y", None, "prohibited")


def test_a_hint_that_becomes_a_restriction_is_a_change() -> None:
    """Doubts and hints are compared with their reasons."""
    old = w.world(w.measure(basis=[w.basis(text="recalled")]))
    (shift,) = shifts(OLD, w.listing(), old=old)
    assert (shift.before.doubts, shift.after.doubts) == (frozenset({("bar", "unverified")}), frozenset())


def case(subject: str = w.FIRM, **words: Any) -> dict[str, Any]:
    """Return an answer as it was filed with a case."""
    return w.engine(OLD, w.listing()).check_subject(subject, "M.X", **words).model_dump()


def test_an_open_case_is_asked_its_own_question() -> None:
    """With its acts, role and traits as filed, and from its own day on."""
    new = w.world(w.measure(roles=["supplier"]))
    registry = MemoryRegistry([w.listing()], w.whole(OLD))
    states = [make_state(compile_catalog(catalog, "test"), registry) for catalog in (OLD, new)]
    span = span_of(states[0], states[1], FIRST)
    documents = [case(as_of="2024-07-01", coverage="loaded"), case(w.PARTNER, as_of="2024-01-01")]
    (shift,) = case_shifts(documents, states[0], states[1], span)
    assert (shift.case, shift.since) == (documents[0]["receipt"], date(2024, 7, 1))
    with pytest.raises(ReceiptError):
        list(case_shifts([{"verdict": "clear"}], states[0], states[1], span))


def test_subjects_listed_alike_are_each_named() -> None:
    """They are worked out once, and told by their own rows; one listed on another day is a situation of its own."""
    later = w.listing(uscc=None, resident_id=w.PERSON, listed_on=date(2025, 1, 1), row=3)
    rows = [w.listing(row=1), w.listing(uscc=w.PARTNER, row=2), later]
    found = shifts(w.world(w.measure(degree="restrict")), *rows)
    assert [(shift.subject.uscc, shift.listings[0][2], shift.since) for shift in found] == [
        (w.FIRM, 1, FIRST),
        (w.PARTNER, 2, FIRST),
        (None, 3, date(2025, 1, 1)),
    ]


def test_who_has_a_namesake_is_asked_about_by_himself() -> None:
    """A row of the same name without a number may be his or not: no other subject's answers are taken for his."""
    rows = [
        w.listing(row=1, name="某公司"),
        w.listing(uscc=None, name="某公司", row=2),
        w.listing(uscc=w.PARTNER, row=3),
    ]
    found = shifts(w.world(w.measure(degree="restrict")), *rows)
    assert [shift.subject.uscc for shift in found] == [w.FIRM, w.PARTNER]
