"""How a subject's commitments stand on a day (承诺履约情况): open ones, breaches, warnings, and breaches as acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.commitment.states import state_of
from jointsanction.model.shown import Notice
from jointsanction.model.subject import Act
from jointsanction.terms import BREACH_STATES, OPEN_STATES, ActType, CommitmentState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointsanction.model.commitment import Commitment, CommitmentEvent, Commitments, Talk

DAYS_AHEAD: Final = 15
"""How many days before a commitment falls due its reader is warned (事前信用预警)."""

_SECOND: Final = 2


class Standing(NamedTuple):
    """One commitment on a day (某日的承诺): its state, and the event that gave it, None while it was only made."""

    commitment: Commitment
    state: CommitmentState
    event: CommitmentEvent | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Promised:
    """What a subject promised and how it was kept, on a day (承诺履约情况)."""

    open: tuple[Standing, ...] = ()
    breaches: tuple[Standing, ...] = ()
    talks: tuple[Talk, ...] = ()
    warnings: tuple[Notice, ...] = ()
    acts: tuple[Act, ...] = ()


NOTHING_PROMISED: Final = Promised()


def promised_on(found: Commitments, day: date) -> Promised:
    """Return how a subject's commitments stand on a day; what happened later is not looked at."""
    standings = [stand(commitment, day) for commitment in found.made if commitment.made_on <= day]
    standings.sort(key=lambda each: (each.commitment.due or each.commitment.made_on, each.commitment.id))
    unkept = tuple(each for each in standings if each.state in OPEN_STATES)
    broken = tuple(each for each in standings if each.state in BREACH_STATES)
    return Promised(
        open=unkept,
        breaches=broken,
        talks=tuple(sorted((talk for talk in found.talks if talk.held_on <= day), key=lambda t: (t.held_on, t.id))),
        warnings=tuple(_warnings(unkept, broken, day)),
        acts=tuple(act for each in standings for act in _acts(each.commitment, day)),
    )


def stand(commitment: Commitment, day: date) -> Standing:
    """Return how one commitment stands on a day."""
    events = [event for event in commitment.events if event.happened_on <= day]
    state = state_of(commitment, day)
    overdue = state in OPEN_STATES and commitment.due is not None and commitment.due < day
    return Standing(commitment, state, events[-1] if events else None, overdue)


def falls_due(each: Standing, day: date, days: int) -> bool:
    """Tell whether an open commitment is due within so many days of a day, or was due before it (将到期、已逾期)."""
    due = each.commitment.due
    return each.state in OPEN_STATES and due is not None and due <= day + timedelta(days=days)


def _warnings(unkept: tuple[Standing, ...], broken: tuple[Standing, ...], day: date) -> Iterator[Notice]:
    """Yield what to beware of before a decision (事前信用预警)."""
    for each in unkept:
        promise = each.commitment
        if each.overdue:
            yield Notice(
                "commitment.overdue", f"{_named(promise)}：已于 {promise.due} 到期，未见履约记录，请催告、核查。"
            )
        elif falls_due(each, day, DAYS_AHEAD):
            yield Notice("commitment.due-soon", f"{_named(promise)}：将于 {promise.due} 到期，请提醒履约。")
    if len(broken) >= _SECOND:
        text = f"有 {len(broken)} 项违背或者虚假承诺尚未修复，属再次违诺，请从严把握。"
        yield Notice("commitment.second-breach", text)
    elif broken and unkept:
        text = "已有违背或者虚假承诺尚未修复，另有承诺未了结，谨防再次违诺。"
        yield Notice("commitment.breach-and-open", text)


def _named(promise: Commitment) -> str:
    return f"{promise.type.zh}承诺 {promise.id}"


def _acts(commitment: Commitment, day: date) -> Iterator[Act]:
    """Yield the breaches of a commitment as the acts they are (违背信用承诺), each with the day it ended if it did."""
    events = [event for event in commitment.events if event.happened_on <= day]
    for at, event in enumerate(events):
        if event.state not in BREACH_STATES:
            continue
        after = events[at + 1] if at + 1 < len(events) else None
        if after is not None and after.state in BREACH_STATES:
            continue  # a breach found to be an untruth is one act, and the later finding says which
        ended = {after.state: after.happened_on} if after is not None else {}
        yield Act(
            type=ActType.COMMITMENT_BREACH,
            decision_made=event.happened_on,
            id=commitment.id,
            authority=event.actor,
            document_number=event.evidence,
            kinds=(commitment.type.zh, event.state.zh),
            lifted=ended.get(CommitmentState.REPAIRED),
            set_aside=ended.get(CommitmentState.ANNULLED),
        )
