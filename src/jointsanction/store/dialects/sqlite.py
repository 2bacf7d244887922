"""A store in one SQLite file (SQLite 名单库), in WAL mode: readers read on while an import writes."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import quote

from sqlalchemy import URL, create_engine, event, func, select
from sqlalchemy.pool import NullPool

from jointsanction.store.failures import INCOMPLETE, busy, no_store, unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection, Table

    from jointsanction.errors import RegistryError

_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_OURS: Final = frozenset(
    {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_MISUSE}
)
"""Failures that are bugs of ours and not of the file: they are left alone to be seen."""

_REASONS: Final = {
    sqlite3.SQLITE_NOTADB: "文件不是 SQLite 数据库",
    sqlite3.SQLITE_CORRUPT: "文件已损坏",
    sqlite3.SQLITE_CANTOPEN: "无法打开文件",
    sqlite3.SQLITE_READONLY: "没有写入权限",
    sqlite3.SQLITE_FULL: "磁盘空间已满",
}
_PRIMARY: Final = 0xFF  # SQLite's extended codes carry the primary one in their low byte


class Sqlite:
    """One SQLite file (名单库文件)."""

    upgrades_itself = True
    failures = (sqlite3.DatabaseError,)

    def __init__(self, url: URL, *, wait: float) -> None:
        """Prepare to reach a file; `wait` is how many seconds to wait for another writer."""
        self.path = Path(str(url.database))
        self.shown, self.address = str(self.path), url.render_as_string()
        # Parameters are persons' data: they may not come to stand in the text of an exception.
        self.engine = create_engine(
            # A file that somebody takes away is an error, and no empty store on the spot.
            URL.create("sqlite", database=f"file:{quote(str(self.path))}", query={"mode": "rw", "uri": "true"}),
            poolclass=NullPool,
            hide_parameters=True,
            connect_args={"timeout": wait},
        )
        event.listen(self.engine, "connect", _on_connect)
        self._held: sqlite3.Connection | None = None

    def stay_open(self) -> None:
        """Keep the file open: whoever closes it last has to bring the log into it, which costs as much as a commit."""
        if self._held is None:
            address = f"file:{quote(str(self.path))}?mode=rw"
            self._held = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
            self._held.execute("SELECT count(*) FROM sqlite_master").fetchall()

    def let_go(self) -> None:
        """Close what was kept open."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def reach(self, *, create: bool) -> None:
        """Make the file when there is none and `create` says so."""
        try:
            if self.path.exists():
                return
            if not create:
                raise no_store(self.shown, self.address)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # The rows are personal data: nobody but their keeper reads the file until he says otherwise.
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise unreachable(self.shown, error.strerror or "文件系统不允许") from error

    def begin_reading(self, connection: Connection) -> None:
        """Begin a transaction that sees one state of the file throughout."""
        connection.exec_driver_sql("BEGIN")

    def begin_writing(self, connection: Connection) -> None:
        """Begin the one transaction that may write."""
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def begin_sharing(self, connection: Connection) -> None:
        """Begin as the one writer: a file knows no locks but its own."""
        self.begin_writing(connection)

    def is_settled(self, connection: Connection) -> bool:
        """Tell whether the file is in WAL mode."""
        return bool(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal")

    def settle(self, connection: Connection) -> None:
        """Let readers read while an import writes; the file remembers it."""
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")

    def told(self, error: BaseException | None) -> RegistryError | None:
        """Return what a failure means for its user, None when it is a bug of ours."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
        if code in _OURS:
            return unreachable(self.shown, INCOMPLETE) if str(error).startswith("no such table") else None
        if code in _BUSY:
            return busy(self.shown)
        return unreachable(self.shown, _REASONS.get(code, str(error)))

    def fit_to_show(self, error: Exception) -> Exception:
        """Return a bug of ours as it is: SQLite names columns and never a value."""
        return error

    def among(self, column: ColumnElement[str], values: list[str]) -> ColumnElement[bool]:
        """Hand the values over as JSON."""
        return column.in_(select(func.json_each(json.dumps(values)).table_valued("value").c.value))

    def insert_many(self, connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows by the driver's own executemany: what SQLAlchemy does around it costs more than SQLite itself."""
        driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        if not any(column.nullable for column in table.columns):
            driver.executemany(_insert(table), rows)
            return
        for filled, alike in _by_shape(rows).items():
            driver.executemany(_insert(table, filled), alike)

    def looked_over(self, connection: Connection, table: Table) -> None:
        """Leave it: SQLite plans by the indexes alone."""

    def filled(self, connection: Connection, table: Table) -> None:
        """Leave it: SQLite counts on from the highest number there is."""

    def may_rebuild(self, there: int, coming: int) -> bool:
        """Tell whether an import at least doubles the table; readers go on in the state of before meanwhile."""
        return coming >= there


def _insert(table: Table, filled: Sequence[bool] | None = None) -> str:
    """Return the statement that fills all columns of a table, or some."""
    columns = table.columns if filled is None else compress(table.columns, filled)
    names = [f'"{column.name}"' for column in columns]
    # Put together here: SQLAlchemy takes longer over the statement than SQLite over a hundred rows.
    return f'INSERT INTO "{table.name}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'  # noqa: S608


def _by_shape(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[bool, ...], list[tuple[Any, ...]]]:
    """Return the rows by which of their columns are filled: an empty one costs as much to hand over as a full one.

    The rows of one file are nearly all of one shape, with half of the columns empty.
    """
    shapes: dict[tuple[bool, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        filled = tuple([value is not None for value in row])
        shapes[filled].append(tuple(compress(row, filled)))
    return shapes


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # the driver's habit of opening transactions by itself would delay the lock
    connection.execute("PRAGMA foreign_keys=ON")
    # An import that was said to be done is still there after a power cut; some systems build SQLite to say so earlier.
    connection.execute("PRAGMA synchronous=FULL")
    # 64 MiB: into SQLite's own two the indexes of a large import don't fit.
    connection.execute("PRAGMA cache_size=-65536")
