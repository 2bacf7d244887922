"""What of the lists changed since an instant (增量), each row as it reads on a day, and what may leave of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.compile import lies_in
from jointsanction.disclosure import leaves_whole
from jointsanction.export.masking import masked
from jointsanction.identity.keys import name_keys_of, own_keys
from jointsanction.identity.record_key import record_key
from jointsanction.repair.standing import standing_on
from jointsanction.terms import Audience, Operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from jointsanction.model.catalogue import ListType
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing
    from jointsanction.registry.protocol import Registry

_REVOKED: Final = "撤销"


class Change(NamedTuple):
    """A row that leaves, and what the receiver is to do with it (变动). `record` tells which record it is."""

    operation: Operation
    listing: Listing
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to leave, and to whom (导出要求). No `lists` means all of the catalogue, no `region` everywhere."""

    day: date
    lists: Mapping[str, ListType]
    region: str | None = None
    audience: Audience = Audience.AUTHORITY
    mask: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """Since when, and what was believed then (起点). Without one everything leaves, as new."""

    instant: datetime
    before: Registry


@dataclass(slots=True)
class Withheld:
    """How many rows did not leave because their lists may not be given to whom they were for (未提供)."""

    rows: int = 0


def changes(
    listings: Iterable[Listing],
    wanted: Wanted,
    *,
    repairs: Mapping[str, tuple[RepairEvent, ...]],
    since: Since | None,
    withheld: Withheld,
) -> Iterator[Change]:
    """Yield every row that is to leave, in the order of the store (导出记录).

    `repairs` are the steps of repair and objection by record: a row reads as they left it on the day. A step since
    then is a change of its record as much as a new row. A record found to be none leaves as ended on its first day.
    """
    for listing in listings:
        if wanted.region is not None and not lies_in(listing.region, wanted.region):
            continue
        record = record_key(listing)
        events = repairs.get(record, ())
        if since is not None and not _is_new(listing, events, since.instant):
            continue
        if not leaves_whole(wanted.lists[listing.list].disclosure, wanted.audience):
            withheld.rows += 1
            continue
        now = _as_read(listing, events, wanted.day)
        operation = Operation.ADD if since is None else _operation(now, record, since.before)
        shown = masked(now, wanted.audience, all_of_it=wanted.mask)
        # A digest made of a number would tell it to whoever tries them all.
        yield Change(operation, shown, record if shown is now else record_key(shown))


def _is_new(listing: Listing, events: Iterable[RepairEvent], instant: datetime) -> bool:
    known = (listing.recorded_at, *(event.recorded_at for event in events))
    return any(at is not None and at > instant for at in known)


def _as_read(listing: Listing, events: Iterable[RepairEvent], day: date) -> Listing:
    now, process = standing_on(listing, events, day)
    if process is None or not process.overturned:
        return now
    return replace(now, removed_on=now.listed_on, removal_reason=_REVOKED)


def _operation(listing: Listing, record: str, before: Registry) -> Operation:
    """Return what happened to a record since then: a day of removal that it did not have is its end."""
    names = name_keys_of(listing)
    hits = before.lookup(own_keys(listing), names[0] if names else None)
    then = next((hit.listing for hit in hits if hit.related is None and record_key(hit.listing) == record), None)
    if then is None:
        return Operation.ADD
    return Operation.DEL if listing.removed_on is not None and then.removed_on is None else Operation.MOD
