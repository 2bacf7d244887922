"""From how many rows on Spark is faster than one process (集群核查).

    python benchmarks/spark.py [--rows 100000 1000000] [--listings 100000] [--hits 1] [--master 'local[2]']

Made-up subjects in a Parquet file are screened for one matter against a snapshot of made-up listings, and written to
Parquet again with the answers beside each row: by one process, as `jointsanction screen FILE` does it, and by Spark
with `screen_spark`, both on this machine, so that the ratio says what Spark costs. Cores that other machines bring are
what it has to be set against. `first` is the first screening of the application, in which its workers start and open
the files; `again` is the next one. Starting Spark is told apart. The processor time is that of this process and
all below it, Java and its Python workers. Every row of Spark's answer is compared with that of one process before it is
told how long it took. Needs the extra `spark` and Java. All figures are of one machine and one run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from argparse import Namespace
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from check import NOW, code, row
from pyarrow import parquet
from pyspark.sql import SparkSession
from screen import WORDS, write_files

from jointsanction import Edition, Engine, screen_spark
from jointsanction.catalog.bundle import default_catalog
from jointsanction.registry.snapshot.manifest import Layer, Manifest, put_manifest
from jointsanction.registry.snapshot.records import texts_of
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.registry.snapshot.side import Side, write_side
from jointsanction.registry.snapshot.spreading import write_rows
from jointsanction.screening.extra import parquet_room

if TYPE_CHECKING:
    from collections.abc import Iterator

SCREENED = ("id", "more", "verdict", "measures", "listings", "error", "message")


def main() -> None:
    """Write the files, start Spark, screen each size both ways, print a row for each."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    options.add_argument("--listings", type=int, default=100_000)
    options.add_argument("--hits", type=float, default=1.0, help="percent of the subjects that are on a list")
    options.add_argument("--master", default="local[2]")
    args = options.parse_args()
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        print("left out: no Java")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = open_snapshot(folder / "snapshot", args.listings)
        with measured() as starting:
            spark = open_spark(args.master)
        print(f"{args.master}, {args.listings:,} listings, started in {starting['seconds']:.1f} s")
        titles = ("rows", "one, s", "cpu", "Spark first", "again", "cpu", "again : one", "with start")
        print("".join(f"{title:>13}" for title in titles))
        for rows in args.rows:
            write_files(folder, Namespace(rows=rows, listings=args.listings, hits=args.hits))
            told = compare(engine, spark, folder)
            one, again = told["one"], told["again"]
            ratio, all_told = again["seconds"] / one["seconds"], starting["seconds"] + told["first"]["seconds"]
            seconds = one["seconds"], one["cpu"], told["first"]["seconds"], again["seconds"], again["cpu"]
            figures = "".join(f"{each:>13.2f}" for each in (*seconds, ratio, all_told / one["seconds"]))
            print(f"{rows:>13,}{figures}", flush=True)
        spark.stop()


def open_snapshot(folder: Path, listings: int) -> Engine:
    """Write a snapshot of made-up listings, and open the shipped catalogue on it."""
    folder.mkdir()
    dice, catalog = Random(20240610), default_catalog()  # noqa: S311 - a fixed order, not a secret
    numbered = ((at + 1, texts_of(row(code(at), dice, at))) for at in range(listings))
    counts = write_rows(folder / "rows-00000000.jss", numbered, ())
    editions = {
        name: (Edition(list=name, batch="b1", received_at=NOW, regions=() if kind.scope == "national" else kind.scope),)
        for name, kind in catalog.lists.items()
    }
    write_side(folder / "side-00000000.jss", Side(editions))
    layer = Layer("rows-00000000.jss", "b1", listings, 0, *counts)
    put_manifest(folder, Manifest("benchmark", None, (layer,), "side-00000000.jss"))
    return Engine(catalog, SnapshotRegistry.open(folder), clock=lambda: NOW)


def open_spark(master: str) -> SparkSession:
    """Start Spark, with this Python for its workers."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    told = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    spark = SparkSession.builder.config(map=told).master(master).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.range(1).count()
    return spark


def compare(engine: Engine, spark: SparkSession, folder: Path) -> dict[str, dict[str, float]]:
    """Screen the file each way, and return what each took once the answers are known to be the same."""
    told: dict[str, dict[str, float]] = {}
    run = engine.open_run(**one_process(WORDS))
    files = folder / "subjects.parquet", folder / "one.parquet"
    for _ in range(2):  # the second time is as warm as a process can be
        with measured() as told["one"]:
            parquet_room().screen_parquet(run, files, ("id", None, None), whole=False, told=lambda *_: None)
    for turn in ("first", "again"):
        with measured() as told[turn]:
            found = screen_spark(engine, spark.read.parquet(str(files[0])), "id", **WORDS)
            found.write.mode("overwrite").parquet(str(folder / "spark"))
    want, have = (parquet.read_table(each, columns=list(SCREENED)) for each in (files[1], folder / "spark"))
    by = [("more", "ascending"), ("id", "ascending")]
    assert have.sort_by(by).cast(want.schema).equals(want.sort_by(by)), "Spark answers something else"
    return told


def one_process(words: dict[str, Any]) -> dict[str, Any]:
    """Return the words of a question as a screening of one process takes them."""
    return {"matter": words["matter"], "words": {key: said for key, said in words.items() if key != "matter"}}


@contextmanager
def measured() -> Iterator[dict[str, float]]:
    """Take the time, and the processor time of this process and all below it."""
    told: dict[str, float] = {}
    begin, before = time.perf_counter(), processor_time()
    yield told
    told["seconds"] = time.perf_counter() - begin
    told["cpu"] = processor_time() - before


def processor_time() -> float:
    """Return the seconds of processor time that this process and those below it have had; nought where nobody says."""
    parents, ticks = dict[int, int](), dict[int, int]()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            said = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            parents[int(stat.parent.name)], ticks[int(stat.parent.name)] = int(said[1]), sum(map(int, said[11:15]))
    ours = {os.getpid()}
    while more := {each for each, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(ticks.get(each, 0) for each in ours) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
