"""Why a measure applies or not (原因): the questions every cause is asked, and how questions are asked in turn.

One small question after another; the first that objects gives the reason. Definite refusals come first, then what
leaves a hint, then what could not be known: a doubt is only a doubt where nothing settles the matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from jointsanction.steps.planning.plan import SERIOUS
from jointsanction.terms import HINTS, Condition, Effect, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jointsanction.steps.deriving.case import Case
    from jointsanction.steps.deriving.profile import ListingProfile

    Questions: TypeAlias = tuple[Callable[[Case], Reason | None], ...]


def first(questions: Questions, case: Case) -> Reason | None:
    """Return the first objection to a case, None when nothing objects."""
    return next((reason for ask in questions if (reason := ask(case)) is not None), None)


def misfit(case: Case) -> Reason | None:
    """Ask whether the measure can concern this question at all."""
    return None if case.row.misfit is Reason.TRAIT_UNKNOWN else case.row.misfit


def trait(case: Case) -> Reason | None:
    """Ask whether a trait the measure needs was left unsaid."""
    return Reason.TRAIT_UNKNOWN if case.row.misfit is Reason.TRAIT_UNKNOWN else None


def basis_over(case: Case) -> Reason | None:
    """Ask whether the basis is in force."""
    reason = case.row.strength.reason
    return None if reason in HINTS else reason


def basis_hint(case: Case) -> Reason | None:
    """Ask whether the basis can carry the measure."""
    reason = case.row.strength.reason
    return reason if reason in HINTS else None


def suspended(case: Case) -> Reason | None:
    """Ask whether an incentive is suspended for sure."""
    suspends = case.row.measure.effect is Effect.INCENTIVE and case.derived.suspended
    return Reason.SUSPENDED_BY if suspends else None


def perhaps_suspended(case: Case) -> Reason | None:
    """Ask whether an incentive may be suspended, or can't be known to be free."""
    if case.row.measure.effect is not Effect.INCENTIVE:
        return None
    if case.profile.strict and not case.plan.suspending.isdisjoint(case.profile.missing | case.profile.stale):
        return Reason.LIST_NOT_LOADED
    return Reason.ATTRIBUTE_UNKNOWN if case.derived.perhaps_suspended else None


def conditions(case: Case) -> Reason | None:
    """Ask whether an incentive's tested conditions fail for sure; the others are told with the grant (ENCODING §5)."""
    serious = any(listing.reason is Reason.APPLIES and not listing.by_name for listing in _serious(case))
    for each in case.row.measure.conditions:
        unclean = each.condition is Condition.CLEAN_PERIOD and (each.years or 0) in case.profile.unclean.sure
        if unclean or (each.condition is Condition.NO_SERIOUS_LISTING and serious):
            return Reason.CONDITION_UNMET
    return None


def conditions_unsure(case: Case) -> Reason | None:
    """Ask whether something that may be in force, or may be a bad record, would break a tested condition."""
    serious = any(listing.doubtful for listing in _serious(case))
    for each in case.row.measure.conditions:
        unclean = each.condition is Condition.CLEAN_PERIOD and (each.years or 0) in case.profile.unclean.perhaps
        if unclean or (each.condition is Condition.NO_SERIOUS_LISTING and serious):
            return Reason.ATTRIBUTE_UNKNOWN
    return None


def _serious(case: Case) -> Iterator[ListingProfile]:
    """Yield the subject's own serious listings (严重失信), whatever their state."""
    kinds = case.tables.catalog.lists
    for listing in case.profile.listings:
        serious = listing.way == "own" and kinds[listing.list].kind in SERIOUS
        if serious and case.tables.founded(listing.list, case.plan.day):
            yield listing
