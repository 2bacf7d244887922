"""Tables of subjects (整表核查): an Arrow batch in, an Arrow batch out, whoever holds the table.

Numbers are told apart as whole columns, and whoever the lists certainly don't know is done with at once: subjects of
one kind that nothing is on record about have one answer, which is worked out by asking about the first of them.
Everybody else is asked about one by one: whoever may be listed, promised something or is named in the question, and
whatever is no plain sound number.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from jointsanction.errors import JointSanctionError
from jointsanction.identity.keys import related_keys
from jointsanction.identity.names import name_key
from jointsanction.registry.outline import Outlined
from jointsanction.screening.alike import Alike
from jointsanction.screening.columns import TEXT, Asked, Columns
from jointsanction.screening.forms import ALONE, KINDS, LENGTH, UNDECLARED
from jointsanction.screening.numbers import read_numbers
from jointsanction.screening.run import document_of
from jointsanction.screening.sieve import Sieve
from jointsanction.terms import SubjectKind
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from numpy.typing import NDArray

    from jointsanction.model.result import CheckResult
    from jointsanction.screening.forms import Bytes, Forms, Truths
    from jointsanction.screening.run import Progress, Row, Run

AT_ONCE: Final = 1 << 16
"""So many rows are worked on together, whatever the size of the table."""

AHEAD: Final = 2
"""So many pieces a thread are worked on before they are asked for."""

_ANSWERED: Final = (
    pa.field("verdict", pa.string()),
    pa.field("measures", pa.list_(pa.string()), nullable=False),
    pa.field("listings", pa.list_(pa.string()), nullable=False),
    pa.field("error", pa.string()),
    pa.field("message", pa.string()),
)
"""The columns of a `Row`, in its order."""

_SCHEMA: Final = pa.schema([pa.field("row", pa.int64(), nullable=False), pa.field("id", TEXT), *_ANSWERED])
_WHOLE: Final = pa.field("answer", TEXT)


class Screening:
    """A question put to tables (整表核查): the answers are those of row by row, without asking about each."""

    def __init__(self, run: Run, columns: Columns, *, whole: bool = False) -> None:
        """Take the question and which columns say who is asked about; `whole` adds full answers of listed subjects."""
        self._run, self._columns, self._whole = run.at_once(), columns, whole
        self._declared = UNDECLARED if run.kind is None else KINDS.index(word(SubjectKind, run.kind, "主体类别"))
        self._sieve = _sieve_of(run, named=columns.name is not None)
        self._quiet: dict[int, Row] = {}
        self._alike = Alike(self._run)
        self.schema = _SCHEMA.append(_WHOLE) if whole else _SCHEMA

    def answer(self, batch: pa.RecordBatch, begin: int = 0) -> pa.RecordBatch:
        """Return the answers to the rows of a batch; `begin` is the number of the first.

        Raises:
            QuestionError: `question.column`, for a column that is no text.
        """
        asked = Asked.of(batch, self._columns, self._declared)
        answers = _Answers(batch.num_rows)
        alone = self._settle(asked, answers)
        told = asked.ids.take(pa.array(alone)).to_pylist()
        for at, number in zip(alone.tolist(), told, strict=True):
            self._one(asked, at, number, answers)
        numbers = pa.array(np.arange(begin, begin + batch.num_rows))
        said = [numbers, asked.ids, *answers.columns()]
        if self._whole:
            said.append(pa.array([answers.documents.get(at) for at in range(batch.num_rows)], TEXT))
        return pa.RecordBatch.from_arrays(said, schema=self.schema)

    def _settle(self, asked: Asked, answers: _Answers) -> NDArray[np.intp]:
        """Answer for all but those who have to be asked about, each by himself, and return their rows."""
        if self._sieve is None:
            return np.arange(len(asked.ids))
        rows, forms = read_numbers(asked.ids, asked.declared)
        quiet = (forms.kind != ALONE) & ~self._sieve.holds(rows, forms.digest)
        if asked.names is not None and self._sieve.knows_names:
            (unlisted,) = np.nonzero(quiet)
            names = (asked.names[at] for at in unlisted)
            quiet[unlisted] = ~self._sieve.holds_names(None if name is None else name_key(name) for name in names)
        for kind in np.nonzero(np.bincount(forms.kind[quiet]))[0]:
            (alike,) = np.nonzero(quiet & (forms.kind == kind))
            row = self._quiet_row(int(kind), asked, int(alike[0]))
            if self._whole and row.listings:
                quiet[alike] = False
            else:
                answers.put(alike, row)
        return np.nonzero(~quiet)[0] if self._whole else self._meet(asked, (rows, forms), ~quiet, answers)

    def _meet(self, asked: Asked, read: tuple[Bytes, Forms], left: Truths, answers: _Answers) -> NDArray[np.intp]:
        """Answer for sound numbers that may be listed, where one was seen alike before, and return what is left."""
        rows, forms = read
        (sound,) = np.nonzero(left & (forms.kind != ALONE))
        numbers, kinds = rows[sound].tobytes().decode().upper(), forms.kind[sound].tolist()
        for place, (at, kind) in enumerate(zip(sound.tolist(), kinds, strict=True)):
            row = self._alike.met(KINDS[kind], numbers[place * LENGTH : (place + 1) * LENGTH], asked.name(at))
            if row is not None:
                answers.put(at, row)
                left[at] = False
        return np.nonzero(left)[0]

    def _quiet_row(self, kind: int, asked: Asked, at: int) -> Row:
        """Return what is answered about everybody of a kind that nothing is on record about."""
        if kind not in self._quiet:
            self._quiet[kind] = self._alike.row(self._ask(asked, at, asked.ids[at].as_py()))
        return self._quiet[kind]

    def _one(self, asked: Asked, at: int, number: str | None, answers: _Answers) -> None:
        answered = self._ask(asked, at, number)
        row = self._alike.row(answered)
        answers.put(at, row)
        if self._whole and row.listings and not isinstance(answered, JointSanctionError):
            answers.documents[at] = document_of(answered)

    def _ask(self, asked: Asked, at: int, number: str | None) -> CheckResult | JointSanctionError:
        return self._run.try_to_ask(number or "", asked.kind(at), asked.name(at))


class _Answers:
    """The different answers to a batch, each once, and which row has which (结果册)."""

    def __init__(self, rows: int) -> None:
        self.documents: dict[int, str] = {}
        self._of_row = np.zeros(rows, np.int32)
        self._known: dict[Row, int] = {}

    def put(self, rows: int | NDArray[np.intp], row: Row) -> None:
        """Give some rows an answer."""
        self._of_row[rows] = self._known.setdefault(row, len(self._known))

    def columns(self) -> list[pa.Array]:
        """Return the answers as columns, in the order of the rows."""
        said = zip(*self._known, strict=True) if self._known else ((),) * len(_ANSWERED)
        return [self._column(known, field.type) for known, field in zip(said, _ANSWERED, strict=True)]

    def _column(self, known: Sequence[object], kind: pa.DataType) -> pa.Array:
        if not any(each is not None for each in known):
            return pa.nulls(len(self._of_row), kind)
        return pa.array(list(known), kind).take(pa.array(self._of_row))


def _sieve_of(run: Run, *, named: bool) -> Sieve | None:
    """Return what tells whom the lists don't know; None where every answer is to be worked out and told."""
    registry = run.state.registry
    if run.observe is not None or not isinstance(registry, Outlined):
        return None
    # Who is named in the question as tied to the subject is asked about otherwise when he is the subject himself.
    tied = (key for related in run.question().related for key in related_keys(related))
    return Sieve(registry.outline(), tied, named=named)


