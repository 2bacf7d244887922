"""Making a store of a backup (恢复): checked from end to end before anything is written, and whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import MetaData, Table

from jointsanction.catalog.bundle import parse_bundle
from jointsanction.errors import RegistryError
from jointsanction.store.backups import CATALOGUE, member, opened, rows_of
from jointsanction.store.catalogues import keep
from jointsanction.store.layout import BEFORE, LAYOUT, migrate
from jointsanction.store.portions import portions
from jointsanction.store.state import state_of
from jointsanction.store.tables import ABOUT, METADATA

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlalchemy import Connection

    from jointsanction.store.backups import Manifest, Part
    from jointsanction.store.database import Database

_PORTION: Final = 5000
_FILLED: Final = tuple(table for table in METADATA.sorted_tables if table is not ABOUT)


def restore(database: Database, path: Path, manifest: Manifest) -> None:
    """Fill a store that holds nothing with a backup that was verified, in one transaction (恢复).

    Raises:
        RegistryError: `registry.not_empty` when the store holds something; `registry.backup_damaged` when another
            version comes out; `registry.busy`. Nothing is written then.
    """
    with database.writing() as connection:
        if any(connection.execute(table.select().limit(1)).first() is not None for table in _FILLED):
            raise _not_empty(database.dialect.shown)
        if manifest.layout != LAYOUT:
            migrate(connection, BEFORE)
            migrate(connection, manifest.layout)
        _fill(connection, manifest.tables, path, database)
        if manifest.layout != LAYOUT:
            migrate(connection, LAYOUT)
        with opened(path) as archive:
            keep(connection, parse_bundle(member(archive, CATALOGUE, path), path), manifest.catalogue)
        if state_of(connection).version != manifest.version:
            message = f"由备份 {path} 恢复出的名单库版本与备份时不同。"
            raise RegistryError("registry.backup_damaged", message, "请改用另一份备份；名单库没有任何改动。")


def restore_docket(connection: Connection, docket: Database, path: Path, manifest: Manifest) -> None:
    """Fill a docket that holds nothing with that of a backup, within the transaction handed in (恢复台账).

    Raises:
        RegistryError: `registry.not_empty`.
    """
    filled = (table for table in docket.shape.metadata.sorted_tables if table is not docket.shape.about)
    if any(connection.execute(table.select().limit(1)).first() is not None for table in filled):
        raise _not_empty(docket.dialect.shown)
    _fill(connection, manifest.docket, path, docket)


def _fill(connection: Connection, parts: Iterable[Part], path: Path, database: Database) -> None:
    connection.execute(database.shape.about.delete())
    with opened(path) as archive:
        for part in parts:
            # As it is at the layout of the backup, with the columns in the order of the backup.
            there = Table(part.name, MetaData(), autoload_with=connection)
            table = Table(part.name, MetaData(), *(there.c[name]._copy() for name in part.columns))  # noqa: SLF001
            rows = rows_of(archive, there, part, path)
            for portion in portions(rows, _PORTION):
                database.dialect.insert_many(connection, table, portion)
            database.dialect.filled(connection, there)


def _not_empty(store: str) -> RegistryError:
    message = f"名单库 {store} 已有内容，不能恢复到其中。"
    return RegistryError("registry.not_empty", message, "请恢复到一个新的名单库，核对后再改用它。")
