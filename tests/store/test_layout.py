"""The layout of the tables: every step up and down with rows in it, on both databases, and the same in the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from jointsanction.errors import RegistryError
from jointsanction.model.watch import Look, Watch, WatchEvent
from jointsanction.registry.serials import Serial
from jointsanction.store import Store, layout
from jointsanction.store.database import Database
from jointsanction.store.layout import BEFORE, LAYOUT, LAYOUTS
from jointsanction.store.tables import METADATA
from jointsanction.terms import SubjectStatus, Turn, Verdict
from store_side import FIRM, counts, day, delivery, dump, engine_of, found, numbered, opened, take, told, url

if TYPE_CHECKING:
    from pathlib import Path


def at(folder: Path) -> Database:
    """Return the database of a test, whatever its layout."""
    return Database(url(folder), wait=5)


def differences(folder: Path) -> list[Any]:
    """Return what of the tables is not as the tables of the program say."""
    with engine_of(folder).connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA))


def test_the_newest_step_is_the_layout() -> None:
    """A new store is made at once, and says the step that an old one is brought to."""
    config = Config()
    config.set_main_option("script_location", str(layout.__file__).replace("layout.py", "migrations"))
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == LAYOUTS


def test_a_new_store_is_what_all_steps_make(tmp_path: Path) -> None:
    """Made at once or step by step, the tables are those that the program knows."""
    opened(tmp_path)
    assert differences(tmp_path) == []
    database = at(tmp_path)
    database.migrate(BEFORE)
    database.migrate(LAYOUT)
    assert differences(tmp_path) == []
    assert counts(take(opened(tmp_path), numbered(3))) == (3, 0, 0, 0)


@pytest.mark.parametrize("step", LAYOUTS[:-1])
def test_each_step_keeps_every_row_both_ways(tmp_path: Path, step: str) -> None:
    """Down and up again: what was believed, under which key, since when, and the version of it all."""
    store = opened(tmp_path)
    take(store, numbered(3), covers=["BL.TAX"])
    take(store, numbered(2, grade="D"), 1, covers=["BL.TAX"])
    before, version = dump(tmp_path), store.registry().version
    database = at(tmp_path)
    database.migrate(step)
    assert database.layout() == step
    database.migrate(LAYOUT)
    assert (dump(tmp_path), database.layout(), opened(tmp_path).registry().version) == (before, LAYOUT, version)
    assert len(found(opened(tmp_path).registry())) == 3


def test_deliveries_and_watches_outlive_the_steps_that_know_them(tmp_path: Path) -> None:
    """What a step adds is there after it, and forgotten by who goes below it; everything else stays."""
    store = opened(tmp_path)
    whole = replace(delivery("1", ["BL.TAX"]), serial=Serial("某局 BL.TAX", "17"))
    store.commit(whole, numbered(3), recorded_at=day(0))
    kept = store.watches.add(Watch(number=FIRM, matter="GPC", author="测试采购中心"), recorded_at=day(0))
    said = {"version": "v", "turn": Turn.RESTRICTED, "before": Verdict.CLEAR, "after": Verdict.PROHIBITED}
    events = tuple(WatchEvent(watch=1, since=day(number).date(), **said) for number in (1, 2))  # type: ignore[arg-type]
    store.watches.tell([Look(kept, day(2), day(2).date(), events)], recorded_at=day(2))
    before = dump(tmp_path)
    at(tmp_path).migrate("0004")
    assert told(tmp_path, "SELECT since FROM watch_event") in ([(day(1).date(),)], [(f"{day(1).date()}",)])
    at(tmp_path).migrate("0003")
    at(tmp_path).migrate(LAYOUT)
    assert differences(tmp_path) == []
    after = dump(tmp_path)
    assert {name for name in after if after[name] != before[name]} == {'"watch"', '"watch_event"'}
    (now,) = opened(tmp_path).watches.watches()
    assert (now.looked_at, now.looked_on) == (day(0), day(0).date())
    at(tmp_path).migrate("0002")
    at(tmp_path).migrate(LAYOUT)
    assert dump(tmp_path)['"listing"'] == before['"listing"']
    assert (opened(tmp_path).watches.watches(), told(tmp_path, "SELECT * FROM serial")) == ((), [])


def test_a_status_forgotten_is_heard_again(tmp_path: Path) -> None:
    """Going below the step that knows 登记状态 loses it: the next file tells it anew, and is not taken for known."""
    rows = [*numbered(1), *numbered(1, list="BL.WAGE", subject_status="deregistered")]
    take(opened(tmp_path), rows)
    at(tmp_path).migrate("0005")
    at(tmp_path).migrate(LAYOUT)
    assert differences(tmp_path) == []
    assert [row.subject_status for row in found(opened(tmp_path).registry())] == [None, None]
    assert counts(take(opened(tmp_path), rows, 1)) == (0, 1, 1, 0)
    assert {row.subject_status for row in found(opened(tmp_path).registry())} == {None, SubjectStatus.DEREGISTERED}


@pytest.mark.sqlite
def test_a_file_behind_is_brought_up_by_opening_it(tmp_path: Path) -> None:
    """Nobody has to know that a file of last year needs anything."""
    take(opened(tmp_path), numbered(3))
    at(tmp_path).migrate("0001")
    assert len(found(opened(tmp_path, create=False).registry())) == 3
    assert at(tmp_path).layout() == LAYOUT


@pytest.mark.postgresql
def test_a_database_behind_is_brought_up_by_command(tmp_path: Path) -> None:
    """Other programs may be at work in it: who opens it is told the command, and nothing is done."""
    take(opened(tmp_path), numbered(3))
    at(tmp_path).migrate("0001")
    with pytest.raises(RegistryError) as behind:
        opened(tmp_path)
    assert behind.value.code == "registry.schema"
    assert "jointsanction store upgrade" in behind.value.hint
    at(tmp_path).migrate(LAYOUT)
    assert len(found(opened(tmp_path, create=False).registry())) == 3


def test_a_layout_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    """Who doesn't know the layout doesn't read it."""
    opened(tmp_path)
    told(tmp_path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RegistryError) as newer:
        Store.open(url(tmp_path))
    assert newer.value.code == "registry.schema"
    assert "9999" in newer.value.message
