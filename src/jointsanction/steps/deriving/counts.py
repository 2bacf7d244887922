"""How often something held within a stretch of time (期间内的次数): day arithmetic, before the profile.

A profile holds only which counts are met, so two firms with other dates and the same counts have one answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.identity.record_key import document_key
from jointsanction.inference import Fact
from jointsanction.inference.evaluate import COMPARISONS, holds
from jointsanction.steps.deriving.profile import listing_values, readings
from jointsanction.steps.standing.in_force import groundless, held_within
from jointsanction.terms import DOUBTS, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import RuleCount
    from jointsanction.steps.deriving.profile import ListingProfile
    from jointsanction.steps.planning.plan import Plan
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.steps.standing.lookup import Found

_HELD: Final = frozenset({Reason.APPLIES, Reason.REMOVED, Reason.LAPSED, Reason.LIFTED})
_UNSURE: Final = frozenset({*DOUBTS, Reason.UNDER_OBJECTION})
_MONTHS: Final = 12


class Counted(NamedTuple):
    """Which counts of a plan are met (已满足的次数): for sure, or perhaps; and the listings each rests on."""

    sure: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()
    rows: Mapping[str, tuple[int, ...]] = {}


def counted(pairs: Sequence[tuple[ListingProfile, Standing]], tables: Tables, plan: Plan, day: date) -> Counted:
    """Return which counts of a plan are met; one that may hold, or of a level unread, leaves it unsure."""
    rows, sure, perhaps = {}, set(), set()
    for key, count in plan.counts:
        least = tuple(_rows(pairs, count, tables, day, doubts=False))
        most = tuple(_rows(pairs, count, tables, day, doubts=True))
        met = [_met(count, total) for total in range(_events(least, pairs), _events(most, pairs) + 1)]
        rows[key] = most
        if all(met):
            sure.add(key)
        if any(met):
            perhaps.add(key)
    return Counted(frozenset(sure), frozenset(perhaps), rows)


def _events(rows: Iterable[int], pairs: Sequence[tuple[ListingProfile, Standing]]) -> int:
    """Return how many decisions some rows come from: one instrument on several lists is one event (同一文书)."""
    return len({_event(pairs[at][1].found) for at in rows})


def _event(found: Found) -> tuple[object, ...]:
    row = found.listing
    whose = None if found.way == "own" else (row.uscc, row.resident_id, row.other_id, row.name)
    return (whose, document_key(row.instrument_no) or (row.list, row.listed_on))


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
            if groundless(standing, tables.catalog.lists[listing.list]):
                continue
            supposed = (None, *(readings(listing, tables, day) if doubts else ()))
            values = (listing_values(listing, tables, day, doubts=doubts, level=level) for level in supposed)
            if any(holds(Fact("listing", each), count.listing, {}) for each in values):
                yield at


def _held(standing: Standing, count: RuleCount, day: date, *, doubts: bool) -> bool:
    """Return whether a listing held at some time within the stretch, for sure or perhaps."""
    reason = standing.reason
    unsure = standing.found.by_name or reason in _UNSURE
    known = reason in _HELD or reason in _UNSURE or (count.repaired and reason is Reason.REPAIRED)
    months = _MONTHS * (count.within.years or 0) + (count.within.months or 0)
    within = held_within(standing, day, months=months, days=count.within.days or 0)
    return known and (doubts or not unsure) and within
