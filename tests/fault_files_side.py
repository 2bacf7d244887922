"""Faults put into the files of a store: snapshots and backups, whose writers are killed and whose bytes are changed.

A writer is killed just before a random one of its operations on files, or at a random moment between them.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import shutil
import signal
import struct
import sys
import time
from typing import TYPE_CHECKING, Any, Final

import postgres_side
from every_row import CATALOG, answers, fill
from fault_side import Count, ended, forked, postgres_side_in_use, state
from jointsanction.errors import RegistryError
from jointsanction.registry.snapshot.manifest import NAME, read_manifest
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.registry.snapshot.verifying import verify_snapshot
from jointsanction.store import backup_store, restore_store, verify_backup
from store_side import numbered, opened, take, told, url

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    from jointsanction.registry.protocol import Registry

_OPERATIONS: Final = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"})
"""What of a process's doings is an operation on files, as Python names it to an audit hook."""

TRUSTED: Final = 0.003
"""Seconds, beyond those for which a reader takes a file to be whole that it saw whole."""

CORRUPT: Final = "registry.snapshot_corrupt"
DAMAGED: Final = frozenset({"registry.backup_damaged", "registry.backup_form"})


class Steps:
    """Counts the operations on files below a folder in another process, and ends it before one of them (文件操作)."""

    def __init__(self, folder: Path, last: int = 0) -> None:
        """Begin with none; `last` is the one that is not done any more, nought for doing them all."""
        self._folder, self._last = str(folder), last
        self._shared = mmap.mmap(-1, 8)

    @property
    def done(self) -> int:
        """Return how many there were."""
        return int(struct.unpack_from("q", self._shared)[0])

    def follow(self) -> None:
        """Count from now on, in this process."""
        sys.addaudithook(self._saw)

    def _saw(self, what: str, given: tuple[Any, ...]) -> None:
        if what in _OPERATIONS and isinstance(given[0], str | os.PathLike) and str(given[0]).startswith(self._folder):
            struct.pack_into("q", self._shared, 0, self.done + 1)
            if self.done == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


class Writer:
    """Something that writes files below a folder, and is killed while it does (写文件的进程)."""

    def __init__(self, folder: Path, action: Callable[[], object]) -> None:
        """Take what it does; let it do so once, to see how long it takes."""
        self._folder, self._action = folder, action
        steps, begun = Steps(folder), time.monotonic()
        assert ended(forked(lambda: (steps.follow(), action()))) == 0
        self._took, self._steps = time.monotonic() - begun, steps.done

    def killed(self, dice: random.Random) -> bool:
        """Let it work, kill it, and tell whether it was still at work."""
        if self._steps and dice.random() < 0.5:
            steps = Steps(self._folder, dice.randint(1, self._steps))
            return ended(forked(lambda: (steps.follow(), self._action()))) != 0
        writer = forked(self._action)
        time.sleep(dice.uniform(0, self._took * 1.1))
        os.kill(writer, signal.SIGKILL)
        return ended(writer) != 0


def kill_builders(folder: Path, times: int, dice: random.Random) -> Count:
    """Kill so many builders of a snapshot, building a first one, another one anew, or adding what changed (快照).

    Afterwards the snapshot of before or the new one is there, whole, and the next build leaves nothing else behind.
    """
    count = Count()
    for each in (kind := _Builds(folder)).kinds:
        writer = kind.writer(each)
        while count.faults < times * (list(kind.kinds).index(each) + 1) // len(kind.kinds):
            kind.set_back(each)
            if writer.killed(dice):
                count.faults += 1
                count.phases[each] += 1
                kind.judge(each, count)
    return count


