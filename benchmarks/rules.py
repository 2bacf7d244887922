"""What rules add to a check, as a ratio to the same catalogue without them (规则的耗时).

    python benchmarks/rules.py [--subjects 5000] [--checks 5000]

Prints microseconds for an unlisted and a listed subject, and for a check whose profile was never seen before, with the
shipped rules and with none. All figures are of one process and one run; compare rows, not machines.
"""

from __future__ import annotations

import argparse
import random
import time
from typing import TYPE_CHECKING

from check import MATTER, NOW, REGION, code, expect, open_engine, pick, read_all, row, timed

from jointsanction.catalog.bundle import default_catalog

if TYPE_CHECKING:
    from jointsanction import Engine

FIRST = 200


def main() -> None:
    """Build the worlds, check the answers, time, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--subjects", type=int, default=5_000)
    options.add_argument("--checks", type=int, default=5_000)
    args = options.parse_args()
    dice = random.Random(20240610)  # noqa: S311 - a fixed order, not a secret
    codes = [code(number) for number in range(args.subjects * 2)]
    listed, unlisted = codes[: args.subjects], codes[args.subjects :]
    rows = [row(subject, dice, at) for at, subject in enumerate(listed) for _ in range(dice.randint(1, 4))]
    bare = default_catalog().model_copy(update={"rules": {}})
    engines = {"without": open_engine(rows, bare), "with": open_engine(rows)}
    for engine in engines.values():
        expect(engine, listed[:500], unlisted[:500])
    print(f"{'check':<16}{'without µs':>12}{'with µs':>10}{'ratio':>8}")
    for name, subjects in (("unlisted", unlisted), ("listed", listed)):
        asked = pick(subjects, dice, args.checks)
        show(name, {which: timed(lambda one, e=engine: read_all(e, one), asked) for which, engine in engines.items()})
    show("a new profile", {which: first(engine, listed) for which, engine in engines.items()})


def first(engine: Engine, listed: list[str]) -> float:
    """Return microseconds of a check whose profile nobody asked for before: the memory is emptied between two."""
    spent = 0.0
    for subject in listed[:FIRST]:
        engine.swap(registry=engine.registry)  # a swap forgets what was worked out
        engine.check_subject(code(9_999_999), MATTER, region=REGION, as_of=NOW.date())  # the plan of the matter
        start = time.perf_counter()
        read_all(engine, subject)
        spent += time.perf_counter() - start
    return spent / FIRST * 1e6


def show(name: str, figures: dict[str, float]) -> None:
    """Print a row."""
    ratio = figures["with"] / figures["without"]
    print(f"{name:<16}{figures['without']:>12.1f}{figures['with']:>10.1f}{ratio:>8.2f}")


if __name__ == "__main__":
    main()
