"""How often something held within a stretch of time (期间内的次数): day arithmetic, before the profile.

A profile holds only which counts are met, so two firms with other dates and the same counts have one answer.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.inference import Fact
from jointsanction.inference.evaluate import COMPARISONS, holds
from jointsanction.steps.profile import listing_values
from jointsanction.steps.term_end import add_months
from jointsanction.terms import DOUBTS, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import RuleCount, Stretch
    from jointsanction.steps.in_force import Standing
    from jointsanction.steps.plan import Plan
    from jointsanction.steps.profile import ListingProfile

_HELD: Final = frozenset({Reason.APPLIES, Reason.REMOVED, Reason.LAPSED})
_MONTHS: Final = 12


class Counted(NamedTuple):
    """Which counts of a plan are met (已满足的次数): for sure, or perhaps; and the listings each rests on."""

    sure: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()
    rows: Mapping[str, tuple[int, ...]] = {}


def counted(pairs: Sequence[tuple[ListingProfile, Standing]], tables: Tables, plan: Plan, day: date) -> Counted:
    """Return which counts of a plan are met; a listing that may hold or may not leaves a count unsure."""
    rows, sure, perhaps = {}, set(), set()
    for key, count in plan.counts:
        least = tuple(_rows(pairs, count, tables, day, doubts=False))
        most = tuple(_rows(pairs, count, tables, day, doubts=True))
        met = [_met(count, total) for total in range(len(least), len(most) + 1)]
        rows[key] = most
        if all(met):
            sure.add(key)
        if any(met):
            perhaps.add(key)
    return Counted(frozenset(sure), frozenset(perhaps), rows)


def _met(count: RuleCount, total: int) -> bool:
    limits = {"gte": count.gte, "lte": count.lte, "eq": count.eq}
    return all(COMPARISONS[word](total, limit) for word, limit in limits.items() if limit is not None)


def _rows(
    pairs: Iterable[tuple[ListingProfile, Standing]], count: RuleCount, tables: Tables, day: date, *, doubts: bool
) -> Iterable[int]:
    """Yield the listings counted: the subject's own, unless the tests speak of others."""
    others = {"way", "relation"} & count.listing.keys()
    for at, (listing, standing) in enumerate(pairs):
        if (listing.way == "own" or others) and _held(standing, count, day, doubts=doubts):
            values = listing_values(listing, tables, day, doubts=doubts)
            if holds(Fact("listing", values), count.listing, {}):
                yield at


def _held(standing: Standing, count: RuleCount, day: date, *, doubts: bool) -> bool:
    """Return whether a listing held at some time within the stretch, for sure or perhaps."""
    reason = standing.reason
    unsure = standing.found.by_name or reason in DOUBTS
    known = reason in _HELD or reason in DOUBTS or (count.repaired and reason is Reason.REPAIRED)
    return known and (doubts or not unsure) and reaches(last_day(standing), count.within, day)


def last_day(standing: Standing) -> date | None:
    """Return the last day on which a listing held, None while it still does."""
    listing = standing.found.listing
    if standing.reason in {Reason.REMOVED, Reason.REPAIRED}:
        free = listing.removed_on or listing.missing_since
        return None if free is None else free - timedelta(days=1)
    return standing.until if standing.reason is Reason.LAPSED else None


def reaches(ended: date | None, within: Stretch, day: date) -> bool:
    """Return whether a last day lies within a stretch that ends on a day; what has not ended does."""
    if ended is None:
        return True
    end = add_months(ended, _MONTHS * (within.years or 0) + (within.months or 0))
    return end > date.max - timedelta(days=within.days or 0) or end + timedelta(days=within.days or 0) >= day
