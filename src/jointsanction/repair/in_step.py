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

    A record is behind when another one was removed or repaired and it still holds: not one whose own days are over, or
    that was found to be none. `keys` are the records' own, in their order.
    """
    found = []
    for listing, key in zip(listings, keys, strict=True):
        now, process = standing_on(listing, events.get(key, ()), day)
        ended = now.removed_on if now.removed_on is not None and now.removed_on <= day else None
        over = (now.valid_to is not None and now.valid_to < day) or (process is not None and process.overturned)
        found.append((InStep(listing, process and process.of(RepairTrack.REPAIR), ended, behind=False), over))
    some_ended = any(each.ended_on is not None for each, _ in found)
    return tuple(each._replace(behind=some_ended and each.ended_on is None and not over) for each, over in found)
