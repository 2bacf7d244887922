"""Snapshots and backups under faults: their writers killed, their bytes changed, their files cut short."""

from __future__ import annotations

import os
import random
import sys
import time
from typing import TYPE_CHECKING

import pytest

import fault_files_side
from every_row import answers, fill
from jointsanction.errors import RegistryError
from jointsanction.registry.snapshot import locking
from jointsanction.registry.snapshot.manifest import NAME
from jointsanction.registry.snapshot.verifying import verify_snapshot
from store_side import FIRM, numbered, opened, take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fault_side import Count

TIMES = int(os.environ.get("JOINTSANCTION_FAULTS", "3"))
"""How many faults of each kind; `JOINTSANCTION_FAULTS=200` for all that an issue asks."""

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL on this system"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


def survived(fault: Callable[[Path, int, random.Random], Count], folder: Path, times: int) -> None:
    """Put so many faults in, and see that all of them are survived."""
    count = fault(folder, times, random.Random(6))  # noqa: S311 - moments, not secrets
    assert (count.failed, count.survived) == ([], times), count


@pytest.mark.sqlite
def test_a_builder_killed_at_any_moment(tmp_path: Path) -> None:
    """The snapshot of before or the new one, whole; the next build leaves nothing of the killed one behind."""
    survived(fault_files_side.kill_builders, tmp_path, TIMES)


@pytest.mark.sqlite
def test_a_writer_of_a_backup_killed_at_any_moment(tmp_path: Path) -> None:
    """A file under the name of a backup is a whole one."""
    survived(fault_files_side.kill_backups, tmp_path, max(1, TIMES // 2))


def test_restoring_killed_at_any_moment(tmp_path: Path) -> None:
    """The store holds nothing, or all of the backup."""
    survived(fault_files_side.kill_restorers, tmp_path, max(1, TIMES // 2))


@pytest.mark.sqlite
def test_a_bit_changed_anywhere(tmp_path: Path) -> None:
    """In any file of a snapshot or in a backup: the right answer or an error, and never another answer."""
    survived(fault_files_side.change_bytes, tmp_path, TIMES * 40)


@pytest.mark.sqlite
def test_a_file_cut_short_under_who_reads_it(tmp_path: Path) -> None:
    """What is read beyond the end of a file in memory would end the process: it is told before."""
    survived(fault_files_side.cut_under_readers, tmp_path, TIMES)


@pytest.mark.sqlite
@pytest.mark.parametrize("which", ["rows", "side"])
def test_a_file_cut_short_after_it_was_opened(tmp_path: Path, which: str) -> None:
    """The same in one process: what it holds, and what stands beside it."""
    store, folder = opened(tmp_path), tmp_path / "snapshot"
    fill(store)
    take(store, numbered(400, list="BL.GPC"), 20)
    store.snapshot(folder)
    take(store, numbered(1, list="BL.GPC", grade="D"), 21)
    registry = store.snapshot(folder)
    assert answers(registry) == answers(store.registry())
    for file in folder.glob(f"{which}-*.jss"):
        os.truncate(file, 100)
    time.sleep(fault_files_side.TRUSTED)
    asked: tuple[Callable[[], object], ...] = (
        lambda: registry.lookup((f"u:{FIRM}",), None),
        lambda: registry.lookup((), "虚构甲公司"),
    )
    if which == "side":
        asked = (lambda: registry.commitments((f"u:{FIRM}",)), lambda: dict(registry.editions))
    for each in (*asked, lambda: verify_snapshot(folder)):
        with pytest.raises(RegistryError) as refused:
            each()
        assert refused.value.code == "registry.snapshot_corrupt"


@pytest.mark.sqlite
def test_one_builder_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second one waits for the first; one that waits too long is told so, and has changed nothing."""
    store, folder = opened(tmp_path), tmp_path / "snapshot"
    take(store, numbered(3))
    monkeypatch.setattr(locking, "_WAIT", 0.1)
    with locking.building(folder), pytest.raises(RegistryError) as busy:
        store.snapshot(folder)
    assert (busy.value.code, list(folder.iterdir())) == ("registry.busy", [])
    monkeypatch.setattr(locking, "_HAS_LOCKS", False)
    with locking.building(folder):
        assert store.snapshot(folder).version == store.version()


@pytest.mark.sqlite
def test_what_is_left_of_others_is_removed_and_nothing_else(tmp_path: Path) -> None:
    """Files of a builder that was killed go, and somebody else's file stays."""
    store, folder = opened(tmp_path), tmp_path / "snapshot"
    take(store, numbered(3))
    before = {file.name for file in store.snapshot(folder).folder.iterdir()}
    left = ("rows-0123abcd.jss", "side-0123abcd.part", f"{NAME}.77.part", "notes.part")
    for name in left:
        (folder / name).touch()
    store.snapshot(folder)
    assert {file.name for file in folder.iterdir()} == {*before, "notes.part"}
