"""What rules come to while something is in doubt (两种以上情形): what follows in every world is sure, in some may be.

Each doubtful listing holds or does not, each doubtful count is met or is not, a level nobody can read is one of those
its scheme has: every combination is a world of its own. What a rule finds absent, though nobody could look or the row
leaves it open, is no more than may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.inference import absences, fed_by, grade_fact, open_absence
from jointsanction.model.rule import members
from jointsanction.steps.deriving.profile import facts_of
from jointsanction.steps.deriving.rule_doubts import outcomes
from jointsanction.terms import ActType, GradeLevel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.catalog.compile import Tables
    from jointsanction.inference import Derived, Fact, Run
    from jointsanction.model.catalogue import Rule, RuleTest, RuleValue
    from jointsanction.steps.deriving.profile import Profile
    from jointsanction.steps.planning.plan import Plan


class Worlds(NamedTuple):
    """What rules come to where nothing doubtful holds (`least`), in every world (`sure`), in some only (`unsure`).

    `always` and `ever` are the listings each rule that fired rests on in every world, and in some.
    """

    least: Run
    sure: tuple[Derived, ...]
    unsure: tuple[Derived, ...]
    always: Mapping[str, frozenset[int]]
    ever: Mapping[str, frozenset[int]]


def worlds(plan: Plan, tables: Tables, profile: Profile) -> Worlds:
    """Return what the rules in force come to for a profile, run once where nothing is doubtful."""
    given = (grade_fact(GradeLevel.TRUSTWORTHY),) if gradable(plan, profile) else ()
    runs = [
        plan.infer([*facts_of(profile, tables, plan, world), *given], plan.rules)
        for world in outcomes(plan, tables, profile)
    ]
    fired = [{found.rule: found for found in one.fired} for one in runs]
    some = {rule: found for one in fired for rule, found in one.items()}
    every = frozenset(some).intersection(*fired)
    sure = every - _blind(plan, profile, runs[0].facts) if every else every
    return Worlds(
        runs[0],
        sure=tuple(found for found in runs[0].fired if found.rule in sure),
        unsure=tuple(some[rule] for rule in sorted(some.keys() - sure)),
        always={rule: frozenset.intersection(*(frozenset(one[rule].because) for one in fired)) for rule in sure},
        ever={rule: frozenset(at for one in fired if rule in one for at in one[rule].because) for rule in some},
    )


def gradable(plan: Plan, profile: Profile) -> bool:
    """Return whether somebody of whom no rule says otherwise is trustworthy (守信): rules grade, and could look."""
    grades = any(rule.then.grade is not None for rule in plan.rules)
    return grades and profile.identified and (not profile.strict or not unknown(plan.looked.graded, profile))


def unknown(lists: frozenset[str], profile: Profile) -> bool:
    """Return whether some of these lists are not loaded, or stale."""
    return not (lists.isdisjoint(profile.missing) and lists.isdisjoint(profile.stale))


def _blind(plan: Plan, profile: Profile, facts: tuple[Fact, ...]) -> frozenset[str]:
    """Return the rules that rest on an absence nobody could be sure of, with those that build on them."""
    first = {rule.id for rule in plan.rules if _looks_in_vain(rule, plan, profile, facts)}
    if not first:
        return frozenset()
    fed = {rule.id: fed_by([rule], plan.rules) for rule in plan.rules}
    return frozenset(rule for rule, givers in fed.items() if any(giver.id in first for giver in givers))


def _looks_in_vain(rule: Rule, plan: Plan, profile: Profile, facts: tuple[Fact, ...]) -> bool:
    """Return whether a rule wants something absent of which nobody can say so: a list, an act, a value unknown."""
    lists = plan.looked.absences.get(rule.id, frozenset())
    if lists and (not profile.identified or (profile.strict and unknown(lists, profile))):
        return True
    ruled_out = {act.act.type.value for act in profile.acts if act.act.ruled_out}
    return any(
        not ruled_out.issuperset(_acts(absence.tests)) if absence.kind == "act" else open_absence(absence, facts)
        for absence in absences(rule.when)
    )


def _acts(tests: Mapping[str, RuleTest]) -> frozenset[RuleValue]:
    """Return the types of act that tests could meet: those they name, else every one."""
    named = tests.get("type", {})
    wanted = named.get("eq", named.get("in", tuple(act.value for act in ActType)))
    return frozenset(members(wanted))