class _Builds:
    """A store that went on since a snapshot was made of it, and the ways to bring that up (试验快照)."""

    kinds: Final = {"first": False, "anew": True, "added": False}

    def __init__(self, folder: Path) -> None:
        self._folder, self._before = folder / "snapshot", folder / "before"
        store = opened(folder)
        fill(store)
        take(store, numbered(600, list="BL.GPC"), 20)
        self._old = answers(store.snapshot(self._before))
        take(store, numbered(40, list="BL.GPC", grade="D"), 21)
        self._new, self._store = answers(store.registry()), store
        assert self._old != self._new

    def writer(self, kind: str) -> Writer:
        """Return the builder of a kind."""
        self.set_back(kind)
        return Writer(self._folder, lambda: self._store.snapshot(self._folder, anew=self.kinds[kind]))

    def set_back(self, kind: str) -> None:
        """Bring the folder back to what it was."""
        shutil.rmtree(self._folder, ignore_errors=True)
        if kind != "first":
            shutil.copytree(self._before, self._folder)

    def judge(self, kind: str, count: Count) -> None:
        """See what there is, and what the next build makes of it."""
        try:
            verify_snapshot(self._folder)
            left = answers(SnapshotRegistry.open(self._folder))
        except RegistryError as error:
            left = [error.code]
        again = answers(self._store.snapshot(self._folder))
        there = {file.name for file in self._folder.iterdir()}
        if left not in (["registry.no_snapshot"] if kind == "first" else self._old, self._new):
            count.failed.append(f"fault {count.faults}, {kind}: neither the old snapshot nor the new one")
        elif again != self._new or there != {NAME, *read_manifest(self._folder).files}:
            count.failed.append(f"fault {count.faults}, {kind}: the next build left {sorted(there)}")
        else:
            count.old += left != self._new
            count.new += left == self._new


def kill_backups(folder: Path, times: int, dice: random.Random) -> Count:
    """Kill so many that write a backup: it is there whole, or not at all, and the next one is written (备份)."""
    count, store, file = Count(), opened(folder), folder / "backup" / "store.backup"
    fill(store)
    file.parent.mkdir()
    address, version = url(folder), store.version()

    def back_up() -> object:
        return backup_store(address, file, catalog=CATALOG)

    writer = Writer(file.parent, back_up)
    while count.faults < times:
        file.unlink(missing_ok=True)
        if writer.killed(dice):
            count.faults += 1
            is_there = file.exists()
            count.phases["backup"] += 1
            sound = not is_there or verify_backup(file).version == version
            back_up()
            if not sound or verify_backup(file).version != version or list(file.parent.iterdir()) != [file]:
                count.failed.append(f"fault {count.faults}: half a backup")
            else:
                count.old += not is_there
                count.new += is_there
    return count


def kill_restorers(folder: Path, times: int, dice: random.Random) -> Count:
    """Kill so many that restore a backup: the store is empty or full, and the next one fills it (恢复)."""
    count, store, file, target = Count(), opened(folder), folder / "store.backup", folder / "target"
    fill(store)
    backup_store(url(folder), file, catalog=CATALOG)
    target.mkdir()
    address, full = url(target), state(folder)

    def restore() -> object:
        return restore_store(address, file)

    writer = Writer(target, restore)
    assert state(target) == full
    while count.faults < times:
        _emptied(target)
        if writer.killed(dice):
            count.faults += 1
            count.phases["restore"] += 1
            if postgres_side_in_use():
                postgres_side.wait_until_alone(address.split("?")[0].rsplit("/", 1)[1])
            opened(target)  # it may have been killed before there were any tables
            left = state(target)
            is_empty = not any(rows for name, rows in left[1].items() if name != '"about"')
            if is_empty:
                restore()
            if not (is_empty or left == full) or state(target) != full:
                count.failed.append(f"fault {count.faults}: neither empty nor full")
            count.old += is_empty
            count.new += not is_empty
    return count