def screen_batches(
    batches: Iterable[pa.RecordBatch],
    screening: Screening,
    progress: Progress | None = None,
    *,
    begin: int = 0,
    threads: int = 1,
) -> Iterator[pa.RecordBatch]:
    """Yield the answers to batches, in order; what is held in memory is a batch, and some pieces for each thread.

    `progress` is told how many rows are done, after every piece; `begin` is the number of the first row.
    """
    done = begin
    for answers in _answered(_pieces(batches, begin), screening, threads):
        done += answers.num_rows
        yield answers
        if progress is not None:
            progress(done)


def _pieces(batches: Iterable[pa.RecordBatch], begin: int) -> Iterator[tuple[pa.RecordBatch, int]]:
    """Yield batches cut small, each piece with the number of its first row."""
    for batch in batches:
        for at in range(0, batch.num_rows, AT_ONCE):
            yield batch.slice(at, AT_ONCE), begin + at
        begin += batch.num_rows


def _answered(
    pieces: Iterator[tuple[pa.RecordBatch, int]], screening: Screening, threads: int
) -> Iterator[pa.RecordBatch]:
    """Yield the answers to pieces in order; while one is taken, others are worked out."""
    if threads == 1:
        yield from (screening.answer(*piece) for piece in pieces)
        return
    with ThreadPoolExecutor(threads) as pool, ExitStack() as leaving:
        # Whoever stops reading, or meets an error, waits for what is being worked on and for nothing else.
        leaving.callback(pool.shutdown, wait=False, cancel_futures=True)
        coming: deque[Future[pa.RecordBatch]] = deque()
        for piece in pieces:
            coming.append(pool.submit(screening.answer, *piece))
            if len(coming) > AHEAD * threads:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
