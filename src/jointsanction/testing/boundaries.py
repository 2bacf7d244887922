"""The days on which a measure's answer changes (日期两侧), and which of them a case stands on.

Each date has two sides: the last day bound and the first day free, or the day before and the first day bound.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.compile import ALWAYS, FOR_EVER, basis_end, basis_start
from jointsanction.catalog.compiling.levels import carrying_bases
from jointsanction.steps.standing.term_end import bites_from
from jointsanction.terms import ACT_TRIGGERS, SetBy, TextState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jointsanction.model.case import CaseListing
    from jointsanction.model.catalogue import Basis, Catalog, Duration, Measure
    from jointsanction.model.subject import Act

_DAY: Final = timedelta(days=1)


class Edge(NamedTuple):
    """One side of one date (日期的一侧): what the date is, and whether the measure bites on that side."""

    what: str
    side: str

    def __str__(self) -> str:
        """Return the edge as a reader names it."""
        return f"{self.what}·{self.side}"


class Met(NamedTuple):
    """What one finding shows (核查所见): on which day it was asked, whether the measure bit, until when."""

    day: date
    hit: bool
    until: date | None


_STARTS: Final = ("前一日", "首日")
_ENDS: Final = ("末日", "次日")
LISTED: Final = "列入"
REMOVED: Final = "移出"
VALID_TO: Final = "有效期"
DECIDED: Final = "决定作出"
TERM: Final = "期限"
VOIDED: Final = "决定撤销或停止"


def edges_of(measure: Measure, catalog: Catalog) -> tuple[Edge, ...]:
    """Return every side of every date that a measure has (应有的日期)."""
    wanted = [*_sides(DECIDED, _STARTS), *_sides(VOIDED, _ENDS)]
    if measure.trigger not in ACT_TRIGGERS:
        wanted = [*_sides(LISTED, _STARTS), *_sides(REMOVED, _ENDS), *_sides(VALID_TO, _ENDS)]
    if any(map(_ends, measure.term)):
        wanted += _sides(TERM, _ENDS)
    for start, end in law_spans(measure, catalog):
        if start != ALWAYS:
            wanted += _sides(_law(start, "施行"), _STARTS)
        if end != FOR_EVER:
            wanted += _sides(_law(end, "失效"), _ENDS)
    return tuple(wanted)


def _sides(what: str, sides: tuple[str, str]) -> list[Edge]:
    return [Edge(what, side) for side in sides]


def _law(day: date, what: str) -> str:
    return f"依据{what} {day}"


def _ends(duration: Duration) -> bool:
    counted = duration.years is not None or duration.months is not None or duration.calendar_year
    return counted or duration.until is not None or duration.set_by is SetBy.ORDER


def law_spans(measure: Measure, catalog: Catalog) -> tuple[tuple[date, date], ...]:
    """Return from when until when the law carries a measure: spans that touch or overlap are one."""
    carrying: Iterable[Basis] = carrying_bases(measure, catalog)
    read = [basis for basis in carrying if basis.text is TextState.VERIFIED]
    spans: list[tuple[date, date]] = []
    for start, end in sorted(_span(basis, measure, catalog) for basis in read or carrying or measure.basis):
        if start > end:
            continue
        if spans and spans[-1][1] >= min(start, FOR_EVER) - _DAY:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return tuple(spans)


def _span(basis: Basis, measure: Measure, catalog: Catalog) -> tuple[date, date]:
    instrument = catalog.instruments[basis.instrument]
    start = max(basis_start(basis, instrument), measure.valid_from or ALWAYS)
    return start, min(basis_end(basis, instrument), measure.valid_to or FOR_EVER)


def edges_by_listing(met: Met, listing: CaseListing, measure: Measure) -> Iterator[Edge]:
    """Yield the sides of its dates on which a case about a listing stands."""
    yield from _started(LISTED, met, [listing.listed_on])
    yield from _freed(REMOVED, met, [listing.removed_on])
    own = [met.until] if measure.term and met.until not in (None, listing.valid_to) else []
    yield from _ended(TERM, met, own)
    yield from _ended(VALID_TO, met, [listing.valid_to, *([] if own else [met.until])])


def edges_by_act(met: Met, act: Act, measure: Measure) -> Iterator[Edge]:
    """Yield the sides of its dates on which a case about an act or a decision stands."""
    starts = [bites_from(act, duration) for duration in measure.term] or [act.decision_made]
    yield from _started(DECIDED, met, starts)
    yield from _ended(TERM, met, [met.until])
    yield from _freed(VOIDED, met, [act.set_aside, act.lifted, act.stayed, act.cleared])


def edges_by_law(met: Met, spans: Iterable[tuple[date, date]]) -> Iterator[Edge]:
    """Yield the sides of the law's own dates on which a case stands, by the day whose law judges it."""
    for start, end in spans:
        yield from _started(_law(start, "施行"), met, [start])
        yield from _ended(_law(end, "失效"), met, [end])


def _started(what: str, met: Met, days: Iterable[date | None]) -> Iterator[Edge]:
    for day in days:
        if day is not None and met.day == day and met.hit:
            yield Edge(what, _STARTS[1])
        if day is not None and met.day + _DAY == day and not met.hit:
            yield Edge(what, _STARTS[0])


def _ended(what: str, met: Met, last_days: Iterable[date | None]) -> Iterator[Edge]:
    for day in last_days:
        if day is not None and met.day == day and met.hit:
            yield Edge(what, _ENDS[0])
        if day is not None and met.day - _DAY == day and not met.hit:
            yield Edge(what, _ENDS[1])


def _freed(what: str, met: Met, first_free: Iterable[date | None]) -> Iterator[Edge]:
    yield from _ended(what, met, [None if day is None else day - _DAY for day in first_free])
