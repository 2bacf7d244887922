"""A table of Spark against the same table in one process: the same answers, to the byte, whatever happens."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

import snapshot_side
import spark_side
import worlds as w
from jointsanction import screen_spark
from jointsanction.catalog.bundle import write_bundle
from jointsanction.engine import Engine
from jointsanction.errors import JointSanctionError, MissingExtraError
from jointsanction.model.subject import Act, Related
from jointsanction.registry.snapshot.manifest import put_manifest
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.registry.snapshot.side import Side
from jointsanction.terms import ActType, Relation

pytest.importorskip("pyarrow", reason="the extra `arrow` is not installed")

import pyarrow as pa
from pyarrow import parquet

from jointsanction.screening.shipped import Shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyspark.sql import DataFrame, SparkSession

spark_runs = pytest.mark.spark
on_the_cluster = pytest.mark.parametrize("spark", [spark_side.CLUSTER], indirect=True)
on_one_machine = pytest.mark.parametrize("spark", [spark_side.LOCAL], indirect=True)

WORDS: dict[str, Any] = {"matter": "M.X", "as_of": "2024-06-10"}
ROWS = 1200
WHO = [
    (w.FIRM, None, None),
    (w.PARTNER, None, None),
    ("123", None, None),
    (None, "虚构乙公司", None),
    (None, None, None),
    (w.PERSON, "某某", "person"),
    (w.FIRM.lower(), "虚构甲公司", "enterprise"),
    (w.SHOP, None, "firm"),
]
"""Listed and not, by number and by name alone, nobody at all, and kinds that are none."""


@pytest.fixture(scope="module", params=[spark_side.LOCAL, spark_side.CLUSTER])
def spark(request: pytest.FixtureRequest) -> Iterator[SparkSession]:
    """Yield Spark in one process and as a cluster."""
    with spark_side.session(request.param) as session:
        yield session


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """Return an engine on a snapshot with a firm, and one known by name alone."""
    catalog = w.world(w.measure(bears=["self", "legal-representative"]))
    editions = {edition.list: (edition,) for edition in w.whole(catalog)}
    rows = [w.listing(), w.listing(uscc=None, name="虚构乙公司")]
    registry = snapshot_side.write(tmp_path / "snapshot", (rows, ()), side=Side(editions))
    return Engine(catalog, registry, clock=lambda: w.NOW)


def of_version(engine: Engine, folder: Path, version: str) -> Engine:
    """Give the snapshot another version, as an import would, and return an engine on it."""
    snapshot = folder / "snapshot"
    put_manifest(snapshot, SnapshotRegistry.open(snapshot).manifest._replace(version=version))
    return Engine(engine.tables.catalog, SnapshotRegistry.open(snapshot), clock=lambda: w.NOW)


def subjects(rows: int = ROWS) -> pa.Table:
    """Return a table in which nothing is in the order of its rows but `row`."""
    said = [(at, *WHO[at % len(WHO)], f"第{at}行") for at in range(rows)]
    said.sort(key=lambda each: each[0] * 7919 % rows)
    schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in ("code", "name", "kind", "more"))])
    return pa.table([list(column) for column in zip(*said, strict=True)], schema=schema)


def bytes_of(table: pa.Table) -> bytes:
    """Return a table as the bytes that would be sent."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def expected(engine: Engine, **words: Any) -> pa.Table:
    """Return the answers of one process, in the order of the rows."""
    table = subjects().sort_by("row")
    reader = engine.screen_frame(table, "code", name_column="name", kind_column="kind", answers=True, **WORDS, **words)
    return reader.read_all()


def the_same(found: pa.Table, want: pa.Table) -> None:
    """Hold answers together: every column, every row once, in the order of the rows."""
    said = found.sort_by("row").rename_columns({"code": "id"})
    assert said.column("more").to_pylist() == [f"第{at}行" for at in range(ROWS)]
    assert bytes_of(said.select(want.schema.names).cast(want.schema)) == bytes_of(want)


def screened(engine: Engine, frame: DataFrame, **more: Any) -> DataFrame:
    """Screen the table of the tests on Spark."""
    return screen_spark(engine, frame, "code", name_column="name", kind_column="kind", answers=True, **WORDS, **more)


@spark_runs
@pytest.mark.parametrize("way", ["sent", "at a path", "the bundle sent"])
def test_spark_gives_the_answers_of_one_process(spark: SparkSession, engine: Engine, tmp_path: Path, way: str) -> None:
    """Errors in their rows, candidates, whole answers: byte for byte, however the files come to the machines."""
    files = {} if way == "sent" else {"snapshot": str(tmp_path / "snapshot")}
    if way == "at a path":
        files["bundle"] = str(tmp_path / "bundle.json")
        write_bundle(engine.tables.catalog, tmp_path / "bundle.json")
    found = screened(engine, spark.createDataFrame(subjects()).repartition(5), **files)
    assert found.columns == [
        "row", "code", "name", "kind", "more", "verdict", "measures", "listings", "error", "message", "answer",
    ]  # fmt: skip
    want = expected(engine)
    assert {"prohibited", "indeterminate", "clear", None} == set(want.column("verdict").to_pylist())
    assert {"subject.malformed", "question.unknown_word"} < set(want.column("error").to_pylist())
    the_same(found.toArrow(), want)


