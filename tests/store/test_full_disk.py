"""A disk that is full, a real one: a small file system of the test's own. A clear error, and nothing half done."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest

import postgres_side
from every_row import CATALOG, answers, fill
from jointsanction.errors import RegistryError
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.store import Store, backup_store, restore_store
from store_side import dump, listing, numbered, opened, take, told, url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jointsanction.model.subject import Listing

SMALL = 700 << 10


@contextmanager
def disk(folder: Path, size: int, options: str = "") -> Iterator[None]:
    """Mount a small file system over a folder, and take it away afterwards."""
    folder.mkdir(exist_ok=True)
    if shutil.which("mount") is None or os.geteuid() != 0 or not mounted(folder, f"size={size}{options}"):
        pytest.xfail("no file system may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S603, S607 - of this system


def mounted(folder: Path, options: str) -> bool:
    """Mount a file system in memory, or give one that is mounted more room, and tell whether that went well."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 - of this system


def room(folder: Path) -> None:
    """Give a small file system more room."""
    assert mounted(folder, "remount,size=200m")


def many() -> Iterator[Listing]:
    """Make rows that no compression makes smaller."""
    dice = random.Random(6)  # noqa: S311 - no secrets
    return (listing(instrument_no=f"满{number}", source=dice.randbytes(900).hex()) for number in range(2500))


@pytest.mark.sqlite
def test_an_import(tmp_path: Path) -> None:
    """The rows of before stay as they were; with more room the same file is taken in."""
    with disk(tmp_path / "disk", SMALL):
        store = opened(tmp_path / "disk")
        take(store, numbered(20), 0, covers=["BL.TAX"])
        before = dump(tmp_path / "disk")
        with pytest.raises(RegistryError, match="磁盘空间已满") as full:
            take(store, many(), 1)
        assert (full.value.code, dump(tmp_path / "disk")) == ("registry.unreachable", before)
        room(tmp_path / "disk")
        assert take(store, many(), 1).added == 2500


@pytest.mark.sqlite
def test_a_snapshot(tmp_path: Path) -> None:
    """The snapshot of before goes on answering, nothing is left of the new one, and with more room it comes."""
    store = opened(tmp_path)
    fill(store)
    with disk(tmp_path / "disk", SMALL):
        folder = tmp_path / "disk" / "snapshot"
        right = answers(store.snapshot(folder))
        there = sorted(folder.iterdir())
        take(store, many(), 20)
        with pytest.raises(RegistryError) as full:
            store.snapshot(folder)
        assert (full.value.code, sorted(folder.iterdir())) == ("registry.snapshot_unwritable", there)
        assert answers(SnapshotRegistry.open(folder)) == right
        room(tmp_path / "disk")
        assert answers(store.snapshot(folder)) == answers(store.registry())


@pytest.mark.sqlite
def test_a_backup_and_restoring_it(tmp_path: Path) -> None:
    """Neither half a backup nor half a store."""
    store, file = opened(tmp_path), tmp_path / "store.backup"
    take(store, many())
    backup_store(url(tmp_path), file, catalog=CATALOG)
    with disk(tmp_path / "disk", SMALL):
        with pytest.raises(RegistryError) as full:
            backup_store(url(tmp_path), tmp_path / "disk" / "b", catalog=CATALOG)
        assert (full.value.code, list((tmp_path / "disk").iterdir())) == ("registry.backup_unwritable", [])
        with pytest.raises(RegistryError, match="磁盘空间已满") as full:
            restore_store(url(tmp_path / "disk"), file)
        assert opened(tmp_path / "disk").batches() == ()
        room(tmp_path / "disk")
        assert restore_store(url(tmp_path / "disk"), file).version == store.version()


@pytest.mark.postgresql
def test_a_server() -> None:
    """The disk that holds the tables of a server is full: the same."""
    if postgres_side.VARIABLE in os.environ:
        pytest.xfail("somebody else's server gets no small disk")
    server = postgres_side.server()
    small, owner = server.folder / "small", postgres_side.NOBODY if os.geteuid() == 0 else os.geteuid()
    with disk(small, 14 << 20, f",uid={owner},gid={owner},mode=700"):
        with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{small}'")  # type: ignore[arg-type,unused-ignore]
            connection.execute("CREATE DATABASE small TEMPLATE template0 TABLESPACE small")
        try:
            store = Store.open(server.address("small"))
            take(store, numbered(20), 0, covers=["BL.TAX"])
            version = store.version()
            with pytest.raises(RegistryError, match="磁盘空间已满") as full:
                take(store, many(), 1)
            assert (full.value.code, store.version()) == ("registry.unreachable", version)
            room(small)
            assert take(store, many(), 1).added == 2500
        finally:
            with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
                connection.execute("DROP DATABASE small WITH (FORCE)")
                connection.execute("DROP TABLESPACE small")


@pytest.mark.postgresql
def test_a_server_that_gives_no_more_room_for_sorting(tmp_path: Path) -> None:
    """An administrator may limit what one session puts on the disk besides tables."""
    store = opened(tmp_path)
    take(store, numbered(20), 0, covers=["BL.TAX"])
    before, (name,) = dump(tmp_path), told(tmp_path, "SELECT current_database()")[0]
    for setting in ("temp_file_limit = '64kB'", "work_mem = '64kB'"):
        told(tmp_path, f'ALTER DATABASE "{name}" SET {setting}')
    with pytest.raises(RegistryError, match="数据库资源不足") as limited:
        take(store, many(), 1)
    assert (limited.value.code, dump(tmp_path)) == ("registry.unreachable", before)
    told(tmp_path, f'ALTER DATABASE "{name}" RESET ALL')
    assert take(store, many(), 1).added == 2500
