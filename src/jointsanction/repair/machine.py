"""What may follow what (办理程序): the states of repair, objection, exit and reorganisation, as pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.errors import RegistryError
from jointsanction.identity.folding import letters
from jointsanction.terms import RepairState, RepairTrack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from jointsanction.model.repair_event import RepairEvent

_S: Final = RepairState
_NEXT: Final[Mapping[RepairTrack, Mapping[RepairState | None, tuple[RepairState, ...]]]] = {
    RepairTrack.REPAIR: {
        None: (_S.APPLIED,),
        _S.APPLIED: (_S.VERIFYING, _S.REFUSED, _S.WITHDRAWN),
        _S.VERIFYING: (_S.ACCEPTED, _S.REFUSED, _S.WITHDRAWN),
        _S.ENDORSED: (_S.ACCEPTED, _S.REFUSED, _S.WITHDRAWN),
        _S.ACCEPTED: (_S.EFFECTIVE,),
        _S.EFFECTIVE: (_S.REVOKED,),
        _S.REFUSED: (_S.APPLIED,),
        _S.REVOKED: (_S.APPLIED,),
        _S.WITHDRAWN: (_S.APPLIED,),
    },
    RepairTrack.OBJECTION: {
        None: (_S.FILED,),
        _S.FILED: (_S.VERIFYING, _S.WITHDRAWN),
        _S.VERIFYING: (_S.UPHELD, _S.PARTLY, _S.REJECTED, _S.WITHDRAWN),
        _S.UPHELD: (_S.FILED,),
        _S.PARTLY: (_S.FILED,),
        _S.REJECTED: (_S.FILED,),
        _S.WITHDRAWN: (_S.FILED,),
    },
    RepairTrack.EXIT: {None: (_S.REMOVED,), _S.REMOVED: (_S.RESTORED,), _S.RESTORED: (_S.REMOVED,)},
    # 信用修复管理办法第二十条：未执行成功的恢复原状，执行完毕的再申请信用修复。
    RepairTrack.REORGANISATION: {
        None: (_S.LIFTED,),
        _S.LIFTED: (_S.RESTORED, _S.COMPLETED),
        _S.RESTORED: (_S.LIFTED,),
        _S.COMPLETED: (_S.LIFTED,),
    },
}


def states_of(track: RepairTrack) -> frozenset[RepairState]:
    """Return every state a track can come to (办理状态)."""
    return frozenset(state for state in (*_NEXT[track], *sum(_NEXT[track].values(), ())) if state is not None)


def may_follow(earlier: Iterable[RepairEvent], track: RepairTrack) -> tuple[RepairState, ...]:
    """Return the states a track may come to next (下一步)."""
    return _NEXT[track][_state(_track(earlier, track))]


def advance(earlier: Iterable[RepairEvent], event: RepairEvent, today: date) -> RepairState:
    """Return the state an event brings its track to (推进一步): with two steps the first consent only endorses.

    `today` is the day of recording it. Steps are kept for ever, so a slip of the pen must not bind the time to come.

    Raises:
        RegistryError: `repair.order` when the step can't follow; `repair.backdated` when it counts from before the last
            one; `repair.future` when from after today; `repair.incomplete` without actor or reason;
            `repair.one_office` when two steps are asked for and one office or one person took both, or no office is
            named.
    """
    if not (event.actor.strip() and event.reason.strip()):
        raise RegistryError("repair.incomplete", "办理记录缺少经办人或理由。", "写明谁办的、凭什么。")
    track = _track(earlier, event.track)
    known = _NEXT[event.track][_state(track)]
    if event.state not in known:
        now = track[-1].state.zh if track else "尚未开始"
        message = f"{event.track.zh}目前“{now}”，不能直接记为“{event.state.zh}”。"
        raise RegistryError("repair.order", message, f"下一步可以是：{'、'.join(state.value for state in known)}。")
    if track and event.on < track[-1].on:
        message = f"生效日 {event.on} 早于上一步的 {track[-1].on}。"
        raise RegistryError("repair.backdated", message, "办理记录按先后追加，不能插到前面。")
    if event.on > today:
        message = f"起算日 {event.on} 晚于今天 {today}。"
        raise RegistryError("repair.future", message, "到了那一日再登记。")
    return _consented(track, event)


def _consented(track: list[RepairEvent], event: RepairEvent) -> RepairState:
    """Of two consents the first endorses; the second must come from the other office and another person."""
    if event.state is not RepairState.ACCEPTED or not _two_step(track):
        return event.state
    first = track[-1] if track[-1].state is RepairState.ENDORSED else None
    if event.office is None or (first is not None and _one_of_both(first, event)):
        message = "本次修复须信用办、数据单位两方先后同意，由不同的人经办。"
        raise RegistryError("repair.one_office", message, "用 --office 写明由哪一方同意。")
    return RepairState.ENDORSED if first is None else RepairState.ACCEPTED


def _one_of_both(first: RepairEvent, second: RepairEvent) -> bool:
    """Tell whether one office or one person consented twice, however the name is printed."""
    return first.office is second.office or letters(first.actor) == letters(second.actor)


def _two_step(track: list[RepairEvent]) -> bool:
    return next(event.two_step for event in reversed(track) if event.state is RepairState.APPLIED)


def _track(events: Iterable[RepairEvent], track: RepairTrack) -> list[RepairEvent]:
    return [event for event in events if event.track is track]


def _state(track: list[RepairEvent]) -> RepairState | None:
    return track[-1].state if track else None
