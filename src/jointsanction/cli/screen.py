"""Where a command shows its pages (输出): plain lines into files and pipes, tables on a terminal."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from jointsanction.cli.plain import plain_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jointsanction.telling.page import Part

    Progress: TypeAlias = Callable[[int, int], None]


def is_terminal() -> bool:
    """Tell whether somebody sits in front of stdout, at a terminal that can do more than lines."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def show(parts: Iterable[Part]) -> None:
    """Show the parts of a page in order."""
    if is_terminal():
        from jointsanction.cli.drawn import draw  # noqa: PLC0415 - rich is for terminals only

        draw(parts)
        return
    for part in parts:
        for line in plain_lines(part):
            sys.stdout.write(line + "\n")


@contextmanager
def progress(title: str) -> Iterator[Progress | None]:
    """Give something to be told rows done and rows in all; None where nobody watches."""
    if not (is_terminal() and sys.stderr.isatty()):
        yield None
        return
    from jointsanction.cli.drawn import progress_bar  # noqa: PLC0415 - rich is for terminals only

    with progress_bar(title) as told:
        yield told