def _emptied(folder: Path) -> None:
    if postgres_side_in_use():
        told(folder, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    else:
        for file in folder.iterdir():
            file.unlink()


def change_bytes(folder: Path, times: int, dice: random.Random) -> Count:
    """Change a bit, or cut the file short, of any file of a snapshot and of a backup (翻转一位、截断).

    Whoever asks the snapshot gets the right answer or an error, never another answer; a backup comes back as it was
    or is refused.
    """
    count, store = Count(), opened(folder)
    fill(store)
    store.snapshot(folder / "snapshot")
    take(store, numbered(3, grade="C"), 20)
    right, held = answers(store.registry()), answers(store.snapshot(folder / "snapshot"))
    assert held == right
    files = sorted((folder / "snapshot").iterdir())
    assert len(files) > 2
    backup = folder / "store.backup"
    backup_store(url(folder), backup, catalog=CATALOG)
    for at in range(times):
        file = dice.choice(files) if at % 4 else backup
        whole = file.read_bytes()
        file.write_bytes(_changed(whole, dice))
        told = _of_backup(backup) if file == backup else _of_snapshot(folder / "snapshot", right)
        file.write_bytes(whole)
        count.faults += 1
        count.phases["backup" if file == backup else "snapshot"] += 1
        count.old += told == "refused"
        count.new += told == "right"
        if told not in ("refused", "right"):
            count.failed.append(f"fault {count.faults}, {file.name}: {told}")
    return count


def _changed(whole: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(whole))
    if dice.random() < 0.2:
        return whole[:at]
    changed = bytearray(whole)
    changed[at] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _of_snapshot(folder: Path, right: list[object]) -> str:
    try:
        return "right" if answers(SnapshotRegistry.open(folder)) == right else "another answer"
    except RegistryError as error:
        return "refused" if error.code == CORRUPT else str(error.code)


def _of_backup(file: Path) -> str:
    try:
        verify_backup(file)
    except RegistryError as error:
        return "refused" if error.code in DAMAGED else str(error.code)
    return "right"  # every part has its checksum: what nobody reads may differ


def cut_under_readers(folder: Path, times: int, dice: random.Random) -> Count:
    """Cut files of a snapshot short so many times while a process has it open and asks on (运行中被截断)."""
    count, store = Count(), opened(folder)
    fill(store)
    right = answers(store.snapshot(folder / "snapshot"))
    for _ in range(times):
        shutil.rmtree(folder / "work", ignore_errors=True)
        shutil.copytree(folder / "snapshot", folder / "work")
        file = dice.choice([each for each in sorted((folder / "work").iterdir()) if each.name != NAME])
        ready, go = os.pipe(), os.pipe()
        reader = forked(lambda: _ask_on(folder / "work", right, ready[1], go[0]))  # noqa: B023 - called at once
        os.read(ready[0], 1)
        os.truncate(file, dice.randrange(file.stat().st_size))
        os.write(go[1], b"1")
        _, status = os.waitpid(reader, 0)
        code = os.waitstatus_to_exitcode(status)
        for end in (*ready, *go):
            os.close(end)
        count.faults += 1
        count.phases["snapshot"] += 1
        count.new += code == 0
        count.old += code == _REFUSED
        if code not in (0, _REFUSED):
            count.failed.append(f"fault {count.faults}, {file.name}: the reader ended with {code}")
    return count


_REFUSED: Final = 4


def _ask_on(folder: Path, right: list[object], ready: int, go: int) -> None:
    """Open a snapshot, ask, tell so, wait, and ask again: the same or an error."""
    registry: Registry = SnapshotRegistry.open(folder)
    assert answers(registry) == right
    os.write(ready, b"1")
    os.read(go, 1)
    time.sleep(TRUSTED)
    code = 1
    with contextlib.suppress(Exception):
        try:
            code = 0 if answers(registry) == right else 1
        except RegistryError as error:
            code = _REFUSED if error.code == CORRUPT else 1
    os._exit(code)


BOTH: Final = ("sqlite", "postgresql")
PLANS: Final[list[tuple[str, int, str, tuple[str, ...], Callable[[Path, int, random.Random], Count]]]] = [
    ("builds", 200, "builder of a snapshot killed", BOTH, kill_builders),
    ("backups", 100, "writer of a backup killed", BOTH, kill_backups),
    ("restores", 100, "restoring killed", BOTH, kill_restorers),
    ("flips", 4000, "bit changed or file cut short (old: refused)", ("sqlite",), change_bytes),
    ("cuts", 100, "file cut short under a reader (old: refused)", ("sqlite",), cut_under_readers),
]
"""Option, how many, what it is, on which databases, and what does it."""
