"""Whom would a change of the catalogue or the lists reach? (影响评估) The same subjects, asked of both states.

Every listed subject on a list that a changed entry looks at is asked, in every matter, role and phase of the measures
that the change can reach, on each day on which an answer can turn; and every case given is asked its own question.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from jointsanction.asking import StoredQuestion, answer
from jointsanction.errors import SubjectError, UnknownMatterError
from jointsanction.identity.identify import identify, parse_subject
from jointsanction.identity.keys import PREFIXES, own_keys, related_keys
from jointsanction.identity.record_key import record_key
from jointsanction.model.commitment import NO_COMMITMENTS
from jointsanction.model.subject import Subject
from jointsanction.steps.asking.ask import Words
from jointsanction.steps.asking.days import SHANGHAI
from jointsanction.terms import Coverage, IdType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jointsanction.asking import State
    from jointsanction.catalog.probes import Probe
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.result import CheckResult
    from jointsanction.model.subject import Listing
    from jointsanction.registry.protocol import Hit, Registry

_NOON: Final = time(12)
_FIELDS: Final = {"uscc": PREFIXES[IdType.USCC], "resident_id": PREFIXES[IdType.RESIDENT_ID]}


class Said(NamedTuple):
    """What of an answer counts when two are held against each other (答案要点).

    `verdict` is None where the catalogue has no such matter. `measures` are those that apply, with degree, binding and
    last day; `doubts` those that apply nowhere for want of knowledge or strength, with their reasons. `grade` is the
    level of credit (信用等级).
    """

    verdict: str | None
    measures: frozenset[tuple[str, str, str, str]]
    doubts: frozenset[tuple[str, str]]
    grade: str | None = None


class Shift(NamedTuple):
    """One subject or case whose answer differs from a day on (受影响的核查).

    `listings` are the rows through which a subject was found, as (list, batch, row); `case` is the receipt of a case.
    """

    subject: Subject
    case: str | None
    listings: tuple[tuple[str, str | None, int | None], ...]
    words: Mapping[str, Any]
    since: date
    before: Said
    after: Said


class Span(NamedTuple):
    """The days on which answers are compared (对比日期): the first, and those on which the law of either turns."""

    first: date
    turns: tuple[date, ...]


def span_of(old: State, new: State, first: date) -> Span:
    """Return the days to compare from a first day on: both catalogues' own dates that lie after it."""
    turns = {*old.tables.boundaries, *new.tables.boundaries}
    return Span(first, tuple(sorted(day for day in turns if day > first)))


_Situation: TypeAlias = tuple[object, ...]
_Turned: TypeAlias = tuple[dict[str, Any], tuple[date, Said, Said]]

_ALIKE: Final = (
    "list", "subject_kind", "announced_on", "listed_on", "valid_to", "removed_on", "region", "severity", "field",
    "ground", "size", "grade", "missing_since", "corrected_on",
)  # fmt: skip
"""What of a listing its row says and an answer can turn on, beside its instrument and who is named in it."""


class Found(NamedTuple):
    """A subject to be asked about (待问主体): the rows it was found through.

    It is asked in what looks at the lists of these rows; in everything when something else about it changed.
    """

    subject: Subject
    listings: list[Listing]
    in_everything: bool = False


def listed_shifts(
    listings: Iterable[Listing], probes: Sequence[Probe], old: State, new: State, span: Span
) -> Iterator[Shift]:
    """Yield the listed subjects, and the persons named with them, whose answer would be another, and from which day.

    A row without a number that can be compared is nobody that can be asked.
    """
    wanted = frozenset[str]().union(*(probe.lists for probe in probes))
    yield from found_shifts(_subjects(listings, wanted), probes, (old, new), span)


def found_shifts(
    asked_about: Iterable[Found], probes: Sequence[Probe], states: tuple[State, State], span: Span
) -> Iterator[Shift]:
    """Yield the subjects whose answer would be another, and from which day; those listed alike are asked about once."""
    by_list: dict[str, list[Probe]] = defaultdict(list)
    for probe in probes:
        for code in probe.lists:
            by_list[code].append(probe)
    known: dict[_Situation, tuple[_Turned, ...]] = {}
    for found in asked_about:
        situation = None if found.in_everything else _situation(found.subject, states)
        turns = known.get(situation) if situation is not None else None
        if turns is None:
            of_lists = (probe for listing in found.listings for probe in by_list.get(listing.list, ()))
            turns = tuple(_turns(found, probes if found.in_everything else dict.fromkeys(of_lists), states, span))
        if situation is not None:
            known[situation] = turns
        rows = tuple((listing.list, listing.batch, listing.row) for listing in found.listings)
        for words, turned in turns:
            yield Shift(found.subject, None, rows, words, *turned)


def _turns(found: Found, asked: Iterable[Probe], states: tuple[State, State], span: Span) -> Iterator[_Turned]:
    """Yield the questions on which a subject's answers come to differ."""
    days = own_days(found.listings, states)
    for probe in asked:
        words = {**probe.words(), "coverage": Coverage.LOADED}
        turned = turn(found.subject, words, states, span, days)
        if turned is not None:
            yield words, turned


def _situation(subject: Subject, states: tuple[State, State]) -> _Situation | None:
    """Return what answers can turn on, equal for subjects listed alike; None where more has a say in it.

    A name has, what was done about a record, and what was promised: those are nobody else's. A province has millions of
    subjects, and some thousands of situations: each is asked about once.
    """
    identity = identify(subject)
    found: list[object] = [identity.kind]
    for registry in _registries(states):
        hits = registry.lookup(identity.keys, identity.name_key)
        if any(hit.by_name for hit in hits) or registry.commitments(identity.keys) is not NO_COMMITMENTS:
            return None
        if registry.repairs and any(record_key(hit.listing) in registry.repairs for hit in hits):
            return None
        alike = ((*(getattr(hit.listing, name) for name in _ALIKE), _tie(hit)) for hit in hits)
        found.append(tuple(sorted(alike, key=str)))
    return tuple(found)


