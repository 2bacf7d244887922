"""Backups: what was written comes back whole, into either database, and a damaged file changes nothing."""

from __future__ import annotations

import json
import stat
import sys
from datetime import timedelta
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

import store_side
from jointsanction.catalog.bundle import catalog_version
from jointsanction.errors import RegistryError
from jointsanction.model.catalogue import Catalog
from jointsanction.store import Store, backup_store, backups, restore_store
from jointsanction.store.migrations.versions import r0001_first
from store_side import START, dump, found, listing, numbered, opened, take, url

if TYPE_CHECKING:
    from pathlib import Path

CATALOG = Catalog()
MADE = START + timedelta(days=9)


def filled(folder: Path) -> Store:
    """Return a store with a history: rows superseded, missing, printed, and a kept catalogue."""
    store = opened(folder)
    take(store, [*numbered(3), listing(instrument_no="另", raw='{"序号":"7"}')], 0, covers=["BL.TAX"])
    take(store, numbered(3, grade="D"), 1, covers=["BL.TAX"])
    store.keep(CATALOG, catalog_version(CATALOG))
    return store


def backed_up(store: Store, file: Path) -> backups.Manifest:
    """Back a store up."""
    return backup_store(store._database.url, file, catalog=CATALOG, made_at=MADE)


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
    assert (manifest.rows, manifest.made_at, manifest.catalogue) == (8, MADE.isoformat(), catalog_version(CATALOG))
    assert sys.platform == "win32" or stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part"))
    # The database counts on behind the numbers that came with the rows.
    take(other, [listing(instrument_no="新")], 2, covers=["BL.TAX"], accept_shrink=True)
    assert len(other.batches()) == 3


@pytest.mark.postgresql
def test_a_store_moves_from_a_file_to_a_server_and_back(tmp_path: Path) -> None:
    """A backup belongs to no database."""
    with pytest.MonkeyPatch.context() as on_a_file:
        on_a_file.setitem(store_side.DATABASE, "kind", "sqlite")
        store = filled(tmp_path)
    backed_up(store, tmp_path / "one")
    server = opened(tmp_path)
    restored(server, tmp_path / "one")
    backed_up(server, tmp_path / "two")
    back = Store.open(f"sqlite:///{tmp_path / 'back.db'}")
    restored(back, tmp_path / "two")
    assert (store.address[:6], server.address[:6]) == ("sqlite", "postgr")
    assert back.registry().version == server.registry().version == store.registry().version
    assert found(back.registry()) == found(server.registry()) == found(store.registry())


def test_an_earlier_layout_is_restored_and_brought_up(tmp_path: Path) -> None:
    """A backup of last year is of use this year."""
    store, file = filled(tmp_path), tmp_path / "store.backup"
    with pytest.MonkeyPatch.context() as earlier:
        earlier.setattr(backups, "METADATA", r0001_first._TABLES)
        earlier.setattr(backups, "LAYOUT", "0001")
        backed_up(store, file)
    other = opened(tmp_path / "other")
    restored(other, file)
    assert dump(tmp_path / "other") == dump(tmp_path)


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
    rewritten(broken, "manifest.json", lambda said: {**said, "form": 2})
    assert refused(tmp_path, broken) == "registry.backup_form"
    assert refused(tmp_path, tmp_path / "nowhere") == "registry.no_file"


def test_rows_that_were_changed_are_told(tmp_path: Path) -> None:
    """A listing that somebody takes out of a backup does not come back as never listed."""
    file = tmp_path / "store.backup"
    backed_up(filled(tmp_path), file)
    with ZipFile(file) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts["listing.jsonl"] = b"".join(parts["listing.jsonl"].splitlines(keepends=True)[1:])
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
