"""Faults put into what a store does, many of them: processes killed, servers stopped, killed, started again.

    python tests/fault_side.py [--kills 200] [--stops 20] [--backends 20] [--crashes 20] [--builds 200] [--backups 100]
                               [--flips 2000] [--seed 1]

Each fault hits an import at a random moment of a random one of its phases, from opening the store to letting go of it,
be it an edition that adds, changes and misses rows or a first one with its indexes built afterwards. Only faults that
hit count. Afterwards the store has to be in the old state or in the new one, row by row and by its version, and sound,
and the next import has to bring it to the new one; else it counts as no survival. Snapshots and backups are treated
alike, in `fault_files_side`. Prints how many faults there were, in which phases, and how many were survived.
"""

from __future__ import annotations

import argparse
import mmap
import os
import random
import re
import shutil
import signal
import struct
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

import postgres_side
import store_side
from jointsanction.errors import RegistryError
from jointsanction.store import Store, beliefs
from jointsanction.store.tables import METADATA
from store_side import PARTNER, dump, numbered, opened, take, told, url

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jointsanction.store import BatchOutcome

Fault: TypeAlias = "Callable[[int], bool]"
"""Does something to the process of an importer, and tells whether it surely did."""

ROWS: Final = 400
PORTION: Final = 60
"""So many rows a statement in these imports, that their writing has several, and a first one rebuilds its indexes."""

PATIENCE: Final = 60.0
PHASES: Final = {
    "opening": "",
    "staging": "CREATE TEMPORARY TABLE",
    "comparing": r"SELECT arriving\.natural_key",
    "closing": "UPDATE listing SET superseded_at",
    "dropping indexes": "DROP INDEX",
    "writing": "INSERT INTO listing ",
    "writing keys": "INSERT INTO listing_key ",
    "building indexes": "CREATE INDEX",
    "committing": "",
    "letting go": "",
    "done": "",
}
"""The phases of an import (导入阶段), and what statement each begins with; letting go, SQLite checkpoints its log."""

_TABLES: Final = tuple(table.name for table in METADATA.sorted_tables)
TOLD: Final = frozenset({"registry.unreachable", "registry.busy", "registry.schema"})
"""The errors that may end an import when something happens to its database."""

_NAMES: Final = tuple(PHASES)
_PATTERNS: Final = {name: re.compile(r"\s*" + said) for name, said in PHASES.items() if said}


@dataclass
class Count:
    """How many faults there were, when, and in which state they left the store (注入次数与存活次数)."""

    faults: int = 0
    old: int = 0
    new: int = 0
    failed: list[str] = field(default_factory=list)
    phases: Counter[str] = field(default_factory=Counter)

    @property
    def survived(self) -> int:
        """Return how many left the old state or the new one."""
        return self.old + self.new

    def __str__(self) -> str:
        """Say it in a line."""
        hit = ", ".join(f"{name} {times}" for name, times in self.phases.items())
        states = f"{self.old} in the old state, {self.new} in the new"
        return f"{self.faults} faults, {self.survived} survived ({states}; {hit})"


class Clock:
    """When the phases of an import began in another process (阶段时刻), in memory that both share."""

    def __init__(self) -> None:
        """Begin with none."""
        self._shared = mmap.mmap(-1, 8 * len(PHASES))

    def begin(self, phase: str) -> None:
        """Tell that a phase begins; only the first time counts."""
        if not self.began(phase):
            struct.pack_into("d", self._shared, 8 * _NAMES.index(phase), time.monotonic())

    def began(self, phase: str) -> float:
        """Return when a phase began, nought when it did not yet."""
        return float(struct.unpack_from("d", self._shared, 8 * _NAMES.index(phase))[0])

    @property
    def phase(self) -> str:
        """Return which phase it is in."""
        return max(PHASES, key=self.began)

    def windows(self) -> dict[str, float]:
        """Return how long each phase took that there was, the last one's nought."""
        there = sorted((began, phase) for phase in PHASES if (began := self.began(phase)))
        return {phase: later - began for (began, phase), (later, _) in zip(there, [*there[1:], there[-1]], strict=True)}

    def listen(self) -> None:
        """Follow what is said to the database in this process, from now on."""
        self.begin("opening")

        @event.listens_for(Engine, "before_cursor_execute")
        def _said(*told: Any) -> None:
            for phase, pattern in _PATTERNS.items():
                if pattern.match(told[2]):
                    self.begin(phase)

        @event.listens_for(Engine, "commit")
        def _committing(_connection: object) -> None:
            if self.began("writing"):
                self.begin("committing")

        @event.listens_for(Pool, "close")
        def _letting_go(_connection: object, _record: object) -> None:
            if self.began("committing"):
                self.begin("letting go")