@spark_runs
def test_every_word_of_the_question_travels(spark: SparkSession, engine: Engine) -> None:
    """Who is tied to the subject, what was decided, as values and as texts; the case and the kind beside them."""
    words: dict[str, Any] = {
        "kind": "enterprise",
        "case": "虚构案1号",
        "related": [Related(relation=Relation.LEGAL_REPRESENTATIVE, id=w.PERSON), f"investor:{w.OTHER_PERSON}"],
        "acts": [Act(type=next(iter(ActType)), decision_made=w.TODAY)],
        "explain": True,
    }
    found = screened(engine, spark.createDataFrame(subjects()).repartition(2), **words)
    the_same(found.toArrow(), expected(engine, **words))


@spark_runs
@on_one_machine
def test_columns_of_an_earlier_screening_give_way(spark: SparkSession, engine: Engine) -> None:
    """Whoever screens the table again next month has one column of verdicts, and it is this month's."""
    frame = spark.createDataFrame(subjects()).repartition(2)
    again = screened(engine, screened(engine, frame))
    the_same(again.toArrow(), expected(engine))
    empty = screen_spark(engine, frame.where("row < 0"), "code", **WORDS)
    assert (empty.columns[-1], empty.count()) == ("message", 0)


@spark_runs
@on_the_cluster
def test_a_killed_executor_costs_time_and_no_answer(spark: SparkSession, engine: Engine, tmp_path: Path) -> None:
    """A machine lost in the middle of a part: the part is done again, and no row is missing or there twice."""
    told = tmp_path / "told"
    told.mkdir()
    folder = str(told)

    def perish(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import os  # noqa: PLC0415 - this function travels by value
        import signal  # noqa: PLC0415 - as above
        import time  # noqa: PLC0415 - as above
        from pathlib import Path  # noqa: PLC0415 - as above

        from pyspark import TaskContext  # noqa: PLC0415 - as above

        task = TaskContext.get()
        Path(folder, f"part {task.partitionId()}, try {task.attemptNumber()}").touch()
        for at, batch in enumerate(batches):
            yield batch
            if at == 5 and task.partitionId() == 1 and task.attemptNumber() == 0:
                time.sleep(1)
                daemon = Path(f"/proc/{os.getppid()}/stat").read_text(encoding="utf-8")
                executor = int(daemon.rpartition(")")[2].split()[1])
                Path(folder, "killed").touch(exist_ok=False)
                os.kill(executor, signal.SIGKILL)

    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "20")
    frame = spark.createDataFrame(subjects()).repartition(4)
    found = screened(engine, frame.mapInArrow(perish, frame.schema))
    found.write.parquet(str(tmp_path / "found"))
    spark.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")
    assert {path.name for path in told.iterdir()} >= {"killed", "part 1, try 0", "part 1, try 1"}
    the_same(parquet.read_table(tmp_path / "found"), expected(engine))


@spark_runs
@pytest.mark.parametrize("part", ["snapshot", "bundle"])
def test_a_machine_with_another_state_answers_nothing(
    spark: SparkSession, engine: Engine, tmp_path: Path, part: str
) -> None:
    """A snapshot of last week on one machine: the job fails and says which; no row is answered from it."""
    if part == "snapshot":
        of_version(engine, tmp_path, "older")
    else:
        write_bundle(w.world(w.measure("other")), tmp_path / "bundle.json")
    files = {part: str(tmp_path / ("snapshot" if part == "snapshot" else "bundle.json"))}
    frame = spark.createDataFrame(subjects())
    with pytest.raises(Exception, match=r"screening\.other_version") as failed:
        screened(engine, frame, **files).toArrow()
    assert ("名单" if part == "snapshot" else "目录") + "版本是" in str(failed.value)


