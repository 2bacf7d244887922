"""What share of a file's rows is complete (合规率), and what reading it tidied (归一)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.identity.folding import bare
from jointsanction.registry.readers.columns import NUMBER_COLUMNS
from jointsanction.terms import IdState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jointsanction.registry.readers.quality.repeats import Entry
    from jointsanction.registry.readers.rows import RowReading

_UNSUPPORTED: Final = frozenset({"row.unsupported", "row.no_instrument_date", "row.no_authority"})
_DATES: Final = (
    "announced_on",
    "listed_on",
    "published_on",
    "valid_to",
    "removed_on",
    "corrected_on",
    "instrument_date",
)
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Tidied(NamedTuple):
    """How many cells were read in another spelling than the file's (归一); the file itself stays as it is."""

    numbers: int = 0
    dates: int = 0


class Share(NamedTuple):
    """How many rows have something (占比)."""

    title: str
    rows: int
    of: int

    def __str__(self) -> str:
        """Return `47 行（94.0%）`."""
        return f"{self.rows} 行（{self.rows / self.of:.1%}）" if self.of else "0 行"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The figures of a file (数据质量), each of all its rows, refused ones included.

    A row is `complete` (合规) that was taken in with a sound number and, but on a red list, with number, date and
    authority of its document (国办发〔2020〕49号).
    """

    rows: int = 0
    complete: int = 0
    identified: int = 0
    masked: int = 0
    dated: int = 0
    ending: int = 0
    documented: int = 0
    authorised: int = 0

    @property
    def shares(self) -> tuple[Share, ...]:
        """Return the figures for people to read, the summary first."""
        figures = (
            ("合规率", self.complete),
            ("证件号码校验通过", self.identified),
            ("证件号码已脱敏", self.masked),
            ("有列入日期", self.dated),
            ("有有效期止", self.ending),
            ("有文书文号", self.documented),
            ("有认定单位", self.authorised),
        )
        return tuple(Share(title, count, self.rows) for title, count in figures)


def figures_of(readings: Iterable[RowReading], entries: Sequence[Entry], rows: int) -> Quality:
    """Return the figures of a file of so many rows, of which the entries were taken in."""
    wanting = {each.listing.row for each in readings if each.listing is not None and _is_wanting(each)}
    return Quality(
        rows=rows,
        complete=sum(IdState.OK in entry.states and entry.listing.row not in wanting for entry in entries),
        identified=sum(IdState.OK in entry.states for entry in entries),
        masked=sum(IdState.MASKED in entry.states for entry in entries),
        dated=_count(entries, "listed_on"),
        ending=_count(entries, "valid_to"),
        documented=_count(entries, "instrument_no"),
        authorised=_count(entries, "designating_authority"),
    )


def _is_wanting(reading: RowReading) -> bool:
    return any(problem.code in _UNSUPPORTED for problem in reading.problems)


def tidied(rows: Iterable[tuple[int, Sequence[str]]], columns: Mapping[str, Sequence[int]]) -> Tidied:
    """Return how many cells of numbers and dates are written in another way than they are read."""
    numbers = [place for column in NUMBER_COLUMNS for place in columns.get(column, ())]
    dates = [place for column in _DATES for place in columns.get(column, ())]
    folded = other = 0
    for _, cells in rows:
        folded += sum(1 for place in numbers if cells[place] and bare(cells[place]) != cells[place])
        other += sum(1 for place in dates if cells[place] and _ISO.fullmatch(cells[place]) is None)
    return Tidied(folded, other)


def _count(entries: Iterable[Entry], column: str) -> int:
    return sum(getattr(entry.listing, column) is not None for entry in entries)