def forked(action: Callable[[], object], clock: Clock | None = None) -> int:
    """Do something in a process of its own, that ends with 0, or with 3 after one of our errors."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        warnings.simplefilter("default")  # as programs run, not as tests do
        if clock is not None:
            clock.listen()
        action()
        if clock is not None:
            clock.begin("done")
        code = 0
    except BaseException as error:  # noqa: BLE001 - nothing may leave the child but its code
        code = 3 if isinstance(error, RegistryError) and error.code in TOLD else 1
        if code == 1:
            traceback.print_exc()
            sys.stderr.flush()
    os._exit(code)


def ended(child: int) -> int:
    """Wait for such a process and return how it ended, below nought for a signal."""
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 3, -signal.SIGKILL), f"it ended as it may not: {code}"
    return code


class World:
    """A store in its old state, which can be set back to it, and what it and its new state look like (试验库)."""

    def __init__(self, folder: Path, old: list[Any], coming: list[Any]) -> None:
        """Make both states, and time an import."""
        self.folder, self._base, self._coming = folder / "at-work", folder / "base", coming
        for each in (self.folder, self._base):
            each.mkdir(parents=True)
        store = opened(self._base)
        if old:
            take(store, old, 0, covers=["BL.TAX"])
        self.old: State | None = None
        self.set_back()
        self.old = state(self._base)
        self.windows: dict[str, float] = {}
        while not self.windows:
            clock = Clock()
            assert ended(forked(self.bring, clock)) == 0
            self.windows = clock.windows()
            self.new = state(self.folder)
            self.set_back()
        assert self.new != self.old

    def set_back(self) -> None:
        """Bring the store back to its old state."""
        if store_side.DATABASE["kind"] == "sqlite":
            for file in self.folder.iterdir():
                file.unlink()
            shutil.copy(self._base / "lists.db", self.folder)
            return
        if not self.old:
            postgres_side.copy(_name(url(self._base)), _name(url(self.folder)))
            told(self.folder, "CREATE SCHEMA base", *(f"CREATE TABLE base.{name} AS TABLE {name}" for name in _TABLES))
            return
        fresh = [f"INSERT INTO {name} SELECT * FROM base.{name}" for name in _TABLES]  # noqa: S608 - our tables
        numbers = "SELECT setval(pg_get_serial_sequence('edition', 'id'), coalesce(max(id), 0) + 1, false) FROM edition"
        told(self.folder, f"TRUNCATE {', '.join(_TABLES)}", *fresh, numbers)

    def bring(self) -> BatchOutcome:
        """Take the edition in, its rows in small portions."""
        portion, beliefs._PORTION = beliefs._PORTION, PORTION  # type: ignore[misc]
        try:
            store = Store.open(url(self.folder), wait=PATIENCE)
            return take(store, self._coming, 1, covers=["BL.TAX"])
        finally:
            beliefs._PORTION = portion  # type: ignore[misc]

    def hit(self, fault: Fault, count: Count, dice: random.Random) -> None:
        """Put one fault into an import, at any moment of any phase, and see in which state it leaves the store."""
        phase, clock = dice.choice(list(self.windows)), Clock()
        later = dice.uniform(0, self.windows[phase] * 1.1)
        importer = forked(self.bring, clock)
        until = time.monotonic() + PATIENCE
        while not clock.began(phase) and time.monotonic() < until:
            time.sleep(0.00005)
        at = clock.began(phase) + later
        while (left := at - time.monotonic()) > 0:
            time.sleep(min(left, 0.0005) if left > 0.001 else 0)
        struck, phase = fault(importer), clock.phase
        code = ended(importer)
        if postgres_side_in_use():
            postgres_side.wait_until_alone(_name(url(self.folder)))
        if struck or code:
            count.faults += 1
            count.phases[phase] += 1
            self._judge(count, phase)
        self.set_back()

    def _judge(self, count: Count, phase: str) -> None:
        """See in which state the store is, and that the next import brings it to the new one."""
        left = state(self.folder)
        repeated = self.bring().repeated
        if left not in (self.old, self.new):
            count.failed.append(f"fault {count.faults}, {phase}: neither the old state nor the new one")
        elif plain(state(self.folder)) != plain(self.new) or repeated is not (left == self.new):
            count.failed.append(f"fault {count.faults}, {phase}: the next import did not work")
        else:
            count.old += left == self.old
            count.new += left == self.new


State = tuple[str, dict[str, list[tuple[Any, ...]]]]


def state(folder: Path) -> State:
    """Return the version of a store and everything in its tables, which are sound."""
    rows = dump(folder)
    return opened(folder).version(), rows


def plain(left: State) -> State:
    """Leave out the numbers of editions: a server counts on after an import that came to nothing."""
    version, rows = left
    return version, {**rows, '"edition"': [row[1:] for row in rows['"edition"']]}


def worlds(folder: Path) -> tuple[World, World]:
    """Return a store in which an edition adds, changes and misses rows, and an empty one that has its first."""
    changing = [*numbered(ROWS // 2, grade="D"), *numbered(ROWS // 4, uscc=PARTNER)]
    return World(folder / "changed", numbered(ROWS), changing), World(folder / "first", [], numbered(ROWS))


def hit_importers(folder: Path, faults: Sequence[Fault], dice: random.Random) -> Count:
    """Put faults into imports, one after the other, in turn into changing and first ones."""
    count, both, tried = Count(), worlds(folder), 0
    while count.faults < len(faults):
        both[tried % 2].hit(faults[count.faults], count, dice)
        tried += 1
    return count


def kill(process: int) -> bool:
    """Kill a process (SIGKILL), and tell whether it was there still."""
    os.kill(process, signal.SIGKILL)
    return False  # how it ended tells


def stop(_importer: int) -> bool:
    """Have the server stop at once, as its `immediate` shutdown does, and start it again (数据库中断)."""
    server = postgres_side.server()
    server.stop(signal.SIGQUIT)
    server.start()
    return True


def crash(_importer: int) -> bool:
    """Kill all processes of the server (SIGKILL), and start it again (数据库崩溃)."""
    server = postgres_side.server()
    server.crash()
    server.start()
    return True


def kill_backend(_importer: int) -> bool:
    """Kill the server's process that serves the importer: the server starts itself anew (后端被杀)."""
    server = postgres_side.server()
    killed = server.kill_backend("jointsanction")
    server.wait()
    return killed