@spark_runs
@on_one_machine
def test_a_process_opens_its_files_once_and_shares_them(spark: SparkSession, engine: Engine, tmp_path: Path) -> None:
    """Eight parts on two workers: each opens once, and what it maps of the snapshot is nobody's own memory."""
    bundle = tmp_path / "bundle.json"
    write_bundle(engine.tables.catalog, bundle)
    run = engine.open_run("M.X", {"as_of": "2024-06-10"})
    shipped = Shipped.of(run, (str(tmp_path / "snapshot"), str(bundle)), ("code", None, None))

    def probe(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import os  # noqa: PLC0415 - this function travels by value
        import re  # noqa: PLC0415 - as above
        from pathlib import Path  # noqa: PLC0415 - as above

        import pyarrow as pa  # noqa: PLC0415 - as above

        from jointsanction.screening.shipped import screen_beside, screening_of  # noqa: PLC0415 - as above

        before = screening_of.cache_info().misses
        rows = sum(answers.num_rows for answers in screen_beside(batches, shipped))
        opened = screening_of.cache_info().misses - before
        maps = re.split(r"\n(?=[0-9a-f]+-)", Path("/proc/self/smaps").read_text(encoding="utf-8"))
        mapped = [each for each in maps if ".jss" in each.partition("\n")[0]]
        own = sum(int(kilobytes) for each in mapped for kilobytes in re.findall(r"Private_Dirty: +(\d+)", each))
        told = [os.getpid(), opened, rows, len(mapped), own]
        yield pa.record_batch([pa.array([each]) for each in told], names=["pid", "opened", "rows", "mapped", "own"])

    frame = spark.createDataFrame(subjects()).repartition(8)
    told = frame.mapInArrow(probe, "pid long, opened long, rows long, mapped long, own long").toArrow().to_pylist()
    assert (len(told), sum(each["rows"] for each in told)) == (8, ROWS)
    # A worker may have served other questions before this one.
    opened = Counter({each["pid"]: 0 for each in told})
    for each in told:
        opened[each["pid"]] += each["opened"]
    assert set(opened.values()) == {1}
    assert len(opened) <= 2
    assert {each["own"] for each in told} == {0}
    assert all(each["mapped"] for each in told)


def refused(engine: Engine, frame: object, column: str = "code", **more: Any) -> str:
    """Return the code with which a table is refused."""
    with pytest.raises(JointSanctionError) as fault:
        screen_spark(engine, frame, column, **(WORDS | more))
    assert any("一" <= sign <= "鿿" for sign in fault.value.message)
    return fault.value.code


@spark_runs
@on_one_machine
def test_what_is_wrong_is_said_before_any_job_starts(spark: SparkSession, engine: Engine, tmp_path: Path) -> None:
    """A wrong column, matter or date, lists that can't be sent: the driver says so, and no machine is troubled."""
    frame = spark.createDataFrame(subjects()).selectExpr("*", "array(code) list")
    tracker = spark.sparkContext.statusTracker()
    before = tracker.getJobIdsForGroup()
    assert refused(engine, frame, "Code") == "question.column"
    assert refused(engine, frame, "list") == "question.column"
    assert refused(engine, frame, name_column="list") == "question.column"
    assert refused(engine, frame, matter="M.Y") == "matter.unknown"
    assert refused(engine, frame, as_of="gestern") == "question.date"
    assert refused(engine, subjects()) == "question.table"
    assert refused(w.engine(w.world(w.measure())), frame) == "screening.no_snapshot"
    replaced = of_version(engine, tmp_path, "replaced")
    for path in (tmp_path / "snapshot").glob("*.jss"):
        path.unlink()
    assert refused(replaced, frame) == "screening.snapshot_gone"
    assert tracker.getJobIdsForGroup() == before


@spark_runs
@on_one_machine
def test_an_observer_is_not_told_twice(spark: SparkSession, engine: Engine) -> None:
    """Whoever keeps a record of decisions keeps one of each; a part that is done again would make two."""
    from jointsanction.screening import cluster  # noqa: PLC0415 - an extra

    run = engine.open_run("M.X", {})
    run = type(run)(run.state, run.words, run.clock, observe=print)
    with pytest.raises(JointSanctionError) as fault:
        cluster.screen_there(run, spark.range(3), ("id", None, None), (None, None), whole=False)
    assert fault.value.code == "screening.observed"


@spark_runs
@on_one_machine
def test_files_are_sent_once_and_put_together_once(
    spark: SparkSession, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second screening sends nothing, and whoever receives the files has one folder of them, sent or not."""
    from jointsanction.screening import cluster  # noqa: PLC0415 - an extra

    context = spark.sparkContext
    frame = spark.createDataFrame(subjects())
    anew = of_version(engine, tmp_path, "anew")

    def on_another_disk(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("os.link", on_another_disk)
        screened(anew, frame)
    sent = set(context.listFiles)
    screened(anew, frame)
    assert set(context.listFiles) == sent

    # The driver of one machine finds them as a worker does.
    run = anew.open_run("M.X", {"as_of": "2024-06-10"})
    snapshot, bundle = cluster._send_snapshot(context, run), cluster._send_bundle(context, run)
    paths = str(snapshot.folder()), str(bundle.folder() / "catalogue.json")
    for sent in [(snapshot, bundle), (snapshot, None), (None, bundle), (None, None)]:
        shipped = Shipped.of(run, paths, ("code", None, None))
        answers = list(cluster.answer_here(subjects().to_batches(), shipped, sent))
        assert sum(batch.num_rows for batch in answers) == ROWS


def test_without_spark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing part says its name; everything else works without it."""
    monkeypatch.setitem(sys.modules, "jointsanction.screening.cluster", None)
    monkeypatch.delattr("jointsanction.screening.cluster", raising=False)
    with pytest.raises(MissingExtraError) as missing:
        screen_spark(w.engine(w.world(w.measure())), None, "id", matter="M.X")
    assert (missing.value.code, "jointsanction[spark]" in missing.value.hint) == ("screening.no_spark", True)
