"""What a snapshot of so many listings costs, and how that grows (名单快照).

    python benchmarks/snapshot.py [--growth 1e5,1e6] [--checks 100000] [--delta 10000] [--json FILE] [--plot FILE.svg]
    python benchmarks/snapshot.py --store sqlite:///credit.db [--json FILE]

Without `--store` made-up listings are written straight into a snapshot, one size after another; with it the snapshot is
made of a store that is full already, and `--delta` changed rows are taken into it and brought to the open snapshot.
Printed are seconds to build and to open, bytes, and the growth of private memory (RssAnon) and of shared pages
(RssFile) of a process that looks up, and of another that checks, so many subjects at random, every other one listed.
Then one process asks the snapshot, a dictionary and a table of SQLite by turns: microseconds a look-up, the clock's own
included, and the ratio to the dictionary. The dictionary holds the same answer: under each code a tuple of the raw
records, as bytes. `listing` is what a check needs. Every answer is compared before anything is timed.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import snapshot_plot
from snapshot_formats import NOW, SEED, code, listing, memory, size, write_snapshot

from jointsanction import Engine, MemoryRegistry
from jointsanction.catalog.bundle import default_catalog
from jointsanction.identity.uscc import check_digit
from jointsanction.registry.snapshot.layout import ALIGNED, WORD_SIZE
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.registry.snapshot.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Catalog
    from jointsanction.registry.protocol import Registry
    from jointsanction.store import Store

Door = Callable[[Any], Any]
MATTER, DAY = "GPC.SUPPLIER", date(2024, 6, 10)
SOME = 20_000
"""So many checks are timed."""

ROUND = 1000
"""So many look-ups of one sort before the next has its turn: what else the machine does, hits them all alike."""


def keys_of(asked: str) -> tuple[str, str]:
    """Return the keys of a code; a check has them by the time it looks up."""
    return f"u:{asked}", f"o:{asked[8:17]}"


def records(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the code and the record of every row of a snapshot, in the order they lie in."""
    for layer in SnapshotRegistry.open(folder).manifest.layers:
        segment = Segment(folder / layer.file)
        at, end = (place >> ALIGNED for place in segment.header["stretches"][0])
        while at < end:
            record = segment._read(at)  # noqa: SLF001 - all of them, which no look-up gives
            at += len(record) >> ALIGNED
            if record[WORD_SIZE : WORD_SIZE + 2] == b"c:":
                yield record[WORD_SIZE + 2 : WORD_SIZE + 20].decode(), record