def postgres_side_in_use() -> bool:
    """Tell whether stores lie on the server."""
    return store_side.DATABASE["kind"] != "sqlite"


def importers(fault: Fault) -> Callable[[Path, int, random.Random], Count]:
    """Return what puts one fault into so many imports."""
    return lambda folder, times, dice: hit_importers(folder, [fault] * times, dice)


def _name(address: str) -> str:
    return psycopg.conninfo.conninfo_to_dict(address)["dbname"]


def main() -> None:
    """Put all faults into both databases and print the counts."""
    import fault_files_side  # noqa: PLC0415 - it stands on this one

    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    plans = [
        ("kills", 200, "importer killed", ("sqlite", "postgresql"), importers(kill)),
        ("stops", 20, "server stopped", ("postgresql",), importers(stop)),
        ("backends", 20, "server's process of the importer killed", ("postgresql",), importers(kill_backend)),
        ("crashes", 20, "server killed", ("postgresql",), importers(crash)),
        *fault_files_side.PLANS,
    ]
    for name, times, *_ in plans:
        options.add_argument(f"--{name}", type=int, default=times)
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    dice, failed = random.Random(args.seed), list[str]()  # noqa: S311 - moments, not secrets
    for name, _, what, kinds, fault in plans:
        for kind in kinds if getattr(args, name) else ():
            store_side.DATABASE["kind"] = kind
            with tempfile.TemporaryDirectory() as folder:
                count = fault(Path(folder), getattr(args, name), dice)
            print(f"{kind}, {what}: {count}", flush=True)  # noqa: T201 - what it is for
            failed += count.failed
    if failed:
        raise SystemExit("\n".join(failed))


if __name__ == "__main__":
    main()
