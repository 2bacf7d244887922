"""What was changed since a batch (变动记录): the rows on either side of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from jointsanction.errors import RegistryError
from jointsanction.store.instants import from_micros
from jointsanction.store.rows import COLUMNS, listings_of
from jointsanction.store.tables import BATCH, LISTING

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from jointsanction.model.subject import Listing


class Touched(NamedTuple):
    """What a batch and all after it changed (变动记录).

    `known_at` is the last instant before; `listings` are the rows that were believed then and no longer are, and those
    believed now that were not then.
    """

    batch: str
    known_at: datetime
    listings: tuple[Listing, ...]


def touched_since(connection: Connection, batch: str | None) -> Touched:
    """Return what a batch, or the newest, and all after it changed.

    Raises:
        RegistryError: `registry.no_such_batch`.
    """
    wanted = select(BATCH.c.id, BATCH.c.recorded_at).order_by(BATCH.c.recorded_at.desc()).limit(1)
    found = connection.execute(wanted if batch is None else wanted.where(BATCH.c.id == batch)).first()
    if found is None:
        message = "名单库中还没有任何批次。" if batch is None else f"名单库中没有批次 {batch}。"
        raise RegistryError("registry.no_such_batch", message, "批次号见导入时的最后一行。")
    at = found.recorded_at
    came = (LISTING.c.recorded_at >= at, LISTING.c.superseded_at.is_(None))
    gone = (LISTING.c.recorded_at < at, LISTING.c.superseded_at >= at)
    rows = [
        listing
        for side in (gone, came)
        for listing in listings_of(connection.execute(select(*COLUMNS).where(*side).order_by(LISTING.c.id)).all())
    ]
    return Touched(found.id, from_micros(at) - timedelta(microseconds=1), tuple(rows))
