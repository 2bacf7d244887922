"""Rows on their way into the store (暂存): kept beside it in temporary tables, so that no file has to fit into memory.

Of every row its digests are staged; what it says, and the keys it is found under, only when it isn't believed already.
"""

from __future__ import annotations

from operator import length_hint
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import BigInteger, Column, MetaData, SmallInteger, Table, func, insert, literal, select

from jointsanction.identity.record_key import document_key
from jointsanction.store.changes import stands
from jointsanction.store.fingerprints import DeliveryDigest, arrival_of, refuse_unstorable
from jointsanction.store.keys import keys_of
from jointsanction.store.portions import LOOKED_UP, portions
from jointsanction.store.rows import SAYS
from jointsanction.store.tables import BIG_KEY, KEY, LISTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from sqlalchemy import Connection

    from jointsanction.model.subject import Listing
    from jointsanction.store.dialects.protocol import Dialect
    from jointsanction.store.fingerprints import Arrival
    from jointsanction.store.taking_in import Intake

PORTION: Final = 1000  # rows a statement: of more the garbage collector takes longer to see that they still live


def _like(name: str, table: Table, *, nullable: bool = True) -> Column[Any]:
    return Column(name, table.c[name].type, nullable=nullable)


_STAGED: Final = ("natural_key", "content", "raw", "document")
_METADATA: Final = MetaData()
ARRIVING: Final = Table(
    "arriving",
    _METADATA,
    Column("at", BigInteger(), nullable=False),
    *(_like(name, LISTING, nullable=False) for name in ("natural_key", "content", "list")),
    Column("stands", SmallInteger(), nullable=False),
    prefixes=["TEMPORARY"],
)
"""Every row of a file (送达记录): its place in the file, its digests, whether it stands."""
ARRIVING_ROW: Final = Table(
    "arriving_row",
    _METADATA,
    Column("at", BIG_KEY, primary_key=True, autoincrement=False),
    *(_like(name, LISTING) for name in (*SAYS, "row", *_STAGED)),
    prefixes=["TEMPORARY"],
)
"""What the rows say that are not believed already (待写记录)."""
ARRIVING_KEY: Final = Table(
    "arriving_key",
    _METADATA,
    *(_like(name, KEY, nullable=False) for name in ("key", "how")),
    Column("at", BigInteger(), nullable=False),
    prefixes=["TEMPORARY"],
)
"""The keys under which those are found (待写检索键)."""
LEAVING: Final = Table(
    "leaving",
    _METADATA,
    Column("id", BIG_KEY, primary_key=True, autoincrement=False),
    Column("missed", SmallInteger(), nullable=False),
    prefixes=["TEMPORARY"],
)
"""The rows of the store that no longer hold (待关闭记录); `missed` ones are believed on as missing."""


class Staged(NamedTuple):
    """What was staged of a file (暂存结果): `same` is equal for the same file, declarations and rows."""

    rows: int
    lists: frozenset[str]
    same: str


def stage(connection: Connection, intake: Intake, listings: Iterable[Listing], *, day: date) -> Staged:
    """Stage the rows of a file, portion by portion; `day` is the day they come in on.

    Raises:
        RegistryError: `registry.unstorable`.
    """
    _METADATA.create_all(connection, checkfirst=False)
    dialect, rows, expected = intake.dialect, map(arrival_of, listings), length_hint(listings)
    digest, known, count = DeliveryDigest(intake.delivery), _Known(connection, dialect), 0
    for portion in portions(rows, PORTION):
        digest.add(portion)
        _stage(connection, portion, _New(count, known.of(portion)), day=day, dialect=dialect)
        count += len(portion)
        if intake.progress is not None:
            intake.progress(count, max(count, expected))
    for table in _METADATA.sorted_tables:
        dialect.looked_over(connection, table)
    return Staged(count, frozenset(known.lists), digest.hexdigest())


def distinct(connection: Connection) -> int:
    """Return how many rows of a staged file say something that no other of its rows says."""
    said = select(ARRIVING.c.natural_key, ARRIVING.c.content).distinct().subquery()
    return int(connection.execute(select(func.count()).select_from(said)).scalar_one())


