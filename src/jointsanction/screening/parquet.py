"""Parquet files of subjects (Parquet 名册): read piece by piece, and written again with the answers beside each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
from pyarrow import parquet

from jointsanction.errors import RegistryError
from jointsanction.screening.arrow import Screening, screen_batches
from jointsanction.screening.columns import Columns
from jointsanction.screening.run import Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jointsanction.screening.run import Run


_WRITTEN: Final = 1 << 17
"""So many rows are read and written together: a file of many small groups is slow to read."""


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
    told: Callable[[pa.Table], object],
) -> None:
    """Write a file again with the columns of the answers; those of an earlier screening give way.

    `files` are the one that is read and the one that is written; `told` is given the answers to each piece, with the
    whole ones of listed subjects if those are asked for.

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
        schema, done = pa.schema([*own, *answered]), 0
        with parquet.ParquetWriter(target, schema) as writer:
            for batch in file.iter_batches(_WRITTEN):
                answers = pa.Table.from_batches(screen_batches([batch], screening, begin=done))
                said = [answers.column(field.name) for field in answered]
                kept = [batch.column(field.name) for field in own]
                writer.write_table(pa.Table.from_arrays([*kept, *said], schema=schema))
                done += batch.num_rows
                told(answers)


def _opened(path: Path) -> parquet.ParquetFile:
    try:
        return parquet.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise RegistryError("registry.format", f"{path} 不是 Parquet 文件，或者已损坏。", "请核对文件。") from error
