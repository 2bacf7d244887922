"""A screening that travels (随文件走的核查): lists and catalogue by path, so that any process answers the same.

What a worker of Spark, Ray or Daft calls: a batch in, a batch out, nothing remembered but what its files say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jointsanction.asking import make_state
from jointsanction.catalog.bundle import catalog_version, read_bundle
from jointsanction.catalog.compile import compile_catalog
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.screening.arrow import Screening, screen_batches
from jointsanction.screening.columns import Columns
from jointsanction.screening.run import open_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """All that an answer depends on (随附的问题): the folder of a snapshot, the file of a bundle, the question.

    `asked_at` is the instant of asking, in ISO with its zone: lists are stale or not as of then, on whatever machine.
    `words` are those of `check_subject`, `matter` among them, as pairs that can be compared and sent.
    """

    snapshot: str
    bundle: str
    asked_at: str
    words: tuple[tuple[str, object], ...]
    columns: tuple[str, str | None, str | None]
    whole: bool = False


@lru_cache(maxsize=4)
def screening_of(shipped: Shipped) -> Screening:
    """Return the screening of some files, opened once a process.

    Raises:
        RegistryError, CatalogError: files that can't be read.
        QuestionError: a word or date that can't be understood.
    """
    catalog = read_bundle(Path(shipped.bundle))
    tables = compile_catalog(catalog, catalog_version(catalog))
    state = make_state(tables, SnapshotRegistry.open(Path(shipped.snapshot)))
    asked_at = datetime.fromisoformat(shipped.asked_at)
    run = open_run(state, lambda: asked_at, dict(shipped.words))
    return Screening(run, Columns(*shipped.columns), whole=shipped.whole)


def screen_shipped(batches: Iterable[pa.RecordBatch], shipped: Shipped) -> Iterator[pa.RecordBatch]:
    """Yield the answers to batches; rows are numbered from 0 within what is handed over here (`mapInArrow`)."""
    return screen_batches(batches, screening_of(shipped))
