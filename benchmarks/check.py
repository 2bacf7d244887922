"""What one check costs, as a ratio to a bare dictionary look-up (单次核查耗时).

    python benchmarks/check.py [--subjects 100000] [--checks 20000] [--profiles 500] [--listings 10000 100000]

The floor is one dictionary of all listed subjects, a precomputed tuple of names and a date filter; subjects are asked
about in an order of chance, so that no memory of the last ones helps. `listed` and `unlisted` read the verdict, every
finding's measure, instrument number and basis, coverage and warnings; `document` writes the whole answer with its
receipt. Then as many profiles as asked for beside few, the first check of a profile and of a question never seen,
catalogues of more measures, and registries of more listings. Floor and check are timed in turn, in rounds of one
process, and every ratio is to the floor for a listed subject of the same rounds; compare rows, not machines. Every
answer is compared with what is expected before anything is timed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from dataclasses import replace
from datetime import date, datetime
from itertools import count, islice
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from jointsanction import Edition, Engine, Listing, MemoryRegistry
from jointsanction.catalog.bundle import default_catalog
from jointsanction.identity.uscc import check_digit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jointsanction.model.catalogue import Catalog

NOW = datetime(2024, 6, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
MATTER, REGION = "GPC.SUPPLIER", "410182"
LISTS = ("BL.SXBZXR", "BL.TAX", "BL.WAGE", "BL.GPC")
ROUNDS = 7
FIRST = 200


def code(number: int) -> str:
    """Return a made-up code of region 990000 with its right check digit."""
    body = f"91990000M{'ABCDEFGH'[number // 10**7]}{number % 10**7:07d}"
    return body + check_digit(body)


class Row(NamedTuple):
    """A line of the table: microseconds of the floor for a listed subject, and of what is compared with it."""

    name: str
    floor: float
    spent: float

    @property
    def ratio(self) -> float:
        """Return how often the floor goes into it."""
        return self.spent / self.floor


def main() -> None:
    """Build the worlds, check the answers, time, print."""
    options = sizes(__doc__, size=100_000)
    options.add_argument("--profiles", type=int, default=500)
    options.add_argument("--measures", type=int, nargs="+", default=[100, 1_000, 5_000])
    options.add_argument("--listings", type=int, nargs="+", default=[10_000, 100_000])
    print(f"{'what':<28}{'floor µs':>10}{'µs':>10}{'ratio':>8}")
    for row in measured(options.parse_args()):
        print(f"{row.name:<28}{row.floor:>10.2f}{row.spent:>10.2f}{row.ratio:>8.1f}")


def measured(args: argparse.Namespace) -> Iterator[Row]:
    """Yield the lines of the table; every answer is checked before it is timed."""
    dice = random.Random(20240610)  # noqa: S311 - a fixed order, not a secret
    catalog = default_catalog()
    listed, unlisted, rows = world(args.subjects, dice)
    engine, floor = open_engine(rows, catalog), Floor(rows)
    expect(engine, listed[:500], unlisted[:500])
    work = Work(floor, pick(listed, dice, args.checks))
    none = pick(unlisted, dice, args.checks)
    yield work.row("unlisted", lambda one: read_all(engine, one), none)
    yield work.row("listed", lambda one: read_all(engine, one), work.subjects)
    yield work.row("unlisted, document", lambda one: dump(engine, one), none[: args.checks // 10])
    yield work.row("listed, document", lambda one: dump(engine, one), work.subjects[: args.checks // 10])
    yield from by_profiles(catalog, args, dice)
    yield Row("first of a profile", work.bare(), first(engine, listed))
    yield Row("first of a question", work.bare(), first_question(engine, unlisted))
    for size in args.measures:
        larger = open_engine(rows, with_measures(catalog, size))
        expect(larger, listed[:100], unlisted[:100])
        yield work.row(f"{size} measures", lambda one, e=larger: read_all(e, one), work.subjects)
    for size in args.listings:
        yield by_listings(catalog, size, args.checks, dice)


def by_profiles(catalog: Catalog, args: argparse.Namespace, dice: random.Random) -> Iterator[Row]:
    """Yield a check where all subjects are of one profile, and where they are of many."""
    codes = [code(number) for number in range(args.subjects)]
    for many in (1, args.profiles):
        # A list of its own severity, size and region is a profile of its own to the question.
        rows = [
            replace(row(one, dice, at), list="BL.SXBZXR", region=str(100_000 + at % many))
            for at, one in enumerate(codes)
        ]
        engine, work = open_engine(rows, catalog), Work(Floor(rows), pick(codes, dice, args.checks))
        expect(engine, codes[:many], ())
        yield work.row(f"{many} profiles", lambda one, e=engine: read_all(e, one), work.subjects)


def by_listings(catalog: Catalog, size: int, checks: int, dice: random.Random) -> Row:
    """Return a check of a registry of so many listings, one a subject."""
    codes = [code(number) for number in range(size)]
    rows = [row(one, dice, at) for at, one in enumerate(codes)]
    engine, work = open_engine(rows, catalog), Work(Floor(rows), pick(codes, dice, checks))
    expect(engine, codes[:100], ())
    return work.row(f"{size} listings", lambda one: read_all(engine, one), work.subjects)


def with_measures(catalog: Catalog, size: int) -> Catalog:
    """Return a catalogue of so many measures: those of the matter asked about, and others of other matters."""
    asked_of = {one.id: one for one in open_engine((), catalog).tables.measures[MATTER]}
    others = [one for name, one in catalog.measures.items() if name not in asked_of]
    copies = (one.model_copy(update={"id": f"{one.id}-{turn}"}) for turn in count() for one in others)
    more = {one.id: one for one in islice(copies, max(0, size - len(asked_of)))}
    return catalog.model_copy(update={"measures": {**asked_of, **more}})


def sizes(about: str, *, size: int) -> argparse.ArgumentParser:
    """Return the options that say how many subjects and checks."""
    options = argparse.ArgumentParser(description=about.splitlines()[0])
    options.add_argument("--subjects", type=int, default=size)
    options.add_argument("--checks", type=int, default=min(size, 20_000))
    return options


def asked(about: str, *, size: int) -> argparse.Namespace:
    """Return how many subjects and checks were asked for."""
    return sizes(about, size=size).parse_args()


def world(subjects: int, dice: random.Random) -> tuple[list[str], list[str], list[Listing]]:
    """Return subjects that are listed, as many that are not, and one to four listings of each of the first."""
    codes = [code(number) for number in range(subjects * 2)]
    listed = codes[:subjects]
    rows = [row(subject, dice, at) for at, subject in enumerate(listed) for _ in range(dice.randint(1, 4))]
    return listed, codes[subjects:], rows


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
    findings = [(found.measure, found.instrument_no, found.basis) for found in result.findings]
    return result.verdict, findings, result.coverage, result.identity.warnings


def dump(engine: Engine, subject: str) -> object:
    """Check one subject and write the whole document with its receipt."""
    return engine.check_subject(subject, MATTER, region=REGION, as_of=NOW.date()).model_dump()


def timed(call: Callable[[str], object], subjects: Sequence[str]) -> float:
    """Return microseconds a call, the median of the rounds; the first round warms up and does not count."""
    return statistics.median([once(call, subjects) for _ in range(ROUNDS + 1)][1:])


class Work:
    """What listed subjects cost the floor, timed in turn with what is compared with it."""

    def __init__(self, floor: Floor, subjects: Sequence[str]) -> None:
        """Take the floor and the subjects it is asked about."""
        self.floor = floor
        self.subjects = subjects

    def bare(self) -> float:
        """Return microseconds of the floor."""
        return timed(self.floor.check, self.subjects)

    def row(self, name: str, call: Callable[[str], object], subjects: Sequence[str]) -> Row:
        """Return a line of the table."""
        pairs = [(once(self.floor.check, self.subjects), once(call, subjects)) for _ in range(ROUNDS + 1)][1:]
        return Row(name, statistics.median(bare for bare, _ in pairs), statistics.median(spent for _, spent in pairs))


def once(call: Callable[[str], object], subjects: Sequence[str]) -> float:
    """Return microseconds a call in one round."""
    start = time.perf_counter()
    for subject in subjects:
        call(subject)
    return (time.perf_counter() - start) / len(subjects) * 1e6


def first(engine: Engine, listed: Sequence[str]) -> float:
    """Return microseconds of a check whose profile nobody asked for before: the memory is emptied between two."""
    figures = []
    for subject in listed[:FIRST]:
        engine.swap(registry=engine.registry)  # a swap forgets what was worked out
        read_all(engine, code(9_999_999))  # what the question alone needs
        figures.append(once(lambda one: read_all(engine, one), [subject]))
    return statistics.median(figures)


def first_question(engine: Engine, unlisted: Sequence[str]) -> float:
    """Return microseconds of the first check of a question: its measures, rules and lists are looked up."""
    figures = []
    for subject in unlisted[:FIRST]:
        engine.swap(registry=engine.registry)
        figures.append(once(lambda one: read_all(engine, one), [subject]))
    return statistics.median(figures)


if __name__ == "__main__":
    main()
