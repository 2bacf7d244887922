"""The layout of the docket: made at once or step by step, on both databases, it comes to the same tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import store_side as s
from jointsanction.home import docket_address
from jointsanction.store import layout
from jointsanction.store.database import Database
from jointsanction.store.docket.tables import METADATA, SHAPE
from jointsanction.store.layout import BEFORE

if TYPE_CHECKING:
    from pathlib import Path


def tables(database: Database) -> dict[str, Any]:
    """Return what the database itself says of every table: columns with types, keys, indexes."""
    with database.reading() as connection:
        there = inspect(connection)
        return {
            name: (
                [{**column, "type": str(column["type"])} for column in there.get_columns(name)],
                there.get_pk_constraint(name),
                sorted(there.get_foreign_keys(name), key=repr),
                sorted(there.get_indexes(name), key=repr),
                sorted(there.get_unique_constraints(name), key=repr),
            )
            for name in METADATA.tables
        }


def test_the_newest_step_is_the_layout() -> None:
    """A new docket is made at once, and says the step that an old one is brought to."""
    config = Config()
    config.set_main_option("script_location", str(layout.__file__).replace("layout.py", "migrations"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(SHAPE.steps / "versions"))
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == SHAPE.layouts


def test_a_new_docket_is_what_all_steps_make(tmp_path: Path) -> None:
    """Down to nothing and up again: the same tables to the last index, and a docket that files."""
    database = Database(docket_address(s.url(tmp_path)), wait=5, shape=SHAPE)
    database.prepare(create=True)
    made = tables(database)
    assert all(columns for columns, *_ in made.values())
    database.migrate(BEFORE)
    database.migrate(SHAPE.layout)
    assert (tables(database), database.layout()) == (made, SHAPE.layout)
