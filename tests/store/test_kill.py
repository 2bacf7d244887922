"""A process killed in the middle of an import leaves the old state or the new one, never a mix."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from jointsanction.store import Store, beliefs
from store_side import PARTNER, day, dump, numbered, opened, take, url

ROWS, PORTION, WRITTEN = 400, 50, 500

if TYPE_CHECKING:
    from pathlib import Path


def bring(store: Store, pause_at: int = 0) -> None:
    """Import an edition that adds, changes and misses rows, and stand still once so many rows are written."""

    def told(done: int, rows: int) -> None:
        print(done, rows, flush=True)  # noqa: T201 - to the test
        if done == pause_at:
            time.sleep(60)

    coming = [*numbered(ROWS // 2, grade="D"), *numbered(ROWS // 4, uscc=PARTNER)]
    take(store, coming, 1, covers=["BL.TAX"], progress=told)


def kill_in_the_middle(address: str, pause_at: int, *, later: float) -> None:
    """Let another process import, and kill it where it stands still, or some time after it wrote its last portion."""
    command = [sys.executable, __file__, address, str(pause_at)]
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings, text=True) as importer:  # noqa: S603 - this very file
        assert importer.stdout is not None
        for line in importer.stdout:
            if int(line.split()[0]) == (pause_at or WRITTEN):
                break
        time.sleep(later)
        importer.kill()


@pytest.mark.sqlite  # on both databases, at moments of every phase: test_faults.py
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on this system")
@pytest.mark.parametrize(("pause_at", "later"), [(PORTION, 0), (WRITTEN, 0), (0, 0), (0, 0.004), (0, 0.02)])
def test_a_killed_import_leaves_the_old_state_or_the_new(tmp_path: Path, pause_at: int, later: float) -> None:
    """Power may fail at any moment: after the first portion, after the last, while committing, or just after."""
    store, finished = opened(tmp_path), opened(tmp_path / "finished")
    for one in (store, finished):
        take(one, numbered(ROWS), 0, covers=["BL.TAX"])
    old = dump(tmp_path)
    bring(finished)
    new = dump(tmp_path / "finished")
    kill_in_the_middle(url(tmp_path), pause_at, later=later)
    left = dump(tmp_path)
    assert left == old if pause_at else left in (old, new)
    outcome = take(opened(tmp_path), numbered(ROWS), 2, sha256="after", covers=["BL.TAX"])
    assert outcome.changed == (0 if left == old else ROWS)
    assert store.registry().known_at == day(2)


if __name__ == "__main__":
    beliefs._PORTION = PORTION  # type: ignore[misc]
    bring(Store.open(sys.argv[1]), int(sys.argv[2]))
