"""The door to reading rows in bulk (名单扫描), for work lists and exports: nothing is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.store.instants import to_micros
from jointsanction.store.scanning import Among, arrivals, batches_of, glances, glances_sharing, rows_at, shapes
from jointsanction.store.since import changed_since

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from jointsanction.model.subject import Listing
    from jointsanction.store.database import Database
    from jointsanction.store.scanning import Arrived, Shape
    from jointsanction.store.since import Changed


class Scan:
    """What reads the rows of a store in bulk (名单扫描); each of its answers is one state of the store."""

    def __init__(self, database: Database) -> None:
        """Take the database of a store."""
        self._database = database

    def changed(
        self, codes: Iterable[str], *, since: datetime, region: str | None = None, records: Collection[str] = ()
    ) -> Iterator[Changed]:
        """Yield the rows of some lists that are believed only since an instant, each with how it stood then (变动).

        Of `records` the rows that stood then already come too.

        Raises:
            RegistryError: `registry.naive`.
        """
        among = Among(lists=tuple(codes), region=region)
        with self._database.reading() as connection:
            yield from changed_since(connection, among, to_micros(since), records)

    def shapes(self, among: Among, apart: Collection[str] = ()) -> Iterator[Shape]:
        """Yield the rows of a scope, those that stand alike together, the records `apart` by themselves (同类记录)."""
        with self._database.reading() as connection:
            yield from shapes(connection, among, apart)

    def glances(self, among: Among) -> Iterator[Listing]:
        """Yield who each row of a scope is about, in the order they were taken in (记录的主体)."""
        with self._database.reading() as connection:
            yield from glances(connection, among)

    def sharing(self, among: Among, how: str) -> Iterator[tuple[str, tuple[Listing, ...]]]:
        """Yield each key, `own` or `name`, that several rows of a scope have, with those rows (同一检索键的记录)."""
        with self._database.reading() as connection:
            yield from glances_sharing(connection, among, how)

    def arrivals(self, among: Among) -> Iterator[Arrived]:
        """Yield when each record of a scope was first heard of (送达时间)."""
        with self._database.reading() as connection:
            yield from arrivals(connection, among)

    def batches_of(self, records: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield each of some records with the batch that brought it (记录的批次)."""
        with self._database.reading() as connection:
            yield from batches_of(connection, records)

    def at(self, ids: Iterable[int]) -> Iterator[tuple[int, Listing]]:
        """Yield the rows at some places, in the order asked for (按位置取记录)."""
        with self._database.reading() as connection:
            yield from rows_at(connection, ids)
