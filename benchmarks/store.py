"""What taking a province in costs: rows per second into a store, memory, size (名单库导入速度).

    python benchmarks/store.py [--rows 100000] [--database sqlite] [--step first] [--folder FOLDER] [--profile]

Three steps, on SQLite and on PostgreSQL: the first edition of so many made-up listings into an empty store; the same
edition again with one row in a hundred changed, which is what comes every day; a delta of 10,000 rows. With `--folder`
the SQLite file stays, so that a later run can take the next step; PostgreSQL is a server of its own, gone at the end,
unless `--postgres` names a database, which has to be empty before the first step.

Rows per second are told without the time it takes to make the listings up. `private` is how far the process's own
memory (RssAnon) grew at most. Rows are made while they are asked for, so it must not follow their number; those of a
delta are all held. The counts of what changed are compared with what is expected.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.identity.uscc import check_digit
from jointsanction.model.subject import Edition, Listing, Related
from jointsanction.registry.serials import Serial
from jointsanction.store import Delivery, Store
from jointsanction.terms import Operation, Relation, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointsanction.store import BatchOutcome

CHINA = timezone(timedelta(hours=8))
START = datetime(2024, 6, 1, 9, tzinfo=CHINA)
LISTS = ("BL.TAX", "BL.WAGE", "BL.SXBZXR", "BL.GPC")
STEPS: Final = ("first", "next", "delta")
CHANGED = 100
"""One row in so many says something else the second time."""
DELTA: Final = 10_000
"""The rows of a delta, a third of them new, a third changed, a third ended."""
MADE: Final = 2_000
"""Rows made up at a time."""


class Load(NamedTuple):
    """What one import took (一次导入): `seconds` and `processor` without the making of the listings."""

    what: str
    rows: int
    seconds: float
    processor: float
    memory: int

    def __str__(self) -> str:
        """Show rows per second and memory."""
        speed, own = self.rows / self.seconds, self.rows / self.processor
        shown = f"{speed:>9,.0f} rows/s{own:>9,.0f} a second of processor"
        return f"{self.what:<20}{self.rows:>11,} rows{self.seconds:>9.1f} s{shown}{self.memory:>+7,} MiB private"


class Made:
    """Listings being made up, and how long that took (虚构记录)."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.seconds = self.processor = 0.0

    def timed(self, rows: Iterable[Listing]) -> Iterator[Listing]:
        """Yield listings, made so many at a time."""
        given = iter(rows)
        while True:
            begun = time.perf_counter(), time.thread_time()
            portion = list(islice(given, MADE))
            self.seconds += time.perf_counter() - begun[0]
            self.processor += time.thread_time() - begun[1]
            if not portion:
                return
            yield from portion


def main() -> None:
    """Take each step on each database, and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    options.add_argument("--step", choices=STEPS, action="append", help="take this step only; may be said again")
    options.add_argument("--folder", type=Path, help="where the SQLite file lies, to go on with later")
    options.add_argument("--postgres", metavar="URL", help="a database instead of a server of its own")
    options.add_argument("--profile", action="store_true", help="say where the time goes")
    args = options.parse_args()
    steps = args.step or STEPS
    with tempfile.TemporaryDirectory() as folder:
        if args.database != "postgresql":
            file = (args.folder or Path(folder)) / "lists.db"
            measure("SQLite", f"sqlite:///{file}", (args.rows, steps), profile=args.profile)
            print(f"{'':<20}{file.stat().st_size / 2**20:>11,.0f} MiB on disk", flush=True)
    if args.database != "sqlite":
        measure("PostgreSQL", args.postgres or of_its_own(), (args.rows, steps), profile=args.profile)


def of_its_own() -> str:
    """Return the address of a database of a server that lives as long as this process, durable as any."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
    from postgres_side import Server  # noqa: PLC0415 - only when it is asked for

    settings = {"fsync": "on", "synchronous_commit": "on", "max_wal_size": "4GB", "shared_buffers": "256MB"}
    return Server(settings).address("postgres")


def measure(name: str, url: str, wanted: tuple[int, tuple[str, ...]], *, profile: bool) -> None:
    """Take some steps on a store."""
    store, (rows, steps) = Store.open(url), wanted
    for step in steps:
        profiler = cProfile.Profile()
        if profile:
            profiler.enable()
        took = load(f"{name}, {step}", store, (rows, step))
        profiler.disable()
        print(took, flush=True)
        if profile:
            pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


