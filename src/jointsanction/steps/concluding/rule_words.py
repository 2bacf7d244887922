"""What the rules of a case say with its own listings and acts (规则结论与轨迹): grade, supervision, and why not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jointsanction.catalog.explaining.rule import miss_text
from jointsanction.inference.why import misses
from jointsanction.model.shown import RuleTraceShown, SetByShown, SupervisionShown
from jointsanction.steps.deriving.rule_worlds import worlds
from jointsanction.terms import CauseType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.inference import Derived
    from jointsanction.model.shown import GradeShown
    from jointsanction.steps.applying.settle import Outcome
    from jointsanction.steps.concluding.conclude import Bound


def graded(bound: Bound, outcome: Outcome) -> GradeShown:
    """Return the grade with what set it (信用等级)."""
    set_by = outcome.derived.grade.set_by
    return replace(outcome.grade, set_by=tuple(_set_by(bound, each) for each in set_by)) if set_by else outcome.grade


def supervised(bound: Bound, outcome: Outcome) -> SupervisionShown | None:
    """Return how the subject is to be supervised, None where no rule says (监管措施)."""
    found = outcome.derived.supervision
    if found is None:
        return None
    set_by = tuple(_set_by(bound, each) for each in found.set_by)
    return SupervisionShown(found.said.model_dump(mode="json"), found.complete, set_by)


def traced(bound: Bound, outcome: Outcome) -> tuple[RuleTraceShown, ...]:
    """Return every rule in force, fired or not, and why not (规则轨迹); `fired` is None where it is unsure."""
    ways = worlds(outcome.plan, bound.tables, bound.settled.profile)
    sure = {found.rule: found for found in ways.sure}
    unsure = {found.rule: found for found in ways.unsure}
    rows = []
    for rule in sorted(outcome.plan.rules, key=lambda one: one.id):
        found = sure.get(rule.id) or unsure.get(rule.id)
        causes = () if found is None else tuple(_causes(bound, found))
        why = () if found is not None else tuple(dict.fromkeys(map(miss_text, misses(rule.when, ways.least.facts))))
        fired = None if rule.id in unsure else rule.id in sure
        rows.append(RuleTraceShown(rule.id, rule.title, fired, causes, why))
    return tuple(rows)


def _set_by(bound: Bound, found: Derived) -> SetByShown:
    return SetByShown(found.rule, bound.tables.catalog.rules[found.rule].title, tuple(_causes(bound, found)))


def _causes(bound: Bound, found: Derived) -> Iterator[dict[str, Any]]:
    listings = {*found.because, *(at for key in found.counts for at in bound.seen.counts.rows.get(key, ()))}
    for at in sorted(listings):
        yield bound.listing_cause(bound.seen.listing(at), CauseType.LISTING)
    for at in found.acts:
        yield bound.act_cause(bound.settled.profile.acts[at].act)
