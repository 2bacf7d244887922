"""What the tests of the command line share: how a command ends, and the sample subjects."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple, Protocol

from jointsanction.root import default_root

SAMPLES: Final = Path(str(default_root())) / "samples"
DEFAULTER: Final = "91990000MA0DEM0138"
UNPAID_WAGES: Final = "91990000MA0DEM0213"
TRUSTED: Final = "91990000MA0DEM056M"
RELEASED: Final = "91990000MA0DEM064G"
NOBODY: Final = "91990000MA0DEM0806"
ASKED: Final = ("--matter", "procurement", "--region", "410182", "--as-of", "2026-06-10")


class Ran(NamedTuple):
    """How a command ended: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


class Slip(NamedTuple):
    """Something wrong: what was typed or written, the exit code, the error's code."""

    given: tuple[str, ...]
    code: int
    error: str


class Run(Protocol):
    """Runs a command with something on stdin."""

    def __call__(self, *words: str, stdin: bytes = b"") -> Ran:
        """Return how it ended."""


class ListFile(Protocol):
    """Writes a list file of some rows."""

    def __call__(self, *rows: str, headers: str = ...) -> str:
        """Return its path."""
