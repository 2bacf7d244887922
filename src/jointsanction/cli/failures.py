"""What goes wrong, as the command line tells it (出错): the exit code, and code, message and hint in words."""

from __future__ import annotations

import json
import sys
from enum import IntEnum
from typing import Final

from jointsanction.errors import (
    CatalogError,
    InferenceError,
    JointSanctionError,
    LoopError,
    ReceiptError,
    RegistryError,
)


class ExitCode(IntEnum):
    """The exit codes of the contract (退出码): an answer is 0 whatever its verdict."""

    ANSWERED = 0
    USAGE = 2
    BAD_DATA = 3
    UNREACHABLE = 4
    INTERRUPTED = 130


_UNREACHABLE: Final = frozenset(
    {
        "registry.no_store",
        "registry.unreachable",
        "registry.busy",
        "registry.schema",
        "registry.clock",
        "registry.history_unavailable",
        "registry.no_snapshot",
        "registry.snapshot_corrupt",
        "registry.snapshot_unwritable",
    }
)
_USAGE: Final = frozenset({"registry.url", "registry.no_file"})
"""What was typed is wrong, and not what is in a file."""


def exit_code(error: JointSanctionError) -> ExitCode:
    """Return the exit code an error ends a command with."""
    if error.code in _UNREACHABLE:
        return ExitCode.UNREACHABLE
    if error.code in _USAGE:
        return ExitCode.USAGE
    if isinstance(error, CatalogError | RegistryError | ReceiptError | InferenceError | LoopError):
        return ExitCode.BAD_DATA
    return ExitCode.USAGE


def tell(error: JointSanctionError, *, as_json: bool) -> ExitCode:
    """Write an error where its reader looks for it, and return the exit code.

    With `--json` the error document goes to stdout, where a program waits for its answer; else text goes to stderr.
    """
    if as_json:
        sys.stdout.write(json.dumps(error.as_json(), ensure_ascii=False) + "\n")
        return exit_code(error)
    lines = error.message.splitlines()
    # Problems with a place stand on lines of their own, as editors and scripts read them.
    listed = len(lines) > 1 or isinstance(error, CatalogError)
    sys.stderr.write(f"错误 {error.code}：{f'共 {len(lines)} 处' if listed else error.message}\n")
    if listed:
        sys.stderr.write(error.message + "\n")
    if error.hint:
        sys.stderr.write(f"怎么办：{error.hint}\n")
    return exit_code(error)
