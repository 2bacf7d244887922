"""Backups: what was written comes back whole, into either database, and a damaged file changes nothing."""

from __future__ import annotations

import json
import random
import stat
import sys
from contextlib import suppress
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from sqlalchemy import MetaData

import store_side
from every_row import CATALOG, answers, fill
from jointsanction.catalog.bundle import catalog_version
from jointsanction.errors import RegistryError
from jointsanction.model.watch import Watch
from jointsanction.registry.snapshot.locking import is_alone
from jointsanction.store import Store, backup_store, backups, restore_store
from jointsanction.store.database import Database
from jointsanction.store.layout import LAYOUTS
from jointsanction.store.tables import METADATA
from store_side import PARTNER, day, dump, engine_of, listing, numbered, opened, take, told, url

if TYPE_CHECKING:
    from pathlib import Path


def filled(folder: Path) -> Store:
    """Return a store with a history: rows superseded, missing, printed, and a kept catalogue."""
    store = opened(folder)
    take(store, [*numbered(3), listing(instrument_no="另", raw='{"序号":"7"}')], 0, covers=["BL.TAX"])
    take(store, numbered(3, grade="D"), 1, covers=["BL.TAX"])
    store.keep(CATALOG, catalog_version(CATALOG))
    return store


def backed_up(store: Store, file: Path) -> backups.Manifest:
    """Back a store up."""
    return backup_store(store._database.url, file, catalog=CATALOG)


def restored(store: Store, file: Path) -> backups.Manifest:
    """Restore into a store."""
    return restore_store(store._database.url, file)


def test_what_was_backed_up_comes_back(tmp_path: Path) -> None:
    """Every row of every table, the version, and who may read the file."""
    store, file = filled(tmp_path), tmp_path / "store.backup"
    manifest = backed_up(store, file)
    other = opened(tmp_path / "other")
    assert restored(other, file) == manifest
    assert dump(tmp_path / "other") == dump(tmp_path)
    assert other.registry().version == store.registry().version == manifest.version
    assert (manifest.rows, manifest.known_at, manifest.catalogue) == (8, day(1).isoformat(), catalog_version(CATALOG))
    assert sys.platform == "win32" or stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part"))
    # The database counts on behind the numbers that came with the rows.
    take(other, [listing(instrument_no="新")], 2, covers=["BL.TAX"], accept_shrink=True)
    assert len(other.batches()) == 3


def test_two_backups_of_one_state_are_one_file(tmp_path: Path) -> None:
    """Nothing in it says when it was made, so that equal checksums tell that nothing changed; an import changes it."""
    store, (first, second, third) = opened(tmp_path), (tmp_path / name for name in "abc")
    assert backed_up(store, first).known_at is None
    fill(store)
    backed_up(store, first)
    backed_up(store, second)
    assert first.read_bytes() == second.read_bytes()
    with ZipFile(first) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    take(store, [listing(instrument_no="新")], 40)
    backed_up(store, third)
    assert third.read_bytes() != first.read_bytes()


@pytest.mark.postgresql
@pytest.mark.parametrize("order", [("sqlite", "postgresql", "sqlite"), ("postgresql", "sqlite", "postgresql")])
def test_a_store_moves_from_a_file_to_a_server_and_back(tmp_path: Path, order: tuple[str, ...]) -> None:
    """A backup belongs to no database: rows of every kind come back as they were, and go on being added to."""
    seen, answered, file = [], [], None
    for at, kind in enumerate(order):
        store_side.DATABASE["kind"] = kind
        folder = tmp_path / str(at)
        folder.mkdir()
        store = opened(folder)
        if file is None:
            fill(store)
        else:
            restored(store, file)
        backed_up(store, file := tmp_path / f"{at}.backup")
        seen.append(dump(folder))
        answered.append(answers(store.registry()))
        assert all(seen[-1].values())
        assert (store.watches.watches(), store.watches.events()) != ((), ())
    assert seen[0] == seen[2]
    assert len({file.read_bytes() for file in tmp_path.glob("*.backup")}) == 1
    assert answered[0] == answered[1] == answered[2]
    assert take(store, [listing(instrument_no="新")], 40).added == 1
    assert store.watches.add(Watch(number=PARTNER, matter="GPC", author="某", reason="某"), recorded_at=day(41)).id == 2


