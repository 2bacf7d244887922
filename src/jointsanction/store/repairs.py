"""What happened to listings after they were made (办理记录): events of repair and objection, kept for ever."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, union_all

from jointsanction.identity.record_key import document_key
from jointsanction.model.repair_event import RepairEvent
from jointsanction.repair.machine import advance
from jointsanction.store.instants import from_micros
from jointsanction.store.rows import COLUMNS, listings_of
from jointsanction.store.sequence import instant_after
from jointsanction.store.tables import LISTING, REPAIR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, Row, Select

    from jointsanction.model.subject import Listing

_NAMES: Final = tuple(field.name for field in fields(RepairEvent) if field.name != "recorded_at")
_TERMS: Final = ("track", "state", "office")


def append_events(connection: Connection, events: Iterable[RepairEvent], clock: int) -> tuple[RepairEvent, ...]:
    """Add steps after those that are there, and return them as kept; none is ever changed.

    Raises:
        RegistryError: what `repair.machine.advance` raises; nothing is written then.
    """
    known = by_record(events_known(connection))
    recorded_at, kept = instant_after(connection, clock), []
    today = from_micros(recorded_at).date()
    for event in events:
        earlier = known.get(event.record, ())
        event = replace(event, state=advance(earlier, event, today))  # noqa: PLW2901 - a first consent only endorses
        known[event.record] = (*earlier, event)
        connection.execute(insert(REPAIR), _row_of(event, recorded_at))
        kept.append(replace(event, recorded_at=from_micros(recorded_at)))
    return tuple(kept)


def events_known(connection: Connection, at: int | None = None) -> tuple[RepairEvent, ...]:
    """Return all steps, or those recorded by an instant, the newest last."""
    recorded = select(REPAIR).order_by(REPAIR.c.id)
    if at is not None:
        recorded = recorded.where(REPAIR.c.recorded_at <= at)
    return tuple(map(_event_of, connection.execute(recorded)))


def by_record(events: Iterable[RepairEvent]) -> dict[str, tuple[RepairEvent, ...]]:
    """Return the steps of each listing, in their order."""
    found: dict[str, list[RepairEvent]] = defaultdict(list)
    for event in events:
        found[event.record].append(event)
    return {record: tuple(steps) for record, steps in found.items()}


def version_after(version: str, events: tuple[RepairEvent, ...]) -> str:
    """Return the version of a store in which steps were taken: they are part of what it answers."""
    if not events:
        return version
    said = [(*_row_of(event, 0).values(), str(event.recorded_at)) for event in events]
    return "sha256:" + hashlib.sha256(f"{version} {said}".encode()).hexdigest()


def listings_of_instrument(connection: Connection, number: str) -> tuple[Listing, ...]:
    """Return the rows believed now that rest on an instrument (同一文书的记录), however its number is printed."""
    found = listings_of(connection.execute(of_document(number)).all())
    wanted = document_key(number)
    return tuple(row for row in found if row.instrument_no is not None and document_key(row.instrument_no) == wanted)


def of_document(number: str) -> Select[Any]:
    """Return the query for the rows of a document (同一文书); all of those written before it had a column come too."""
    column = LISTING.c.document
    believed = select(LISTING.c.id).where(LISTING.c.superseded_at.is_(None))
    # Two queries put together: for an "or" SQLite would read the whole table.
    named = union_all(believed.where(column == document_key(number)), believed.where(column.is_(None)))
    return select(*COLUMNS).where(LISTING.c.id.in_(named)).order_by(LISTING.c.id)


def _row_of(event: RepairEvent, recorded_at: int) -> dict[str, Any]:
    said: Mapping[str, Any] = {name: getattr(event, name) for name in _NAMES}
    words = {name: None if said[name] is None else said[name].value for name in _TERMS}
    return {**said, **words, "recorded_at": recorded_at}


def _event_of(row: Row[Any]) -> RepairEvent:
    said = {name: getattr(row, name) for name in _NAMES}
    return RepairEvent(**said, recorded_at=from_micros(row.recorded_at))
