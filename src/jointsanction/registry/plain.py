"""Subjects whose rows all plainly stand (平常在列): most of those listed, told from the others when a registry is made.

What a question makes of such rows depends on their dates and on what tells them apart, which is the same for many
subjects; so that is put together once, and not at every check.
"""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from jointsanction.identity.record_key import record_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jointsanction.model.subject import Listing
    from jointsanction.registry.protocol import Hit

    Key: TypeAlias = tuple[object, ...]

TOLD_APART: Final[Callable[[Listing], Key]] = attrgetter(
    "list", "subject_kind", "severity", "field", "ground", "size", "grade", "region"
)
"""What of a row a question can turn on, its dates and numbers apart."""

PLACE: Final[Callable[[Listing], tuple[date | None, str | None, str | None, int | None]]] = attrgetter(
    "listed_on", "instrument_no", "batch", "row"
)
"""What rows that are told alike are ordered by."""


class Told:
    """What tells rows apart from others (区别要素): equal to itself alone, one for all rows of a registry alike."""

    __slots__ = ("order",)

    def __init__(self, said: Key) -> None:
        """Take what they say."""
        self.order = "\0".join(map(str, said))


class Plain(NamedTuple):
    """The rows of one subject, each begun by `first`, none ended by `last`, both included (平常在列的记录).

    They are in the order of what tells them apart, `told`, then of their place. `begun` are list and first day of each:
    the term of the list may end it sooner.
    """

    first: date
    last: date
    rows: tuple[Listing, ...]
    told: tuple[Told, ...]
    begun: tuple[tuple[str, date], ...]


class PlainRows:
    """Puts together what is plain (平常记录整理); what many subjects have in common is kept once."""

    def __init__(self, handled: Mapping[str, object]) -> None:
        """Take what was done about records, by their keys: repair, objection, exit."""
        self._handled = handled
        self._told: dict[Key, Told] = {}
        self._together: dict[tuple[Told, ...], tuple[Told, ...]] = {}
        self._begun: dict[tuple[str, date], tuple[str, date]] = {}

    def of(self, hits: Iterable[Hit]) -> Plain | None:
        """Return the rows of a subject, None where one of them takes a closer look."""
        placed, first, last = [], date.min, date.max
        for at, (row, related, by_name) in enumerate(hits):
            started, number, batch, line = PLACE(row)
            if (
                related is not None
                or by_name
                or started is None
                or row.removed_on is not None
                or row.missing_since is not None
                or not (number or "").strip()
                or (self._handled and record_key(row) in self._handled)
            ):
                return None
            first, last = max(first, started), min(last, row.valid_to or last)
            told = self._told_of(row)
            placed.append((told.order, started, number, batch or "", line or 0, at, told, row))
        placed.sort()
        told_of_all = tuple([each[-2] for each in placed])
        begun = ((each[-1].list, each[1]) for each in placed)
        return Plain(
            first=first,
            last=last,
            rows=tuple([each[-1] for each in placed]),
            told=self._together.setdefault(told_of_all, told_of_all),
            begun=tuple([self._begun.setdefault(each, each) for each in begun]),
        )

    def _told_of(self, row: Listing) -> Told:
        said = TOLD_APART(row)
        found = self._told.get(said)
        if found is None:
            found = self._told[said] = Told(said)
        return found
