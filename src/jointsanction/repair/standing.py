"""What the events about a listing come to on a day (办理结果): the listing as it then reads, and what is under way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.repair.corrections import corrected
from jointsanction.terms import UNDER_WAY, RepairState, RepairTrack

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing


class Process(NamedTuple):
    """How the procedures about a listing stand on a day (办理情况): the last step of each, and every correction."""

    last: tuple[RepairEvent, ...]
    corrections: tuple[RepairEvent, ...] = ()
    lifted: bool = False

    def of(self, track: RepairTrack) -> RepairEvent | None:
        """Return the last step of a track, None when it never began."""
        return next((event for event in self.last if event.track is track), None)

    @property
    def disputed(self) -> bool:
        """Return whether an objection is open (异议处理中)."""
        return (objection := self.of(RepairTrack.OBJECTION)) is not None and objection.state in UNDER_WAY

    @property
    def overturned(self) -> bool:
        """Return whether an objection to the whole record was upheld: it corrected no field (异议成立)."""
        objection = self.of(RepairTrack.OBJECTION)
        return objection is not None and objection.state is RepairState.UPHELD and objection.field is None


def standing_on(listing: Listing, events: Iterable[RepairEvent], day: date) -> tuple[Listing, Process | None]:
    """Return a listing as it reads on a day, and how the procedures about it stand, None when none had begun.

    An effective repair and a removal give the first day free; what an objection corrected has its new value.
    """
    begun = tuple(event for event in events if event.on <= day)
    if not begun:
        return listing, None
    corrections = tuple(event for event in begun if event.field is not None)
    last = {event.track: event for event in begun}
    process = Process(tuple(last.values()), corrections, _lifted(last.get(RepairTrack.REORGANISATION), day))
    return _ended(corrected(listing, corrections), process), process


def _ended(listing: Listing, process: Process) -> Listing:
    for track, state in ((RepairTrack.REPAIR, RepairState.EFFECTIVE), (RepairTrack.EXIT, RepairState.REMOVED)):
        event = process.of(track)
        earlier = listing.removed_on
        if event is None or event.state is not state or (earlier is not None and earlier <= event.on):
            continue
        reason = track.zh if track is RepairTrack.REPAIR else event.reason
        listing = replace(listing, removed_on=event.on, removal_reason=reason, removal_authority=event.actor)
    return listing


def _lifted(event: RepairEvent | None, day: date) -> bool:
    """A lift lasts until its last day or a restoration; after performance repair follows (信用修复管理办法第二十条)."""
    if event is None or event.state is RepairState.RESTORED:
        return False
    return event.until is None or day <= event.until
