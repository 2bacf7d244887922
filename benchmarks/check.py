"""What one check costs, as a ratio to a bare dictionary look-up (单次核查耗时).

    python benchmarks/check.py [--subjects 20000] [--checks 20000]

Prints microseconds (median of the rounds) for an unlisted and a listed subject, with and without the document and the
receipt, beside the floor: a pre-indexed dictionary, a precomputed tuple of measures and a date filter, giving names
and no reasons. All figures are of one process and one run; compare rows, not machines. Every answer is read, and every
verdict is compared with what is expected, before anything is timed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jointsanction import Edition, Engine, Listing, MemoryRegistry
from jointsanction.catalog.bundle import default_catalog
from jointsanction.identity.uscc import check_digit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jointsanction.model.catalogue import Catalog

NOW = datetime(2024, 6, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
MATTER, REGION = "GPC.SUPPLIER", "410182"
LISTS = ("BL.SXBZXR", "BL.TAX", "BL.WAGE", "BL.GPC")
ROUNDS = 7


def code(number: int) -> str:
    """Return a made-up code of region 990000 with its right check digit."""
    body = f"91990000MA{number:07d}"
    return body + check_digit(body)


def main() -> None:
    """Build the worlds, check the answers, time, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--subjects", type=int, default=20_000)
    options.add_argument("--checks", type=int, default=20_000)
    args = options.parse_args()
    dice = random.Random(20240610)  # noqa: S311 - a fixed order, not a secret
    codes = [code(number) for number in range(args.subjects * 2)]
    listed, unlisted = codes[: args.subjects], codes[args.subjects :]
    rows = [row(subject, dice, at) for at, subject in enumerate(listed) for _ in range(dice.randint(1, 4))]
    engine = open_engine(rows)
    floor = Floor(rows)
    expect(engine, listed[:500], unlisted[:500])
    cases = {"unlisted": pick(unlisted, dice, args.checks), "listed": pick(listed, dice, args.checks)}
    report(engine, floor, cases)


def row(subject: str, dice: random.Random, at: int) -> Listing:
    """Return a made-up listing of a subject, in force on the day asked about."""
    listed_on = date(2023, dice.randint(7, 12), dice.randint(1, 28))
    name = dice.choice(LISTS)
    valid_to = date(2025, 1, 1) if name == "BL.GPC" else None
    number = f"示例文〔2023〕{at}号"
    return Listing(
        list=name, uscc=subject, listed_on=listed_on, valid_to=valid_to, instrument_no=number, batch="b1", row=at
    )


def open_engine(rows: Sequence[Listing], catalog: Catalog | None = None) -> Engine:
    """Open an engine, on the shipped catalogue unless told otherwise, with every list declared loaded."""
    catalog = catalog or default_catalog()
    editions = [
        Edition(list=name, batch="b1", received_at=NOW, regions=() if kind.scope == "national" else kind.scope)
        for name, kind in catalog.lists.items()
    ]
    return Engine(catalog, MemoryRegistry(rows, editions, version="benchmark"), clock=lambda: NOW)


class Floor:
    """The least a check could cost: one dictionary, precomputed names, a date filter."""

    def __init__(self, rows: Sequence[Listing]) -> None:
        """Index the rows by code."""
        self.index: dict[str, list[tuple[date, tuple[str, ...]]]] = {}
        for each in rows:
            assert each.uscc is not None
            assert each.listed_on is not None
            self.index.setdefault(each.uscc, []).append((each.listed_on, (each.list, "measure")))

    def check(self, subject: str) -> list[tuple[str, ...]]:
        """Return the names that apply."""
        return [names for listed_on, names in self.index.get(subject, ()) if listed_on <= date(2024, 6, 10)]


def pick(subjects: Sequence[str], dice: random.Random, checks: int) -> list[str]:
    """Return a shuffled workload."""
    return [dice.choice(subjects) for _ in range(checks)]


def expect(engine: Engine, listed: Sequence[str], unlisted: Sequence[str]) -> None:
    """Refuse to time wrong answers."""
    for subject in listed:
        assert engine.check_subject(subject, MATTER, region=REGION, as_of=NOW.date()).findings, "a listed subject"
    for subject in unlisted:
        result = engine.check_subject(subject, MATTER, region=REGION, as_of=NOW.date())
        assert result.verdict == "clear", result.verdict


def read_all(engine: Engine, subject: str) -> tuple[object, ...]:
    """Check one subject and read what a caller reads: verdict, each finding's measure, number and basis, the rest."""
    result = engine.check_subject(subject, MATTER, region=REGION, as_of=NOW.date())
    findings = [(found.measure, (found.cause or {}).get("instrument_no"), found.basis) for found in result.findings]
    return result.verdict, findings, result.coverage, result.identity.warnings


def dump(engine: Engine, subject: str) -> object:
    """Check one subject and write the whole document with its receipt."""
    return engine.check_subject(subject, MATTER, region=REGION, as_of=NOW.date()).model_dump()


def timed(call: Callable[[str], object], subjects: Sequence[str]) -> float:
    """Return microseconds a call, the median of the rounds; the first round warms up and does not count."""
    figures = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        for subject in subjects:
            call(subject)
        figures.append((time.perf_counter() - start) / len(subjects) * 1e6)
    return statistics.median(figures[1:])


def report(engine: Engine, floor: Floor, cases: dict[str, list[str]]) -> None:
    """Print a row a case."""
    print(f"{'subject':<10}{'floor µs':>10}{'check µs':>10}{'ratio':>8}{'+document µs':>14}")
    for name, subjects in cases.items():
        bare = timed(floor.check, subjects)
        full = timed(lambda subject: read_all(engine, subject), subjects)
        document = timed(lambda subject: dump(engine, subject), subjects[:2000])
        print(f"{name:<10}{bare:>10.2f}{full:>10.2f}{full / bare:>8.1f}{document:>14.1f}")


if __name__ == "__main__":
    main()