@pytest.mark.postgresql
def test_the_first_layout_is_restored_on_a_server(tmp_path: Path) -> None:
    """A backup of last year is of use this year."""
    comes_back_of(tmp_path, LAYOUTS[0])


@pytest.mark.sqlite
@pytest.mark.parametrize("step", LAYOUTS[:-1])
def test_an_earlier_layout_is_restored_and_brought_up(tmp_path: Path, step: str) -> None:
    """The same of every layout that there ever was."""
    comes_back_of(tmp_path, step)


def comes_back_of(tmp_path: Path, step: str) -> None:
    """Write a backup as it was written at an earlier layout, and restore it."""
    store, file = opened(tmp_path), tmp_path / "store.backup"
    fill(store)
    told(tmp_path, "UPDATE listing SET subject_status = NULL")  # a column that no earlier layout had
    with pytest.MonkeyPatch.context() as earlier:
        earlier.setattr(backups, "METADATA", tables_of(tmp_path / step, step))
        earlier.setattr(backups, "LAYOUT", step)
        assert backed_up(store, file).layout == step
    other = opened(tmp_path / "other")
    restored(other, file)
    assert answers(other.registry()) == answers(store.registry())
    assert len(other.batches()) == len(store.batches())


def tables_of(folder: Path, layout: str) -> MetaData:
    """Return the tables as they were at an earlier layout."""
    opened(folder)
    Database(url(folder), wait=5).migrate(layout)
    there = MetaData()
    there.reflect(engine_of(folder), only=lambda name, _: name != "alembic_version")
    return there


def rewritten(file: Path, name: str, change: object) -> None:
    """Change a part of a backup."""
    with ZipFile(file) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = json.dumps(change(json.loads(parts[name]))).encode()  # type: ignore[operator]
    with ZipFile(file, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)


def refused(folder: Path, file: Path) -> str:
    """Return the code with which a backup is refused, having changed nothing."""
    store = opened(folder / "empty")
    before = dump(folder / "empty")
    with pytest.raises(RegistryError) as refusal:
        restored(store, file)
    assert dump(folder / "empty") == before
    return refusal.value.code


