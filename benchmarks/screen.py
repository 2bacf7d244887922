"""What a batch costs beside the bare semi-join of Polars (批量核查).

    python benchmarks/screen.py [--rows 1000000] [--listings 100000] [--hits 1] [--folder DIR]

Made-up subjects in a Parquet file are screened for one matter against made-up listings, each way in a process of its
own, and written to Parquet again. `polars` reads both files, keeps the subjects that are on the list (a semi-join by
code, nothing else) and writes the subjects with a column that tells which: the least that any screening does. `screen`
is `Engine.screen_frame` on the same file, with the whole catalogue and verdict, measures and lists in the answer, from
a registry in memory; `snapshot` is the same from a snapshot; what it takes to get ready for batches is shown by itself.
`rows` is `Engine.screen` on the first of them, one by one. Seconds are of reading, answering and writing, processor
seconds those of all threads; RssAnon is what memory grew by meanwhile. Verdict and lists of every row are compared
with those of brute force, and the first rows with `check_subject`. Then the two streams: `check_tender` with 200
bidders, and `check -` over stdin. All figures are of one machine and one run; compare rows, not machines.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from check import MATTER, NOW, REGION, code, open_engine, row

from jointsanction.catalog.bundle import default_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction import Engine, Listing

SHANGHAI = ZoneInfo("Asia/Shanghai")
WORDS: dict[str, Any] = {"matter": MATTER, "region": REGION, "as_of": NOW.date()}
PIECE = 1 << 18
REPEATED = ["verdict", "measures.list.element", "listings.list.element", "error", "message"]
BIDDERS = 200
STREAM, LISTED = 100_000, 1000


def main() -> None:
    """Write the files, run each way by itself, print a row for each."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--listings", type=int, default=100_000)
    options.add_argument("--hits", type=float, default=1.0, help="percent of the subjects that are on a list")
    options.add_argument("--folder", type=Path)
    options.add_argument("--way", help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.way is not None:
        print(json.dumps(WAYS[args.way](args.folder, args)))
        return
    with tempfile.TemporaryDirectory() as folder:
        args.folder = args.folder or Path(folder)
        write_files(args.folder, args)
        report({way: run(way, args) for way in WAYS})


def run(way: str, args: argparse.Namespace) -> dict[str, Any]:
    """Run one way in a process of its own."""
    words = ["--way", way, "--rows", str(args.rows), "--listings", str(args.listings), "--hits", str(args.hits)]
    command = [sys.executable, __file__, *words, "--folder", str(args.folder)]
    found = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ourselves
    told: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return told


def write_files(folder: Path, args: argparse.Namespace) -> None:
    """Write subjects and listings; so many percent of the subjects, in an order no cache foresees, are listed."""
    import numpy as np  # noqa: PLC0415 - the extra `arrow`
    import pyarrow as pa  # noqa: PLC0415 - as above
    from pyarrow import parquet  # noqa: PLC0415 - as above

    dice = np.random.default_rng(20240610)
    schema = pa.schema({"id": pa.string(), "more": pa.int64()})
    with parquet.ParquetWriter(folder / "subjects.parquet", schema) as writer:
        for begin in range(0, args.rows, PIECE):
            count = min(PIECE, args.rows - begin)
            listed = dice.random(count) < args.hits / 100
            numbers = np.where(listed, dice.integers(0, args.listings, count), args.listings + begin + np.arange(count))
            ids = pa.array([code(int(number)) for number in numbers])
            writer.write_batch(pa.record_batch([ids, pa.array(numbers)], schema=schema))
    ids = pa.array([code(number) for number in range(args.listings)])
    parquet.write_table(pa.table({"uscc": ids}), folder / "listings.parquet")


def by_polars(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Join and write, and no more."""
    import polars as pl  # noqa: PLC0415 - takes part when it is there

    with measured() as told:
        subjects = pl.read_parquet(folder / "subjects.parquet").with_row_index("row")
        listed = subjects.join(pl.read_parquet(folder / "listings.parquet"), left_on="id", right_on="uscc", how="semi")
        found = subjects.with_columns(verdict=pl.when(pl.col("row").is_in(listed["row"].implode())).then(pl.lit("x")))
        found.select("row", "id", "verdict").write_parquet(folder / "polars.parquet")
    return {**told, "rows": args.rows, "hits": listed.height}


def by_screen(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Screen the file in batches."""
    return screened(engine_on(args), folder, args)


def by_snapshot(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Screen the file in batches, the listings in a snapshot."""
    from jointsanction import Engine  # noqa: PLC0415 - as the others
    from jointsanction.registry.snapshot.registry import SnapshotRegistry  # noqa: PLC0415 - as the others

    if not (folder / "snapshot").is_dir():
        write_snapshot(folder / "snapshot", engine_on(args), args)
    registry = SnapshotRegistry.open(folder / "snapshot")
    return screened(Engine(default_catalog(), registry, clock=lambda: NOW), folder, args)


def write_snapshot(folder: Path, engine: Engine, args: argparse.Namespace) -> None:
    """Write the listings as a snapshot."""
    from jointsanction.registry.snapshot import manifest, records, side, spreading  # noqa: PLC0415 - as the others

    folder.mkdir()
    numbered = ((number, records.texts_of(each)) for number, each in enumerate(listings_of(args), 1))
    counts = spreading.write_rows(folder / "rows.jss", numbered)
    side.write_side(folder / "side.jss", side.Side(engine.registry.editions))
    layer = manifest.Layer("rows.jss", "b1", args.listings, 0, *counts)
    manifest.put_manifest(folder, manifest.Manifest("benchmark", None, (layer,), "side.jss"))


def screened(engine: Engine, folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Screen the file, and refuse wrong answers."""
    import pyarrow as pa  # noqa: PLC0415 - the extra `arrow`
    from pyarrow import parquet  # noqa: PLC0415 - as above

    expect(engine, folder)
    with measured() as ready:
        warm = parquet.read_table(folder / "subjects.parquet", columns=["id"]).slice(0, 1)
        engine.screen_frame(warm, "id", **WORDS).read_all()
    with measured() as told:
        source, rows = parquet.ParquetFile(folder / "subjects.parquet", pre_buffer=False), 0
        reader = engine.screen_frame(batches(source), "id", **WORDS)
        with parquet.ParquetWriter(folder / "screen.parquet", reader.schema, use_dictionary=REPEATED) as writer:
            while group := list(islice(reader, 2)):
                table = pa.Table.from_batches(group)
                writer.write_table(table)
                rows += table.num_rows
    expect_all(engine, folder, args)
    return {**told, "rows": rows, "ready": ready["seconds"]}


def batches(source: Any) -> Any:  # noqa: ANN401 - of pyarrow
    """Return a file as a stream of batches."""
    import pyarrow as pa  # noqa: PLC0415 - the extra `arrow`

    return pa.RecordBatchReader.from_batches(source.schema_arrow, source.iter_batches(PIECE >> 2))


def by_rows(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Ask about the first hundred thousand one by one."""
    from pyarrow import parquet  # noqa: PLC0415 - the extra `arrow`

    engine = engine_on(args)
    ids = parquet.read_table(folder / "subjects.parquet").column("id").slice(0, 100_000).to_pylist()
    for _ in engine.screen(ids[:1000], **WORDS):
        pass
    with measured() as told:
        verdicts = [answer.verdict for answer in engine.screen(ids, **WORDS)]  # type: ignore[union-attr]
    return {**told, "rows": len(verdicts)}


def by_tender(folder: Path, args: argparse.Namespace) -> dict[str, Any]:  # noqa: ARG001 - ways have one signature
    """Check tenders of two hundred bidders, a tenth of them listed, with receipt."""
    from jointsanction import Subject  # noqa: PLC0415 - as the others

    engine = engine_on(args)
    bidders = [Subject(uscc=code(at if at % 10 == 0 else args.listings + at)) for at in range(BIDDERS)]
    assert engine.check_tender(bidders, **WORDS).verdict == "prohibited"
    with measured() as told:
        for _ in range(20):
            engine.check_tender(bidders, **WORDS)
    return {**told, "rows": 20 * BIDDERS}


def by_stdin(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Pipe questions through `check -`, answers read as they come; starting and loading the store are apart."""
    store = f"sqlite:///{folder / 'stream.db'}"
    cells = [f"{code(at)},2023-07-01,示例文〔2023〕{at}号" for at in range(LISTED)]
    (folder / "list.csv").write_text("uscc,listed_on,instrument_no\n" + "\n".join(cells) + "\n", encoding="utf-8")
    cli = [sys.executable, "-c", _CLI]
    loaded = [*cli, "import", str(folder / "list.csv"), "--list", "BL.SXBZXR", "--store", store]
    subprocess.run(loaded, check=True, capture_output=True)  # noqa: S603 - ourselves
    ask = [*cli, "check", "-", "--matter", MATTER, "--as-of", "2024-06-10", "--store", store]
    begun = time.perf_counter()
    with subprocess.Popen(ask, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdin is not None
        assert process.stdout is not None
        lines = [json.dumps({"subject": code(at * 7 % 3000)}).encode() + b"\n" for at in range(min(args.rows, STREAM))]
        process.stdin.write(lines[0])
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["verdict"] == "prohibited"
        begin = time.perf_counter()
        feeding = threading.Thread(target=feed, args=(process.stdin, lines))
        feeding.start()
        verdicts = [line.split(b'"', 4)[3] for line in process.stdout]
        seconds = time.perf_counter() - begin
        feeding.join()
    assert [verdict == b"prohibited" for verdict in verdicts] == [at * 7 % 3000 < LISTED for at in range(len(lines))]
    return {"seconds": seconds, "grown": 0, "rows": len(verdicts), "ready": begin - begun}


_CLI = "import sys; from jointsanction.cli import main; sys.exit(main())"


def feed(pipe: Any, lines: list[bytes]) -> None:  # noqa: ANN401 - a pipe
    """Write all lines and close."""
    pipe.writelines(lines)
    pipe.close()


WAYS = {
    "polars": by_polars, "screen": by_screen, "snapshot": by_snapshot, "rows": by_rows, "tender": by_tender,
    "stdin": by_stdin,
}  # fmt: skip


def engine_on(args: argparse.Namespace) -> Engine:
    """Open an engine on so many listings."""
    return open_engine(list(listings_of(args)))


def listings_of(args: argparse.Namespace) -> Iterator[Listing]:
    """Yield so many listings, one a subject."""
    dice = random.Random(20240610)  # noqa: S311 - a fixed order, not a secret
    return (row(code(number), dice, number) for number in range(args.listings))


def expect(engine: Engine, folder: Path) -> None:
    """Refuse to time wrong answers: each of the first rows is that of `check_subject`."""
    from pyarrow import parquet  # noqa: PLC0415 - the extra `arrow`

    table = parquet.read_table(folder / "subjects.parquet").slice(0, 20_000)
    found = engine.screen_frame(table, "id", **WORDS).read_all().column("verdict").to_pylist()
    for subject, verdict in zip(table.column("id").to_pylist(), found, strict=True):
        assert engine.check_subject(subject, **WORDS).verdict == verdict


def expect_all(engine: Engine, folder: Path, args: argparse.Namespace) -> None:
    """Refuse wrong answers: who is listed has the verdict of his list, and that list; all others are clear."""
    from pyarrow import parquet  # noqa: PLC0415 - the extra `arrow`

    lists = [each.list for each in listings_of(args)]
    of_list = {name: engine.check_subject(code(lists.index(name)), **WORDS).verdict for name in set(lists)}
    asked = parquet.ParquetFile(folder / "subjects.parquet").iter_batches(PIECE, columns=["more"])
    answered = parquet.ParquetFile(folder / "screen.parquet").iter_batches(PIECE, columns=["verdict", "listings"])
    for subjects, answers in zip(asked, answered, strict=True):
        for number, *said in zip(*subjects.to_pydict().values(), *answers.to_pydict().values(), strict=True):
            wanted = [of_list[lists[number]], [lists[number]]] if number < args.listings else ["clear", []]
            assert said == wanted, number


@contextmanager
def measured() -> Iterator[dict[str, float]]:
    """Take the time, and by how much private memory grew at most."""
    told: dict[str, float] = {}
    before, peak, done = anonymous(), [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            peak[0] = max(peak[0], anonymous())

    watching = threading.Thread(target=watch)
    watching.start()
    begin, spent = time.perf_counter(), time.process_time()
    yield told
    told["seconds"], told["processor"] = time.perf_counter() - begin, time.process_time() - spent
    done.set()
    watching.join()
    told["grown"] = max(0, peak[0] - before)


def anonymous() -> int:
    """Return the private memory of this process in kilobytes; nought where nobody says."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("RssAnon")), 0)


def report(told: dict[str, dict[str, Any]]) -> None:
    """Print a row a way."""
    floor = told["polars"]["seconds"] / told["polars"]["rows"]
    heads = f"{'way':<9}{'rows':>12}{'s':>8}{'rows/s':>12}{'ratio':>8}{'processor s':>13}{'RssAnon MB':>12}"
    print(f"{datetime.now(SHANGHAI):%Y-%m-%d}  {heads}")
    for way, found in told.items():
        each = found["seconds"] / found["rows"]
        figures = f"{found['rows']:>12,}{found['seconds']:>8.2f}{1 / each:>12,.0f}{each / floor:>8.1f}"
        spent = f"{found['processor']:>13.2f}" if "processor" in found else f"{'':>13}"
        print(f"{'':<12}{way:<9}{figures}{spent}{found['grown'] / 1024:>12.0f}")
    for way in ("screen", "snapshot"):
        print(f"{'':<12}{way}: getting ready for batches, once a registry: {told[way]['ready']:.2f} s")
    print(f"{'':<12}stdin: up to the first answer: {told['stdin']['ready']:.2f} s")


if __name__ == "__main__":
    main()
