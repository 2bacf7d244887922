"""The database of a store (名单库所在数据库): opening it, its transactions, and what its failures mean."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import event, inspect, select
from sqlalchemy.exc import DatabaseError

from jointsanction.errors import RegistryError
from jointsanction.store.dialects import dialect_of
from jointsanction.store.failures import INCOMPLETE, no_store, schema_behind, schema_differs, unreachable
from jointsanction.store.layout import LISTS, lay_out, layout_of, migrate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from jointsanction.store.shape import Shape


class Database:
    """One database and its transactions (名单库所在数据库). None but a service keeps connections."""

    def __init__(self, url: str, *, wait: float, shape: Shape = LISTS) -> None:
        """Prepare to reach a database; `wait` is how many seconds to wait for another writer."""
        self.url = url
        self.shape = shape
        self.dialect = dialect_of(url, wait=wait, lock=shape.lock)
        self._failures: tuple[type[Exception], ...] = (DatabaseError, *self.dialect.failures)
        event.listen(self.dialect.engine, "begin", _on_begin)

    def stay_open(self) -> None:
        """Keep ready between transactions what each would have to set up anew; for a service (常驻)."""
        self.dialect.stay_open()
        if not event.contains(self.dialect.engine, "begin", _on_begin):
            event.listen(self.dialect.engine, "begin", _on_begin)

    def let_go(self) -> None:
        """Give up what is kept ready (不再常驻)."""
        self.dialect.let_go()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store throughout."""
        with self._transaction(self.dialect.begin_reading) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one connection that may write: all that it did is kept or, after any exception, nothing."""
        with self._transaction(self.dialect.begin_writing) as connection:
            yield connection

    @contextmanager
    def sharing(self) -> Iterator[Connection]:
        """Give a connection that writes rows it locked itself; on a server it waits for no other writer."""
        with self._transaction(self.dialect.begin_sharing) as connection:
            yield connection

    def prepare(self, *, create: bool) -> None:
        """Make the tables if there are none and `create` says so, and check that we can read those there are.

        Raises:
            RegistryError: `registry.no_store`, `registry.schema`, `registry.unreachable` or `registry.busy`.
        """
        self.dialect.reach(create=create)
        with self.reading() as connection:
            tables, settled = self._tables(connection), self.dialect.is_settled(connection)
        if not tables and not create:
            raise no_store(self.dialect.shown, self.dialect.address)
        if not settled:
            # A reader at work is no reason to refuse a store: the next opening settles it.
            with suppress(RegistryError), self._transaction(None) as connection:
                self.dialect.settle(connection)
        if not tables:
            self._make_tables()
        if self.layout() != self.shape.layout:
            if not self.dialect.upgrades_itself:
                raise schema_behind(self.dialect.shown, self.layout(), self.dialect.address)
            self.migrate(self.shape.layout)
        with self.reading() as connection:
            if not self._tables(connection) >= self.shape.metadata.tables.keys():
                raise unreachable(self.dialect.shown, INCOMPLETE)

    def reached(self) -> Database:
        """Return itself when there is a store, whatever its layout.

        Raises:
            RegistryError: `registry.no_store`, `registry.unreachable`, `registry.schema`.
        """
        self.dialect.reach(create=False)
        with self.reading() as connection:
            if not self._tables(connection):
                raise no_store(self.dialect.shown, self.dialect.address)
        self.layout()
        return self

    def layout(self) -> str | None:
        """Return the layout of the tables (库结构版本), None for that of before layouts were counted.

        Raises:
            RegistryError: `registry.unreachable` when it is no store, `registry.schema` when a newer program wrote it.
        """
        with self.reading() as connection:
            about = self.shape.about
            if about.name not in self._tables(connection):
                raise unreachable(self.dialect.shown, INCOMPLETE)
            said = connection.execute(select(about.c.value).where(about.c.name == "schema")).scalar()
            layout = layout_of(connection, self.shape)
        if said != str(self.shape.schema):
            raise schema_differs(self.dialect.shown, said, str(self.shape.schema))
        if layout is not None and layout > self.shape.layout:
            raise schema_differs(self.dialect.shown, layout, self.shape.layout)
        return layout

    def migrate(self, layout: str) -> None:
        """Bring the tables to a layout, all of it or nothing (升级或降级库结构)."""
        with self.writing() as connection:
            migrate(connection, layout, self.shape)

    @contextmanager
    def _transaction(self, begin: Callable[[Connection], None] | None) -> Iterator[Connection]:
        try:
            with self.dialect.engine.execution_options(jointsanction_begin=begin).begin() as connection:
                yield connection
        except self._failures as error:
            meant = self.dialect.told(error.orig if isinstance(error, DatabaseError) else error)
            if meant is None:
                raise self.dialect.fit_to_show(error) from None
            raise meant from error

    def _make_tables(self) -> None:
        with self.writing() as connection:
            # Another process may have made them while this one waited.
            if not self._tables(connection):
                lay_out(connection, self.shape)

    def _tables(self, connection: Connection) -> frozenset[str]:
        return self.shape.among(inspect(connection).get_table_names())


def _on_begin(connection: Connection) -> None:
    begin = connection.get_execution_options()["jointsanction_begin"]
    if begin is not None:
        begin(connection)