@pytest.mark.sqlite
def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    """Cut short, changed by a byte anywhere, or no backup at all: told, and the store is as it was."""
    file, broken = tmp_path / "store.backup", tmp_path / "broken"
    backed_up(filled(tmp_path), file)
    content = file.read_bytes()
    for at in range(40, len(content), len(content) // 12):
        broken.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        try:
            backups.verify_backup(broken)
        except RegistryError as error:
            assert error.code == "registry.backup_damaged"  # noqa: PT017 - a byte may be one that nobody reads
    for at in (0, 10, len(content) // 2, len(content) - 1):
        broken.write_bytes(content[:at])
        assert refused(tmp_path, broken) == "registry.backup_damaged"
    broken.write_bytes(content)
    rewritten(broken, "manifest.json", lambda said: {**said, "version": "sha256:0"})
    assert refused(tmp_path, broken) == "registry.backup_damaged"
    rewritten(broken, "manifest.json", lambda said: {**said, "form": 3})
    assert refused(tmp_path, broken) == "registry.backup_form"
    assert refused(tmp_path, tmp_path / "nowhere") == "registry.no_file"


@pytest.mark.sqlite
def test_a_bit_changed_in_any_part_is_told(tmp_path: Path) -> None:
    """Every part has its checksum: whichever holds the bit, the backup is refused, and nothing is restored."""
    file, broken, dice = tmp_path / "store.backup", tmp_path / "broken", random.Random(6)  # noqa: S311 - no secrets
    store, empty = opened(tmp_path), opened(tmp_path / "empty")
    fill(store)
    backed_up(store, file)
    content, before = file.read_bytes(), dump(tmp_path / "empty")
    with ZipFile(file) as archive:
        parts = {part.filename: (part.header_offset, part.compress_size) for part in archive.infolist()}
    assert {name.partition(".")[0] for name in parts} == {*METADATA.tables, "catalogue", "manifest"}
    for name, (header, size) in parts.items():
        lengths = content[header + 26 : header + 30]
        begin = header + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
        changed = bytearray(content)
        changed[begin + dice.randrange(size)] ^= 1 << dice.randrange(8)
        broken.write_bytes(changed)
        with pytest.raises(RegistryError) as refusal:
            restored(empty, broken)
        assert refusal.value.code == "registry.backup_damaged", name
    assert dump(tmp_path / "empty") == before


@pytest.mark.parametrize("byte", [6, 8])
@pytest.mark.sqlite
def test_a_part_that_looks_as_no_part_does_is_told(tmp_path: Path, byte: int) -> None:
    """A bit makes a part look encrypted, or packed in another way: that is damage too, and no bug of the program."""
    file = tmp_path / "store.backup"
    backed_up(filled(tmp_path), file)
    content = file.read_bytes()
    directory = content.index(b"PK\x01\x02")
    for bit in range(8):
        changed = bytearray(content)
        for at in (byte, directory + byte + 2):
            changed[at] ^= 1 << bit
        file.write_bytes(changed)
        with suppress(RegistryError):  # some of these bits nobody reads
            backups.verify_backup(file)


@pytest.mark.sqlite
@pytest.mark.skipif(sys.platform == "win32", reason="no such locks on this system")
def test_two_backups_into_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one is told, and leaves the first one's file alone; what a killed one left is overwritten."""
    store, file, half = filled(tmp_path), tmp_path / "store.backup", tmp_path / "store.backup.part"
    half.write_bytes(b"left by one that was killed")
    with half.open("r+b") as at_work:
        assert is_alone(at_work.fileno())
        with pytest.raises(RegistryError) as busy:
            backed_up(store, file)
        assert (busy.value.code, half.read_bytes()) == ("registry.busy", b"left by one that was killed")
    manifest = backed_up(store, file)
    assert (backups.verify_backup(file), half.exists()) == (manifest, False)
    monkeypatch.setattr(backups, "is_alone", lambda _: half.unlink() is None)  # the other one was done just then
    with pytest.raises(RegistryError) as busy:
        backed_up(store, file)
    assert (busy.value.code, backups.verify_backup(file)) == ("registry.busy", manifest)


@pytest.mark.parametrize("part", ["listing.jsonl", "catalogue.json"])
def test_rows_that_were_changed_are_told(tmp_path: Path, part: str) -> None:
    """A listing that somebody takes out of a backup does not come back as never listed."""
    file = tmp_path / "store.backup"
    backed_up(filled(tmp_path), file)
    with ZipFile(file) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[part] = b"".join(parts[part].splitlines(keepends=True)[1:])
    with ZipFile(file, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    assert refused(tmp_path, file) == "registry.backup_damaged"


def test_a_store_that_holds_something_is_not_overwritten(tmp_path: Path) -> None:
    """Restoring is into a new store; the old one stays until somebody has looked at the new one."""
    file = tmp_path / "store.backup"
    store = filled(tmp_path)
    backed_up(store, file)
    before = dump(tmp_path)
    with pytest.raises(RegistryError) as refusal:
        restored(store, file)
    assert (refusal.value.code, dump(tmp_path)) == ("registry.not_empty", before)


def test_where_nothing_can_be_written_nothing_is_left(tmp_path: Path) -> None:
    """Half a backup is none."""
    with pytest.raises(RegistryError) as refusal:
        backed_up(filled(tmp_path), tmp_path / "no" / "folder")
    assert refusal.value.code == "registry.backup_unwritable"
    assert url(tmp_path)
