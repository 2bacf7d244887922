"""Telling who watches (关注): each watched subject that a change of the lists touches is asked about again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.identity.identify import identify
from jointsanction.impact import own_days, span_of, turn
from jointsanction.loop.reassess import turn_of
from jointsanction.model.watch import WatchEvent
from jointsanction.steps.asking.ask import read_subject
from jointsanction.terms import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointsanction.asking import State
    from jointsanction.model.subject import Listing, Subject
    from jointsanction.model.watch import Watch


def watch_events(watches: Iterable[Watch], states: tuple[State, State], *, first: date) -> Iterator[WatchEvent]:
    """Yield what a change of the lists does to the answers about watched subjects, from a first day on (关注事件).

    Asked is in the matter watched, as strictly as an officer asks. Who is named in no row that changed has no event.
    """
    before, after = states
    for watch in watches:
        subject = read_subject(watch.number, watch.kind)
        rows = _changed(subject, states)
        if not rows or watch.id is None:
            continue
        words = {"matter": watch.matter, "region": watch.region, "role": None, "phase": None, "coverage": "strict"}
        turned = turn(subject, words, states, span_of(before, after, first), own_days(rows, states))
        if turned is None:
            continue
        since, was, now = turned
        verdicts = {said: Verdict(said.verdict) for said in (was, now) if said.verdict is not None}
        yield WatchEvent(
            watch=watch.id,
            version=after.registry.version,
            turn=turn_of(was, now),
            since=since,
            before=verdicts[was],
            after=verdicts[now],
            causes=tuple(dict.fromkeys((row.list, row.batch, row.row) for row in rows)),
        )


def _changed(subject: Subject, states: tuple[State, State]) -> tuple[Listing, ...]:
    """Return the rows about a subject that one state has and the other has not."""
    identity = identify(subject)
    was, now = ({hit.listing for hit in state.registry.lookup(identity.keys, identity.name_key)} for state in states)
    return tuple(sorted(was ^ now, key=lambda row: (row.list, str(row.recorded_at), row.row or 0)))
