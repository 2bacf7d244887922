"""What rules add to the facts (推导): incentives suspended, a partner's listing carried over. The rules are data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.inference import derive
from jointsanction.steps.case import Derivations
from jointsanction.steps.profile import facts_of

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables
    from jointsanction.steps.plan import Plan
    from jointsanction.steps.profile import Profile


def derivations(plan: Plan, tables: Tables, profile: Profile) -> Derivations:
    """Return what the rules in force derive for a profile; nothing where there is nothing to derive from."""
    if not profile.listings and not profile.acts:
        return Derivations()
    rules = tables.rules_on(plan.day, plan.context.region)
    sure = derive(facts_of(profile, tables, plan, doubts=False), rules)
    suspended = tuple((found.rule, found.because) for found in sure if found.consequence.suspend is not None)
    carrying = sure
    perhaps = False
    if any(listing.doubtful for listing in profile.listings):
        # A listing that may hold must neither lift nor let pass: run again as if it held, and keep the difference.
        possible = derive(facts_of(profile, tables, plan, doubts=True), rules)
        perhaps = not suspended and any(found.consequence.suspend is not None for found in possible)
        carrying = possible
    return Derivations(
        suspended=suspended,
        perhaps_suspended=perhaps,
        carried=tuple((found.rule, found.because) for found in carrying if found.consequence.carry is not None),
    )
