"""Faults put into imports, many of them: the importer killed at random moments, the server stopped under it.

    python tests/fault_side.py [--kills 200] [--stops 20] [--seed 1]

Each fault hits an import that adds, changes and misses rows. Afterwards the store has to be in the old state or in the
new one, row by row, and sound; else it counts as no survival. A process is forked for each import, so that hundreds
take minutes. Prints how many faults there were and how many were survived, per database.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg

import postgres_side
import store_side
from jointsanction.errors import RegistryError
from jointsanction.store import Store
from store_side import PARTNER, dump, numbered, opened, take, url

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS: Final = 3000
PATIENCE: Final = 60.0
LATEST: Final = 1.2
"""Up to which part of the time that an import takes something goes wrong with it: also just after it is done."""


@dataclass
class Count:
    """How many faults there were, and in which state they left the store (注入次数与存活次数)."""

    faults: int = 0
    old: int = 0
    new: int = 0
    failed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Say it in a line."""
        survived = self.old + self.new
        return f"{self.faults} faults, {survived} survived ({self.old} in the old state, {self.new} in the new)"


def coming() -> list[Any]:
    """Return an edition that adds, changes and misses rows."""
    return [*numbered(ROWS // 2, grade="D"), *numbered(ROWS // 4, uscc=PARTNER)]


def bring(store: Store) -> None:
    """Take the edition in."""
    take(store, coming(), 1, covers=["BL.TAX"])


class World:
    """A store in its old state, which can be set back to it, and what it and its new state look like (试验库)."""

    def __init__(self, folder: Path) -> None:
        """Make both states, and time an import."""
        self.folder, self._base = folder / "at-work", folder / "base"
        for each in (self.folder, self._base):
            each.mkdir()
        take(opened(self._base), numbered(ROWS), 0, covers=["BL.TAX"])
        self.old = dump(self._base)
        self.set_back()
        begun = time.monotonic()
        self._wait_for(self._forked())
        self.duration = time.monotonic() - begun
        self.new = dump(self.folder)
        assert self.new != self.old
        self.set_back()

    def set_back(self) -> None:
        """Bring the store back to its old state."""
        if store_side.DATABASE["kind"] == "sqlite":
            for file in self.folder.iterdir():
                file.unlink()
            shutil.copy(self._base / "lists.db", self.folder)
            return
        postgres_side.copy(_name(url(self._base)), _name(url(self.folder)))

    def hit(self, fault: Callable[[int], None], count: Count) -> None:
        """Put one fault into an import, and see which state it leaves."""
        count.faults += 1
        importer = self._forked()
        fault(importer)
        self._wait_for(importer)
        if store_side.DATABASE["kind"] != "sqlite":
            postgres_side.wait_until_alone(_name(url(self.folder)))
        left = dump(self.folder)
        count.old += left == self.old
        count.new += left == self.new
        if left not in (self.old, self.new):
            count.failed.append(f"fault {count.faults}: neither the old state nor the new one")
        # A server counts on after an import that came to nothing: the numbers of editions would tell the states apart.
        if left != self.old or store_side.DATABASE["kind"] != "sqlite":
            self.set_back()

    def _forked(self) -> int:
        """Import in a process of its own, that ends with 0, or with 3 after one of our errors."""
        address = url(self.folder)
        child = os.fork()
        if child:
            return child
        code = 1
        with contextlib.suppress(BaseException):
            try:
                bring(Store.open(address, wait=PATIENCE))
                code = 0
            except RegistryError as error:
                code = 3 if error.code == "registry.unreachable" else 1
        os._exit(code)

    def _wait_for(self, child: int) -> None:
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) in (0, 3), "the import ended as it may not"


def kill_importers(folder: Path, times: int, dice: random.Random) -> Count:
    """Kill so many importers at random moments of their import (SIGKILL)."""
    world, count = World(folder), Count()

    def kill(importer: int) -> None:
        time.sleep(dice.uniform(0, world.duration * LATEST))
        with contextlib.suppress(ProcessLookupError):
            os.kill(importer, signal.SIGKILL)

    for _ in range(times):
        world.hit(kill, count)
    return count


def stop_servers(folder: Path, times: int, dice: random.Random) -> Count:
    """Stop the server so many times at random moments, as a power cut does, and start it again (数据库中断)."""
    world, count, server = World(folder), Count(), postgres_side.server()

    def stop(importer: int) -> None:
        assert importer
        time.sleep(dice.uniform(0, world.duration * LATEST))
        server.stop(signal.SIGQUIT)
        server.start()

    for _ in range(times):
        world.hit(stop, count)
    return count


def _name(address: str) -> str:
    return psycopg.conninfo.conninfo_to_dict(address)["dbname"]


def main() -> None:
    """Put all faults into both databases and print the counts."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--stops", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    dice, failed = random.Random(args.seed), []  # noqa: S311 - moments, not secrets
    plans = [("sqlite", "killed", kill_importers, args.kills), ("postgresql", "killed", kill_importers, args.kills)]
    for kind, what, fault, times in [*plans, ("postgresql", "server stopped", stop_servers, args.stops)]:
        store_side.DATABASE["kind"] = kind
        with tempfile.TemporaryDirectory() as folder:
            count = fault(Path(folder), times, dice)
        print(f"{kind}, {what}: {count}", flush=True)  # noqa: T201 - what it is for
        failed += count.failed
    if failed:
        raise SystemExit("\n".join(failed))


if __name__ == "__main__":
    main()
