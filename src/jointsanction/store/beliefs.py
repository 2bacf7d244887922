"""What is believed, read and superseded row by row (现有记录): all of it in the one transaction that it is handed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar

from sqlalchemy import bindparam, func, select, update

from jointsanction.identity.keys import own_keys
from jointsanction.identity.record_key import document_key
from jointsanction.store.changes import Believed
from jointsanction.store.database import insert_many
from jointsanction.store.keys import keys_of
from jointsanction.store.rows import COLUMNS, listings_of, said_by
from jointsanction.store.tables import EDITION, KEY, LISTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

    from jointsanction.model.subject import Listing
    from jointsanction.store.batches import Declaration
    from jointsanction.store.changes import Changes
    from jointsanction.store.fingerprints import Arrival

_T = TypeVar("_T")

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many rows are written and how many there are to write."""

_PORTION: Final = 5000  # rows a statement: beyond this nothing gets faster, and progress should be seen
_LOOKED_UP: Final = 500  # values in one IN (…), well below what any database allows

_COMPARED: Final[tuple[ColumnElement[Any], ...]] = (
    *(LISTING.c[name] for name in Believed._fields if name != "regions"),
    LISTING.c.region,
    LISTING.c.batch,
)


class Moment(NamedTuple):
    """The batch being taken in and its instant (导入时点); `day` is that of the instant in China."""

    batch: str
    recorded_at: int
    day: date


class _Belief(NamedTuple):
    """A row believed from now on (待写记录). `batch` is the file that says it; of a missing row, the earlier one."""

    listing: Listing
    own_keys: tuple[str, ...]
    natural_key: str
    content: str
    batch: str
    missing_since: str | None = None

    def __repr__(self) -> str:
        """Show list and row only."""
        return f"_Belief({self.listing!r})"


def believed_rows(
    connection: Connection, arrivals: Sequence[Arrival], covers: Sequence[Declaration]
) -> Iterator[Believed]:
    """Yield the rows that a file may change: those of its natural keys, and all of a list that it declares whole."""
    whole = {declared.list for declared in covers}
    partly = {arrival.natural_key for arrival in arrivals if arrival.listing.list not in whole}
    regions = _regions_declared(connection)
    for column, values in ((LISTING.c.list, whole), (LISTING.c.natural_key, partly)):
        for *compared, region, batch in _believed(connection, column, sorted(values)):
            row = Believed(*compared)
            yield row._replace(regions=(region,) if region else regions[batch, row.list])


def write_changes(connection: Connection, changes: Changes, *, moment: Moment, progress: Progress | None) -> None:
    """Close the rows that no longer hold and add what takes their place; nothing else is ever done to a row."""
    beliefs = [
        *(_Belief(*arrival, moment.batch) for arrival in changes.added),
        *(_Belief(*arrival, moment.batch) for _, arrival in changes.changed),
        *_missed(connection, changes.missing, moment.day),
    ]
    _close(connection, (*changes.superseded, *changes.missing), moment.recorded_at)
    last_id = connection.execute(select(func.max(LISTING.c.id))).scalar() or 0
    for done in range(0, len(beliefs), _PORTION):
        portion = beliefs[done : done + _PORTION]
        _insert(connection, portion, last_id=last_id + done, recorded_at=moment.recorded_at)
        if progress is not None:
            progress(done + len(portion), len(beliefs))


def _regions_declared(connection: Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the regions for which each batch declared each list whole: there its rows without a region belong."""
    found: dict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for batch, code, regions in connection.execute(select(EDITION.c.batch, EDITION.c.list, EDITION.c.regions)):
        found[batch, code] += tuple(json.loads(regions))
    return found


def _believed(
    connection: Connection, column: ColumnElement[Any], values: Sequence[object]
) -> Iterator[tuple[Any, ...]]:
    for portion in _looked_up(values):
        found = select(*_COMPARED).where(column.in_(portion), LISTING.c.superseded_at.is_(None)).order_by(LISTING.c.id)
        yield from map(tuple, connection.execute(found))


def _missed(connection: Connection, missing: Iterable[Believed], day: date) -> Iterator[_Belief]:
    """Yield the rows that a complete edition no longer names, as they are believed from now on."""
    for portion in _looked_up(sorted(missing)):
        among = LISTING.c.id.in_([row.id for row in portion])
        listings = listings_of(connection.execute(select(*COLUMNS).where(among).order_by(LISTING.c.id)).all())
        printed = connection.execute(select(LISTING.c.raw).where(among).order_by(LISTING.c.id)).scalars()
        for row, listing, raw in zip(portion, listings, printed, strict=True):
            keys = own_keys(listing)
            as_printed = replace(listing, raw=raw)
            yield _Belief(as_printed, keys, row.natural_key, row.content, str(listing.batch), day.isoformat())


def _close(connection: Connection, rows: Iterable[Believed], recorded_at: int) -> None:
    closed = [{"closed": row.id} for row in rows]
    if closed:
        closing = update(LISTING).where(LISTING.c.id == bindparam("closed")).values(superseded_at=recorded_at)
        connection.execute(closing, closed)


def _insert(connection: Connection, beliefs: Iterable[_Belief], *, last_id: int, recorded_at: int) -> None:
    listings, keys = [], []
    for listing_id, belief in enumerate(beliefs, last_id + 1):
        listing = belief.listing
        known = (belief.missing_since, belief.batch, listing.row, recorded_at)
        told = (belief.natural_key, belief.content, listing.raw, document_key(listing.instrument_no))
        listings.append((listing_id, *said_by(listing), *known, *told))
        keys += [(key, how, listing_id) for key, how in keys_of(listing, belief.own_keys)]
    insert_many(connection, LISTING, listings)
    insert_many(connection, KEY, sorted(keys))  # neighbours in the index are then written together


def _looked_up(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(values), _LOOKED_UP):
        yield values[start : start + _LOOKED_UP]
