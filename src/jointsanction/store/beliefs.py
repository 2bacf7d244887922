"""What is believed, compared and superseded (现有记录): all of it in the one transaction that it is handed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from sqlalchemy import and_, case, func, or_, select, union_all, update

from jointsanction.identity.keys import own_keys
from jointsanction.identity.record_key import document_key
from jointsanction.store.changes import Believed, Came, Tally, compare
from jointsanction.store.keys import keys_of
from jointsanction.store.portions import LOOKED_UP, STREAMED
from jointsanction.store.rows import COLUMNS, said_by, with_listings
from jointsanction.store.staging import ARRIVING, ARRIVING_ROW, LEAVING, unstage, write_keys, write_rows
from jointsanction.store.tables import EDITION, KEY, LISTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection, Select

    from jointsanction.store.batches import Declaration
    from jointsanction.store.dialects.protocol import Dialect

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many rows are done and how many there are: first while they are looked at, then while they are written."""

_PORTION: Final = 20_000  # rows a statement: progress should be seen
_COUNTED_ANEW: Final = 10  # a table that grew by a tenth is another one to who plans by its figures


class Moment(NamedTuple):
    """The batch being taken in and its instant (导入时点); `day` is that of the instant in China."""

    batch: str
    recorded_at: int
    day: date


def compare_staged(connection: Connection, covers: Sequence[Declaration], *, day: date, dialect: Dialect) -> Tally:
    """Compare a staged file with what is believed, and stage which rows of the store end by it (比对)."""
    tally, leaving, doubled = Tally(), list[tuple[int, int]](), list[int]()
    for verdict in compare(_arriving(connection), _believed(connection, covers, day), covers, tally):
        leaving += [(row.id, 0) for row in verdict.superseded]
        leaving += [(row.id, 1) for row in verdict.missing]
        doubled += [row.at for row in verdict.doubled]
        if len(leaving) >= _PORTION:
            dialect.insert_many(connection, LEAVING, leaving)
            leaving.clear()
    dialect.insert_many(connection, LEAVING, leaving)
    dialect.looked_over(connection, LEAVING)
    unstage(connection, doubled)
    return tally


def write_staged(connection: Connection, moment: Moment, *, dialect: Dialect, progress: Progress | None) -> None:
    """Close the rows that no longer hold and add what takes their place; nothing else is ever done to a row."""
    among = LISTING.c.id.in_(select(LEAVING.c.id))
    connection.execute(update(LISTING).where(among).values(superseded_at=moment.recorded_at))
    there = last_id = connection.execute(select(func.max(LISTING.c.id))).scalar() or 0
    coming, missed = (_count(connection, counted) for counted in (_STAGED, _MISSED))
    rebuilt = dialect.may_rebuild(last_id, coming) and coming > _PORTION
    for index in LISTING.indexes if rebuilt else ():
        index.drop(connection)
    told = _Told(progress, coming + missed)
    given = {"batch": moment.batch, "recorded_at": moment.recorded_at}
    for places in _stretches(connection):
        told.more(write_rows(connection, places, base=last_id, given=given))
    write_keys(connection, base=last_id)
    last_id = connection.execute(select(func.max(LISTING.c.id))).scalar() or 0
    for portion in _missed(connection):
        _write_missed(connection, portion, moment, last_id=last_id, dialect=dialect)
        last_id += len(portion)
        told.more(len(portion))
    for index in LISTING.indexes if rebuilt else ():
        index.create(connection)
    if coming * _COUNTED_ANEW > there:
        for table in (LISTING, KEY):
            dialect.looked_over(connection, table)


class _Told:
    """Tells how far the writing is (进度)."""

    def __init__(self, progress: Progress | None, rows: int) -> None:
        self._progress, self._rows, self._done = progress, rows, 0

    def more(self, rows: int) -> None:
        """Tell that so many more are written."""
        self._done += rows
        if self._progress is not None:
            self._progress(self._done, self._rows)


def _arriving(connection: Connection) -> Iterator[Came]:
    wanted = select(*(ARRIVING.c[name] for name in Came._fields))
    wanted = wanted.order_by(ARRIVING.c.natural_key, ARRIVING.c.content, ARRIVING.c.at)
    for portion in connection.execute(wanted, execution_options=STREAMED).partitions():
        yield from map(Came._make, portion)


