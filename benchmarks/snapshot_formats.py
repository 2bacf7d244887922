"""What the form of the hot index was chosen by: the same listings kept in several forms (快照格式的选择).

    python benchmarks/snapshot_formats.py [--rows 100000] [--checks 100000] [--folder DIR]

Made-up listings are written in every form, and each form is asked the same in a process of its own: seconds to open,
growth of private memory (RssAnon) and of shared pages (RssFile) by so many random look-ups, half of them of somebody
listed, and microseconds a look-up, as a ratio to the dictionary. `index` is the raw row as it lies there, `listing`
what a check needs. Every answer is compared with the dictionary's before anything is timed. LMDB and numpy take part
when they are installed. All figures are of one machine and one run; compare rows, not machines.
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
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jointsanction.identity.uscc import check_digit
from jointsanction.model.subject import Edition, Listing
from jointsanction.registry.snapshot.manifest import Layer, Manifest, put_manifest
from jointsanction.registry.snapshot.records import FIELDS, texts_of
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.registry.snapshot.side import Side, write_side
from jointsanction.registry.snapshot.spreading import write_rows
from jointsanction.terms import SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator

Doors = dict[str, Callable[[Any], object]]

NOW = datetime(2024, 6, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
LISTS = ("BL.SXBZXR", "BL.TAX", "BL.WAGE", "BL.GPC")
USCC, NAME, DOCUMENT, LISTED, BATCH, ROW = (
    FIELDS.index(name) for name in ("uscc", "name", "instrument_no", "listed_on", "batch", "row")
)
SEED = 20240610


def code(number: int) -> str:
    """Return a made-up code of region 990000 with its right check digit."""
    body = f"91990000MA{number:07d}"
    return body + check_digit(body)


def listing(number: int) -> Listing:
    """Return a made-up listing; one in twenty has ended, and the words are as long as they are in life."""
    return Listing(
        list=LISTS[number % 4],
        subject_kind=SubjectKind.ENTERPRISE,
        name=f"虚构第{number}号商贸有限公司",
        uscc=code(number),
        listed_on=date(2023, 1, 1) + timedelta(days=number % 500),
        removed_on=date(2025, 1, 1) if number % 20 == 0 else None,
        instrument_no=f"示例执〔2023〕{number}号",
        designating_authority=f"虚构市第{number % 300}人民法院",
        region="990000",
        source="https://example.invalid/名单",
        batch=f"b{number // 100_000:015d}",
        row=number % 100_000 + 1,
        recorded_at=NOW - timedelta(days=number // 100_000),
    )


def rows(count: int) -> Iterator[tuple[int, list[str | None]]]:
    """Yield made-up rows with their numbers."""
    shared: list[list[str | None]] = [texts_of(listing(number)) for number in range(min(count, 6000))]
    days = [(date(2023, 1, 1) + timedelta(days=day)).isoformat() for day in range(500)]
    for number in range(count):
        # Most of a row recurs; to make ten million values anew would be most of the time.
        texts = list(shared[number % len(shared)])
        texts[USCC], texts[NAME] = code(number), f"虚构第{number}号商贸有限公司"
        texts[DOCUMENT], texts[LISTED] = f"示例执〔2023〕{number}号", days[number % 500]
        texts[BATCH], texts[ROW] = f"b{number // 100_000:015d}", str(number % 100_000 + 1)
        yield number + 1, texts


def workload(count: int, checks: int) -> list[str]:
    """Return the codes asked for, in an order that no cache foresees; every other one is listed."""
    dice = random.Random(SEED)  # noqa: S311 - a fixed order, not a secret
    return [code(dice.randrange(count) + (0 if at % 2 else count)) for at in range(checks)]


def write_snapshot(folder: Path, count: int) -> None:
    """Write the rows as a snapshot."""
    write_rows(folder / "rows.jss", rows(count))
    edition = Edition(list="BL.TAX", batch="b1", received_at=NOW)
    write_side(folder / "side.jss", Side({"BL.TAX": (edition,)}))
    layer = Layer("rows.jss", "b1", count, 0, count, 0)
    put_manifest(folder, Manifest("benchmark", NOW.isoformat(), (layer,), "side.jss"))


def write_sqlite(folder: Path, count: int) -> None:
    """Write the rows into a table by their code."""
    connection = sqlite3.connect(folder / "rows.db")
    connection.execute("CREATE TABLE row (code TEXT PRIMARY KEY, said TEXT) WITHOUT ROWID")
    said = ((texts[USCC], "\x1f".join(text or "" for text in texts)) for _, texts in rows(count))
    connection.executemany("INSERT INTO row VALUES (?, ?)", said)
    connection.commit()
    connection.close()


def write_lmdb(folder: Path, count: int) -> None:
    """Write the rows into LMDB by their code."""
    import lmdb  # noqa: PLC0415 - takes part when it is there

    with (
        lmdb.open(str(folder), map_size=max(1 << 26, count * 1000)) as environment,
        environment.begin(write=True) as txn,
    ):
        for _, texts in rows(count):
            txn.put(str(texts[USCC]).encode(), "\x1f".join(text or "" for text in texts).encode())


def write_numpy(folder: Path, count: int) -> None:
    """Write the rows one after another, and sorted hashes of the codes with where each row begins."""
    import numpy as np  # noqa: PLC0415 - takes part when it is there

    hashes, begins, at = np.empty(count, "u8"), np.empty(count + 1, "u8"), 0
    with (folder / "rows.bin").open("wb") as file:
        for place, (_, texts) in enumerate(rows(count)):
            hashes[place], begins[place] = _wide(str(texts[USCC])), at
            at += file.write("\x1f".join(text or "" for text in texts).encode())
    begins[count] = at
    order = np.argsort(hashes)
    np.save(folder / "hashes.npy", hashes[order])
    np.save(folder / "begins.npy", np.stack([begins[:-1][order], begins[1:][order]], axis=1))


def _wide(text: str) -> int:
    return int.from_bytes(text[8:17].encode()[-8:], "big")


def open_snapshot(folder: Path) -> Doors:
    """Open the snapshot; `index` gives the raw record, `listing` the hits of a check."""
    registry = SnapshotRegistry.open(folder)
    return {"index": registry.rows, "listing": lambda keys: registry.lookup(keys, None)}


def open_dict(folder: Path) -> Doors:
    """Read all rows into a dictionary of tuples."""
    count = int((folder.parent / "count").read_text())
    found = {str(texts[USCC]): tuple(texts) for _, texts in rows(count)}
    return {"index": found.get}


def open_sqlite(folder: Path) -> Doors:
    """Open the table."""
    connection = sqlite3.connect(f"file:{folder / 'rows.db'}?mode=ro", uri=True)
    ask = "SELECT said FROM row WHERE code = ?"
    return {"index": lambda asked: connection.execute(ask, (asked,)).fetchone()}


def open_lmdb(folder: Path) -> Doors:
    """Open LMDB."""
    import lmdb  # noqa: PLC0415 - takes part when it is there

    environment = lmdb.open(str(folder), readonly=True, lock=False)
    txn = environment.begin()
    return {"index": lambda asked: (txn, environment) and txn.get(asked.encode())}


def open_numpy(folder: Path) -> Doors:
    """Map the sorted hashes and the rows."""
    import mmap  # noqa: PLC0415 - for this way alone

    import numpy as np  # noqa: PLC0415 - takes part when it is there

    hashes = np.load(folder / "hashes.npy", mmap_mode="r")
    begins = np.load(folder / "begins.npy", mmap_mode="r")
    with (folder / "rows.bin").open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def index(asked: str) -> bytes | None:
        wide = np.uint64(_wide(asked))
        place = hashes.searchsorted(wide)
        if place == len(hashes) or hashes[place] != wide:
            return None
        begin, end = begins[place]
        return data[begin:end]

    return {"index": index}


WAYS: dict[str, tuple[Callable[[Path, int], None] | None, Callable[[Path], Doors]]] = {
    "dict": (None, open_dict),
    "snapshot": (write_snapshot, open_snapshot),
    "sqlite": (write_sqlite, open_sqlite),
    "lmdb": (write_lmdb, open_lmdb),
    "numpy": (write_numpy, open_numpy),
}


def memory() -> dict[str, int]:
    """Return the private and the file-backed memory of this process, in KiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("RssAnon", "RssFile"))}


