"""A change as texts by column (导出行): in the receiver's words, where its profile has them."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeAlias

from jointsanction.registry.readers.columns import COLUMNS
from jointsanction.terms import DateForm, ExportColumn, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jointsanction.export.changes import Change
    from jointsanction.model.catalogue import ListType
    from jointsanction.model.export_profile import ExportProfile, Profile

    _Value: TypeAlias = Callable[[Change], object]

_DATES: Final[Mapping[DateForm, Callable[[date], str]]] = {
    DateForm.DASHED: date.isoformat,
    DateForm.PLAIN: lambda day: f"{day:%Y%m%d}",
    DateForm.CHINESE: lambda day: f"{day.year}年{day.month}月{day.day}日",
}
_OF_THE_STORE: Final = frozenset({ExportColumn.MISSING_SINCE})


class Cells:
    """Writes values as cells of one receiver (导出单元格): in its words, with its dates."""

    def __init__(self, profile: Profile) -> None:
        """Take how the receiver wants rows."""
        self._date = lru_cache(maxsize=65_536)(_DATES[profile.dates])

    def cell(self, value: object, words: Mapping[str, str]) -> str:
        """Return one cell: nothing known is empty, and a word of ours is the receiver's."""
        if value is None:
            return words.get("", "")
        if isinstance(value, Term):
            return words.get(value.value, value.zh)
        if isinstance(value, date):
            return self._date(value)
        text = str(value)
        return words.get(text, text)


class RowWriter:
    """Writes changes as rows of one receiver (导出行)."""

    def __init__(
        self, profile: ExportProfile, lists: Mapping[str, ListType], providers: Mapping[str, str | None]
    ) -> None:
        """Take how the receiver wants rows, the lists by code, and who provided each batch (谁提供、谁负责)."""
        self._cell = Cells(profile).cell
        self._fixed = tuple(profile.fixed.values())
        special: Mapping[ExportColumn, _Value] = {
            **_OF_CHANGE,
            ExportColumn.LIST_TITLE: lambda change: lists[change.listing.list].title,
            ExportColumn.LIST_KIND: lambda change: lists[change.listing.list].kind,
            ExportColumn.PROVIDER: lambda change: providers.get(change.listing.batch or ""),
        }
        # Worked out once and not once a cell: a province has thirty million of them.
        self._cells = tuple(
            (special.get(column) or _of_listing(column), profile.values.get(column, {}))
            for column in profile.columns.values()
        )
        self.headers = (*profile.columns, *profile.fixed)

    def row(self, change: Change) -> tuple[str, ...]:
        """Return the cells of a change, in the order of the headers; what isn't known is empty."""
        return (*(self._cell(value(change), words) for value, words in self._cells), *self._fixed)


def standard_columns(*, delta: bool) -> dict[str, ExportColumn]:
    """Return what leaves when nobody says how: our titles, which `import` reads again; a delta says its operations."""
    kept = (column for column in ExportColumn if column.value in COLUMNS or column in _OF_THE_STORE)
    left_out = {ExportColumn.IDENTIFIER} if delta else {ExportColumn.IDENTIFIER, ExportColumn.OPERATION}
    return {column.zh: column for column in kept if column not in left_out}


def _of_listing(column: ExportColumn) -> _Value:
    return attrgetter(f"listing.{column.value}")


def _identifier(change: Change) -> str | None:
    listing = change.listing
    return listing.uscc or listing.resident_id or listing.other_id


def _related_text(change: Change) -> str:
    said = [each.said() for each in change.listing.related]
    return json.dumps(said, ensure_ascii=False) if said else ""


_OF_CHANGE: Final[Mapping[ExportColumn, _Value]] = {
    ExportColumn.OPERATION: lambda change: change.operation,
    ExportColumn.RECORD: lambda change: change.record,
    ExportColumn.IDENTIFIER: _identifier,
    ExportColumn.FORMER_NAMES: lambda change: "；".join(change.listing.former_names),
    ExportColumn.RELATED: _related_text,
}
