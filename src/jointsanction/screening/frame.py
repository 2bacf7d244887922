"""Whose table it is (各家的表): Polars, pandas, DuckDB, pyarrow, whatever hands over Arrow; nothing is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from jointsanction.errors import QuestionError
from jointsanction.screening.arrow import Screening, screen_batches

if TYPE_CHECKING:
    from jointsanction.screening.columns import Columns
    from jointsanction.screening.run import Progress, Run


def screen_table(
    run: Run, table: object, columns: Columns, *, whole: bool = False, progress: Progress | None = None
) -> pa.RecordBatchReader:
    """Return the answers to the rows of a table as a stream of batches, worked out as it is read.

    Raises:
        QuestionError: `question.table`, `question.column`.
    """
    reader = reader_of(table)
    columns.refuse_absent(reader.schema.names)
    screening = Screening(run, columns, whole=whole)
    answers = screen_batches(reader, screening, progress, threads=pa.cpu_count())
    return pa.RecordBatchReader.from_batches(screening.schema, answers)


def reader_of(table: object) -> pa.RecordBatchReader:
    """Return the batches of whatever hands over Arrow.

    Raises:
        QuestionError: `question.table`.
    """
    if hasattr(table, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(table)
    if hasattr(table, "__arrow_c_array__"):
        batch = pa.record_batch(table)
        return pa.RecordBatchReader.from_batches(batch.schema, [batch])
    message = f"{type(table).__name__} 不是能以 Arrow 交出的表。"
    raise QuestionError("question.table", message, "可用 Polars、pandas、DuckDB、pyarrow 的表；别的先转成其中一种。")
