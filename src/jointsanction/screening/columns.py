"""What the columns of a table say (列的读取): texts are texts whoever made them, and a rounded number stays one."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jointsanction.errors import QuestionError, veil
from jointsanction.identity.folding import is_missing
from jointsanction.screening.forms import ALONE, KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointsanction.screening.forms import Bytes

TEXT: Final = pa.large_string()
_WORDS: Final = {text: at for at, kind in enumerate(KINDS) for text in (kind.value, kind.zh)}


class Columns(NamedTuple):
    """Which columns say who is asked about (主体各列): the number, and beside it a name and a kind."""

    id: str
    name: str | None = None
    kind: str | None = None

    def refuse_absent(self, names: Sequence[str]) -> None:
        """Refuse a table that hasn't these columns.

        Raises:
            QuestionError: `question.column`, naming the nearest.
        """
        for name in self:
            if name is not None and names.count(name) != 1:
                near = difflib.get_close_matches(name, names, n=3) or names
                wrong = "不止一列" if name in names else "没有一列"
                raise QuestionError("question.column", f"表中{wrong}名为“{veil(name)}”。", f"可用：{'、'.join(near)}。")


class Asked(NamedTuple):
    """Who is asked about, row by row (各行主体).

    `declared` are the kinds said beside the numbers as `forms` takes them, `kinds` as they stand there.
    """

    ids: pa.Array
    names: list[str | None] | None
    kinds: list[str | None] | None
    declared: Bytes

    @classmethod
    def of(cls, batch: pa.RecordBatch, columns: Columns, default: int) -> Asked:
        """Read the columns of a batch; where no kind is said, `default` is.

        Raises:
            QuestionError: `question.column`, for a column that is no text.
        """
        ids = _texts(batch.column(columns.id), columns.id)
        names = None if columns.name is None else _said(_texts(batch.column(columns.name), columns.name))
        declared = np.full(batch.num_rows, default, np.uint8)
        kinds = None
        if columns.kind is not None:
            kinds = _said(_texts(batch.column(columns.kind), columns.kind))
            for at, kind in enumerate(kinds):
                if kind is not None:
                    declared[at] = _WORDS.get(kind, ALONE)
        return cls(ids, names, kinds, declared)

    def kind(self, at: int) -> str | None:
        """Return the kind said beside a number."""
        return None if self.kinds is None else self.kinds[at]

    def name(self, at: int) -> str | None:
        """Return the name said beside a number."""
        return None if self.names is None else self.names[at]


def _said(texts: pa.Array) -> list[str | None]:
    """Return texts one by one; a cell that says nothing says None."""
    return [None if text is None or is_missing(text) else text for text in texts.to_pylist()]


def _texts(column: pa.Array, name: str) -> pa.Array:
    """Return a column as texts."""
    kind = column.type
    if kind == TEXT:
        return column
    if pa.types.is_floating(kind):
        # Arrow would write out all digits of a number that has lost its last ones.
        return pa.array([None if value is None else repr(value) for value in column.to_pylist()], TEXT)
    if pa.types.is_dictionary(kind):
        return _texts(column.dictionary_decode(), name)
    plain = (pa.types.is_string(kind), pa.types.is_string_view(kind), pa.types.is_integer(kind), pa.types.is_null(kind))
    if not any(plain):
        raise no_text(name, kind)
    return pc.cast(column, TEXT)


def no_text(name: str, kind: object) -> QuestionError:
    """Return the error for a column that is no text."""
    message = f"列“{veil(name)}”的类型是 {kind}，不是文本。"
    return QuestionError("question.column", message, "请把这一列转为文本；号码按数字保存的，可能已经丢失末位。")
