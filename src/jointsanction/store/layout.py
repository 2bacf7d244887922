"""The layout of the tables (库结构): made at once for a new store, and changed step by step for one that is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import Column, MetaData, String, Table, insert, inspect, select

from jointsanction.store.tables import ABOUT, METADATA, SCHEMA

if TYPE_CHECKING:
    from sqlalchemy import Connection

LAYOUTS: Final = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every layout that counts, in order: the steps of `migrations/versions`."""

LAYOUT: Final = LAYOUTS[-1]
"""The newest layout; a store says which one it has."""

BEFORE: Final = "base"
"""No tables at all, as Alembic calls it."""

_VERSION: Final = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


class Layouts(NamedTuple):
    """The layout that a store has, None from before they were counted, and the newest that the program knows."""

    there: str | None
    known: str


def lay_out(connection: Connection) -> None:
    """Make the tables of the newest layout."""
    METADATA.create_all(connection)
    connection.execute(insert(ABOUT), {"name": "schema", "value": str(SCHEMA)})
    _VERSION.create(connection)
    connection.execute(insert(_VERSION), {"version_num": LAYOUT})


def layout_of(connection: Connection) -> str | None:
    """Return the layout that a store says it has, None when it was made before layouts were counted."""
    if not inspect(connection).has_table(_VERSION.name):
        return None
    return connection.execute(select(_VERSION.c.version_num)).scalar()


def migrate(connection: Connection, layout: str) -> None:
    """Go from the layout there is to another, later or earlier, within the transaction that is handed in."""
    # Half a second that no store costs which is up to date.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    there = layout_of(connection)
    later = there is None or (layout > there and layout != BEFORE)
    (command.upgrade if later else command.downgrade)(config, layout)
