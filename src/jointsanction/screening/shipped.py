"""A screening that travels (随文件走的核查): lists and catalogue by path, so that any process answers the same.

What a worker of Spark, Ray or Daft calls: a batch in, a batch out, nothing remembered but what its files say. A worker
whose files or library are not those that the question was planned with answers nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from jointsanction.asking import make_state
from jointsanction.catalog.bundle import catalog_version, read_bundle
from jointsanction.catalog.compile import compile_catalog
from jointsanction.errors import JointSanctionError, RegistryError
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.screening.arrow import Screening, screen_batches
from jointsanction.screening.columns import Columns
from jointsanction.screening.run import open_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointsanction.asking import State
    from jointsanction.screening.run import Run

_PARTS: Final = {"catalogue": "目录", "registry": "名单", "library": "程序"}
_OWN: Final = 2
"""The first columns of an answer say which row it is about; beside the row itself they say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """All that an answer depends on (随附的问题): the folder of a snapshot, the file of a bundle, the question.

    `versions` are those of catalogue, registry and library that the question was planned with.
    `asked_at` is the instant of asking, in ISO with its zone: lists are stale or not as of then, on whatever machine.
    `words` are those of `check_subject`, `matter` among them, as pairs that can be compared and sent.
    """

    snapshot: str
    bundle: str
    versions: tuple[tuple[str, str | None], ...]
    asked_at: str
    words: tuple[tuple[str, object], ...]
    columns: tuple[str, str | None, str | None]
    whole: bool = False

    @classmethod
    def of(
        cls, run: Run, files: tuple[str, str], columns: tuple[str, str | None, str | None], *, whole: bool = False
    ) -> Shipped:
        """Return a question as it travels; `files` are snapshot and bundle as every worker finds them."""
        words = {**run.words._asdict(), "kind": run.kind, "case": run.case}
        return cls(
            snapshot=files[0],
            bundle=files[1],
            versions=tuple(run.state.versions.items()),
            asked_at=run.clock().isoformat(),
            words=tuple(words.items()),
            columns=columns,
            whole=whole,
        )


@lru_cache(maxsize=4)
def screening_of(shipped: Shipped) -> Screening:
    """Return the screening of some files, opened once a process.

    Raises:
        RegistryError, CatalogError: files that can't be read; `screening.other_version`, for others than planned with.
        QuestionError: a word or date that can't be understood.
    """
    catalog = read_bundle(Path(shipped.bundle))
    tables = compile_catalog(catalog, catalog_version(catalog))
    state = make_state(tables, SnapshotRegistry.open(Path(shipped.snapshot)))
    _refuse_other(state, dict(shipped.versions))
    asked_at = datetime.fromisoformat(shipped.asked_at)
    run = open_run(state, lambda: asked_at, dict(shipped.words))
    return Screening(run, Columns(*shipped.columns), whole=shipped.whole)


def _refuse_other(state: State, planned: Mapping[str, str | None]) -> None:
    """Refuse to answer from another state than the asker's: half of a table would be of one and half of the other."""
    for part, zh in _PARTS.items():
        if state.versions[part] != planned[part]:
            message = f"这台机器上的{zh}版本是 {state.versions[part]}，发起核查的一方是 {planned[part]}。"
            hint = "各机器换上同一版本的快照、目录包和程序，再从头核查；没有用别的版本作答。"
            raise RegistryError("screening.other_version", message, hint)


def screen_shipped(batches: Iterable[pa.RecordBatch], shipped: Shipped) -> Iterator[pa.RecordBatch]:
    """Yield the answers to batches; rows are numbered from 0 within what is handed over here."""
    return screen_batches(batches, screening_of(shipped))


def screen_beside(batches: Iterable[pa.RecordBatch], shipped: Shipped) -> Iterator[pa.RecordBatch]:
    """Yield batches again with the answers beside each row (`mapInArrow`): who has no numbers for rows has columns.

    Columns of an earlier screening give way. An error tells its code too, since all that is seen of it is its text.
    """
    try:
        screening = screening_of(shipped)
        said = screening.schema.names[_OWN:]
        for batch in batches:
            answers = screening.answer(batch).columns[_OWN:]
            kept = [at for at, name in enumerate(batch.schema.names) if name not in said]
            names = [batch.schema.names[at] for at in kept]
            yield pa.RecordBatch.from_arrays([*(batch.column(at) for at in kept), *answers], names=[*names, *said])
    except JointSanctionError as error:
        error.add_note(f"{error.code}\n{error.hint}")
        raise
