"""列入 and 移出 as rows of their own (成对记录): the row of an end is put to the row of its beginning.

Joined are rows of one list and one subject: by their numbers, or by name where one of them has none. The day of listing
decides, else the document number, else that there is only one. An end whose beginning is not in the file is told.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.identity.keys import contradicts, name_keys_of, own_keys
from jointsanction.identity.record_key import document_key
from jointsanction.registry.readers.report import Fault, RowProblem
from jointsanction.registry.readers.rows import RowReading, only_ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from jointsanction.model.subject import Listing

_ALONE: Final = (
    "row.removal_alone",
    "只写了移出，本文件中没有同一主体、同一名单的列入记录；请补上列入日期和列入文号，才能与已经导入的记录对应。",
)
_UNMATCHED: Final = (
    "row.removal_unmatched",
    "本文件中没有相应的列入记录，已按该行自己的列入日期读取；文号与列入时一致，才能与已经导入的记录对应。",
)
_UNCLEAR: Final = (
    "row.removal_unclear",
    "同一主体在同一名单中有几条列入记录，无法判断移出的是哪一条；请补上列入日期或者列入文号。",
)


class Paired(NamedTuple):
    """Readings after their ends were put to them (配对结果). `joined` are rows that now stand in another one."""

    readings: tuple[RowReading, ...]
    joined: int
    notes: tuple[RowProblem, ...] = ()


def pair_up(readings: Sequence[RowReading]) -> Paired:
    """Return the readings with every end put to its beginning (列入、移出配对)."""
    found = list(readings)
    ends = tuple(_ends(found))
    if not ends:
        return Paired(tuple(found), 0)
    beginnings = _Beginnings(found)
    gone = set()
    for at, end in ends:
        matched = beginnings.of(end)
        if isinstance(matched, Fault):
            found[at] = _told(found[at], end, matched)
        elif matched:
            for place in matched:
                found[place] = found[place]._replace(listing=beginnings.ended(place, end))
            gone.add(at)
    kept = tuple(each for at, each in enumerate(found) if at not in gone)
    told = tuple(problem for at in sorted(gone) for problem in found[at].problems)
    return Paired(kept, len(gone), (*_summary(len(gone)), *told))


class _End(NamedTuple):
    """A row that states an end (移出记录); `whole` says that it states its own beginning, too."""

    row: Listing
    removed_on: date
    whole: bool


def _ends(readings: Iterable[RowReading]) -> Iterator[tuple[int, _End]]:
    for at, each in enumerate(readings):
        if each.listing is not None and each.listing.removed_on is not None:
            yield at, _End(each.listing, each.listing.removed_on, not each.ends)


class _Beginnings:
    """The rows that state a listing and no end of it, by their subject (列入记录)."""

    def __init__(self, readings: Iterable[RowReading]) -> None:
        self._by_number: Mapping[tuple[str, str], list[int]] = defaultdict(list)
        self._by_name: Mapping[tuple[str, str], list[int]] = defaultdict(list)
        self._listings: dict[int, Listing] = {}
        for at, each in enumerate(readings):
            listing = each.listing
            if listing is None or listing.listed_on is None or listing.removed_on is not None:
                continue
            self._listings[at] = listing
            for key in own_keys(listing):
                self._by_number[listing.list, key].append(at)
            for key in name_keys_of(listing):
                self._by_name[listing.list, key].append(at)

    def of(self, end: _End) -> tuple[int, ...] | Fault:
        """Return the rows whose end this is, none for a row that is whole by itself, or why it can't be told."""
        keys = own_keys(end.row)
        by_number = self._among(self._by_number, end, keys)
        by_name = [
            at
            for at in self._among(self._by_name, end, name_keys_of(end.row))
            if at not in by_number and not contradicts(self._listings[at], keys)
        ]
        chosen = self._chosen(end, [*by_number, *by_name])
        if chosen or end.whole:
            return chosen
        if end.row.listed_on is not None:
            several = any(self._listings[at].listed_on == end.row.listed_on for at in by_number)
            return Fault(*(_UNCLEAR if several else _UNMATCHED))
        days = {self._listings[at].listed_on for at in by_number}
        if len(days) == 1:
            return tuple(by_number)
        return Fault(*(_UNCLEAR if by_number or by_name else _ALONE))

    def ended(self, at: int, end: _End) -> Listing:
        """Return a listing with its end."""
        return replace(
            self._listings[at],
            removed_on=end.removed_on,
            removal_reason=end.row.removal_reason,
            removal_authority=end.row.removal_authority,
        )

    def _among(self, index: Mapping[tuple[str, str], list[int]], end: _End, keys: Iterable[str]) -> list[int]:
        found = dict.fromkeys(at for key in keys for at in index.get((end.row.list, key), ()))
        return [at for at in found if (self._listings[at].listed_on or end.removed_on) <= end.removed_on]

    def _chosen(self, end: _End, among: Sequence[int]) -> tuple[int, ...]:
        """The day of listing decides, of several rows of a day the document; without a day the document alone.

        The document of a row that is whole is that of the listing; one that only ends may name the one of the removal.
        """
        document = document_key(end.row.instrument_no)
        of = {at: document_key(self._listings[at].instrument_no) for at in among}
        same = [at for at in among if document and of[at] == document]
        if end.row.listed_on is None:
            return tuple(same)
        that_day = [at for at in among if self._listings[at].listed_on == end.row.listed_on]
        unsaid = [at for at in that_day if not (end.whole and document and of[at])]
        alike = unsaid if len({of[at] for at in unsaid}) == 1 else []
        return tuple([at for at in that_day if at in same] or alike)


def _told(reading: RowReading, end: _End, fault: Fault) -> RowReading:
    """Return a reading with what is wrong with its end; without a day of its own it is refused."""
    row = end.row.row or 0
    if not only_ends(end.row):
        return reading._replace(problems=(*reading.problems, RowProblem(row, "removed_on", *fault, "warning")))
    return RowReading(None, reading.list, (*reading.problems, RowProblem(row, "removed_on", *fault)))


def _summary(joined: int) -> Iterable[RowProblem]:
    if joined:
        yield RowProblem(0, "", "row.joined", f"有 {joined} 行移出记录已并入同一主体的列入记录。", "warning")
