"""How long something lasts (期限): civil-code date arithmetic and the terms of listings and acts.

民法典·总则 201–202: the first day is not counted; a term in years or months ends with the corresponding calendar day,
else with the month's last day. Ends are inclusive: the last day bound.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.compile import ALWAYS, FOR_EVER
from jointsanction.model.catalogue import Duration
from jointsanction.steps.standing.where import where_act
from jointsanction.terms import ActType, Event, Reason, SetBy, TextState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.model.catalogue import ListType
    from jointsanction.model.subject import Act

_MONTHS: Final = 12
_KEPT: Final = 65_536


def add_months(day: date, months: int) -> date:
    """Return the last day of a term of so many months that starts on a day (期限最后一日)."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    if year > date.max.year:
        return FOR_EVER
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Ends(NamedTuple):
    """The earliest and the latest day a term can end (期满日): equal where the law fixes it."""

    earliest: date
    latest: date


def listing_ends(started: date, kind: ListType) -> tuple[Ends, TextState] | None:
    """Return when a listing that began on a day ends by the term of its list, and whether that term was read.

    None without a term.
    """
    for term in kind.term:
        if (term.valid_from or ALWAYS) <= started <= (term.valid_to or FOR_EVER):
            ends = None if term.years is None and term.months is None else _span(started, term.years, term.months)
            return None if ends is None else (ends, term.text)
    return None


class ListTerms(dict[tuple[str, date], "tuple[Ends, TextState] | None"]):
    """When listings of the lists of a catalogue end by the term of their list (名单期限), by list and first day.

    Each pair is worked out when it is met first; there are no more of them than days.
    """

    def __init__(self, lists: Mapping[str, ListType]) -> None:
        """Take the lists of a catalogue."""
        super().__init__()
        self.lists = lists

    def __missing__(self, key: tuple[str, date]) -> tuple[Ends, TextState] | None:
        """Work out the end of listings of a list that began on a day."""
        code, started = key
        if len(self) >= _KEPT:
            self.clear()
        found = self[key] = listing_ends(started, self.lists[code])
        return found


def measure_end(listed_on: date | None, durations: tuple[Duration, ...]) -> date:
    """Return the last day a measure of its own term bites on a listing, which may stay listed for longer.

    公示条例 bars a listed firm's legal representative for three years, however long the firm stays on the list.
    """
    if listed_on is None:
        return FOR_EVER
    return _span(listed_on, durations[0].years, durations[0].months).latest


@lru_cache(maxsize=65_536)
def _span(start: date, years: int | tuple[int, int] | None, months: int | None) -> Ends:
    low, high = years if isinstance(years, tuple) else (years or 0, years or 0)
    extra = months or 0
    return Ends(add_months(start, low * _MONTHS + extra), add_months(start, high * _MONTHS + extra))


_OWN: Final = Duration(set_by=SetBy.ORDER)


class ActTerm(NamedTuple):
    """Whether an act bites on a day by its term (期限状态): the reason, and the last day bound where known."""

    reason: Reason
    until: date | None = None


def act_term(act: Act, durations: tuple[Duration, ...], day: date) -> ActTerm:
    """Return whether an act still bites, by the first duration whose condition it meets.

    Where it can't be told whether it meets one, it still bites or no longer does only if both ways agree.
    """
    if not durations:
        # A measure without a term of its own leaves it to the act: an order says how long it holds.
        return _by_duration(act, _OWN, day)
    unmet = where_act(durations[0].when, act)
    if unmet is None:
        return _by_duration(act, durations[0], day)
    otherwise = act_term(act, durations[1:], day)
    if unmet is Reason.CONDITION_UNMET:
        return otherwise
    meant = _by_duration(act, durations[0], day)
    return otherwise if meant.reason is otherwise.reason else ActTerm(Reason.ATTRIBUTE_UNKNOWN)


def _by_duration(act: Act, duration: Duration, day: date) -> ActTerm:
    first = bites_from(act, duration)
    if first is None or day < first:
        return ActTerm(Reason.NOT_IN_FORCE)
    if duration.set_by is SetBy.ORDER:
        return _by_order(act, duration, day)
    if duration.life or duration.indefinite or duration.while_listed:
        return ActTerm(Reason.APPLIES)
    return _between(_by_law(act, duration), day)


def bites_from(act: Act, duration: Duration) -> date | None:
    """Return the first day an act bites: the stated event, else its decision."""
    if duration.bites_from is not None:
        return event_day(act, duration.bites_from)
    return act.decision_made


def _by_order(act: Act, duration: Duration, day: date) -> ActTerm:
    """The order states its own term; the law only says between how many years (政府采购法 77)."""
    if act.life:
        return ActTerm(Reason.APPLIES)
    if act.until is not None:
        return _between(Ends(act.until, act.until), day)
    start = _start(act, duration)
    if start is None:
        return ActTerm(Reason.APPLIES)
    if act.years is not None:
        return _between(_span(start, act.years, None), day)
    if duration.years is None and duration.months is None:
        return ActTerm(Reason.APPLIES)
    return _between(_span(start, duration.years, duration.months), day)


def _by_law(act: Act, duration: Duration) -> Ends:
    if duration.until is not None:
        end = event_day(act, duration.until) or FOR_EVER
        return Ends(end, end)
    start = _start(act, duration)
    if start is None:
        # The event that starts the term has not come, so the ban is still running (ENCODING §4).
        return Ends(FOR_EVER, FOR_EVER)
    if duration.calendar_year:
        last = date(start.year, 12, 31)
        return Ends(last, last)
    if duration.years is None and duration.months is None:
        return Ends(FOR_EVER, FOR_EVER)
    return _span(start, duration.years, duration.months)


def _between(ends: Ends, day: date) -> ActTerm:
    until = None if ends.latest == FOR_EVER else ends.latest
    if day <= ends.earliest:
        return ActTerm(Reason.APPLIES, until)
    return ActTerm(Reason.TERM_UNKNOWN if day <= ends.latest else Reason.TERM_ENDED, until)


def _start(act: Act, duration: Duration) -> date | None:
    """Return when the term starts to run; of several alternative starts the first that has come (安全生产法 94)."""
    events = duration.runs_from or (Event.UNSTATED,)
    if act.type is ActType.CRIMINAL_SENTENCE:
        # Where the law names an event of the sentence, the other starts belong to other acts.
        events = tuple(event for event in events if event in _SENTENCE_EVENTS) or events
    days = [day for event in events if (day := event_day(act, event)) is not None]
    return min(days) if days else None


def event_day(act: Act, event: Event) -> date | None:
    """Return the day of an event of an act, None when it has not come or does not belong to it."""
    if event in _SENTENCE_EVENTS and act.type is not ActType.CRIMINAL_SENTENCE:
        return None
    days = {
        Event.SERVED: act.served,
        Event.EFFECTIVE: act.effective or act.decision_made,
        Event.SENTENCE_SERVED: act.sentence_served,
        Event.PROBATION_ENDED: act.probation_ended,
    }
    # Every other event is the day of the act itself; an unstated start is the decision, shown as assumed.
    return days.get(event, act.decision_made)


_SENTENCE_EVENTS: Final = frozenset({Event.SENTENCE_FINAL, Event.SENTENCE_SERVED, Event.PROBATION_ENDED})
