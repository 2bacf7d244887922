"""Entries that may be one (疑似重复): told in pairs for a person to look at; nothing is ever merged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.registry.readers.quality.near_names import near_pairs
from jointsanction.registry.readers.quality.repeats import entries_of
from jointsanction.terms import DoubleKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jointsanction.model.subject import Listing
    from jointsanction.registry.readers.quality.repeats import Entry

    _Pair = tuple[DoubleKind, int, int]


class Double(NamedTuple):
    """Two rows that may be one, or of one subject (疑似重复)."""

    kind: DoubleKind
    first: Listing
    second: Listing


def doubles(listings: Iterable[Listing]) -> Iterator[Double]:
    """Yield pairs of rows to look at, each with the row before it in the store (疑似重复).

    The same subject on the same list and day under two documents; a number with two names; names one character apart,
    or equal, where one of the two has no sound number.
    """
    rows = tuple(listings)
    # Rows of many batches share their numbers: here each has the place where it stands among all of them.
    entries = entries_of(replace(listing, row=place) for place, listing in enumerate(rows, 1))
    pairs = (*_same_day(entries), *_two_names(entries), *_nameless(entries))
    near = ((DoubleKind.NEAR_NAME, first, second) for first, second in near_pairs(entries))
    yield from (Double(kind, rows[first - 1], rows[second - 1]) for kind, first, second in (*pairs, *near))


def _same_day(entries: Iterable[Entry]) -> Iterator[_Pair]:
    first: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        other = first.setdefault((entry.listing.list, entry.who, entry.listing.listed_on), entry)
        if other is not entry:
            yield DoubleKind.SAME_DAY, other.row, entry.row


def _two_names(entries: Iterable[Entry]) -> Iterator[_Pair]:
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.own and entry.names:
            other = first.setdefault(entry.own[0], entry)
            if set(entry.names).isdisjoint(other.names):
                yield DoubleKind.TWO_NAMES, other.row, entry.row


def _nameless(entries: Sequence[Entry]) -> Iterator[_Pair]:
    """Yield rows without a number whose name another row of the same list gives to a number."""
    named: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.own:
            for name in entry.names:
                named.setdefault((entry.listing.list, name), entry)
    for entry in entries:
        if not entry.own and entry.names and (other := named.get((entry.listing.list, entry.names[0]))) is not None:
            yield DoubleKind.NO_NUMBER, other.row, entry.row
