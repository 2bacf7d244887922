"""Names that differ in one character (形近名称): candidates for a person to look at, and never more.

A fuzzy score would put other companies before the right one. So only a difference of one character counts, and only
where numbers don't already say that these are two; OCR writes 荥阳 as 荣阳 that way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from jointsanction.identity.keys import contradicts
from jointsanction.identity.names import name_key, names_a_person
from jointsanction.registry.readers.report import RowProblem
from jointsanction.terms import IdState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jointsanction.model.subject import Listing
    from jointsanction.registry.readers.quality.repeats import Entry

    Index: TypeAlias = dict[tuple[str, str], list[Entry]]

MOST_INDEXED: Final = 20_000
"""So many names without a sound number are compared with all others; the rest of a larger file is not."""

MOST_TOLD: Final = 200
_SHORTEST: Final = 5
_CROWD: Final = 20
_COUNTED: Final = re.compile("[0-9一二三四五六七八九十甲乙丙丁]")


def near_names(entries: Sequence[Entry]) -> Iterator[RowProblem]:
    """Yield rows whose name differs in one character from an earlier row's of the same list, by row number only.

    One of the two must lack a sound number; two sound numbers say themselves whether they are one subject.
    """
    unsure = [entry for entry in entries if is_unsure(entry)][:MOST_INDEXED]
    yield from (_told(*pair) for pair in NearIndex(unsure).pairs(entries if unsure else ()))


def is_unsure(entry: Entry) -> bool:
    """Tell whether a row has a name that can be compared, and no sound number to go by."""
    return IdState.OK not in entry.states and _is_long(entry)


class NearIndex:
    """Rows without a sound number by what is left of their names when a character is taken out (形近索引)."""

    def __init__(self, unsure: Iterable[Entry]) -> None:
        """Index rows of which `is_unsure` holds."""
        self._index: Index = {}
        for entry in unsure:
            for text in _variants(entry.names[0]):
                self._index.setdefault((entry.listing.list, text), []).append(entry)

    def may_meet(self, listing: Listing) -> bool:
        """Tell whether the name of a row may be one character away from an indexed one of its list."""
        name = None if listing.name is None else name_key(listing.name)
        return name is not None and any((listing.list, text) in self._index for text in _variants(name))

    def pairs(self, entries: Iterable[Entry]) -> Iterator[tuple[int, int]]:
        """Yield pairs of rows of one list whose names differ in one character, the earlier row first (形近名称)."""
        seen: set[tuple[int, int]] = set()
        for entry in filter(_is_long, entries):
            for other in self._near(entry):
                pair = (min(entry.row, other.row), max(entry.row, other.row))
                if pair not in seen:
                    seen.add(pair)
                    yield pair
                if len(seen) == MOST_TOLD:
                    return

    def _near(self, entry: Entry) -> Iterator[Entry]:
        """Yield those one character away; of a crowd under one variant only the first few are looked at."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - only where there is something to compare

        name = entry.names[0]
        for text in _variants(name):
            for other in self._index.get((entry.listing.list, text), ())[:_CROWD]:
                near = other.names[0]
                if near != name and OSA.distance(name, near, score_cutoff=1) <= 1 and not _are_two(entry, other):
                    yield other


def names_differ(entries: Iterable[Entry]) -> Iterator[RowProblem]:
    """Yield rows whose number an earlier row gives to another name (一码多名)."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if not (entry.own and entry.names):
            continue
        other = first.setdefault(entry.own[0], entry)
        if set(entry.names).isdisjoint(other.names):
            message = f"号码与第 {other.row} 行相同而名称不同，请核对是更名还是错填。"
            yield RowProblem(entry.row, "name", "row.names_differ", message, "warning")


def _is_long(entry: Entry) -> bool:
    return (
        bool(entry.names) and len(entry.names[0]) >= _SHORTEST and names_a_person(entry.listing.name or "") is not True
    )


def _are_two(entry: Entry, other: Entry) -> bool:
    """Tell whether numbers, or a counted name (一分公司, 二分公司), say that these are two."""
    counted = _COUNTED.sub("", entry.names[0]) == _COUNTED.sub("", other.names[0])
    return counted or contradicts(other.listing, entry.own) or contradicts(entry.listing, other.own)


def _variants(name: str) -> set[str]:
    """Return a name and what is left when one character is taken out: names one character apart share one of them."""
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


def _told(first: int, second: int) -> RowProblem:
    message = f"名称与第 {first} 行只差一个字，可能是错字或形近字，请核对是否同一主体（未作合并）。"
    return RowProblem(second, "name", "row.near_name", message, "warning")
