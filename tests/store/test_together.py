"""Processes at work on one store at once: each comes in its turn, and nobody sees half of what another does."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from every_row import CATALOG
from fault_side import ended, forked, plain, state
from jointsanction.errors import RegistryError
from jointsanction.store import Store, backup_store, layouts_of, migrate_store, restore_store
from jointsanction.store.database import Database
from jointsanction.store.layout import LAYOUT
from store_side import FIRM, PARTNER, day, numbered, opened, take, url

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jointsanction.registry.protocol import Registry

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="no fork on this system"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

ROWS = 300
LATER = day(1).replace(minute=1)
"""Of two importers at work at once the clocks show nearly the same."""


def one(address: str) -> None:
    """Import the first file."""
    take(Store.open(address, wait=60), numbered(ROWS, grade="D"), covers=["BL.TAX"], sha256="one", recorded_at=day(1))


def other(address: str) -> None:
    """Import the other file, which speaks of some of the same records."""
    rows = [*numbered(ROWS // 2, grade="C"), *numbered(ROWS // 2, uscc=PARTNER)]
    take(Store.open(address, wait=60), rows, covers=["BL.TAX"], sha256="other", recorded_at=LATER)


def together(*actions: Callable[[], object]) -> list[int]:
    """Do things in a process each, let go at the same moment, and return how they ended."""
    ready, go = os.pipe()

    def when_let_go(action: Callable[[], object]) -> None:
        os.close(go)
        os.read(ready, 1)  # comes to its end when the other side is closed
        action()

    processes = [forked(lambda each=action: when_let_go(each)) for action in actions]  # type: ignore[misc]
    os.close(go)
    os.close(ready)
    return [ended(process) for process in processes]


def begun(folder: Path) -> str:
    """Make a store with a first edition, and return its address."""
    take(opened(folder), numbered(ROWS), 0, covers=["BL.TAX"])
    return url(folder)


def test_two_importers_end_as_if_one_came_after_the_other(tmp_path: Path) -> None:
    """Both files are in the store, in the one order or in the other, row by row."""
    folders = [tmp_path / name for name in ("one first", "other first", "together")]
    for folder in folders:
        folder.mkdir()
    first, second, both = map(begun, folders)
    for address, imports in ((first, (one, other)), (second, (other, one))):
        for each in imports:
            each(address)
    assert together(lambda: one(both), lambda: other(both)) == [0, 0]
    assert plain(state(folders[2])) in [plain(state(folder)) for folder in folders[:2]]


def test_a_backup_beside_imports_is_of_one_state(tmp_path: Path) -> None:
    """What is written while files come in is the state of before or after one of them."""
    address = begun(tmp_path)
    files = [tmp_path / f"{number}.backup" for number in range(3)]

    def back_up() -> None:
        for file in files:
            backup_store(address, file, catalog=CATALOG)

    assert together(lambda: one(address), lambda: other(address), back_up) == [0, 0, 0]
    store = opened(tmp_path)
    versions = {batch.version for batch in store.batches()} | {store.version()}
    for file in files:
        restored = f"sqlite:///{file}.db"
        assert restore_store(restored, file).version in versions
        then = Store.open(restored).registry()
        again = store.registry_at(then.known_at or day(0))
        assert (then.version, said(then)) == (again.version, said(again))


def said(registry: Registry) -> list[str]:
    """Return what a registry says of all rows, whatever became of them since."""
    hits = (hit.listing for uscc in (FIRM, PARTNER) for hit in registry.lookup((f"u:{uscc}",), None))
    return sorted(f"{row.uscc} {row.instrument_no} {row.grade} {row.missing_since}" for row in hits)


def test_a_snapshot_beside_imports_is_of_one_state(tmp_path: Path) -> None:
    """Two builders and two importers: the snapshot is at last of the last state, and never was of half of one."""
    address, folder = begun(tmp_path), tmp_path / "snapshot"

    def build() -> None:
        for _ in range(3):
            registry = opened(tmp_path).snapshot(folder)
            again = opened(tmp_path).registry_at(registry.known_at or day(0))
            assert (registry.version, said(registry)) == (again.version, said(again))

    assert together(build, lambda: one(address), build, lambda: other(address)) == [0, 0, 0, 0]
    store = opened(tmp_path)
    assert store.snapshot(folder).version == store.version()


def test_an_import_beside_an_upgrade(tmp_path: Path) -> None:
    """The layout is the newest at last, and the file is taken in, or whoever brought it reads what to do."""
    address, apart = begun(tmp_path), tmp_path / "apart"
    apart.mkdir()
    one(begun(apart))
    Database(address, wait=5).migrate("0001")
    upgraded, imported = together(lambda: migrate_store(address), lambda: one(address))
    assert (upgraded, imported in (0, 3)) == (0, True)
    if imported:
        one(address)
    assert layouts_of(address) == (LAYOUT, LAYOUT)
    assert plain(state(tmp_path)) == plain(state(apart))


def test_an_importer_that_waits_too_long_is_told(tmp_path: Path) -> None:
    """Nothing is changed by the one that gave up; the other one goes on."""
    address = begun(tmp_path)
    codes: list[str | None] = []

    def meanwhile(_done: int, _rows: int) -> None:
        with pytest.raises(RegistryError) as busy:
            take(Store.open(address, wait=0.1), numbered(3), 2, sha256="late")
        codes.append(busy.value.code)

    take(opened(tmp_path), numbered(ROWS, grade="D"), 1, covers=["BL.TAX"], progress=meanwhile)
    assert set(codes) == {"registry.busy"}
    assert len(opened(tmp_path).batches()) == 2
