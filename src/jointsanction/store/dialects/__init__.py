"""The databases a store may lie in (数据库): whatever differs between them, and nothing else asks which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from jointsanction.errors import RegistryError
from jointsanction.store.dialects.postgres import Postgres
from jointsanction.store.dialects.sqlite import Sqlite

if TYPE_CHECKING:
    from jointsanction.store.dialects.protocol import Dialect

__all__ = ["dialect_of"]

_POSTGRES: Final = frozenset({"postgresql", "postgresql+psycopg"})


def dialect_of(url: str, *, wait: float, lock: int) -> Dialect:
    """Return the database that a store's URL names; `wait` is how many seconds to wait for another writer.

    `lock` is the number that writers lock on a server.

    >>> dialect_of("sqlite:///credit.db", wait=1, lock=1).shown
    'credit.db'

    Raises:
        RegistryError: `registry.url` for anything but a SQLite file or a database of PostgreSQL.
        MissingExtraError: `registry.no_postgres` when the driver is not installed.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is not None and parsed.drivername in _POSTGRES and parsed.database:
        return Postgres(parsed, wait=wait, lock=lock)
    if parsed is None or parsed.drivername != "sqlite" or parsed.query or parsed.database in {None, "", ":memory:"}:
        message = "名单库地址无法识别：只支持 SQLite 文件和 PostgreSQL 数据库。"
        hint = "请写成 sqlite:///路径（例如 sqlite:///credit.db），或 postgresql://用户@主机/数据库。"
        raise RegistryError("registry.url", message, hint)
    return Sqlite(parsed, wait=wait)
