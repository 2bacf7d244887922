"""Limits a process sets itself (进程限额): memory, processor time, files."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN_FILES: Final = 256
_GRACE: Final = 5  # seconds between the signal that asks and the one that ends


def can_confine() -> bool:
    """Tell whether this system can limit a process (能否限额)."""
    return sys.platform != "win32"


def confine(memory: int, cpu_seconds: int) -> None:
    """Take no more memory and time than allowed from here on, leave no memory image behind (限额)."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        _lower(what, most, most)
    _lower(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + _GRACE)


def _lower(what: int, soft: int, hard: int) -> None:
    """Lower a limit; one that is lower already stays."""
    there = resource.getrlimit(what)[1]
    most = hard if there == resource.RLIM_INFINITY else min(hard, there)
    resource.setrlimit(what, (min(soft, most), most))


@contextmanager
def writing_nothing() -> Iterator[None]:
    """Let the process write no byte into any file while it reads (只读): nothing that reads has to."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