def load(what: str, store: Store, wanted: tuple[int, str]) -> Load:
    """Take one file in and check what it changed."""
    rows, step = wanted
    number = len(store.batches())
    at, serial = START + timedelta(days=number), Serial("某局 四份名单", str(number + 1))
    whole = tuple(Edition(list=code, batch="", received_at=at) for code in LISTS)
    delivery = Delivery(sha256=f"{number:064}", file_name="名单.csv", provider="某局", covers=whole, serial=serial)
    coming, made = listings(rows, step != "first"), Made()
    if step == "delta":
        changes = tuple(delta(rows))
        coming = (listing for _, listing in changes)
        delivery = Delivery(
            sha256=f"{number:064}",
            file_name="增量.csv",
            provider="某局",
            serial=serial,
            operations=tuple(operation for operation, _ in changes),
        )
    with watched() as peak:
        before, begun = own_memory(), (time.perf_counter(), time.process_time())
        outcome = store.commit(delivery, made.timed(coming), recorded_at=at)
        took = time.perf_counter() - begun[0], time.process_time() - begun[1]
    check(outcome, rows, step)
    done = DELTA if step == "delta" else rows
    return Load(what, done, took[0] - made.seconds, took[1] - made.processor, max(peak) - before)


def check(outcome: BatchOutcome, rows: int, step: str) -> None:
    """Compare what a step changed with what it should have changed."""
    changed, third = len(range(0, rows, CHANGED)), DELTA // 3
    expected = {
        "first": (rows, 0, 0, 0),
        "next": (0, changed, rows - changed, 0),
        "delta": (third, DELTA - third, 0, 0),
    }[step]
    assert (outcome.added, outcome.changed, outcome.unchanged, outcome.missing) == expected, outcome


def listings(count: int, later: bool) -> Iterator[Listing]:  # noqa: FBT001
    """Yield made-up listings, in an order that no index has: files come sorted by office and day."""
    step = next(step for step in (7919, 7907, 7901) if count % step)
    for at in range(count):
        yield listing(at * step % count, row=at + 2, grade="D" if later and at % CHANGED == 0 else None)


def delta(count: int) -> Iterator[tuple[Operation, Listing]]:
    """Yield what the rows of a delta do, and the rows: it begins behind the last of so many numbers."""
    for at in range(DELTA):
        known = at * 7919 % count
        if at < DELTA // 3:
            yield Operation.ADD, listing(count + at, row=at + 2)
        elif at % 2:
            yield Operation.MOD, listing(known, row=at + 2, grade="C")
        else:
            yield Operation.DEL, listing(known, row=at + 2, removed_on=date(2024, 6, 1))


def listing(number: int, *, row: int, grade: str | None = None, removed_on: date | None = None) -> Listing:
    """Make up a listing of a firm of region 990000: as many columns filled as registers fill."""
    body = f"91990000M{number:08d}"
    year, month, day = 2020 + number % 4, 1 + number % 12, 1 + number % 28
    legal = Related(relation=Relation.LEGAL_REPRESENTATIVE, kind=SubjectKind.PERSON, name="甲某")
    return Listing(
        list=LISTS[number % 4],
        subject_kind=SubjectKind.ENTERPRISE,
        name=f"虚构第{number}商贸有限公司",
        uscc=body + check_digit(body),
        listed_on=date(year, month, day),
        valid_to=date(year + 5, month, day),
        removed_on=removed_on,
        instrument_no=f"测罚〔{year}〕{number}号",
        designating_authority="某市某局",
        region="990000",
        grade=grade,
        related=(legal,) if number % 5 == 0 else (),
        row=row,
    )


@contextmanager
def watched() -> Iterator[list[int]]:
    """Look at the process's own memory all the while."""
    seen, done = [own_memory()], threading.Event()

    def look() -> None:
        while not done.wait(0.05):
            seen[0] = max(seen[0], own_memory())

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    yield seen
    done.set()
    watcher.join()


def own_memory() -> int:
    """Return the memory that belongs to this process alone, in MiB; where nobody tells, the most it ever had."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("RssAnon"))


if __name__ == "__main__":
    main()