def choose(folder: Path, rows: int, checks: int) -> list[str]:
    """Return the codes asked for, in an order that no cache foresees; every other one is listed."""
    dice = random.Random(SEED)  # noqa: S311 - a fixed order, not a secret
    wanted = set(dice.sample(range(rows), min(rows, checks // 2)))
    listed = [found for at, (found, _) in enumerate(records(folder)) if at in wanted]
    dice.shuffle(listed)
    return [one for each in listed for one in (each, unlisted(each))]


def unlisted(listed: str) -> str:
    """Return a made-up code that no made-up store holds."""
    body = f"{listed[:8]}MB{listed[10:17]}"
    return body + check_digit(body)


def grown(do: Door, asked: list[Any]) -> dict[str, float]:
    """Return by how many MiB the memory of this process grows when all is asked."""
    before = memory()
    for each in asked:
        do(each)
    after = memory()
    return {name: (after[name] - before[name]) / 1024 for name in after}


def look_up(folder: Path, codes: list[str]) -> dict[str, Any]:
    """Open a snapshot and look all up."""
    asked, before, start = list(map(keys_of, codes)), memory(), time.perf_counter()
    registry = SnapshotRegistry.open(folder)
    opened, after = time.perf_counter() - start, memory()
    told = grown(lambda keys: registry.lookup(keys, None), asked)
    return {"open": opened, **{name: told[name] + (after[name] - before[name]) / 1024 for name in told}}


def check(folder: Path, codes: list[str]) -> dict[str, Any]:
    """Check all; then some by turns with lists in memory, which hold the listings of those asked for alone."""
    catalog = default_catalog()
    before = memory()
    registry = SnapshotRegistry.open(folder)
    ask, opened = _asking(catalog, registry), memory()
    told: dict[str, Any] = {"grown": grown(ask, codes)}
    told["grown"] = {name: mib + (opened[name] - before[name]) / 1024 for name, mib in told["grown"].items()}
    some = codes[:SOME]
    held = [hit.listing for each in some[::2] for hit in registry.lookup(keys_of(each), None)]
    editions = [one for of in registry.editions.values() for one in of]
    doors = {"snapshot": ask, "memory": _asking(catalog, MemoryRegistry(held, editions))}
    assert [*map(doors["snapshot"], some[:200])] == [*map(doors["memory"], some[:200])]
    return told | {
        name: by_sort(took) for name, took in timed({name: (door, some) for name, door in doors.items()}).items()
    }


def _asking(catalog: Catalog, lists: Registry) -> Door:
    engine = Engine(catalog, lists, clock=lambda: NOW)
    return lambda each: engine.check_subject(each, MATTER, as_of=DAY).verdict


def compare(folder: Path, codes: list[str]) -> dict[str, Any]:
    """Ask the dictionary, the snapshot and SQLite by turns."""
    found: dict[str, tuple[bytes, ...]] = {}
    table = sqlite3.connect(folder.parent / "rows.db")
    table.execute("CREATE TABLE row (code TEXT, said BLOB)")
    for each, record in records(folder):
        key = "u:" + each
        found[key] = (*found.get(key, ()), record)
    table.executemany(
        "INSERT INTO row VALUES (?, ?)", ((key, said) for key, all_of in found.items() for said in all_of)
    )
    table.execute("CREATE INDEX by_code ON row (code)")
    table.commit()
    registry, ask = SnapshotRegistry.open(folder), "SELECT said FROM row WHERE code = ?"
    keys, asked = list(map(keys_of, codes)), ["u:" + each for each in codes]
    doors: dict[str, tuple[Door, list[Any]]] = {
        "dictionary": (found.get, asked),
        "snapshot": (registry.rows, keys),
        "listing": (lambda both: registry.lookup(both, None), keys),
        "sqlite": (lambda key: table.execute(ask, (key,)).fetchall(), asked),
    }
    for at in range(min(1000, len(codes))):
        right = found.get(asked[at], ())
        assert tuple(record for _, record in registry.rows(keys[at]) or ()) == right
        assert len(registry.lookup(keys[at], None)) == len(doors["sqlite"][0](asked[at])) == len(right)
    return {name: by_sort(took) for name, took in timed(doors).items()}


def timed(doors: dict[str, tuple[Door, list[Any]]]) -> dict[str, list[int]]:
    """Return the nanoseconds of every call, the doors taking turns."""
    took: dict[str, list[int]] = {name: [] for name in doors}
    clock = time.perf_counter_ns
    for begin in range(0, len(next(iter(doors.values()))[1]), ROUND):
        for name, (door, asked) in doors.items():
            for one in asked[begin : begin + ROUND]:
                start = clock()
                door(one)
                took[name].append(clock() - start)
    return took


def by_sort(took: list[int]) -> dict[str, list[float]]:
    """Return the median and the 99th of a hundred, in microseconds, of those listed, those not, and all."""
    sorts = {"listed": took[::2], "unlisted": took[1::2], "all": took}
    marks = {name: statistics.quantiles(part, n=100) for name, part in sorts.items()}
    return {name: [mark[49] / 1000, mark[98] / 1000] for name, mark in marks.items()}


def measure(folder: Path, rows: int, checks: int) -> dict[str, Any]:
    """Ask a snapshot in processes of their own, and print."""
    (folder.parent / "codes.json").write_text(json.dumps(choose(folder, rows, checks)))
    told: dict[str, Any] = {"rows": rows, "bytes": size(folder)}
    for step in STEPS:
        done = subprocess.run(  # noqa: S603 - this very file
            [sys.executable, __file__, "--ask", step, "--folder", folder], stdout=subprocess.PIPE, check=True
        )
        told[step] = json.loads(done.stdout)
    return told


STEPS = {"look_up": look_up, "check": check, "compare": compare}


def show(told: dict[str, Any]) -> None:
    """Print what was measured."""
    opened, checked, floor = told["look_up"], told["check"], told["compare"]["dictionary"]
    each = told["build"] / told["rows"] * 1e6
    print(
        f"\n{told['rows']:,} rows: {told['bytes'] / 1e6:,.0f} MB, built in {told['build']:,.1f} s, {each:.0f} µs a row"
    )
    print(
        f"open {opened['open']:.4f} s; look-ups: RssAnon {opened['RssAnon']:+.1f} MiB, "
        f"RssFile {opened['RssFile']:+.1f} MiB"
    )
    of = checked["grown"]
    print(f"checks: RssAnon {of['RssAnon']:+.1f} MiB, RssFile {of['RssFile']:+.1f} MiB")
    print(f"{'µs':<16}" + "".join(f"{sort + ' p50':>14}{'p99':>8}{'ratio':>7}" for sort in floor))
    for name, figures in told["compare"].items():
        print(
            f"{name:<16}"
            + "".join(f"{p50:>14.2f}{p99:>8.1f}{p50 / floor[sort][0]:>7.1f}" for sort, (p50, p99) in figures.items())
        )
    for name in ("memory", "snapshot"):
        print(
            f"{'check, ' + name:<16}"
            + "".join(f"{p50:>14.2f}{p99:>8.1f}{'':>7}" for p50, p99 in checked[name].values())
        )
    for took in told.get("deltas", ()):
        print(
            "delta of {rows:,} rows: import {import:.1f} s, swapped snapshot {snapshot:.2f} s, files {files}".format(
                **took
            )
        )
    sys.stdout.flush()


def of_store(url: str, base: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Measure the snapshot of a store that is full already, and what changed rows cost."""
    from jointsanction.store import Store  # noqa: PLC0415 - the other figures need no database

    store, start = Store.open(url, create=False), time.perf_counter()
    registry = store.snapshot(base / "snapshot", anew=True)
    built, rows = time.perf_counter() - start, sum(layer.rows for layer in registry.manifest.layers)
    told = {**measure(base / "snapshot", rows, args.checks), "build": built}
    told["deltas"] = [delta(store, base, rows + day * args.delta, args.delta) for day in range(2)] if args.delta else []
    return told


def delta(store: Store, base: Path, at: int, rows: int) -> dict[str, Any]:
    """Take changed rows in, half of them new and half ended, and swap the snapshot of a running engine."""
    from jointsanction.store import Delivery  # noqa: PLC0415 - as above

    engine = Engine(default_catalog(), SnapshotRegistry.open(base / "snapshot"))
    known = engine.registry
    held = [known.lookup(keys_of(each), None) for each in json.loads((base / "codes.json").read_text())[::2]]
    dice = random.Random(at)  # noqa: S311 - a fixed order, not a secret
    among = dice.sample([hits[0].listing for hits in held if hits[0].listing.removed_on is None], rows // 2)
    coming = [replace(row, removed_on=date(2024, 6, 1), batch=None, recorded_at=None) for row in among]
    coming += [
        replace(listing(at + number), uscc=unlisted(code((at + number) % 10**7)))
        for number in range(rows - len(coming))
    ]
    begin = time.perf_counter()
    later = store.batches()[-1].recorded_at + timedelta(minutes=1)
    store.commit(Delivery(sha256=f"delta-{at}", file_name="delta"), coming, recorded_at=later)
    taken = time.perf_counter()
    engine.swap(registry=store.snapshot(base / "snapshot"))
    end = time.perf_counter()
    assert isinstance(engine.registry, SnapshotRegistry)
    hits = engine.registry.lookup(keys_of(str(coming[0].uscc)), None)
    assert any(hit.listing.removed_on == date(2024, 6, 1) for hit in hits)
    assert engine.registry.lookup(keys_of(str(coming[-1].uscc)), None)
    sizes = [layer.size for layer in engine.registry.manifest.layers]
    return {"rows": rows, "import": taken - begin, "snapshot": end - taken, "files": sizes}


def generated(rows: int, base: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Measure a snapshot of made-up rows."""
    folder, start = base / "snapshot", time.perf_counter()
    folder.mkdir()
    write_snapshot(folder, rows)
    built = time.perf_counter() - start
    return {**measure(folder, rows, args.checks), "build": built}


def main() -> None:
    """Read what is asked for, and do it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--growth", default="1e5", help="sizes, with commas between them")
    options.add_argument("--store", metavar="URL", help="a store that is full already; changed rows go into it")
    options.add_argument("--checks", type=int, default=100_000)
    options.add_argument("--delta", type=int, default=10_000)
    options.add_argument("--json", type=Path, help="where the figures go; those of other sizes there stay")
    options.add_argument("--plot", type=Path, help="a drawing of all figures in the JSON file")
    options.add_argument("--folder", type=Path)
    options.add_argument("--ask", choices=STEPS, help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.ask is not None:
        codes = json.loads((args.folder.parent / "codes.json").read_text())
        print(json.dumps(STEPS[args.ask](args.folder, codes)))
        return
    sizes = [] if args.store else [round(float(each)) for each in args.growth.split(",") if each]
    kept = json.loads(args.json.read_text()) if args.json is not None and args.json.exists() else {}
    for rows in (None,) if args.store else sizes:
        base = Path(tempfile.mkdtemp(prefix="snapshot-", dir=args.folder))
        try:
            told = of_store(args.store, base, args) if rows is None else generated(rows, base, args)
        finally:
            shutil.rmtree(base)
        show(told)
        kept[str(told["rows"])] = told
        if args.json is not None:
            args.json.write_text(json.dumps(kept, indent=1))
    if args.plot is not None:
        args.plot.write_text(snapshot_plot.drawing(list(kept.values())), encoding="utf-8")


if __name__ == "__main__":
    main()