def standing(day: date) -> ColumnElement[bool]:
    """Return the condition of `stands`, for a row believed."""
    return and_(
        LISTING.c.listed_on.is_not(None),
        LISTING.c.removed_on.is_(None),
        or_(LISTING.c.valid_to.is_(None), LISTING.c.valid_to >= day),
        LISTING.c.missing_since.is_(None),
    )


def _believed(connection: Connection, covers: Sequence[Declaration], day: date) -> Iterator[Believed]:
    """Yield the rows that a file may change: those of its natural keys, and all of a list that it declares whole."""
    regions, whole = _regions_declared(connection), sorted({declared.list for declared in covers})
    listing = LISTING.c
    compared = select(
        listing.natural_key,
        listing.content,
        listing.id,
        listing.list,
        case((standing(day), 1), else_=0).label("stands"),
        case((listing.missing_since.is_not(None), 1), else_=0).label("is_missing"),
        listing.region,
        listing.batch,
    )
    compared = compared.where(listing.superseded_at.is_(None))
    named = listing.natural_key.in_(select(ARRIVING.c.natural_key).where(ARRIVING.c.list.not_in(whole)))
    # Two queries put together: for an "or" either database would read the whole table.
    both = union_all(compared.where(listing.list.in_(whole)), compared.where(named)) if whole else compared.where(named)
    wanted = both.order_by("natural_key", "content")
    for portion in connection.execute(wanted, execution_options=STREAMED).partitions():
        for key, content, number, code, stands, is_missing, region, batch in portion:
            within = (region,) if region else regions[batch, code]
            yield Believed(key, content, number, code, stands, is_missing, within)


def _regions_declared(connection: Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the regions for which each batch declared each list whole: there its rows without a region belong."""
    found: dict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for batch, code, regions in connection.execute(select(EDITION.c.batch, EDITION.c.list, EDITION.c.regions)):
        found[batch, code] += tuple(json.loads(regions))
    return found


def _count(connection: Connection, counted: Select[Any]) -> int:
    return int(connection.execute(counted).scalar_one())


def _stretches(connection: Connection) -> Iterator[tuple[int, int]]:
    """Yield the first and the last place of each portion of the staged rows."""
    last = 0
    while True:
        places = select(ARRIVING_ROW.c.at).where(ARRIVING_ROW.c.at > last).order_by(ARRIVING_ROW.c.at).limit(_PORTION)
        of = places.subquery()
        first, end = connection.execute(select(func.min(of.c.at), func.max(of.c.at))).one()
        if end is None:
            return
        yield first, end
        last = end


def _missed(connection: Connection) -> Iterator[list[int]]:
    """Yield the rows that a complete edition no longer names, portion by portion."""
    missed, last = select(LEAVING.c.id).where(LEAVING.c.missed == 1).order_by(LEAVING.c.id).limit(LOOKED_UP), 0
    while portion := list(connection.execute(missed.where(LEAVING.c.id > last)).scalars()):
        yield portion
        last = portion[-1]


def _write_missed(connection: Connection, ids: list[int], moment: Moment, *, last_id: int, dialect: Dialect) -> None:
    """Write rows that a complete edition no longer names, as they are believed from now on."""
    among = select(LISTING.c.natural_key, LISTING.c.content, LISTING.c.raw, *COLUMNS).where(LISTING.c.id.in_(ids))
    found = connection.execute(among.order_by(LISTING.c.id)).all()
    listings, keys = [], []
    for at, (told, listing) in enumerate(with_listings(found, 3), last_id + 1):
        known = (moment.day.isoformat(), listing.batch, listing.row, moment.recorded_at)
        listings.append((at, *said_by(listing), *known, *told, document_key(listing.instrument_no)))
        keys += [(key, how, at) for key, how in keys_of(listing, own_keys(listing))]
    dialect.insert_many(connection, LISTING, listings)
    dialect.insert_many(connection, KEY, sorted(keys))  # neighbours in the index are then written together


_STAGED: Final = select(func.count()).select_from(ARRIVING_ROW)
_MISSED: Final = select(func.count()).where(LEAVING.c.missed == 1)
