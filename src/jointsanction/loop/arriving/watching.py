"""Telling who watches (关注): a watched subject is looked at as of a day, and what came since the last look is told."""

from __future__ import annotations

from datetime import timedelta
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from jointsanction.identity.identify import identify
from jointsanction.impact import asked_on, ends_of, own_days, said_of, span_of, turn
from jointsanction.loop.arriving.reassess import turn_of
from jointsanction.model.touched import Cause, cause_of
from jointsanction.model.watch import Look, Watch, WatchEvent
from jointsanction.steps.asking.ask import read_subject
from jointsanction.terms import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from jointsanction.asking import State
    from jointsanction.impact import Said
    from jointsanction.loop.arriving.reassess import Named
    from jointsanction.model.result import CheckResult, Finding
    from jointsanction.model.subject import Listing, Subject

_ONE_DAY: Final = timedelta(days=1)


def look(watch: Watch, states: tuple[State, State], entered: Mapping[str, Named], *, at: datetime, on: date) -> Look:
    """Return what became of a watched subject since the last look (关注事件): by its days, then by what was recorded.

    `states` are the lists as they were known at the last look and as they are now; `entered` whom entries of ledgers
    name since. Asked is in the matter watched, as strictly as an officer asks.
    """
    subject = watched(watch)
    last = watch.looked_on or on
    dated = tuple(_dated(watch, states[0], (last, on))) if last < on else ()
    rows = _changed(subject, states)
    entries = entered.get(identify(subject).keys[0])
    causes = tuple(dict.fromkeys((*map(cause_of, rows), *(entries.causes if entries is not None else ()))))
    return Look(watch, at, max(last, on), dated, tuple(_changes(watch, states, rows, causes, on)) if causes else ())


def watched(watch: Watch) -> Subject:
    """Return the subject of a watch."""
    return read_subject(watch.number, watch.kind)


def _changes(
    watch: Watch, states: tuple[State, State], rows: Iterable[Listing], causes: tuple[Cause, ...], on: date
) -> Iterator[WatchEvent]:
    """Yield what a change of the lists does to the answers from a day on."""
    before, after = states
    days = own_days(rows, states)
    turned = turn(watched(watch), _words(watch), states, span_of(before, after, on), days)
    if turned is not None:
        since, was, now = turned
        yield _event(watch, after.registry.version, (since, was, now), causes)


def _dated(watch: Watch, state: State, days: tuple[date, date]) -> Iterator[WatchEvent]:
    """Yield what the days after a first one, up to a last one, did to the answer while nothing was recorded."""
    for (_, before), (day, after) in pairwise(_answers(watch, state, days)):
        was, now = said_of(before), said_of(after)
        if was != now:
            yield _event(watch, state.registry.version, (day, was, now), _ended(before, after))


def _answers(watch: Watch, state: State, days: tuple[date, date]) -> Iterator[tuple[date, CheckResult | None]]:
    """Yield the answers for a first day and for each later one, up to a last, on which one can turn."""
    (first, last), subject = days, watched(watch)
    rows = [hit.listing for hit in state.registry.lookup(identify(subject).keys, None)]
    turns = (*span_of(state, state, first).turns, *own_days(rows, (state, state)))
    coming, seen = [first, *(day for day in turns if day > first)], first - _ONE_DAY
    heapify(coming)
    while coming and coming[0] <= last:
        day = heappop(coming)
        if day > seen:
            seen = day
            # As asked on the last day: that a list grew old meanwhile is no news about the subject.
            result = asked_on(state, subject, _words(watch), day, asked=last)
            for end in ends_of(result):
                heappush(coming, end)
            yield day, result


def _event(watch: Watch, version: str, turned: tuple[date, Said, Said], causes: tuple[Cause, ...]) -> WatchEvent:
    since, was, now = turned
    return WatchEvent(
        watch=watch.id or 0,
        version=version,
        turn=turn_of(was, now),
        since=since,
        before=Verdict(str(was.verdict)),
        after=Verdict(str(now.verdict)),
        causes=causes,
    )


def _ended(before: CheckResult | None, after: CheckResult | None) -> tuple[Cause, ...]:
    """Return the rows behind what applies on one of two days only."""
    was, now = (_applying(result) for result in (before, after))
    causes = [found.cause for at, found in (*was.items(), *now.items()) if (at in was) is not (at in now)]
    rows = [(each["list"], each["source"]) for each in causes if each is not None and "source" in each]
    return tuple(dict.fromkeys(Cause(code, source["batch"], source["row"]) for code, source in rows))


def _applying(result: CheckResult | None) -> dict[tuple[object, ...], Finding]:
    found = result.findings if result is not None else ()
    return {(each.measure, each.until, str(each.cause)): each for each in found if each.applies}


def _words(watch: Watch) -> dict[str, Any]:
    return {"matter": watch.matter, "region": watch.region, "role": None, "phase": None, "coverage": "strict"}


def _changed(subject: Subject, states: tuple[State, State]) -> tuple[Listing, ...]:
    """Return the rows about a subject that one state has and the other has not."""
    identity = identify(subject)
    was, now = ({hit.listing for hit in state.registry.lookup(identity.keys, identity.name_key)} for state in states)
    return tuple(sorted(was ^ now, key=lambda row: (row.list, str(row.recorded_at), row.row or 0)))
