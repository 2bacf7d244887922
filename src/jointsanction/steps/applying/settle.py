"""The one word of an answer (结论): the strongest that holds, DESIGN §3, and whether something could not be known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jointsanction.model.shown import CoverageShown, GradeShown
from jointsanction.steps.applying.degree import unsettled
from jointsanction.steps.applying.wording import declaration
from jointsanction.terms import (
    DOUBTS,
    HINTS,
    Binding,
    Degree,
    Effect,
    ListKind,
    MeasureClass,
    Reason,
    Verdict,
)

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables
    from jointsanction.model.result import Shape
    from jointsanction.steps.applying.apply import Applied
    from jointsanction.steps.deriving.case import Derivations, Grading
    from jointsanction.steps.deriving.profile import Profile
    from jointsanction.steps.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a profile settles (核查结论): all of the answer but the dates and numbers of the case."""

    verdict: Verdict
    complete: bool
    shown: tuple[Shape, ...]
    silent: tuple[Shape, ...]
    coverage: CoverageShown
    grade: GradeShown
    derived: Derivations
    plan: Plan


def settle(plan: Plan, tables: Tables, profile: Profile, applied: Applied, derived: Derivations) -> Outcome:
    """Return the verdict of a profile and what it rests on."""
    granted = any(_is_incentive(shape) for shape in applied.shown)
    clues = frozenset[str]().union(*(lists for measure, lists in plan.clues if measure not in applied.settled))
    needed = plan.needed | clues | (plan.suspending if granted else frozenset())
    absent = needed & (profile.missing | profile.stale)
    unknown_acts = [act for act, _ in applied.open_acts if act in plan.required_acts]
    unsure = (
        not profile.identified
        or bool(absent and profile.strict)
        or _unsearched(plan, profile, needed)
        or bool(unknown_acts)
        or any(shape.bites and shape.reason in DOUBTS for shape in applied.shown)
    )
    return Outcome(
        verdict=_verdict(applied, unsure=unsure),
        complete=not (unsure or absent or any(_open(shape, plan, tables, derived) for shape in applied.shown)),
        shown=applied.shown,
        silent=applied.silent,
        coverage=_coverage(plan, profile, applied, needed),
        grade=_grade(tables, profile, derived.grade),
        derived=derived,
        plan=plan,
    )


def _unsearched(plan: Plan, profile: Profile, needed: frozenset[str]) -> bool:
    """Return whether lists are needed and none of the matter's was there: nothing was searched, so nothing is clear."""
    return bool(needed) and needed.union(plan.relevant) <= profile.missing


def _open(shape: Shape, plan: Plan, tables: Tables, derived: Derivations) -> bool:
    return shape.reason in DOUBTS or unsettled(shape, plan, tables, derived)


def _verdict(applied: Applied, *, unsure: bool) -> Verdict:
    applying = [shape for shape in applied.shown if shape.applies]
    if any(_prohibits(shape) for shape in applying):
        return Verdict.PROHIBITED
    if any(shape.bites for shape in applying):
        return Verdict.RESTRICTED
    if unsure:
        return Verdict.INDETERMINATE
    if any(_calls_attention(shape) for shape in applied.shown):
        return Verdict.ATTENTION
    return Verdict.FAVOURED if applying else Verdict.CLEAR


def _prohibits(shape: Shape) -> bool:
    adverse = shape.measure is not None and shape.measure.measure_class is MeasureClass.ADVERSE
    return adverse and shape.binding is Binding.MUST and shape.degree is Degree.PROHIBIT


def _is_incentive(shape: Shape) -> bool:
    would = shape.applies or shape.reason is Reason.LIST_NOT_LOADED
    return would and shape.measure is not None and shape.measure.effect is Effect.INCENTIVE


def _calls_attention(shape: Shape) -> bool:
    if shape.reason in DOUBTS or shape.reason in HINTS:
        return True
    return shape.applies and shape.measure is not None and shape.measure.effect is Effect.RESTRICTION


def _coverage(plan: Plan, profile: Profile, applied: Applied, needed: frozenset[str]) -> CoverageShown:
    relevant = sorted(needed | set(plan.relevant))
    acts: list[dict[str, Any]] = [
        {
            "act": act,
            "name": act.zh,
            "measures": [row.measure.id for row in rows],
            "declaration": declaration(act, (basis for row in rows for basis in row.strength.shown)),
        }
        for act, rows in applied.open_acts
    ]
    return CoverageShown(
        consulted=tuple(code for code in relevant if code not in profile.missing),
        missing=tuple(code for code in relevant if code in profile.missing),
        stale=tuple(code for code in relevant if code in profile.stale),
        acts_unknown=tuple(acts),
    )


def _grade(tables: Tables, profile: Profile, grade: Grading) -> GradeShown:
    independent = {
        listing.list
        for listing in profile.listings
        if listing.way == "own"
        and not listing.by_name
        and listing.reason is Reason.APPLIES
        and tables.catalog.lists[listing.list].kind is ListKind.INDEPENDENT
    }
    return GradeShown(grade.level, tuple(sorted(independent)), complete=grade.complete)
