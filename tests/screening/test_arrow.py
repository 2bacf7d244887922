"""A table answered in bulk, against `check_subject` asked about each row."""

from __future__ import annotations

import json
import threading
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds as w
from engine_side import ROOT, catalog_of, registry_of, shipped
from jointsanction.engine import Engine
from jointsanction.errors import JointSanctionError, QuestionError
from jointsanction.identity.folding import is_missing
from jointsanction.identity.identify import parse_subject
from jointsanction.model.commitment import Commitments
from jointsanction.model.document import ResultDocument
from jointsanction.model.subject import Related
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.screening.run import Row, row_of
from jointsanction.terms import Relation, SubjectKind
from made_up import worlds
from oracle_catalogue import World, read_world
from strategies import ASKED_AT, cases

pytest.importorskip("pyarrow", reason="the extra `arrow` is not installed")

import pyarrow as pa

from jointsanction.screening import arrow
from screening_side import ROWS, Doc, batch_of, run_of, short, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from strategies import Case


@cache
def catalogue() -> World:
    """Read the shipped catalogue once, as the oracle reads it."""
    return read_world(ROOT)


@cache
def engine() -> Engine:
    """Open one engine of the shipped catalogue."""
    return Engine(shipped(), clock=lambda: ASKED_AT)


def one_by_one(engine: Engine, rows: list[tuple[str | None, ...]], words: Doc) -> Iterator[tuple[Row, Doc | None]]:
    """Ask about each row by itself."""
    for text, name, kind in rows:
        try:
            said = None if kind is None else SubjectKind(kind)
            # A cell that says nothing is no name.
            bare = name is None or is_missing(name)
            subject = (text or "") if bare else parse_subject(text or "", said, name)
            result = engine.check_subject(subject, kind=kind, **words)
        except JointSanctionError as error:
            yield row_of(error), None
            continue
        row = row_of(result)
        yield row, result.model_dump() if row.listings else None


def in_bulk(engine: Engine, rows: list[tuple[str | None, ...]], words: Doc) -> list[tuple[Row, Doc | None]]:
    """Ask about all rows as a table."""
    reader = engine.screen_frame(batch_of(rows), "i", name_column="n", kind_column="k", answers=True, **words)
    found = reader.read_all().to_pylist()
    assert [(each["row"], each["id"]) for each in found] == [(at, row[0]) for at, row in enumerate(rows)]
    return [(short(each), None if each["answer"] is None else json.loads(each["answer"])) for each in found]


def the_same(engine: Engine, rows: list[tuple[str | None, ...]], words: Doc) -> None:
    """Hold bulk and single answers together, whole answers of listed subjects too."""
    want = [
        (row, None if said is None else json.loads(json.dumps(said))) for row, said in one_by_one(engine, rows, words)
    ]
    assert in_bulk(engine, rows, words) == want
    screening = arrow.Screening(run_of(engine, words), arrow.Columns(*"ink"))
    # Asked a second time, whoever was met before is answered without being asked about.
    found = pa.Table.from_batches(arrow.screen_batches([batch_of(rows)] * 2, screening), screening.schema).to_pylist()
    assert [short(each) for each in found] == [row for row, _ in want] * 2


@given(st.deferred(lambda: cases(catalogue())), ROWS)
def test_a_table_has_the_answers_of_its_rows(case: Case, rows: list[tuple[str | None, ...]]) -> None:
    """In every world of the oracle, whatever stands in the cells: names, masks, errors; stale lists, commitments."""
    engine().swap(registry=registry_of(catalogue(), case))
    the_same(engine(), rows, words_of(case.question))


@given(st.data())
def test_so_it_has_under_any_catalogue(data: st.DataObject) -> None:
    """The same holds of measures nobody has written yet, in pieces of any size."""
    world = data.draw(worlds())
    case, rows = data.draw(cases(world)), data.draw(ROWS)
    the_same(Engine(catalog_of(world), registry_of(world, case), clock=lambda: ASKED_AT), rows, words_of(case.question))


def asked(engine: Engine, *ids: str | None, **words: Any) -> list[Doc]:
    """Ask a small engine about some numbers."""
    table = pa.table({"id": pa.array(ids, pa.string())})
    found: list[Doc] = (
        engine.screen_frame(table, "id", matter="M.X", as_of="2024-06-10", **words).read_all().to_pylist()
    )
    return found


def test_a_row_says_verdict_measures_and_lists() -> None:
    """政府采购法 22: the listed one is barred and the row says by what; a row that names nobody says what is wrong."""
    listed, unlisted, broken = asked(w.engine(w.world(w.measure()), w.listing()), w.FIRM, w.PARTNER, "123")
    assert listed == {
        "row": 0, "id": w.FIRM, "verdict": "prohibited", "measures": ["bar"], "listings": ["BL.A"], "error": None,
        "message": None,
    }  # fmt: skip
    assert (unlisted["verdict"], unlisted["measures"], unlisted["listings"]) == ("clear", [], [])
    assert (broken["verdict"], broken["error"]) == (None, "subject.malformed")
    assert "123" not in broken["message"]


