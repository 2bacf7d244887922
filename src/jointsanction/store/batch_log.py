"""The record of what was taken in (导入批次记录)."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from jointsanction.store.batches import Batch
from jointsanction.store.instants import from_micros
from jointsanction.store.rows import edition_of
from jointsanction.store.tables import BATCH, EDITION, LISTING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import Connection, Row

    from jointsanction.model.subject import Edition
    from jointsanction.store.batches import Declaration


def newest_batch(connection: Connection, at: int | None = None) -> Row[Any] | None:
    """Return the newest batch, or the newest one known at an instant, None when nothing was taken in by then."""
    newest = select(BATCH).order_by(BATCH.c.recorded_at.desc()).limit(1)
    if at is not None:
        newest = newest.where(BATCH.c.recorded_at <= at)
    return connection.execute(newest).first()


def all_batches(connection: Connection) -> tuple[Batch, ...]:
    """Return all batches, the newest last."""
    editions: dict[str, list[Edition]] = defaultdict(list)
    for row in connection.execute(select(EDITION).order_by(EDITION.c.id)):
        editions[row.batch].append(edition_of(row))
    rows = connection.execute(select(BATCH).order_by(BATCH.c.recorded_at))
    return tuple(_batch_of(row, tuple(editions[row.id])) for row in rows)


def editions_known(connection: Connection, at: int) -> dict[str, tuple[Edition, ...]]:
    """Return the complete editions of each list that were known at an instant, the newest last."""
    found: dict[str, tuple[Edition, ...]] = {}
    for row in connection.execute(select(EDITION).where(EDITION.c.received_at <= at).order_by(EDITION.c.id)):
        found[row.list] = (*found.get(row.list, ()), edition_of(row))
    return found


def standing_repeat(connection: Connection, same: str, lists: Iterable[str]) -> str | None:
    """Return the id of the batch that brought the same and still stands (重复文件), None when there is none.

    A file that comes again after another one changed its lists is no repeat: it says something else than the store.
    """
    codes = tuple(lists)
    earlier = select(BATCH.c.id, BATCH.c.recorded_at).where(BATCH.c.same == same).order_by(BATCH.c.recorded_at.desc())
    found = connection.execute(earlier.limit(1)).first()
    if found is None:
        return None
    rows = select(func.max(LISTING.c.recorded_at)).where(LISTING.c.list.in_(codes))
    editions = select(func.max(EDITION.c.received_at)).where(EDITION.c.list.in_(codes))
    newest = [connection.execute(latest).scalar() or 0 for latest in (rows, editions)]
    return None if max(newest) > found.recorded_at else str(found.id)


def is_older_than(connection: Connection, covers: Iterable[Declaration], day: date) -> bool:
    """Tell whether the newest edition of some lists came before a day; false when none of them has any (期次较早)."""
    codes = sorted({declared.list for declared in covers})
    newest = connection.execute(select(func.max(EDITION.c.received_at)).where(EDITION.c.list.in_(codes))).scalar()
    return newest is not None and from_micros(newest).date() < day


def write_batch(connection: Connection, batch: dict[str, Any], covers: Iterable[Declaration]) -> None:
    """Write the record of a batch and the editions it declares."""
    connection.execute(insert(BATCH), batch)
    editions = [
        {
            "batch": batch["id"],
            "list": declared.list,
            "regions": json.dumps(declared.regions),
            "covers_from": declared.covers_from,
            "received_at": batch["recorded_at"],
        }
        for declared in covers
    ]
    if editions:
        connection.execute(insert(EDITION), editions)


def _batch_of(row: Row[Any], editions: tuple[Edition, ...]) -> Batch:
    return Batch(
        id=row.id,
        sha256=row.sha256,
        file_name=row.file_name,
        provider=row.provider,
        recorded_at=from_micros(row.recorded_at),
        editions=editions,
        rows=row.rows,
        added=row.added,
        changed=row.changed,
        unchanged=row.unchanged,
        missing=row.missing,
        version=row.version,
    )
