"""One instrument on several lists is one event (同一文书): which of them have ended it, and which not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.repair.standing import standing_on
from jointsanction.terms import RepairTrack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing


class InStep(NamedTuple):
    """One of the records that rest on an instrument (同一文书的记录), and whether it is as far as the others."""

    listing: Listing
    step: RepairEvent | None
    ended_on: date | None
    behind: bool


def in_step(
    listings: Iterable[Listing], events: Mapping[str, tuple[RepairEvent, ...]], keys: Iterable[str], day: date
) -> tuple[InStep, ...]:
    """Return the records of one subject and one instrument as they stand on a day (同步情况).

    A record is behind when another one has ended and it has not. `keys` are the records' own, in their order.
    """
    found = []
    for listing, key in zip(listings, keys, strict=True):
        now, process = standing_on(listing, events.get(key, ()), day)
        ended = now.removed_on if now.removed_on is not None and now.removed_on <= day else None
        found.append((listing, None if process is None else process.of(RepairTrack.REPAIR), ended))
    some_ended = any(ended is not None for _, _, ended in found)
    return tuple(InStep(*each, behind=some_ended and each[2] is None) for each in found)
