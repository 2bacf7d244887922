"""What may become of a commitment (履约状态流转): 已承诺 → 履行中 → 已履约、违背或虚假; a breach may be repaired."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from jointsanction.errors import SubjectError
from jointsanction.terms import BREACH_STATES, CommitmentState

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.model.commitment import Commitment, CommitmentEvent

_S = CommitmentState
FOLLOWING: Final[dict[CommitmentState, frozenset[CommitmentState]]] = {
    _S.MADE: frozenset({_S.PERFORMING, _S.PERFORMED, _S.BREACHED, _S.FALSIFIED}),
    _S.PERFORMING: frozenset({_S.PERFORMED, _S.BREACHED, _S.FALSIFIED}),
    # What looked kept may be found broken or untrue at a later inspection.
    _S.PERFORMED: frozenset({_S.BREACHED, _S.FALSIFIED}),
    _S.BREACHED: frozenset({_S.FALSIFIED, _S.REPAIRED, _S.ANNULLED}),
    _S.FALSIFIED: frozenset({_S.REPAIRED, _S.ANNULLED}),
    _S.REPAIRED: frozenset(),
    _S.ANNULLED: frozenset({_S.PERFORMING, _S.PERFORMED, _S.BREACHED, _S.FALSIFIED}),
}
"""Which states may follow which (可以转为)."""

_FREEING: Final = frozenset({_S.REPAIRED, _S.ANNULLED})
"""What frees from the consequences of a breach."""


def follow(commitment: Commitment, event: CommitmentEvent, today: date) -> Commitment:
    """Return a commitment with one event more (登记履约事件); `today` is the day of recording it.

    Raises:
        SubjectError: `commitment.state` when the state can't follow; `commitment.date` before the last event or after
            `today`; `commitment.incomplete` without actor, or without the reason why a breach counts no more;
            `commitment.no_evidence` for a breach without its document or reason.
    """
    now = state_of(commitment)
    if event.state not in FOLLOWING[now]:
        allowed = "、".join(state.zh for state in CommitmentState if state in FOLLOWING[now]) or "无"
        message = f"承诺 {commitment.id} 现为“{now.zh}”，不能转为“{event.state.zh}”。"
        raise SubjectError("commitment.state", message, f"可以转为：{allowed}。")
    last = commitment.events[-1].happened_on if commitment.events else commitment.made_on
    if not last <= event.happened_on <= today:
        message = f"履约事件的日期 {event.happened_on} 不在 {last} 至 {today} 之间。"
        raise SubjectError("commitment.date", message, "不得早于前一事件，也不得晚于今天。")
    if not event.actor.strip():
        raise SubjectError("commitment.incomplete", "履约事件没有写明由谁认定。", "写明认定单位或者经办人。")
    if event.state in _FREEING and not (event.reason or "").strip():
        message = f"记为“{event.state.zh}”须写明事由。"
        raise SubjectError("commitment.incomplete", message, "用 --reason 写明凭什么：限制由此解除。")
    if event.state in BREACH_STATES and not ((event.evidence or "").strip() and (event.reason or "").strip()):
        message = f"认定“{event.state.zh}”须写明事由和认定文书（证据）。"
        raise SubjectError("commitment.no_evidence", message, "没有文书的，不得作为限制的依据。")
    return replace(commitment, events=(*commitment.events, event))


def state_of(commitment: Commitment, day: date | None = None) -> CommitmentState:
    """Return the state of a commitment on a day, or as it is known now (履约状态)."""
    happened = [event.state for event in commitment.events if day is None or event.happened_on <= day]
    return happened[-1] if happened else CommitmentState.MADE
