"""Parquet files of subjects (Parquet 名册): read piece by piece, and written again with the answers beside each row."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyarrow as pa
from pyarrow import parquet

from jointsanction.errors import RegistryError
from jointsanction.screening.arrow import AT_ONCE, Screening, screen_batches
from jointsanction.screening.columns import Columns
from jointsanction.screening.run import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jointsanction.screening.run import Run

_WRITTEN: Final = 2
"""So many pieces are written together: a file of many small groups is slow to read."""

_REPEATED: Final = ("verdict", "measures.list.element", "listings.list.element", "error", "message")
"""The columns of the answers, each of whose values stands in many rows."""


def headers_of(path: Path) -> list[str]:
    """Return the names of a file's columns.

    Raises:
        RegistryError: `registry.format`.
    """
    with _opened(path) as file:
        names: list[str] = file.schema_arrow.names
    return names


def screen_parquet(
    run: Run,
    files: tuple[Path, Path],
    columns: tuple[str, str | None, str | None],
    *,
    whole: bool,
    told: Callable[[pa.Table, int], object],
) -> None:
    """Write a file again with the columns of the answers; those of an earlier screening give way.

    `files` are the one that is read and the one that is written; `told` is given the answers to each piece, with the
    whole ones of listed subjects if those are asked for, and how many rows the file has.

    Raises:
        RegistryError: `registry.format`.
        QuestionError: `question.column`.
    """
    source, target = files
    with _opened(source) as file:
        asked = Columns(*columns)
        asked.refuse_absent(file.schema_arrow.names)
        screening = Screening(run, asked, whole=whole)
        answered = [screening.schema.field(name) for name in Row._fields]
        own = [field for field in file.schema_arrow if field.name not in Row._fields]
        schema, read = pa.schema([*own, *answered]), deque[pa.RecordBatch]()
        # No number stands twice: to look for what repeats among them would take longer than all else.
        repeated = [path for path in _paths(file) if path != asked.id]
        with parquet.ParquetWriter(target, schema, use_dictionary=[*repeated, *_REPEATED]) as writer:
            answers = screen_batches(_noted(source, file, read), screening, threads=pa.cpu_count())
            while pieces := list(islice(answers, _WRITTEN)):
                said = pa.Table.from_batches(pieces)
                kept = pa.Table.from_batches([read.popleft() for _ in pieces])
                beside = [kept.column(field.name) for field in own]
                writer.write_table(pa.Table.from_arrays([*beside, *map(said.column, Row._fields)], schema=schema))
                told(said, file.metadata.num_rows)


def _noted(path: Path, file: parquet.ParquetFile, read: deque[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield a file in pieces, each noted for whoever puts the answers beside it."""
    try:
        for batch in filter(len, file.iter_batches(AT_ONCE)):
            read.append(batch)
            yield batch
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path) from error


def _paths(file: parquet.ParquetFile) -> list[str]:
    """Return what the columns of a file are called where they are written, those within columns too."""
    return [file.schema.column(at).path for at in range(file.metadata.num_columns)]


def _opened(path: Path) -> parquet.ParquetFile:
    try:
        # What is read ahead stays in memory until the end of the file.
        return parquet.ParquetFile(path, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> RegistryError:
    return RegistryError("registry.format", f"{path} 不是 Parquet 文件，或者已损坏。", "请核对文件。")
