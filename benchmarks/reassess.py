"""What a delta costs from its file to the names of those it touches: taking it in, and reassessing (增量与重评).

    python benchmarks/reassess.py [--subjects 100000] [--delta 10000] [--matters 3] [--days 1000] [--postgres URL]

Loads so many made-up subjects, each listed on a day of its own among so many, into an empty store; takes in a delta,
half of it new listings, a quarter removals, a quarter changes; and asks whose answer it turned in some matters, by the
lists as they were known before and after. Prints seconds, and how many were named.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from jointsanction.asking import make_state
from jointsanction.catalog.bundle import catalog_version, default_catalog
from jointsanction.catalog.compile import compile_catalog
from jointsanction.identity.uscc import check_digit
from jointsanction.loop.arriving.reassess import asked_in, keys_asked, reassess, subjects_of
from jointsanction.model.subject import Edition, Listing
from jointsanction.registry.serials import Serial
from jointsanction.store import Delivery, Store
from jointsanction.terms import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 6, 1, 9, tzinfo=CHINA)
LISTS = ("BL.TAX", "BL.WAGE", "BL.SXBZXR", "BL.GPC")
MATTERS = ("procurement", "bidding", "FUND")


def main() -> None:
    """Load, take a delta in, reassess, and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--subjects", type=int, default=100_000)
    options.add_argument("--delta", type=int, default=10_000)
    options.add_argument("--matters", type=int, default=len(MATTERS))
    options.add_argument("--days", type=int, default=1000, help="on how many different days they were listed")
    options.add_argument("--postgres", metavar="URL")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(args.postgres or f"sqlite:///{Path(folder) / 'lists.db'}", args)


def measure(url: str, args: argparse.Namespace) -> None:
    """Load a store, change it, and see whom that touches."""
    store = Store.open(url)
    tables = compile_catalog(default_catalog(), catalog_version(default_catalog()))
    whole = tuple(Edition(list=code, batch="", received_at=START) for code in LISTS)
    serial = Serial("某市 各名单", "1")
    first = Delivery(sha256="whole", file_name="whole.csv", covers=whole, serial=serial)
    rows = (listing(number, args.days) for number in range(args.subjects))
    store.commit(first, rows, recorded_at=START)
    changes = list(delta(args))
    sent = Delivery(
        sha256="delta",
        file_name="delta.csv",
        serial=Serial("某市 各名单", "2"),
        operations=tuple(operation for operation, _ in changes),
    )
    at = time.perf_counter()
    outcome = store.commit(sent, [row for _, row in changes], recorded_at=START + timedelta(days=1))
    print(f"{'taken in':<12}{time.perf_counter() - at:>9.1f} s  {outcome.added} added, {outcome.changed} changed")
    at = time.perf_counter()
    touched = store.touched(outcome.batch)
    named = subjects_of(touched)
    keys, instants = keys_asked(named.values()), (touched.known_at, START + timedelta(days=2))
    before, after = (make_state(tables, store.registry_at(instant, asked=keys)) for instant in instants)
    asked = [asked_in(matter, tables) for matter in MATTERS[: args.matters]]
    found = list(reassess(named, before, after, first=START.date(), asked=asked))
    counted = Counter(each.turn.value for each in found)
    print(f"{'reassessed':<12}{time.perf_counter() - at:>9.1f} s  {dict(counted)}")


def delta(args: argparse.Namespace) -> Iterator[tuple[Operation, Listing]]:
    """Yield what a day brings: new subjects, removals, changes."""
    for number in range(args.delta):
        if number % 2:
            yield Operation.ADD, listing(args.subjects + number, args.days)
        elif number % 4:
            yield Operation.DEL, replace(listing(number, args.days), removed_on=START.date())
        else:
            yield Operation.MOD, replace(listing(number, args.days), designating_authority="另一局", severity="serious")


def listing(number: int, days: int) -> Listing:
    """Make the one listing of a subject."""
    body = f"91990000{number:09}"
    return Listing(
        list=LISTS[number % len(LISTS)],
        uscc=body + check_digit(body),
        name=f"虚构公司{number}",
        listed_on=date(2026, 5, 31) - timedelta(days=number * 7919 % days),
        instrument_no=f"虚〔2026〕{number}号",
        designating_authority="某局",
        row=number + 1,
    )


if __name__ == "__main__":
    main()
