"""What rules add to the facts (推导): a grade, a supervision tier, incentives suspended, degrees changed.

What follows in every way the doubts can come out (`rule_worlds`) is sure; what follows in some of them only may be, and
is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.inference import needs, worst
from jointsanction.model.shown import RuleNotice
from jointsanction.steps.deriving.case import DegreeRule, Derivations, Grading, Supervising
from jointsanction.steps.deriving.rule_worlds import gradable, unknown, worlds
from jointsanction.steps.deriving.supervise import strictest
from jointsanction.steps.planning.rule_strength import ceiling
from jointsanction.terms import Effect, GradeLevel, MeasureClass, SupervisionTier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.compile import Tables
    from jointsanction.inference import Derived
    from jointsanction.steps.deriving.profile import Profile
    from jointsanction.steps.deriving.rule_worlds import Worlds
    from jointsanction.steps.planning.plan import Plan


def derivations(plan: Plan, tables: Tables, profile: Profile) -> Derivations:
    """Return what the rules in force derive for a profile; nothing where there are none."""
    if not plan.rules:
        return Derivations()
    ways = worlds(plan, tables, profile)
    sure, unsure = ways.sure, ways.unsure
    suspended = tuple((found.rule, found.because) for found in sure if _suspends(found))
    grade = _grade(ways, plan, profile)
    return Derivations(
        suspended=suspended,
        perhaps_suspended=not suspended and any(map(_suspends, unsure)),
        carried={found.rule: ways.always[found.rule] for found in sure if _carries(found)},
        perhaps_carried={found.rule: ways.ever[found.rule] for found in (*sure, *unsure) if _carries(found)},
        grade=grade,
        supervision=_supervision(ways, grade, plan, profile),
        capped=tuple(_changes(sure, plan, tables, raising=False)),
        raised=tuple(_changes(sure, plan, tables, raising=True)),
        reviewed=tuple(found for found in sure if found.consequence.review is not None),
        open_changes=tuple(_open_changes(unsure)),
        notices=(*_notices(sure, plan, tables), *_unsure_notices(unsure, tables)),
    )


def _suspends(found: Derived) -> bool:
    return found.consequence.suspend is not None and found.consequence.suspend.effect is Effect.INCENTIVE


def _carries(found: Derived) -> bool:
    carry = found.consequence.carry
    return carry is not None and carry.measure_class is MeasureClass.ADVERSE


def _grade(ways: Worlds, plan: Plan, profile: Profile) -> Grading:
    """Return the worst grade that is sure; it is complete when no doubt and no missing list could worsen it.

    A doubt is never a favour: nobody is trustworthy while it stands.
    """
    setting = [found for found in ways.sure if found.consequence.grade is not None]
    level = worst(found.consequence.grade for found in setting if found.consequence.grade is not None)
    perhaps = worst(found.consequence.grade for found in ways.unsure if found.consequence.grade is not None)
    open_ = perhaps is not None and worst((perhaps, level or GradeLevel.TRUSTWORTHY)) is not level
    if level is None and not open_ and gradable(plan, profile):
        level = GradeLevel.TRUSTWORTHY
    looked = profile.identified and not unknown(plan.looked.graded, profile)
    known = level is GradeLevel.BLACKLISTED or looked
    set_by = tuple(found for found in setting if found.consequence.grade is level)
    return Grading(level, complete=level is not None and known and not open_, set_by=set_by)


def _supervision(ways: Worlds, grade: Grading, plan: Plan, profile: Profile) -> Supervising | None:
    """Return the strictest supervision that is sure; a milder one than usual is no gift to somebody in doubt."""
    sure = strictest(ways.sure)
    if sure is None:
        return None
    said, set_by = sure
    asked = [need.kind for rule in plan.rules if rule.then.supervision is not None for need in needs(rule.when)]
    known = (
        profile.identified and not unknown(plan.looked.supervised, profile) and (grade.complete or "grade" not in asked)
    )
    stricter = strictest((*ways.sure, *ways.unsure))
    complete = known and stricter is not None and stricter[0] == said
    if said.tier is SupervisionTier.RELAXED and not complete:
        return None
    return Supervising(said, complete=complete, set_by=set_by)


def _changes(sure: tuple[Derived, ...], plan: Plan, tables: Tables, *, raising: bool) -> Iterator[DegreeRule]:
    """Yield the lawful changes of degree: a cap as written, a raise only as far as the rule's own basis carries it."""
    for found in sure:
        change = found.consequence.raise_ if raising else found.consequence.cap
        if change is None:
            continue
        degree = ceiling(tables.catalog.rules[found.rule], change, tables, plan) if raising else change.degree
        if degree is not None:
            yield DegreeRule(found.rule, change.measure_class, degree)


def _open_changes(unsure: tuple[Derived, ...]) -> Iterator[tuple[str, MeasureClass]]:
    """Yield the rules that may cap or raise measures of a class, or may not."""
    for found in unsure:
        for change in (found.consequence.raise_, found.consequence.cap):
            if change is not None:
                yield found.rule, change.measure_class


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
