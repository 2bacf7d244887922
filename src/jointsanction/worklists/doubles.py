"""Entries that may be one (疑似重复): told in pairs for a person to look at; nothing is ever merged.

Only rows that share a number or a name are ever compared, and of names one character apart only those that share what
is left when one is taken out: a province is gone through once, and never each row with each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from jointsanction.identity.keys import contradicts
from jointsanction.registry.readers.quality.near_names import MOST_INDEXED, MOST_TOLD, NearIndex, is_unsure
from jointsanction.registry.readers.quality.repeats import entry_of
from jointsanction.terms import DoubleKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jointsanction.model.subject import Listing
    from jointsanction.registry.readers.quality.repeats import Entry


class Double(NamedTuple):
    """Two rows that may be one, or of one subject, by their places in the store (疑似重复)."""

    kind: DoubleKind
    first: int
    second: int


class Rows(Protocol):
    """What yields the rows of a scope (记录来源), each with its place as its `row`."""

    def sharing(self, how: str) -> Iterable[tuple[str, Sequence[Listing]]]:
        """Yield each key of a sort, `own` or `name`, that several rows have, with those rows."""

    def everyone(self) -> Iterable[Listing]:
        """Yield all rows; it may be asked again."""


@dataclass(slots=True)
class Uncompared:
    """What was too much to be compared (未比对): names without a sound number, and pairs of names not told."""

    names: int = 0
    pairs_cut: bool = False


def doubles(rows: Rows, left: Uncompared) -> Iterator[Double]:
    """Yield pairs of rows to look at, each with the row before it in the store (疑似重复).

    The same subject on the same list and day under two documents; a number with two names; names one character apart,
    or equal, where one of the two has no sound number.
    """
    for key, group in rows.sharing("own"):
        entries = [entry for entry in map(entry_of, group) if entry.own[:1] == (key,)]
        yield from _same_day(entries)
        yield from _two_names(entries)
    for key, group in rows.sharing("name"):
        entries = [entry for entry in map(entry_of, group) if key in entry.names]
        yield from _same_day(entry for entry in entries if not entry.own and entry.names[0] == key)
        yield from _nameless(key, entries)
    yield from _near(rows, left)


def _same_day(entries: Iterable[Entry]) -> Iterator[Double]:
    first: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        other = first.setdefault((entry.listing.list, entry.listing.listed_on), entry)
        if other is not entry:
            yield Double(DoubleKind.SAME_DAY, other.row, entry.row)


def _two_names(entries: Iterable[Entry]) -> Iterator[Double]:
    first: Entry | None = None
    for entry in entries:
        if entry.names:
            if first is not None and set(entry.names).isdisjoint(first.names):
                yield Double(DoubleKind.TWO_NAMES, first.row, entry.row)
            first = first or entry


def _nameless(key: str, entries: Sequence[Entry]) -> Iterator[Double]:
    """Yield rows without a number whose name another row of the same list gives to a number that may be theirs."""
    named: dict[str, Entry] = {}
    for entry in entries:
        if entry.own:
            named.setdefault(entry.listing.list, entry)
    for entry in entries:
        other = named.get(entry.listing.list)
        if not entry.own and entry.names[0] == key and other and not contradicts(entry.listing, other.own):
            yield Double(DoubleKind.NO_NUMBER, other.row, entry.row)


def _near(rows: Rows, left: Uncompared) -> Iterator[Double]:
    unsure: list[Entry] = []
    for entry in filter(is_unsure, map(entry_of, rows.everyone())):
        if len(unsure) < MOST_INDEXED:
            unsure.append(entry)
        else:
            left.names += 1
    index = NearIndex(unsure)
    # Who shares no variant with any of them is left out before his keys are worked out.
    met = map(entry_of, filter(index.may_meet, rows.everyone() if unsure else ()))
    told = 0
    for pair in index.pairs(met):
        told += 1
        yield Double(DoubleKind.NEAR_NAME, *pair)
    left.pairs_cut = told == MOST_TOLD
