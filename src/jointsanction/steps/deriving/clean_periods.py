"""Whether a subject has been free of bad records for some years (一定期间内无不良记录): for sure, perhaps, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.steps.standing.in_force import groundless, held_within
from jointsanction.terms import DOUBTS, ListKind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.steps.planning.plan import Plan
    from jointsanction.steps.standing.in_force import Standing

_NOT_BAD: Final = frozenset({ListKind.RED, ListKind.PUBLICATION, ListKind.RATING})
"""Lists that say nothing bad of anybody: 双公示 publishes penalties and licences alike, a rating tells all levels."""

_NOTHING_SAID: Final = frozenset({Reason.NOT_IN_FORCE, Reason.UNSUPPORTED, Reason.OBJECTION_UPHELD, Reason.REPAIRED})
"""States of a listing in which it says nothing of anybody: not yet, not lawfully, found wrong, or repaired.

信用修复管理办法（国家发展和改革委员会令第36号）第三条: what is repaired is no longer shown, shared or used.
"""

_UNSURE: Final = frozenset({Reason.ANNOUNCED_ONLY, Reason.UNDER_OBJECTION, *DOUBTS})
"""States of a listing in which it may be a bad record, or may turn out to be none."""


class Unclean(NamedTuple):
    """The clean periods, in years, that a bad record has spoilt (有不良记录的期间), and those it may have spoilt."""

    sure: frozenset[int] = frozenset()
    perhaps: frozenset[int] = frozenset()


def unclean_periods(standings: tuple[Standing, ...], tables: Tables, plan: Plan, day: date) -> Unclean:
    """Return which of the plan's clean periods the subject has not been free of bad records for, or may not have been.

    Nobody is given an incentive on a doubt: what may be a bad record leaves the condition open.
    """
    bad = [standing for standing in standings if plan.clean_periods and _bad(standing, tables)]
    sure = [standing for standing in bad if standing.reason not in _UNSURE and not standing.found.by_name]
    return Unclean(_spoilt(sure, plan, day), _spoilt(bad, plan, day))


def _bad(standing: Standing, tables: Tables) -> bool:
    kind = tables.catalog.lists[standing.found.listing.list]
    told = standing.found.way == "own" and standing.reason not in _NOTHING_SAID
    return told and kind.kind not in _NOT_BAD and not groundless(standing, kind)


def _spoilt(standings: Iterable[Standing], plan: Plan, day: date) -> frozenset[int]:
    """Return the periods that reach back to the last day on which some of these listings held."""
    return frozenset(
        years for standing in standings for years in plan.clean_periods if held_within(standing, day, months=12 * years)
    )
