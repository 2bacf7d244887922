"""What is believed only since an instant (变动), and how each record of it stood before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from jointsanction.store.portions import LOOKED_UP, STREAMED, portions
from jointsanction.store.rows import COLUMNS, with_listings
from jointsanction.store.scanning import among_rows
from jointsanction.store.tables import LISTING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

    from jointsanction.model.subject import Listing
    from jointsanction.store.scanning import Among


class Before(NamedTuple):
    """Whether a record had ended then (此前状态): the days on which it says so, None each while it had not."""

    removed_on: date | None
    missing_since: date | None


class Changed(NamedTuple):
    """A row that is believed now, and how its record stood then, None when nobody knew of it (变动记录)."""

    listing: Listing
    before: Before | None = None


def changed_since(connection: Connection, among: Among, at: int, records: Collection[str]) -> Iterator[Changed]:
    """Yield the rows of a scope that are believed only since an instant, then those of `records` that were already."""
    row = LISTING.c
    ended = select(row.natural_key, row.removed_on, row.missing_since)
    ended = ended.where(row.list.in_(sorted(among.lists)), row.superseded_at > at, row.recorded_at <= at)
    before = {key: Before(*days) for key, *days in connection.execute(ended)}
    wanted = (*among_rows(among), row.recorded_at > at)
    for key, listing in _rows(connection, *wanted):
        yield Changed(listing, before.get(key))
    for portion in portions(sorted(records), LOOKED_UP):
        for _, listing in _rows(connection, *among_rows(among), row.recorded_at <= at, row.natural_key.in_(portion)):
            yield Changed(listing, Before(listing.removed_on, listing.missing_since))


def _rows(connection: Connection, *among: ColumnElement[bool]) -> Iterator[tuple[str, Listing]]:
    wanted = select(LISTING.c.natural_key, *COLUMNS).where(*among).order_by(LISTING.c.id)
    with connection.execute(wanted.execution_options(**STREAMED)) as rows:
        for portion in rows.partitions():
            yield from ((key, listing) for (key,), listing in with_listings(portion))
