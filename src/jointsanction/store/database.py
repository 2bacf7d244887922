"""The database file of a store (名单库文件): opening it, its transactions, and what its failures mean."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, create_engine, event, insert, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.pool import NullPool

from jointsanction.errors import RegistryError
from jointsanction.store.failures import no_store, schema_differs, told, unreachable
from jointsanction.store.tables import ABOUT, METADATA, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Column, Connection, Table


class Database:
    """One SQLite file and its transactions (名单库文件). No connection outlives its transaction."""

    def __init__(self, url: str, *, wait: float) -> None:
        """Prepare to reach a file; `wait` is how many seconds to wait for another writer."""
        self.url = url
        self.path = path_of(url)
        # Parameters are persons' data: they may not come to stand in the text of an exception.
        self._engine = create_engine(
            URL.create("sqlite", database=str(self.path)),
            poolclass=NullPool,
            hide_parameters=True,
            connect_args={"timeout": wait},
        )
        event.listen(self._engine, "connect", _on_connect)
        event.listen(self._engine, "begin", _on_begin)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store throughout."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one connection that may write: all that it did is kept or, after any exception, nothing."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def prepare(self, *, create: bool) -> None:
        """Make the tables if there are none and `create` says so, and check that we can read those there are.

        Raises:
            RegistryError: `registry.no_store`, `registry.schema`, `registry.unreachable` or `registry.busy`.
        """
        self._reach(create=create)
        with self.reading() as connection:
            tables = _tables(connection)
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        if not tables and not create:
            raise no_store(self.path, self.url)
        if mode != "wal":
            self._switch_to_wal()
        if not tables or (ABOUT.name in tables and not tables >= METADATA.tables.keys()):
            self._make_tables()
        self._check()
        self._add_columns()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            with self._engine.execution_options(jointsanction_begin=begin).begin() as connection:
                yield connection
        except DatabaseError as error:
            meant = told(error.orig, self.path)
            if meant is None:
                raise
            raise meant from error

    def _reach(self, *, create: bool) -> None:
        try:
            if self.path.exists():
                return
            if not create:
                raise no_store(self.path, self.url)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # The rows are personal data: nobody but their keeper reads the file until he says otherwise.
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise unreachable(self.path, error.strerror or "文件系统不允许") from error

    def _switch_to_wal(self) -> None:
        """Let readers read while an import writes; the file remembers it, and the next opening tries again."""
        with suppress(RegistryError), self._transaction("") as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")

    def _make_tables(self) -> None:
        with self.writing() as connection:
            # Another process may have made them while this one waited; a store made earlier lacks only the newer ones.
            new = not _tables(connection)
            METADATA.create_all(connection)
            if new:
                connection.execute(insert(ABOUT), {"name": "schema", "value": str(SCHEMA)})

    def _add_columns(self) -> None:
        """Add to a store made earlier the columns that came later, all of which may be empty, and their indexes."""
        with self.reading() as connection:
            if not _columns_lacking(connection):
                return
        with self.writing() as connection:
            # Another process may have added them while this one waited.
            for column in _columns_lacking(connection):
                kind = column.type.compile(connection.dialect)
                connection.exec_driver_sql(f'ALTER TABLE "{column.table.name}" ADD COLUMN "{column.name}" {kind}')
            for index in (index for table in METADATA.tables.values() for index in table.indexes):
                index.create(connection, checkfirst=True)

    def _check(self) -> None:
        with self.reading() as connection:
            if not _tables(connection) >= METADATA.tables.keys():
                raise unreachable(self.path, "文件不是名单库，或名单库不完整")
            written = connection.execute(select(ABOUT.c.value).where(ABOUT.c.name == "schema")).scalar()
        if written != str(SCHEMA):
            raise schema_differs(self.path, written)


def insert_many(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows given in the order of the table's columns; columns they leave out at its end stay empty.

    By the driver's own executemany: the dictionaries that SQLAlchemy takes cost twice what SQLite does with them.
    """
    if rows:
        names = [column.name for column in table.columns][: len(rows[0])]
        statement = insert(table).compile(dialect=connection.dialect, column_keys=names)
        connection.exec_driver_sql(str(statement), list(rows))


def path_of(url: str) -> Path:
    """Return the file that a store's URL names.

    >>> path_of("sqlite:///credit.db").name
    'credit.db'

    Raises:
        RegistryError: `registry.url` for anything but a SQLite file.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.drivername != "sqlite" or parsed.query or parsed.database in {None, "", ":memory:"}:
        message = "名单库地址无法识别：目前只支持 SQLite 文件。"
        raise RegistryError("registry.url", message, "请写成 sqlite:///路径，例如 sqlite:///credit.db。")
    return Path(str(parsed.database))


def _columns_lacking(connection: Connection) -> list[Column[Any]]:
    found = inspect(connection)
    there = {name: {column["name"] for column in found.get_columns(name)} for name in METADATA.tables}
    columns = (column for table in METADATA.tables.values() for column in table.columns)
    return [column for column in columns if column.nullable and column.name not in there[column.table.name]]


def _tables(connection: Connection) -> frozenset[str]:
    return frozenset(inspect(connection).get_table_names())


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # the driver's habit of opening transactions by itself would delay the lock
    connection.execute("PRAGMA foreign_keys=ON")
    # 64 MiB: into SQLite's own two the indexes of a large import don't fit.
    connection.execute("PRAGMA cache_size=-65536")


def _on_begin(connection: Connection) -> None:
    begin = connection.get_execution_options()["jointsanction_begin"]
    if begin:
        connection.exec_driver_sql(begin)
