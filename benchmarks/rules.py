"""What rules add to a check, as a ratio to the same catalogue without them (规则的耗时).

    python benchmarks/rules.py [--subjects 5000] [--checks 5000]

Prints microseconds for an unlisted and a listed subject, and for a check whose profile was never seen before, with the
shipped rules and with none. All figures are of one process and one run; compare rows, not machines.
"""

from __future__ import annotations

import random

from check import asked, expect, first, open_engine, pick, read_all, timed, world

from jointsanction.catalog.bundle import default_catalog


def main() -> None:
    """Build the worlds, check the answers, time, print."""
    args = asked(__doc__, size=5_000)
    dice = random.Random(20240610)  # noqa: S311 - a fixed order, not a secret
    listed, unlisted, rows = world(args.subjects, dice)
    bare = default_catalog().model_copy(update={"rules": {}})
    engines = {"without": open_engine(rows, bare), "with": open_engine(rows)}
    for engine in engines.values():
        expect(engine, listed[:500], unlisted[:500])
    print(f"{'check':<16}{'without µs':>12}{'with µs':>10}{'ratio':>8}")
    for name, subjects in (("unlisted", unlisted), ("listed", listed)):
        chosen = pick(subjects, dice, args.checks)
        show(name, {which: timed(lambda one, e=engine: read_all(e, one), chosen) for which, engine in engines.items()})
    show("a new profile", {which: first(engine, listed) for which, engine in engines.items()})


def show(name: str, figures: dict[str, float]) -> None:
    """Print a row."""
    ratio = figures["with"] / figures["without"]
    print(f"{name:<16}{figures['without']:>12.1f}{figures['with']:>10.1f}{ratio:>8.2f}")


if __name__ == "__main__":
    main()
