"""Answering for everybody in a file (名册批量核查): the file comes back with the answers beside each row."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from functools import lru_cache, partial
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.cli.files import read_bytes
from jointsanction.cli.new_files import put_in_place, write_pieces
from jointsanction.cli.screen import progress, show
from jointsanction.cli.screened import WRITERS, Screened
from jointsanction.errors import JointSanctionError, QuestionError, RegistryError
from jointsanction.identity.folding import is_missing, letters
from jointsanction.registry.readers.bidders import column_of, refuse_rivals
from jointsanction.registry.readers.tables.containers import open_file
from jointsanction.screening.alike import Alike
from jointsanction.screening.extra import parquet_room
from jointsanction.screening.run import document_of
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.terms import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.registry.readers.tables.table import Table
    from jointsanction.screening.run import Row, Run

_PARQUET: Final = ".parquet"
_COLUMNS: Final = ("id", "name", "kind")


class Asked(NamedTuple):
    """A file and what is asked about everybody in it (名册及问题); `columns` are those of number, name and kind."""

    file: Path
    columns: tuple[str | None, str | None, str | None]
    run: Run


class Outcome:
    """What came of it (批量核查的结果): how many rows have which verdict, and whole answers where these are kept."""

    def __init__(self, kept: IO[bytes] | None) -> None:
        """Begin with nothing."""
        self.counted: Counter[str | None] = Counter()
        self._kept = kept

    @property
    def whole(self) -> bool:
        """Return whether whole answers are asked for."""
        return self._kept is not None

    def keep(self, number: int, document: str) -> None:
        """Keep the whole answer about a row, if that was asked for."""
        if self._kept is not None:
            self._kept.write(f'{{"row": {number}, {document[1:]}\n'.encode())

    def take_in(self, answers: Any) -> None:  # noqa: ANN401 - of Arrow
        """Count a batch of answers, and keep the whole ones."""
        for each in answers.column("verdict").value_counts().to_pylist():
            self.counted[each["values"]] += each["counts"]
        if self.whole:
            known = answers.select(["row", "answer"]).drop_null()
            for number, document in zip(*known.to_pydict().values(), strict=True):
                self.keep(number, document)


def screen_file(asked: Asked, catalog: Catalog, *, output: Path | None = None, answers: Path | None = None) -> None:
    """Write the file with the answers beside each row, and show the count (名册批量核查).

    Raises:
        RegistryError: a file that can't be read.
        QuestionError: `question.output`, `question.column`.
        MissingExtraError: `screening.no_arrow`.
    """
    file = asked.file
    target = output or file.with_name(f"{file.stem}.核查{file.suffix}")
    for path in (target, answers):
        if path is not None and path.exists():
            raise QuestionError("question.output", f"文件 {path} 已经存在。", "请换一个文件名，或先移走它。")
    answered = _parquet if file.suffix.lower() == _PARQUET else _sheet
    with ExitStack() as leaving:
        kept = None
        if answers is not None:
            kept = leaving.enter_context(leaving.enter_context(put_in_place(answers)).open("xb"))
        outcome = Outcome(kept)
        answered(asked, catalog, target, outcome)
    show([Headline(_counts(outcome.counted)), Block("写到", (Line("", str(target)),))])


def _sheet(asked: Asked, catalog: Catalog, target: Path, outcome: Outcome) -> None:
    """Answer for the rows of a CSV file or a workbook, which is read whole."""
    raw = read_bytes(asked.file)
    named = {letters(name): key for name, key in zip(asked.columns, _COLUMNS, strict=True) if name is not None}
    opened = open_file(asked.file, raw, lambda header: letters(header) in named or column_of(header) is not None)
    if opened.form not in WRITERS:
        raise RegistryError("registry.format", f"{asked.file} 不是能写回的格式。", "请另存为 .csv、.xlsx 或 .parquet。")
    refuse_rivals(opened.table)
    said: dict[int, Sequence[str]] = {each.row: ("", "", "", each.message) for each in opened.table.broken}
    outcome.counted[None] += len(said)
    places, run = _places(opened.table, named), asked.run.at_once()
    alike, in_words = Alike(run), lru_cache(partial(_words, catalog=catalog))
    with progress("核查") as told:
        for number, cells in opened.table.rows:
            answer = run.try_to_ask(*_subject(cells, places))
            row = alike.row(answer)
            said[number] = in_words(row)
            outcome.counted[row.verdict] += 1
            if outcome.whole and row.listings and not isinstance(answer, JointSanctionError):
                outcome.keep(number, document_of(answer))
            if told is not None:
                told(len(said), len(opened.table.rows))
    write_pieces(target, [WRITERS[opened.form](Screened(raw, opened.table, said))])


def _places(table: Table, named: Mapping[str, str]) -> dict[str, int]:
    """Return where number, name and kind stand; what was named by its header goes before what is known by it."""
    places: dict[str, int] = {}
    for place, header in enumerate(table.headers):
        own = named.get(letters(header))
        key = own or (column_of(header) if column_of(header) not in named.values() else None)
        if key in _COLUMNS and places.setdefault(key, place) != place:
            hint = "用 --id-column、--name-column、--kind-column 指明。"
            raise QuestionError("question.column", f"第 {places[key] + 1} 列和第 {place + 1} 列都像{header}。", hint)
    if missing := [key for key in (*named.values(), "id") if key not in places]:
        option = f"--{missing[0]}-column"
        raise QuestionError("question.column", f"名册中没有找到 {option} 所指的列。", f"用 {option} 写明表头。")
    return places


def _subject(cells: Sequence[str], places: Mapping[str, int]) -> tuple[str, str | None, str | None]:
    number, kind, name = (cells[places[key]].strip() if key in places else "" for key in ("id", "kind", "name"))
    return number, None if is_missing(kind) else kind, None if is_missing(name) else name


def _parquet(asked: Asked, catalog: Catalog, target: Path, outcome: Outcome) -> None:  # noqa: ARG001 - as above
    """Answer for the rows of a Parquet file, piece by piece: a province is not read at once."""
    id_column, name_column, kind_column = asked.columns
    room = parquet_room()
    own = id_column or next((name for name in room.headers_of(asked.file) if column_of(name) == "id"), None)
    if own is None:
        raise QuestionError("question.column", "名册中没有找到 --id-column 所指的列。", "用 --id-column 写明列名。")
    with progress("核查") as told:

        def count(batch: Any, rows: int) -> None:  # noqa: ANN401 - a batch of answers
            outcome.take_in(batch)
            if told is not None:
                told(sum(outcome.counted.values()), rows)

        with put_in_place(target) as written:
            columns = own, name_column, kind_column
            room.screen_parquet(asked.run, (asked.file, written), columns, whole=outcome.whole, told=count)


def _words(row: Row, catalog: Catalog) -> Sequence[str]:
    """Return an answer in the words of an officer."""
    measures = "；".join(catalog.measures[measure].title for measure in row.measures)
    lists = "；".join(catalog.lists[code].title for code in row.listings)
    return "" if row.verdict is None else Verdict(row.verdict).zh, measures, lists, row.message or ""


def _counts(counted: Mapping[str | None, int]) -> str:
    parts = [f"{verdict.zh} {counted[verdict]} 行" for verdict in Verdict if counted.get(verdict)]
    wrong = [f"无法核查 {counted[None]} 行"] if counted.get(None) else []
    return f"共 {sum(counted.values())} 行：{'、'.join([*parts, *wrong]) or '没有记录'}。"