def ask(way: str, folder: Path, count: int, checks: int) -> dict[str, Any]:
    """Open one form and ask; this runs in a process of its own."""
    codes = workload(count, checks)
    # A check has its keys by then; to make them is no part of a look-up.
    asked: list[Any] = [(f"u:{each}", f"o:{each[8:17]}") for each in codes] if way == "snapshot" else list(codes)
    before, start = memory(), time.perf_counter()
    doors = WAYS[way][1](folder)
    opened = time.perf_counter() - start
    told: dict[str, Any] = {"open": opened}
    for name, door in doors.items():
        listed, unlisted = door(asked[1]), door(asked[0])
        assert listed, (way, name)
        assert not unlisted, (way, name)
        took = []
        for one in asked:
            begin = time.perf_counter_ns()
            door(one)
            took.append(time.perf_counter_ns() - begin)
        if "grown" not in told:
            after = memory()
            told["grown"] = {key: (after[key] - before[key]) / 1024 for key in after}
        for which, part in (("listed", took[1::2]), ("unlisted", took[::2])):
            marks = statistics.quantiles(part, n=100)
            told[f"{name} {which}"] = (marks[49] / 1000, marks[98] / 1000)
    return told


def size(folder: Path) -> int:
    """Return the bytes in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def compare(base: Path, count: int, checks: int) -> None:
    """Write and ask every form there is a library for, and print a row each."""
    (base / "count").write_text(str(count))
    floor: dict[str, float] = {}
    print(f"{count:,} rows, {checks:,} look-ups, every other one of somebody listed")
    head = f"{'':<18}{'build s':>8}{'MB':>7}{'open s':>8}{'anon MB':>8}{'file MB':>8}"
    print(head + f"{'listed p50':>11}{'p99':>7}{'ratio':>6}{'unlisted p50':>13}{'p99':>7}{'ratio':>6}   (µs)")
    for way, (write, _) in WAYS.items():
        if way in ("lmdb", "numpy") and find_spec(way) is None:
            print(f"{way:<18}not installed")
            continue
        folder = base / way
        folder.mkdir()
        start = time.perf_counter()
        if write is not None:
            write(folder, count)
        built = time.perf_counter() - start
        command = [sys.executable, __file__, "--rows", str(count), "--checks", str(checks), "--ask", way]
        done = subprocess.run([*command, "--folder", str(base)], stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - this very file
        told = json.loads(done.stdout)
        for name in ("index", "listing"):
            if f"{name} listed" not in told:
                continue
            show(way, name, told, built=built, megabytes=size(folder) / 1e6, floor=floor)


def show(way: str, name: str, told: dict[str, Any], *, built: float, megabytes: float, floor: dict[str, float]) -> None:  # noqa: PLR0913 - the figures of one row
    """Print one row; the first one is what the others are compared with."""
    grown = told["grown"]
    line = f"{way + ' ' + name:<18}{built:>8.1f}{megabytes:>7.0f}{told['open']:>8.3f}"
    line += f"{grown['RssAnon']:>8.0f}{grown['RssFile']:>8.0f}"
    for which, wide in (("listed", 11), ("unlisted", 13)):
        median, slow = told[f"{name} {which}"]
        ratio = median / floor.setdefault(which, median)
        line += f"{median:>{wide}.1f}{slow:>7.1f}{ratio:>6.1f}"
    print(line, flush=True)


def main() -> None:
    """Read what is asked for, and do it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--checks", type=int, default=100_000)
    options.add_argument("--folder", type=Path)
    options.add_argument("--ask", choices=WAYS, help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.ask is not None:
        print(json.dumps(ask(args.ask, args.folder / args.ask, args.rows, args.checks)))
        return
    base = Path(tempfile.mkdtemp(prefix="snapshot-", dir=args.folder))
    try:
        compare(base, args.rows, args.checks)
    finally:
        shutil.rmtree(base)


if __name__ == "__main__":
    main()