def unstage(connection: Connection, places: Iterable[int]) -> None:
    """Take rows back that say the same as an earlier one of the file."""
    for portion in portions(places, LOOKED_UP):
        connection.execute(ARRIVING_ROW.delete().where(ARRIVING_ROW.c.at.in_(portion)))
        connection.execute(ARRIVING_KEY.delete().where(ARRIVING_KEY.c.at.in_(portion)))


def clear(connection: Connection) -> None:
    """Take the temporary tables away; a transaction that fails takes them away by itself."""
    _METADATA.drop_all(connection, checkfirst=False)


class _New(NamedTuple):
    """Where a portion begins in its file, and which of its rows are believed already (新记录的判断)."""

    first: int
    known: frozenset[tuple[str, str]]


class _Known:
    """Which rows are believed already (现有记录), asked portion by portion, and never about lists without any."""

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        """Take the connection of the import."""
        self._connection, self._dialect = connection, dialect
        self.lists: dict[str, bool] = {}

    def of(self, portion: Iterable[Arrival]) -> frozenset[tuple[str, str]]:
        """Return digests of rows that say what the store believes, whatever else becomes of their records."""
        for code in {arrival.listing.list for arrival in portion} - self.lists.keys():
            believed = select(LISTING.c.id).where(LISTING.c.list == code, LISTING.c.superseded_at.is_(None)).limit(1)
            self.lists[code] = self._connection.execute(believed).first() is not None
        asked = sorted({each.natural_key for each in portion if self.lists[each.listing.list]})
        return frozenset(self._found(asked)) if asked else frozenset()

    def _found(self, keys: list[str]) -> Iterator[tuple[str, str]]:
        among = self._dialect.among(LISTING.c.natural_key, keys)
        standing = LISTING.c.superseded_at.is_(None), LISTING.c.missing_since.is_(None)
        wanted = select(LISTING.c.natural_key, LISTING.c.content).where(among, *standing)
        yield from ((key, content) for key, content in self._connection.execute(wanted))


def _stage(connection: Connection, portion: list[Arrival], new: _New, *, day: date, dialect: Dialect) -> None:
    all_of_them, rows, keys = [], [], []
    for at, arrival in enumerate(portion, new.first + 1):
        listing, digests = arrival.listing, (arrival.natural_key, arrival.content)
        all_of_them.append((at, *digests, listing.list, int(stands(listing, day))))
        if digests not in new.known:
            if listing.raw is not None:
                refuse_unstorable(listing, listing.raw)
            told = (listing.row, *digests, listing.raw, document_key(listing.instrument_no))
            rows.append((at, *arrival.said, *told))
            keys += [(key, how, at) for key, how in keys_of(listing, arrival.own_keys)]
    dialect.insert_many(connection, ARRIVING, all_of_them)
    dialect.insert_many(connection, ARRIVING_ROW, rows)
    dialect.insert_many(connection, ARRIVING_KEY, keys)


def write_rows(connection: Connection, places: tuple[int, int], *, base: int, given: Mapping[str, Any]) -> int:
    """Write the staged rows of some places of the file, first and last, and return how many (写入)."""
    said = {name: ARRIVING_ROW.c[name] for name in (*SAYS, "row", *_STAGED)}
    values = {"id": ARRIVING_ROW.c.at + base, **said}
    first, last = places
    rows = select(*values.values(), *(literal(value, LISTING.c[name].type) for name, value in given.items()))
    rows = rows.where(ARRIVING_ROW.c.at.between(first, last)).order_by(ARRIVING_ROW.c.at)
    writing = insert(LISTING).from_select([*values, *given], rows).execution_options(preserve_rowcount=True)
    return connection.execute(writing).rowcount


def write_keys(connection: Connection, *, base: int) -> None:
    """Write the keys of all staged rows, in the order of the index: so each of its pages is written once."""
    at = (ARRIVING_KEY.c.at + base).label("listing_id")
    rows = select(ARRIVING_KEY.c.key, ARRIVING_KEY.c.how, at)
    connection.execute(insert(KEY).from_select(["key", "how", "listing_id"], rows.order_by("key", "how", "listing_id")))
