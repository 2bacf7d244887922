"""What of the lists changed since an instant (增量), each row as it reads on a day, and what may leave of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.disclosure import leaves_whole
from jointsanction.export.masking import masked
from jointsanction.identity.record_key import record_key
from jointsanction.repair.standing import standing_on
from jointsanction.terms import Audience, ExitBy, Operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from jointsanction.model.catalogue import ListType
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing
    from jointsanction.store.since import Changed

_REVOKED: Final = "撤销"
_DISAPPEARED: Final = "最新一期完整名单中未见"


class Change(NamedTuple):
    """A row that leaves, and what the receiver is to do with it (变动). `record` tells which record it is."""

    operation: Operation
    listing: Listing
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to leave, and to whom (导出要求): each row as it reads on `day`."""

    day: date
    lists: Mapping[str, ListType]
    audience: Audience = Audience.AUTHORITY
    mask: bool = False


@dataclass(slots=True)
class Withheld:
    """How many rows did not leave because their lists may not be given to whom they were for (未提供)."""

    rows: int = 0


def changes(
    found: Iterable[Changed],
    wanted: Wanted,
    *,
    repairs: Mapping[str, tuple[RepairEvent, ...]],
    since: datetime | None,
    withheld: Withheld,
) -> Iterator[Change]:
    """Yield every row that is to leave, in the order given (导出记录). Without `since` all are new to the receiver.

    `repairs` are the steps of repair and objection by record: a row reads as they left it on the day. A record found
    to be none leaves as ended on its first day, and one that its list no longer names as its list says (`exit_by`).
    """
    for listing, before in found:
        kind, record = wanted.lists[listing.list], record_key(listing)
        if not leaves_whole(kind.disclosure, wanted.audience):
            withheld.rows += 1
            continue
        events = repairs.get(record, ())
        now = _as_read(listing, events, kind, wanted.day)
        then = None
        if before is not None and since is not None:
            known = [event for event in events if event.recorded_at is not None and event.recorded_at <= since]
            ended = replace(listing, removed_on=before.removed_on, missing_since=before.missing_since)
            then = _as_read(ended, known, kind, wanted.day)
        shown = masked(now, wanted.audience, all_of_it=wanted.mask)
        # A digest made of a number would tell it to whoever tries them all.
        yield Change(_operation(now, then), shown, record if shown is now else record_key(shown))


def touched_records(repairs: Mapping[str, tuple[RepairEvent, ...]], since: datetime) -> frozenset[str]:
    """Return the records about which something was done since an instant (其后办理的记录)."""
    newest = ((record, event.recorded_at) for record, events in repairs.items() for event in events)
    return frozenset(record for record, at in newest if at is not None and at > since)


def _as_read(listing: Listing, events: Iterable[RepairEvent], kind: ListType, day: date) -> Listing:
    now, process = standing_on(listing, events, day)
    if process is not None and process.overturned:
        return replace(now, removed_on=now.listed_on, removal_reason=_REVOKED)
    if now.removed_on is None and now.missing_since is not None and kind.exit_by is ExitBy.DISAPPEARANCE:
        return replace(now, removed_on=now.missing_since, removal_reason=_DISAPPEARED)
    return now


def _operation(now: Listing, then: Listing | None) -> Operation:
    """Return what happened to a record: a day of removal that it did not have then is its end."""
    if then is None:
        return Operation.ADD
    return Operation.DEL if now.removed_on is not None and then.removed_on is None else Operation.MOD
