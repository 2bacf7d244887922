"""What taking a province in costs: rows per second into a store, memory, size (名单库导入速度).

    python benchmarks/store.py [--rows 100000] [--postgres URL] [--profile]

Loads so many made-up listings into an empty SQLite file, and into a database of PostgreSQL where an address is given
(it has to be empty); then the same edition again with one row in a hundred changed, which is what comes every day.
Prints rows per second, the growth of the process's own memory, and the size of the store. The rows are streamed: the
growth must not follow their number. The counts of what changed are compared with what is expected.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import tempfile
import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.identity.uscc import check_digit
from jointsanction.model.subject import Edition, Listing, Related
from jointsanction.store import Delivery, Store
from jointsanction.terms import Relation, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator

CHINA = timezone(timedelta(hours=8))
START = datetime(2024, 6, 1, 9, tzinfo=CHINA)
LISTS = ("BL.TAX", "BL.WAGE", "BL.SXBZXR", "BL.GPC")
CHANGED = 100
"""One row in so many says something else the second time."""


class Load(NamedTuple):
    """What one import took (一次导入)."""

    what: str
    rows: int
    seconds: float
    processor: float
    memory: int

    def __str__(self) -> str:
        """Show rows per second and memory."""
        speed, own = self.rows / self.seconds, self.rows / self.processor
        return f"{self.what:<28}{speed:>10,.0f} rows/s{own:>10,.0f} rows/s of processor{self.memory:>+9,} MiB"


def main() -> None:
    """Load into each database, twice, and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--postgres", metavar="URL")
    options.add_argument("--profile", action="store_true", help="say where the time of the first load goes")
    options.add_argument("--skip-sqlite", action="store_true")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lists.db"
        if not args.skip_sqlite:
            measure("SQLite", f"sqlite:///{file}", args.rows, profile=args.profile)
            print(f"{'':<28}{file.stat().st_size / 2**20:>10,.0f} MiB on disk")
    if args.postgres:
        measure("PostgreSQL", args.postgres, args.rows, profile=args.profile)


def measure(name: str, url: str, rows: int, *, profile: bool) -> None:
    """Load an edition, and the next one, into a store."""
    store = Store.open(url)
    print(load(f"{name}, first edition", store, (rows, 0), profile=profile))
    print(load(f"{name}, next edition", store, (rows, 1), profile=False))


def load(what: str, store: Store, edition: tuple[int, int], *, profile: bool) -> Load:
    """Take an edition in and check what it changed."""
    rows, number = edition
    at = START + timedelta(days=number)
    whole = tuple(Edition(list=code, batch="", received_at=at) for code in LISTS)
    delivery = Delivery(sha256=f"{number:064}", file_name="名单.csv", provider="某局", covers=whole)
    profiler, before, begun = cProfile.Profile(), own_memory(), (time.perf_counter(), time.process_time())
    if profile:
        profiler.enable()
    outcome = store.commit(delivery, listings(rows, number), recorded_at=at)
    profiler.disable()
    took = time.perf_counter() - begun[0], time.process_time() - begun[1]
    changed = len(range(0, rows, CHANGED))
    expected = (rows, 0, 0) if number == 0 else (0, changed, rows - changed)
    assert (outcome.added, outcome.changed, outcome.unchanged) == expected, outcome
    if profile:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(30)
    return Load(what, rows, *took, own_memory() - before)


def listings(count: int, edition: int) -> Iterator[Listing]:
    """Yield made-up listings of firms of region 990000: as many columns filled as registers fill."""
    # In an order that no index has: files come sorted by office and day.
    step = next(step for step in (7919, 7907, 7901) if count % step)
    for at in range(count):
        number = at * step % count
        body = f"91990000MA{number:07d}"
        year, month, day = 2020 + number % 4, 1 + number % 12, 1 + number % 28
        legal = Related(relation=Relation.LEGAL_REPRESENTATIVE, kind=SubjectKind.PERSON, name="甲某")
        yield Listing(
            list=LISTS[number % 4],
            subject_kind=SubjectKind.ENTERPRISE,
            name=f"虚构第{number}商贸有限公司",
            uscc=body + check_digit(body),
            listed_on=date(year, month, day),
            valid_to=date(year + 5, month, day),
            instrument_no=f"测罚〔{year}〕{number}号",
            designating_authority="某市某局",
            region="990000",
            grade="D" if edition and at % CHANGED == 0 else None,
            related=(legal,) if number % 5 == 0 else (),
            row=at + 2,
        )


def own_memory() -> int:
    """Return the most memory that this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