@pytest.mark.parametrize("how", ["missing", "stale"])
def test_a_list_nobody_has_whole_leaves_every_row_in_doubt(how: str) -> None:
    """DESIGN §3: who is on no list that is there may be on the one that isn't; never `clear`.

    Gaps may be passed over; where nothing at all was searched there is nothing to go by.
    """
    catalog = w.world(w.measure(), w.list_type(stale_after=1))
    at = w.NOW.replace(year=2020)
    editions = w.whole(catalog, without=("BL.A",)) if how == "missing" else w.whole(catalog, at=at)
    engine = Engine(catalog, MemoryRegistry((), editions), clock=lambda: w.NOW)
    assert [row["verdict"] for row in asked(engine, w.FIRM, w.PERSON, w.SHOP)] == ["indeterminate"] * 3
    passed_over = "indeterminate" if how == "missing" else "clear"
    assert {row["verdict"] for row in asked(engine, w.FIRM, coverage="loaded")} == {passed_over}


def test_who_is_named_in_the_question_is_asked_about_by_himself() -> None:
    """One who is said to be tied to himself is not tied at all, and his row differs from those of all others."""
    catalog = w.world(w.measure(bears=["legal-representative"]))
    engine = w.engine(catalog, w.listing(uscc=None, resident_id=w.PERSON))
    related = [Related(relation=Relation.LEGAL_REPRESENTATIVE, id=w.PERSON)]
    rows = [(each, None, None) for each in (w.FIRM, w.PERSON, w.OTHER_PERSON, w.SHOP)]
    the_same(engine, rows, {"matter": "M.X", "as_of": "2024-06-10", "related": related})


def test_a_question_that_nobody_can_answer_is_no_answer() -> None:
    """Whoever is tied to the subject and can't be looked up leaves every row unanswered, whoever was met before."""
    engine = w.engine(w.world(w.measure()), w.listing())
    related = [Related(relation=Relation.LEGAL_REPRESENTATIVE, id="123")]
    rows = [(each, None, None) for each in (w.FIRM, w.PARTNER, w.PERSON)]
    the_same(engine, rows, {"matter": "M.X", "as_of": "2024-06-10", "related": related})


def test_a_promise_is_a_reason_to_ask() -> None:
    """A subject that promised something is on record, though on no list."""
    registry = MemoryRegistry((), w.whole(w.world()), commitments=Commitments((w.promise(w.FIRM),), ()))
    run = Engine(w.world(w.measure()), registry, clock=lambda: w.NOW).open_run("M.X", {})
    screening = arrow.Screening(run, arrow.Columns("id"), whole=True)
    batch = pa.record_batch({"id": [w.FIRM, w.PARTNER, w.PERSON]})
    asked = arrow.Asked.of(batch, arrow.Columns("id"), 254)
    assert list(screening._settle(asked, arrow._Answers(3))) == [0]


def test_an_observer_is_told_of_every_row() -> None:
    """Whoever keeps a record of decisions keeps one of each: no row is answered in bulk past him."""
    told: list[str | None] = []
    engine = w.engine(w.world(w.measure()), w.listing())
    run = engine.open_run("M.X", {"as_of": "2024-06-10"})
    run = type(run)(run.state, run.words, run.clock, observe=lambda result: told.append(result.subject.id))
    arrow.Screening(run, arrow.Columns("id")).answer(pa.record_batch({"id": [w.FIRM, w.PARTNER, w.PARTNER]}))
    assert told == [w.FIRM, w.PARTNER, w.PARTNER]


@pytest.mark.parametrize(("threads", "ahead"), [(1, 1), (2, 3)])
def test_batches_keep_their_order_and_tell_how_far_they_are(
    monkeypatch: pytest.MonkeyPatch, threads: int, ahead: int
) -> None:
    """However the table is cut, rows are numbered through, and little is read before it is asked for."""
    monkeypatch.setattr(arrow, "AT_ONCE", 2)
    read: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for at in range(9):
            read.append(at)
            yield pa.record_batch({"id": [w.FIRM, w.PARTNER, "123"]})

    source = pa.RecordBatchReader.from_batches(pa.schema({"id": pa.string()}), batches())
    engine, done = w.engine(w.world(w.measure()), w.listing()), list[int]()
    run = engine.open_run("M.X", {"as_of": "2024-06-10"})
    reader = arrow.screen_batches(source, arrow.Screening(run, arrow.Columns("id")), done.append, threads=threads)
    assert read == []
    first = next(reader)
    assert (first.column("row").to_pylist(), len(read)) == ([0, 1], ahead)
    rest = pa.Table.from_batches(reader)
    assert rest.column("row").to_pylist() == list(range(2, 27))
    assert rest.column("verdict").to_pylist() == [None, *["prohibited", "clear", None] * 8]
    assert done == [each for at in range(9) for each in (at * 3 + 2, at * 3 + 3)]


