"""A process killed in the middle of an import leaves the old state or the new one, never a mix."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from jointsanction.store import Store, beliefs
from store_side import PARTNER, day, numbered, opened, take

ROWS, PORTION, WRITTEN = 400, 50, 500


def bring(store: Store, pause_at: int = 0) -> None:
    """Import an edition that adds, changes and misses rows, and stand still once so many rows are written."""

    def told(done: int, rows: int) -> None:
        print(done, rows, flush=True)  # noqa: T201 - to the test
        if done == pause_at:
            time.sleep(60)

    coming = [*numbered(ROWS // 2, grade="D"), *numbered(ROWS // 4, uscc=PARTNER)]
    take(store, coming, 1, covers=["BL.TAX"], progress=told)


def dump(folder: Path) -> list[str]:
    """Return everything in the database."""
    with closing(sqlite3.connect(folder / "lists.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return list(connection.iterdump())


def kill_in_the_middle(folder: Path, pause_at: int, *, later: float) -> None:
    """Let another process import, and kill it where it stands still, or some time after it wrote its last portion."""
    command = [sys.executable, __file__, str(folder), str(pause_at)]
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings, text=True) as importer:  # noqa: S603 - this very file
        assert importer.stdout is not None
        for line in importer.stdout:
            if int(line.split()[0]) == (pause_at or WRITTEN):
                break
        time.sleep(later)
        importer.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on this system")
@pytest.mark.parametrize(("pause_at", "later"), [(PORTION, 0), (WRITTEN, 0), (0, 0), (0, 0.004), (0, 0.02)])
def test_a_killed_import_leaves_the_old_state_or_the_new(tmp_path: Path, pause_at: int, later: float) -> None:
    """Power may fail at any moment: after the first portion, after the last, while committing, or just after."""
    store = opened(tmp_path)
    take(store, numbered(ROWS), 0, covers=["BL.TAX"])
    old = dump(tmp_path)
    finished = tmp_path / "finished"
    finished.mkdir()
    shutil.copy(tmp_path / "lists.db", finished)
    bring(opened(finished))
    new = dump(finished)
    kill_in_the_middle(tmp_path, pause_at, later=later)
    left = dump(tmp_path)
    assert left == old if pause_at else left in (old, new)
    outcome = take(opened(tmp_path), numbered(ROWS), 2, sha256="after", covers=["BL.TAX"])
    assert outcome.changed == (0 if left == old else ROWS)
    assert store.registry().known_at == day(2)


if __name__ == "__main__":
    beliefs._PORTION = PORTION  # type: ignore[misc]
    bring(opened(Path(sys.argv[1])), int(sys.argv[2]))
