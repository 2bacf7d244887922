"""The door to tables (整表核查入口): what stands behind it is imported when it is opened, for it needs an extra."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from jointsanction.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    import pyarrow as pa

    from jointsanction.screening.run import Progress, Run


def screen_frame(
    run: Run,
    table: object,
    columns: tuple[str, str | None, str | None],
    *,
    whole: bool,
    progress: Progress | None,
) -> pa.RecordBatchReader:
    """Return the answers for the rows of a table, all as of one instant; `columns` are those of number, name and kind.

    Raises:
        MissingExtraError: `screening.no_arrow`.
        QuestionError: `question.table`, `question.column`.
    """
    with _installed():
        from jointsanction.screening.columns import Columns  # noqa: PLC0415 - an extra
        from jointsanction.screening.frame import screen_table  # noqa: PLC0415 - an extra
    return screen_table(run, table, Columns(*columns), whole=whole, progress=progress)


def parquet_room() -> ModuleType:
    """Return the room that reads and writes Parquet.

    Raises:
        MissingExtraError: `screening.no_arrow`.
    """
    with _installed():
        from jointsanction.screening import parquet  # noqa: PLC0415 - an extra
    return parquet


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        code, message = "screening.no_arrow", "没有安装 pyarrow 和 numpy，不能核查整张表。"
        raise MissingExtraError(code, message, "运行 pip install 'jointsanction[arrow]'。") from error
