"""Rows that say the same, or speak of the same subject (重复报送): told with the number of the row before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.identity.folding import bare
from jointsanction.identity.keys import name_keys_of, own_keys, own_numbers
from jointsanction.identity.record_key import record_key
from jointsanction.registry.readers.report import RowProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointsanction.model.subject import Listing
    from jointsanction.terms import IdState


class Entry(NamedTuple):
    """A listing with its keys (记录与检索键), worked out once for all that compares rows."""

    listing: Listing
    own: tuple[str, ...]
    names: tuple[str, ...]
    states: frozenset[IdState]

    @property
    def row(self) -> int:
        """Return the row it stands in."""
        return self.listing.row or 0

    @property
    def who(self) -> str:
        """Return whom it is about: the best identifier, else the name."""
        return (*self.own, *(f"n:{name}" for name in self.names), f"n:{bare(self.listing.name or '')}")[0]


def entries_of(listings: Iterable[Listing]) -> tuple[Entry, ...]:
    """Return listings with their keys, and what their numbers are worth."""
    return tuple(map(entry_of, listings))


def entry_of(listing: Listing) -> Entry:
    """Return a listing with its keys, and what its numbers are worth."""
    states = frozenset(number.state for number in own_numbers(listing))
    return Entry(listing, own_keys(listing), name_keys_of(listing), states)


def repeats(entries: Iterable[Entry]) -> Iterator[RowProblem]:
    """Yield each row that repeats an earlier one: the record as a whole, or the subject on the same list."""
    records: dict[str, Entry] = {}
    subjects: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        key = record_key(entry.listing, entry.own)
        same = records.setdefault(key, entry)
        first = subjects.setdefault((entry.listing.list, entry.who), entry)
        if same is not entry:
            yield _repeated(entry, same)
        elif first is not entry:
            message = f"同一主体在同一名单已有第 {first.row} 行，列入日期或者文书不同；两条都导入，请核对是否重复报送。"
            yield RowProblem(entry.row, "", "row.listed_again", message, "warning")


def _repeated(entry: Entry, same: Entry) -> RowProblem:
    if _said(entry.listing) == _said(same.listing):
        return RowProblem(entry.row, "", "row.repeated", f"与第 {same.row} 行完全相同，只导入一条。", "warning")
    message = f"与第 {same.row} 行是同一条记录（名单、主体、文书、列入日期都相同），内容却不同；两条都导入，请核对。"
    return RowProblem(entry.row, "", "row.contradicted", message, "warning")


def _said(listing: Listing) -> Listing:
    return replace(listing, row=None, raw=None)
