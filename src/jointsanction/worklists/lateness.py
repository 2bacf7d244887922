"""Rows that reached us later than they should have (迟报), and editions that are due and did not come (缺期)."""

from __future__ import annotations

from array import array
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from jointsanction.model.catalogue import ListType
    from jointsanction.store.scanning import Arrived
    from jointsanction.worklists.deadlines import Deadline, Reckoning
    from jointsanction.worklists.figures import Age


class Lateness(NamedTuple):
    """What of the arrivals was late (迟报情况).

    `late` are places of rows by their deadline and the day they came, the latest first; `by_batch` how many each batch
    brought, `undated` how many nobody can tell about, `unknown_years` the years that the calendar says nothing of.
    """

    late: tuple[tuple[Deadline, date, array[int]], ...]
    by_batch: Mapping[str, int]
    rows: int
    undated: int
    unknown_years: frozenset[int]


def lateness(arrivals: Iterable[Arrived], reckoning: Reckoning, since: date | None) -> Lateness:
    """Return which rows came later than a term after the day of their document (迟报), of those begun since a day."""
    found: dict[tuple[date, date], array[int]] = {}
    reckoned: dict[tuple[date, date], Deadline] = {}
    batches: dict[str, int] = {}
    rows = undated = 0
    for place, batch, began, received in arrivals:
        if began is None:
            undated += 1
            continue
        if since is not None and began < since:
            continue
        rows += 1
        days = (began, received)
        one = reckoned.get(days) or reckoned.setdefault(days, reckoning.deadline(began, received))
        if one.late:
            found.setdefault(days, array("q")).append(place)
            batches[batch] = batches.get(batch, 0) + 1
    late = sorted(found, key=lambda days: (-reckoned[days].late, days))
    years = frozenset(year for one in reckoned.values() for year in one.unknown_years)
    return Lateness(tuple((reckoned[days], days[1], found[days]) for days in late), batches, rows, undated, years)


class Due(NamedTuple):
    """An edition of a list that should have come (缺期): the last that did, and the day by which to expect the next."""

    list: str
    last_edition: date
    expected: date
    days: int


def due_editions(ages: Iterable[Age], lists: Mapping[str, ListType], day: date) -> Iterator[Due]:
    """Yield the lists whose next complete edition is due and has not come (缺期), by how often each is renewed."""
    for age in ages:
        every = lists[age.list].stale_after
        if age.received_at is None or every is None:
            continue
        expected = age.received_at.date() + timedelta(days=every)
        if expected < day:
            yield Due(age.list, age.received_at.date(), expected, (day - expected).days)
