"""Names that differ in one character (形近名称): candidates for a person to look at, and never more.

A fuzzy score would put other companies before the right one. So only a difference of one character counts, and only
where numbers don't already say that these are two; OCR writes 荥阳 as 荣阳 that way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from jointsanction.identity.keys import contradicts
from jointsanction.identity.names import names_a_person
from jointsanction.registry.readers.report import RowProblem
from jointsanction.terms import IdState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    yield from (_told(*pair) for pair in near_pairs(entries))


def near_pairs(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Yield pairs of rows of one list whose names differ in one character, the earlier row first (形近名称)."""
    named = [entry for entry in entries if _is_long(entry)]
    unsure = [entry for entry in named if IdState.OK not in entry.states][:MOST_INDEXED]
    index = _index(unsure)
    pairs = (
        (min(entry.row, other.row), max(entry.row, other.row))
        for entry in (named if unsure else ())
        for other in _near(entry, index)
    )
    seen: set[tuple[int, int]] = set()
    for pair in pairs:
        if pair not in seen:
            seen.add(pair)
            yield pair
        if len(seen) == MOST_TOLD:
            return


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


def _index(entries: Iterable[Entry]) -> Index:
    index: Index = {}
    for entry in entries:
        for text in _variants(entry.names[0]):
            index.setdefault((entry.listing.list, text), []).append(entry)
    return index


def _near(entry: Entry, index: Index) -> Iterator[Entry]:
    """Yield the indexed entries one character away; of a crowd under one variant only the first few are looked at."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only where there is something to compare

    name = entry.names[0]
    for text in _variants(name):
        for other in index.get((entry.listing.list, text), ())[:_CROWD]:
            near = other.names[0]
            if near != name and OSA.distance(name, near, score_cutoff=1) <= 1 and not _are_two(entry, other):
                yield other


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
