"""One builder of a snapshot at a time (快照写锁): the lock is the process's, and ends with it, however it ends."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from jointsanction.registry.snapshot.faults import being_built, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WAIT: Final = 30.0
_PAUSE: Final = 0.05
_HAS_LOCKS: Final = find_spec("fcntl") is not None
"""Whether the system has locks that end with their process; elsewhere builders are not kept apart."""


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Make the folder of a snapshot and keep every other builder out of it; readers need no lock (独占写入).

    Raises:
        RegistryError: `registry.busy` when another builder takes longer than half a minute;
            `registry.snapshot_unwritable`.
    """
    try:
        # What is in it is personal data, which nobody but its keeper reads.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder if _HAS_LOCKS else os.devnull, os.O_RDONLY)
    except OSError as error:
        raise unwritable(folder, error.strerror or "文件系统不允许") from error
    try:
        until = time.monotonic() + _WAIT
        while not is_alone(descriptor):
            if time.monotonic() > until:
                raise being_built(folder)
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def is_alone(descriptor: int) -> bool:
    """Take the lock of an open file or folder, and tell whether nobody else has it (加锁)."""
    if not _HAS_LOCKS:
        return True
    import fcntl  # noqa: PLC0415 - not on every system

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
