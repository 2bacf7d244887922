"""A store in a database of PostgreSQL (PostgreSQL 名单库): one writer at a time, by a lock of the server."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, String, any_, create_engine, event, func, literal, select, text
from sqlalchemy.pool import NullPool

from jointsanction.errors import MissingExtraError
from jointsanction.store.failures import INCOMPLETE, busy, unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import URL, ColumnElement, Connection, Table

    from jointsanction.errors import RegistryError

_LINK: Final = {
    "application_name": "jointsanction",
    "client_encoding": "utf8",
    "connect_timeout": 10,
    # A server that vanished without a word is given up after half a minute, and not after two hours.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    # A pooler between us and the server may give each transaction another session: nothing is prepared for the next.
    "prepare_threshold": None,
}

_BUSY: Final = ("40", "55P03")
_REASONS: Final = {
    "08": "与数据库的连接中断",
    "25006": "数据库只读",
    "28": "数据库不接受该用户名或密码",
    "3D000": "没有这个数据库",
    "42501": "没有权限",
    "42P01": INCOMPLETE,
    "53100": "磁盘空间已满",
    "53200": "数据库内存不足",
    "53300": "数据库的连接数已满",
    "53": "数据库资源不足",
    "57014": "数据库取消了该操作",
    "57": "数据库已停止或正在重新启动",
    "58": "数据库读写文件出错",
    "F0": "数据库配置有误",
    "XX": "数据库已损坏或内部出错",
}
"""What a SQLSTATE means, by as many of its characters as are needed; any other is a bug of ours."""


_KEPT: Final = 4
"""So many connections a process keeps ready, and so many more it may have for a moment."""

_NAMES_COLUMNS: Final = ("23", "42")
"""Failures whose first line names tables and columns, and never a value."""


class Postgres:
    """A database of PostgreSQL (数据库)."""

    upgrades_itself = False

    def __init__(self, url: URL, *, wait: float, lock: int) -> None:
        """Prepare to reach a database; `wait` is how many seconds to wait for another writer, `lock` what they lock.

        Raises:
            MissingExtraError: `registry.no_postgres` when the driver is not installed.
        """
        if find_spec("psycopg") is None:
            message = "名单库在 PostgreSQL 中，需要可选组件 postgres。"
            raise MissingExtraError("registry.no_postgres", message, "请安装：pip install 'jointsanction[postgres]'")
        from psycopg import Error  # noqa: PLC0415 - only now is it known to be there

        self.failures = (Error,)
        self._wait, self._lock = max(1, round(wait * 1000)), lock
        plain = url.set(drivername="postgresql")
        self.shown = self.address = plain.render_as_string(hide_password=True)
        # Parameters are persons' data: they may not come to stand in the text of an exception.
        self._url = url.set(drivername="postgresql+psycopg")
        self.engine = create_engine(self._url, poolclass=NullPool, hide_parameters=True, connect_args=_LINK)
        event.listen(self.engine, "connect", _on_connect)

    def stay_open(self) -> None:
        """Keep connections for the next transactions: to make one costs more than most of them; each is tried first."""
        self.engine = create_engine(
            self._url, pool_size=_KEPT, max_overflow=_KEPT, pool_pre_ping=True, hide_parameters=True, connect_args=_LINK
        )
        event.listen(self.engine, "connect", _on_connect)

    def let_go(self) -> None:
        """Close the connections that are kept."""
        self.engine.dispose()

    def reach(self, *, create: bool) -> None:
        """Leave it to the first connection: a database is made by whoever runs the server."""

    def begin_reading(self, connection: Connection) -> None:
        """See one state of the store throughout."""
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))

    def begin_writing(self, connection: Connection) -> None:
        """Take the lock of the one writer; what others wrote before is seen, because nothing was read yet."""
        connection.execute(text(f"SET LOCAL lock_timeout = {self._wait}"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({self._lock}, hashtext(current_schema()))"))
        connection.execute(text("SET LOCAL lock_timeout = 0"))

    def begin_sharing(self, connection: Connection) -> None:
        """Take no lock: the rows are locked one by one."""

    def is_settled(self, connection: Connection) -> bool:  # noqa: ARG002 - the Protocol's
        """Tell that there is nothing to set."""
        return True

    def settle(self, connection: Connection) -> None:
        """Set nothing."""

    def told(self, error: BaseException | None) -> RegistryError | None:
        """Return what a failure means for its user, None when it is a bug of ours."""
        state: str | None = getattr(error, "sqlstate", None)
        if state is None:
            # Without a code the driver itself speaks: it can't connect, or the server is gone. Its first line names
            # host and database and never a row.
            return (
                unreachable(self.shown, (str(error).splitlines() or [_REASONS["08"]])[0]) if _is_link(error) else None
            )
        if state.startswith(_BUSY):
            return busy(self.shown)
        reason = next((_REASONS[state[:size]] for size in (5, 2) if state[:size] in _REASONS), None)
        return None if reason is None else unreachable(self.shown, reason)

    def fit_to_show(self, error: Exception) -> Exception:
        """Return a bug of ours by its code and first line: below that PostgreSQL quotes the whole row."""
        told = getattr(getattr(error, "orig", error), "diag", None)
        state = getattr(told, "sqlstate", None) or type(error).__name__
        primary = told.message_primary if told is not None and state.startswith(_NAMES_COLUMNS) else "…"
        return RuntimeError(f"PostgreSQL {state}: {primary}")

    def among(self, column: ColumnElement[str], values: list[str]) -> ColumnElement[bool]:
        """Hand the values over as an array."""
        return column == any_(literal(values, ARRAY(String())))

    def insert_many(self, connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows by COPY."""
        given = list(rows)
        if given:
            names = ", ".join(f'"{column.name}"' for column in list(table.columns)[: len(given[0])])
            driver: Any = connection.connection.driver_connection
            with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
                for row in given:
                    copy.write_row(row)

    def looked_over(self, connection: Connection, table: Table) -> None:
        """Count a table: nobody else ever counts a temporary one."""
        connection.execute(text(f'ANALYZE "{table.name}"'))

    def filled(self, connection: Connection, table: Table) -> None:
        """Set the table's own counter behind the highest number there is, and count the table."""
        for column in table.primary_key.columns:
            told = {"table": table.name, "column": column.name}
            counter = connection.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), told).scalar()
            highest = connection.execute(select(func.max(column))).scalar() if counter else None
            if highest is not None:
                connection.execute(text("SELECT setval(:counter, :highest)"), {"counter": counter, "highest": highest})
        self.looked_over(connection, table)

    def may_rebuild(self, there: int, coming: int) -> bool:  # noqa: ARG002 - the Protocol's
        """Tell whether the table is empty: dropping an index keeps all readers waiting until the import ends."""
        return there == 0


def _is_link(error: BaseException | None) -> bool:
    """Tell whether a failure without a code is one of the connection: the driver has no other sort of these."""
    return type(error).__name__ in {"OperationalError", "ConnectionTimeout", "InterfaceError"}


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.execute("SET timezone = 'UTC'")
    connection.commit()