def _registries(states: tuple[State, State]) -> tuple[Registry, ...]:
    """Return the registries of two states, once where they share one."""
    old, new = (state.registry for state in states)
    return (old,) if old is new else (old, new)


def _tie(hit: Hit) -> tuple[object, ...]:
    """Return how a subject is tied to a listing, and whether the listing has an instrument."""
    related = hit.related
    tie = () if related is None else (related.relation, related.kind, related.personally_responsible)
    return (*tie, bool((hit.listing.instrument_no or "").strip()), "修复" in (hit.listing.removal_reason or ""))


def case_shifts(documents: Iterable[Mapping[str, Any]], old: State, new: State, span: Span) -> Iterator[Shift]:
    """Yield the cases, as the answers filed with them, that would be answered otherwise from a day on.

    Raises:
        ReceiptError: `receipt.not_an_answer` for a document that is no answer.
    """
    for document in documents:
        stored = StoredQuestion.of(document)
        words = {**stored.words, "dates": ()}
        first = max(span.first, date.fromisoformat(str(words["as_of"])))
        turned = turn(stored.subject, words, (old, new), Span(first, span.turns), ())
        if turned is not None:
            yield Shift(stored.subject, str(document.get("receipt")), (), words, *turned)


def turn(
    subject: Subject, words: Mapping[str, Any], states: tuple[State, State], span: Span, own: Iterable[date]
) -> tuple[date, Said, Said] | None:
    """Return the first day on which two states answer differently, and both answers; None when they never do."""
    days = [span.first, *(day for day in (*span.turns, *own) if day > span.first)]
    heapify(days)
    seen: set[date] = set()
    while days:
        day = heappop(days)
        if day in seen:
            continue
        seen.add(day)
        before, after = (asked_on(state, subject, words, day) for state in states)
        if said_of(before) != said_of(after):
            return day, said_of(before), said_of(after)
        for result in (before, after):
            for end in ends_of(result):
                heappush(days, end)
    return None


def asked_on(
    state: State, subject: Subject, words: Mapping[str, Any], day: date, *, asked: date | None = None
) -> CheckResult | None:
    """Return the answer for a day, as asked on it or on another, None where the catalogue has no such matter."""
    try:
        noon = datetime.combine(asked or day, _NOON, SHANGHAI)
        return answer(state, subject, Words(**{**words, "as_of": day, "explain": False}), noon)
    except UnknownMatterError:
        return None


def said_of(result: CheckResult | None) -> Said:
    """Return what of an answer counts (答案要点)."""
    if result is None:
        return Said(None, frozenset(), frozenset())
    measures, doubts = set(), set()
    for finding in result.findings:
        shape = finding.shape
        name = str(finding.measure)
        if finding.applies:
            measures.add((name, str(shape.degree), str(shape.binding), str(finding.until or "")))
        else:
            doubts.add((name, str(finding.reason)))
    return Said(str(result.verdict), frozenset(measures), frozenset(doubts), result.grade.level)


def ends_of(result: CheckResult | None) -> Iterator[date]:
    """Yield the first free day of each finding that has a last day; one that applies ends later than today."""
    for finding in result.findings if result is not None else ():
        if finding.until is not None and finding.until < date.max:
            yield finding.until + timedelta(days=1)


def own_days(listings: Iterable[Listing], states: tuple[State, State]) -> tuple[date, ...]:
    """Return the days on which listings begin and end by what their rows say, and by what was done about them."""
    days = set[date]()
    for listing in listings:
        days.update(day for day in (listing.listed_on, listing.removed_on) if day is not None)
        if listing.valid_to is not None and listing.valid_to < date.max:
            days.add(listing.valid_to + timedelta(days=1))
        for event in _steps_about(listing, states):
            days.add(event.on)
            if event.until is not None and event.until < date.max:
                days.add(event.until + timedelta(days=1))
    return tuple(sorted(days))


def _steps_about(listing: Listing, states: tuple[State, State]) -> Iterator[RepairEvent]:
    """Yield what was done about a listing, as either state knows it."""
    for registry in _registries(states):
        yield from registry.repairs.get(record_key(listing), ()) if registry.repairs else ()


def _subjects(listings: Iterable[Listing], codes: Iterable[str]) -> Iterator[Found]:
    """Yield whoever stands on one of the lists under a number, and those named with him, each once with all rows."""
    wanted, found = frozenset(codes), dict[str, Found]()
    for listing in listings:
        if listing.list not in wanted:
            continue
        for key, subject in named_in(listing):
            found.setdefault(key, Found(subject, [])).listings.append(listing)
    yield from found.values()


def named_in(listing: Listing) -> Iterator[tuple[str, Subject]]:
    """Yield the listed subject and whoever is named with it, each under a key of its number."""
    keys = own_keys(listing)
    if keys:
        which = next((name for name, prefix in _FIELDS.items() if keys[0].startswith(prefix)), "other_id")
        yield keys[0], Subject(kind=listing.subject_kind, name=listing.name, **{which: getattr(listing, which)})
    for related in listing.related:
        keys = related_keys(related)
        if related.id is not None and keys:
            # A number that could be two things is nobody who can be asked.
            with suppress(SubjectError):
                yield keys[0], parse_subject(related.id, related.kind, related.name)
