"""A change as texts by column (导出行): in the receiver's words, where its profile has them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Final

from jointsanction.registry.readers.columns import COLUMNS
from jointsanction.terms import DateForm, ExportColumn, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jointsanction.export.changes import Change
    from jointsanction.model.catalogue import ListType
    from jointsanction.model.export_profile import ExportProfile
    from jointsanction.model.subject import Related

_DATES: Final[Mapping[DateForm, Callable[[date], str]]] = {
    DateForm.DASHED: date.isoformat,
    DateForm.PLAIN: lambda day: f"{day:%Y%m%d}",
    DateForm.CHINESE: lambda day: f"{day.year}年{day.month}月{day.day}日",
}
_OF_THE_STORE: Final = frozenset({ExportColumn.MISSING_SINCE})


class RowWriter:
    """Writes changes as rows of one receiver (导出行)."""

    def __init__(
        self, profile: ExportProfile, lists: Mapping[str, ListType], providers: Mapping[str, str | None]
    ) -> None:
        """Take how the receiver wants rows, the lists by code, and who provided each batch (谁提供、谁负责)."""
        self._profile = profile
        self._lists = lists
        self._providers = providers
        self._date = _DATES[profile.dates]
        self.headers = (*profile.columns, *profile.fixed)

    def row(self, change: Change) -> tuple[str, ...]:
        """Return the cells of a change, in the order of the headers; what isn't known is empty."""
        cells = (self._cell(change, column) for column in self._profile.columns.values())
        return (*cells, *self._profile.fixed.values())

    def _cell(self, change: Change, column: ExportColumn) -> str:
        value = self._value(change, column)
        words = self._profile.values.get(column, {})
        if isinstance(value, Term):
            return words.get(value.value, value.zh)
        if isinstance(value, date):
            return self._date(value)
        text = "" if value is None else str(value)
        return words.get(text, text)

    def _value(self, change: Change, column: ExportColumn) -> object:
        if column in _OF_CHANGE:
            return _OF_CHANGE[column](change)
        if column is ExportColumn.LIST_TITLE:
            return self._lists[change.listing.list].title
        if column is ExportColumn.LIST_KIND:
            return self._lists[change.listing.list].kind
        if column is ExportColumn.PROVIDER:
            return self._providers.get(change.listing.batch or "")
        return getattr(change.listing, column.value)


def standard_columns(*, delta: bool) -> dict[str, ExportColumn]:
    """Return what leaves when nobody says how: our titles, which `import` reads again; a delta says its operations."""
    kept = (column for column in ExportColumn if column.value in COLUMNS or column in _OF_THE_STORE)
    left_out = {ExportColumn.IDENTIFIER} if delta else {ExportColumn.IDENTIFIER, ExportColumn.OPERATION}
    return {column.zh: column for column in kept if column not in left_out}


def _identifier(change: Change) -> str | None:
    listing = change.listing
    return listing.uscc or listing.resident_id or listing.other_id


def _related_text(change: Change) -> str:
    said = [_related(each) for each in change.listing.related]
    return json.dumps(said, ensure_ascii=False) if said else ""


def _related(related: Related) -> dict[str, object]:
    said = {
        "relation": related.relation.value,
        "kind": None if related.kind is None else related.kind.value,
        "name": related.name,
        "id": related.id,
        "personally_responsible": related.personally_responsible,
    }
    return {key: value for key, value in said.items() if value is not None}


_OF_CHANGE: Final[Mapping[ExportColumn, Callable[[Change], object]]] = {
    ExportColumn.OPERATION: lambda change: change.operation,
    ExportColumn.RECORD: lambda change: change.record,
    ExportColumn.IDENTIFIER: _identifier,
    ExportColumn.FORMER_NAMES: lambda change: "；".join(change.listing.former_names),
    ExportColumn.RELATED: _related_text,
}
