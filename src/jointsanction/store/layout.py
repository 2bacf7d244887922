"""The layout of the tables (库结构): made at once for a new store, and changed step by step for one that is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import insert, inspect, select

from jointsanction.store.shape import Shape
from jointsanction.store.tables import ABOUT, METADATA, SCHEMA

if TYPE_CHECKING:
    from sqlalchemy import Connection

LAYOUTS: Final = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every layout that counts, in order: the steps of `migrations/versions`."""

LAYOUT: Final = LAYOUTS[-1]
"""The newest layout; a store says which one it has."""

BEFORE: Final = "base"
"""No tables at all, as Alembic calls it."""

_STEPS: Final = Path(__file__).parent / "migrations"

LISTS: Final = Shape(
    title="名单库",
    metadata=METADATA,
    about=ABOUT,
    schema=SCHEMA,
    layouts=LAYOUTS,
    steps=_STEPS,
    lock=20141008,  # any number: with the schema's name it is what importers of one store lock
)
"""The tables of the lists (名单库)."""


class Layouts(NamedTuple):
    """The layout that a store has, None from before they were counted, and the newest that the program knows."""

    there: str | None
    known: str


def lay_out(connection: Connection, shape: Shape = LISTS) -> None:
    """Make the tables of the newest layout."""
    shape.metadata.create_all(connection)
    connection.execute(insert(shape.about), {"name": "schema", "value": str(shape.schema)})
    shape.version.create(connection)
    connection.execute(insert(shape.version), {"version_num": shape.layout})


def layout_of(connection: Connection, shape: Shape = LISTS) -> str | None:
    """Return the layout that a store says it has, None when it was made before layouts were counted."""
    if not inspect(connection).has_table(shape.version.name):
        return None
    return connection.execute(select(shape.version.c.version_num)).scalar()


def migrate(connection: Connection, layout: str, shape: Shape = LISTS) -> None:
    """Go from the layout there is to another, later or earlier, within the transaction that is handed in."""
    # Half a second that no store costs which is up to date.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.set_main_option("version_locations", str(shape.steps / "versions").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes.update(connection=connection, version_table=shape.version.name)
    there = layout_of(connection, shape)
    later = there is None or (layout > there and layout != BEFORE)
    (command.upgrade if later else command.downgrade)(config, layout)
