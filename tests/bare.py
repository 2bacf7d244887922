"""The wheel alone, no extras, from an empty folder: it imports, loads its catalogue and answers one check.

Run by `tox -e bare`, where nothing but the wheel and its dependencies is installed.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import jointsanction

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_ON_THE_READ_PATH = (
    "numpy",
    "openpyxl",
    "pyarrow",
    "python_calamine",
    "rapidfuzz",
    "sqlalchemy",
    "sqlmodel",
    "yaml",
)


def main() -> None:
    """Check one made-up subject against the catalogue that came with the wheel."""
    engine = jointsanction.Engine.open()
    result = engine.check_subject("91990000MA0000001B", "procurement", as_of="2024-06-10", coverage="loaded")
    if result.verdict is not jointsanction.Verdict.INDETERMINATE:  # nothing was searched, so nobody is clear
        sys.exit(f"an empty registry answered {result.verdict}")
    missing("durable", lambda: jointsanction.Engine.open(inference="durable"))
    missing("arrow", lambda: engine.screen_frame([], "id", matter="procurement"))
    missing("spark", lambda: jointsanction.screen_spark(engine, None, "id", matter="procurement"))
    strays = [name for name in NOT_ON_THE_READ_PATH if name in sys.modules]
    if strays:
        sys.exit(f"a check imported {', '.join(strays)}")
    sys.stdout.write(f"{result.verdict.zh} {result.receipt}\n")


def missing(extra: str, use: Callable[[], object]) -> None:
    """Hold a missing extra to saying its name."""
    try:
        use()
    except jointsanction.MissingExtraError as error:
        if f"jointsanction[{extra}]" not in error.hint:
            sys.exit(f"a missing extra does not say its name: {error.hint}")
    else:
        sys.exit(f"{extra} is here, where no extra is installed")


if __name__ == "__main__":
    main()
