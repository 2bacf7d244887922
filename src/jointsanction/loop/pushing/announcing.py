"""Telling other systems that somebody came to be restricted or was released (主体新受限制、解除限制).

A watch says who wants to hear: an author that is an identifier is a receiver. Events lie with the lists, messages in
the docket, which may be another file: so every event is told that was not told yet, however often this runs and
wherever it was cut off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jointsanction.loop.pushing.messages import Occasion, make_message
from jointsanction.store.docket.initiations import subject_key
from jointsanction.store.docket.messages import write
from jointsanction.terms import MessageKind, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jointsanction.loop.arriving.reassess import Reassessed
    from jointsanction.loop.desk import Desk
    from jointsanction.model.message import Message
    from jointsanction.model.touched import Cause
    from jointsanction.model.watch import Watch, WatchEvent
    from jointsanction.store import Store
    from jointsanction.store.docket.docket import Docket

_RECEIVER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_KINDS: Final = {Turn.RESTRICTED: MessageKind.SUBJECT_RESTRICTED, Turn.RELEASED: MessageKind.SUBJECT_RELEASED}
_SHOWN: Final = 16


def announce_watched(lists: Store, docket: Docket) -> int:
    """Write a message for each event of a watch that has none yet, and return how many are new (关注事件推送)."""
    told = [_of_event(*each) for each in lists.watches.events() if _is_for_a_system(*each)]
    if not told:
        return 0
    with docket.writing() as connection:
        return write(connection, told)


def announce_reassessed(found: Iterable[Reassessed], receivers: Sequence[str], desk: Desk, *, since: str) -> int:
    """Write a message to each receiver about each subject newly restricted or released, and return how many are new.

    The subject is named by the rows that changed; `since` is what was compared with.
    """
    told = [
        message
        for each in found
        if each.turn in _KINDS
        for receiver in receivers
        for message in _of_shift(each, receiver, desk, since)
    ]
    with desk.docket.writing() as connection:
        return write(connection, told)


def _is_for_a_system(watch: Watch, event: WatchEvent) -> bool:
    return event.turn in _KINDS and _RECEIVER.fullmatch(watch.author) is not None


def _of_event(watch: Watch, event: WatchEvent) -> Message:
    at = event.recorded_at
    assert at is not None  # noqa: S101 - it comes from the store
    said = {
        "watch": watch.id,
        "matter": watch.matter,
        "region": watch.region,
        "since": event.since.isoformat(),
        "before": event.before.value,
        "after": event.after.value,
        "causes": _rows(event.causes),
    }
    occasion = Occasion(_KINDS[event.turn], f"watch-{watch.id}", at, f"{event.version} {event.since}")
    return make_message(occasion, watch.author, said)


def _of_shift(each: Reassessed, receiver: str, desk: Desk, since: str) -> Iterator[Message]:
    shift = each.shift
    covered = (desk.seal.covered(subject_key(shift.subject)) or "").rpartition(":")[2]
    words = {name: shift.words[name] for name in ("matter", "role", "phase", "region")}
    said = {
        **{name: None if word is None else str(word) for name, word in words.items()},
        "since": shift.since.isoformat(),
        "before": str(shift.before.verdict),
        "after": str(shift.after.verdict),
        "causes": _rows(each.causes),
    }
    turn = " ".join(str(word) for word in (since, shift.since, *words.values(), shift.after.verdict))
    yield make_message(Occasion(_KINDS[each.turn], f"reassess-{covered[:_SHOWN]}", desk.clock(), turn), receiver, said)


def _rows(causes: Iterable[Cause]) -> list[dict[str, Any]]:
    """Return the rows behind a change, by which its receiver may look it up; entries of ledgers are words of people."""
    rows = [{"list": each.list, "batch": each.batch, "row": each.row} for each in causes if each.batch is not None]
    return [row for at, row in enumerate(rows) if row not in rows[:at]]
