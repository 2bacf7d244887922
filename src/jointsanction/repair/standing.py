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
    """How the procedures about a listing stand on a day (办理情况): every step begun by then, in their order."""

    events: tuple[RepairEvent, ...]
    lifted: bool = False

    @property
    def last(self) -> tuple[RepairEvent, ...]:
        """Return the last step of each track."""
        return tuple({event.track: event for event in self.events}.values())

    @property
    def corrections(self) -> tuple[RepairEvent, ...]:
        """Return every step that corrected a field (更正)."""
        return tuple(event for event in self.events if event.field is not None)

    def of(self, track: RepairTrack, *states: RepairState) -> RepairEvent | None:
        """Return the last step of a track, or the last that brought it to one of some states; None without any."""
        found = (event for event in reversed(self.events) if event.track is track)
        return next((event for event in found if not states or event.state in states), None)

    @property
    def disputed(self) -> bool:
        """Return whether an objection is open (异议处理中)."""
        return (objection := self.of(RepairTrack.OBJECTION)) is not None and objection.state in UNDER_WAY

    @property
    def overturned(self) -> bool:
        """Return whether an objection to the whole record was upheld: it corrected no field (异议成立).

        What was found to be no record is not made one by a further objection.
        """
        return any(event.state is RepairState.UPHELD and event.field is None for event in self.events)


def standing_on(listing: Listing, events: Iterable[RepairEvent], day: date) -> tuple[Listing, Process | None]:
    """Return a listing as it reads on a day, and how the procedures about it stand, None when none had begun.

    An effective repair and a removal give the first day free; what an objection corrected has its new value.
    """
    begun = tuple(event for event in events if event.on <= day)
    if not begun:
        return listing, None
    process = Process(begun)
    process = process._replace(lifted=_lifted(process, day))
    return _ended(corrected(listing, process.corrections), process), process


def _ended(listing: Listing, process: Process) -> Listing:
    for track, state in ((RepairTrack.REPAIR, RepairState.EFFECTIVE), (RepairTrack.EXIT, RepairState.REMOVED)):
        event = process.of(track)
        earlier = listing.removed_on
        if event is None or event.state is not state or (earlier is not None and earlier <= event.on):
            continue
        reason = track.zh if track is RepairTrack.REPAIR else event.reason
        listing = replace(listing, removed_on=event.on, removal_reason=reason, removal_authority=event.actor)
    return listing


def _lifted(process: Process, day: date) -> bool:
    """A lift lasts until its last day or a restoration; after performance repair follows (信用修复管理办法第二十条)."""
    last = process.of(RepairTrack.REORGANISATION)
    lift = process.of(RepairTrack.REORGANISATION, RepairState.LIFTED)
    if last is None or last.state is RepairState.RESTORED:
        return False
    # Performing the plan does not lengthen the lift: what comes after it is an application for repair.
    return lift is None or lift.until is None or day <= lift.until