def test_who_stops_reading_stops_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for pieces that nobody will take; an error in one is raised to whoever reads."""
    monkeypatch.setattr(arrow, "AT_ONCE", 1)
    run = w.engine(w.world(w.measure()), w.listing()).open_run("M.X", {"as_of": "2024-06-10"})
    batch = pa.record_batch({"id": [w.FIRM] * 50})
    reader = arrow.screen_batches([batch], arrow.Screening(run, arrow.Columns("id")), threads=2)
    assert next(reader).num_rows == 1
    threads = threading.active_count()
    reader.close()
    assert threading.active_count() < threads
    with pytest.raises(QuestionError):
        list(
            arrow.screen_batches(
                [pa.record_batch({"id": [b"1"]})], arrow.Screening(run, arrow.Columns("id")), threads=2
            )
        )


def test_an_empty_table_has_an_empty_answer() -> None:
    """No rows, no answers, and the columns all the same."""
    engine = w.engine(w.world(w.measure()))
    assert asked(engine) == []
    batch = arrow.Screening(engine.open_run("M.X", {}), arrow.Columns("id")).answer(
        pa.record_batch({"id": pa.array([], pa.string())})
    )
    assert (batch.num_rows, batch.schema.names[-1]) == (0, "message")


def test_a_full_answer_is_the_document_of_the_contract() -> None:
    """What is filed with the case of a hit is what `check --json` would have printed."""
    engine = w.engine(w.world(w.measure()), w.listing())
    listed, unlisted = asked(engine, w.FIRM, w.PARTNER, answers=True)
    ResultDocument.model_validate_json(listed["answer"])
    assert unlisted["answer"] is None


def test_a_registry_that_cannot_be_asked_in_bulk_is_asked_row_by_row() -> None:
    """The lists of an earlier instant answer one subject at a time, and no row is taken for unlisted because of it."""

    class Slow(MemoryRegistry):
        __slots__ = ()
        outline = None  # type: ignore[assignment]

    catalog = w.world(w.measure())
    engine = Engine(catalog, Slow([w.listing()], w.whole(catalog)), clock=lambda: w.NOW)
    assert [row["verdict"] for row in asked(engine, w.FIRM, w.PARTNER)] == ["prohibited", "clear"]


def faults(**more: Any) -> str:
    """Return the code of what is wrong with a question to a table."""
    plain: Doc = {"table": pa.table({"id": ["1"], "n": [b"1"]}), "id_column": "id", "matter": "M.X"}
    with pytest.raises(JointSanctionError) as fault:
        w.engine(w.world(w.measure())).screen_frame(**(plain | more)).read_all()
    return fault.value.code


def test_what_is_wrong_with_the_question_is_said_once() -> None:
    """A wrong matter, date, kind or column is no fault of any row."""
    assert faults(matter="M.Y") == "matter.unknown"
    assert faults(as_of="gestern") == "question.date"
    assert faults(kind="firm") == "question.unknown_word"
    assert faults(id_column="ID") == "question.column"
    assert faults(table=pa.table([[1], [2]], names=["id", "id"])) == "question.column"
    assert faults(name_column="n") == "question.column"
    assert faults(table=[["id"]]) == "question.table"
    with pytest.raises(TypeError, match="place"):
        w.engine(w.world()).screen([], "M.X", place="410000")


def test_a_table_is_anything_that_hands_over_arrow() -> None:
    """A batch by itself too, and whatever hands over no more than one."""
    engine = w.engine(w.world(w.measure()), w.listing())
    batch = pa.record_batch({"id": [w.FIRM]})

    class OneBatch:
        """A table of one batch."""

        def __arrow_c_array__(self, schema: object = None) -> object:
            """Hand over the batch."""
            return batch.__arrow_c_array__(schema)

    for table in (batch, OneBatch()):
        assert engine.screen_frame(table, "id", matter="M.X").read_all().num_rows == 1


@pytest.mark.parametrize("library", ["polars", "pandas", "duckdb"])
def test_every_library_hands_over_its_table(library: str) -> None:
    """The officer's tool is his own choice, and the answers come back into it."""
    tool = pytest.importorskip(library)
    columns = {"id": [w.FIRM, None, w.PARTNER], "more": [1, 2, 3]}
    if library == "duckdb":
        source = pa.table(columns)
        table = tool.sql("SELECT * FROM source") if source else None
    else:
        table = tool.DataFrame(columns)
    reader = w.engine(w.world(w.measure()), w.listing()).screen_frame(table, "id", matter="M.X", as_of="2024-06-10")
    # A connection of DuckDB does one thing at a time, and this one is handing over the table.
    into = tool.connect() if library == "duckdb" else tool
    back = into.from_arrow(reader) if library != "pandas" else reader.read_pandas()
    verdicts = back.fetchnumpy()["verdict"].tolist() if library == "duckdb" else back["verdict"].to_list()
    assert [str(each) for each in verdicts] == ["prohibited", str(verdicts[1]), "clear"]
    assert verdicts[1] != verdicts[1] or verdicts[1] is None
    with pytest.raises(QuestionError):
        w.engine(w.world()).screen_frame(table, "Id", matter="M.X")
