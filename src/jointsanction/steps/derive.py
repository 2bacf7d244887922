"""What rules add to the facts (推导): a grade, a supervision tier, incentives suspended, degrees changed.

A listing that may hold or may not makes two worlds: one in which it holds and one in which it does not. What follows in
both is sure; what follows in one of them may be, and is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.inference import grade_fact, needs, run, worst
from jointsanction.model.shown import RuleNotice
from jointsanction.steps.case import DegreeRule, Derivations, Grading, Supervising
from jointsanction.steps.profile import facts_of
from jointsanction.steps.rule_strength import ceiling
from jointsanction.terms import GradeLevel, SupervisionTier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.compile import Tables
    from jointsanction.inference import Derived, Run
    from jointsanction.steps.plan import Plan
    from jointsanction.steps.profile import Profile


class Worlds(NamedTuple):
    """What rules come to where nothing doubtful holds, and where all of it does (两种情形)."""

    least: Run
    most: Run

    @property
    def sure(self) -> tuple[Derived, ...]:
        """Return what follows either way."""
        also = {found.rule for found in self.most.fired}
        return tuple(found for found in self.least.fired if found.rule in also)

    @property
    def unsure(self) -> tuple[Derived, ...]:
        """Return what follows one way only."""
        both = {found.rule for found in self.sure}
        return tuple(found for found in (*self.least.fired, *self.most.fired) if found.rule not in both)


def worlds(plan: Plan, tables: Tables, profile: Profile) -> Worlds:
    """Return what the rules in force come to for a profile, run once where nothing is doubtful."""
    given = () if not _gradable(plan, profile) else (grade_fact(GradeLevel.TRUSTWORTHY),)
    least = run([*facts_of(profile, tables, plan, doubts=False), *given], plan.rules)
    doubtful = any(listing.doubtful for listing in profile.listings) or profile.counted != profile.perhaps_counted
    most = run([*facts_of(profile, tables, plan, doubts=True), *given], plan.rules) if doubtful else least
    return Worlds(least, most)


def _gradable(plan: Plan, profile: Profile) -> bool:
    """Return whether somebody of whom no rule says otherwise is trustworthy (守信): rules grade, and could look."""
    grades = any(rule.then.grade is not None for rule in plan.rules)
    return grades and profile.identified and (not profile.strict or graded_lists_known(plan, profile))


def graded_lists_known(plan: Plan, profile: Profile) -> bool:
    """Return whether every list that could set the grade is loaded and fresh."""
    return plan.graded.isdisjoint(profile.missing) and plan.graded.isdisjoint(profile.stale)


def derivations(plan: Plan, tables: Tables, profile: Profile) -> Derivations:
    """Return what the rules in force derive for a profile; nothing where there are none."""
    if not plan.rules:
        return Derivations()
    both = worlds(plan, tables, profile)
    sure, unsure = both.sure, both.unsure
    suspended = tuple((found.rule, found.because) for found in sure if found.consequence.suspend is not None)
    grade = _grade(both, plan, profile)
    return Derivations(
        suspended=suspended,
        perhaps_suspended=not suspended and any(found.consequence.suspend is not None for found in unsure),
        # Whether a partner's doubtful listing bites is asked where it is met with a measure.
        carried=tuple((f.rule, f.because) for f in both.most.fired if f.consequence.carry is not None),
        grade=grade,
        supervision=_supervision(both, grade, plan),
        capped=tuple(_changes(sure, plan, tables, raising=False)),
        raised=tuple(_changes(sure, plan, tables, raising=True)),
        reviewed=tuple(found for found in sure if found.consequence.review is not None),
        notices=(*_notices(sure, plan, tables), *_unsure_notices(unsure, tables)),
    )


def _grade(both: Worlds, plan: Plan, profile: Profile) -> Grading:
    """Return the worst grade that is sure; it is complete when no doubtful listing and no missing list could worsen it.

    A doubt is never a favour: nobody is trustworthy while it stands.
    """
    setting = [found for found in both.sure if found.consequence.grade is not None]
    level = worst(found.consequence.grade for found in setting if found.consequence.grade is not None)
    perhaps = worst(found.consequence.grade for found in both.unsure if found.consequence.grade is not None)
    open_ = perhaps is not None and worst((perhaps, level or GradeLevel.TRUSTWORTHY)) is not level
    if level is None and not open_ and _gradable(plan, profile):
        level = GradeLevel.TRUSTWORTHY
    known = level is GradeLevel.BLACKLISTED or (profile.identified and graded_lists_known(plan, profile))
    set_by = tuple(found for found in setting if found.consequence.grade is level)
    return Grading(level, complete=level is not None and known and not open_, set_by=set_by)


def _supervision(both: Worlds, grade: Grading, plan: Plan) -> Supervising | None:
    """Return the strictest supervision that is sure; a milder one than usual is no gift to somebody in doubt."""
    sure = max((f for f in both.sure if f.consequence.supervision is not None), key=_strictness, default=None)
    perhaps = max((f for f in both.unsure if f.consequence.supervision is not None), key=_strictness, default=None)
    if sure is None or sure.consequence.supervision is None:
        return None
    asked = [need.kind for rule in plan.rules if rule.then.supervision is not None for need in needs(rule.when)]
    complete = (perhaps is None or _strictness(perhaps) <= _strictness(sure)) and (
        grade.complete or "grade" not in asked
    )
    if sure.consequence.supervision.tier is SupervisionTier.RELAXED and not complete:
        return None
    return Supervising(sure.consequence.supervision, complete=complete, set_by=sure)


_TIERS: Final = list(SupervisionTier)


def _strictness(found: Derived) -> tuple[int, int, float, str]:
    said = found.consequence.supervision
    assert said is not None  # noqa: S101 - asked of those that supervise only
    return (_TIERS.index(said.tier), said.inspections or 0, said.ratio or 0.0, found.rule)


def _changes(sure: tuple[Derived, ...], plan: Plan, tables: Tables, *, raising: bool) -> Iterator[DegreeRule]:
    """Yield the lawful changes of degree: a cap as written, a raise only as far as the rule's own basis carries it."""
    for found in sure:
        change = found.consequence.raise_ if raising else found.consequence.cap
        if change is None:
            continue
        degree = ceiling(tables.catalog.rules[found.rule], change, tables, plan) if raising else change.degree
        if degree is not None:
            yield DegreeRule(found.rule, change.measure_class, degree)


def _notices(sure: tuple[Derived, ...], plan: Plan, tables: Tables) -> Iterator[RuleNotice]:
    for found in sure:
        said, rule = found.consequence, tables.catalog.rules[found.rule]
        if said.warn is not None:
            yield RuleNotice("rule.warning", rule.id, said.warn)
        if said.review is not None:
            yield RuleNotice("rule.review", rule.id, said.review)
        if said.raise_ is not None and ceiling(rule, said.raise_, tables, plan) is None:
            message = f"{rule.title}：规则的依据不足以加重措施，只作提示。"
            yield RuleNotice("rule.raise-too-weak", rule.id, message)


def _unsure_notices(unsure: tuple[Derived, ...], tables: Tables) -> Iterator[RuleNotice]:
    for found in unsure:
        said = found.consequence
        if any(each is not None for each in (said.warn, said.review, said.cap, said.raise_)):
            message = f"{tables.catalog.rules[found.rule].title}：所依记录是否有效未能确定，请核实。"
            yield RuleNotice("rule.unsure", found.rule, message)
