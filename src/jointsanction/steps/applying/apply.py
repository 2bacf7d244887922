"""Which measures apply (适用): one shape for every measure of the matter met with one cause, applying or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from jointsanction.model.result import Shape
from jointsanction.steps.applying.act_reasons import act_reason
from jointsanction.steps.applying.degree import adjusted
from jointsanction.steps.applying.listing_reasons import carriers, clue_reason, listing_reason
from jointsanction.steps.applying.wording import duty_text
from jointsanction.steps.deriving.case import Case
from jointsanction.steps.planning.plan import bites
from jointsanction.steps.planning.strength import strength
from jointsanction.terms import (
    DOUBTS,
    HINTS,
    Binding,
    CauseType,
    Condition,
    ListKind,
    Reason,
    Trigger,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.compile import Tables
    from jointsanction.steps.deriving.case import Derivations
    from jointsanction.steps.deriving.profile import ActProfile, Profile
    from jointsanction.steps.planning.plan import Plan, Row
    from jointsanction.terms import ActType, Caution


@dataclass(frozen=True, slots=True)
class Applied:
    """What a profile's measures came to (适用结果): `shown` always, `silent` in the trace, `open_acts` without clue."""

    shown: tuple[Shape, ...]
    silent: tuple[Shape, ...]
    open_acts: tuple[tuple[ActType, tuple[Row, ...]], ...]
    settled: frozenset[str]


def apply(plan: Plan, tables: Tables, profile: Profile, derived: Derivations) -> Applied:
    """Return what every measure of the matter comes to for a profile."""
    shapes = list(_from_acts(plan, tables, profile, derived))
    settled = _settled(plan, profile, shapes)
    shapes += _from_listings(plan, tables, profile, derived, settled=settled)
    if derived.raised or derived.capped or derived.reviewed:
        shapes = [adjusted(shape, plan, tables, derived) for shape in shapes]
    met = {shape.measure.id for shape in shapes if shape.measure is not None}
    shapes += [_without_cause(row, tables, profile) for row in plan.rows if row.measure.id not in met]
    shapes.sort(key=_order)
    return Applied(
        shown=tuple(shape for shape in shapes if _is_shown(shape)),
        silent=tuple(shape for shape in shapes if not _is_shown(shape)),
        open_acts=tuple(_open_acts(plan, profile, shapes)),
        settled=settled,
    )


def _settled(plan: Plan, profile: Profile, shapes: list[Shape]) -> frozenset[str]:
    """Return the measures whose acts leave nothing open: one applies, or every one was ruled out.

    An act that was shown and does not apply settles nothing: a listing may rest on another one.
    """
    ruled_out = {act.act.type for act in profile.acts if act.act.ruled_out}
    closed = {row.measure.id for row in plan.rows if row.by_act and ruled_out.issuperset(row.measure.targets.acts)}
    return frozenset(closed | {shape.measure.id for shape in shapes if shape.applies and shape.measure is not None})


def _is_shown(shape: Shape) -> bool:
    unsure = shape.reason is Reason.LIST_NOT_LOADED and shape.cause_type is not None
    return shape.applies or unsure or shape.reason in DOUBTS or shape.reason in HINTS


def _order(shape: Shape) -> tuple[bool, str, str, int]:
    return (not shape.applies, shape.measure.id if shape.measure else "~", shape.cause_type or "", shape.cause_at or 0)


def _from_listings(
    plan: Plan, tables: Tables, profile: Profile, derived: Derivations, *, settled: frozenset[str]
) -> Iterator[Shape]:
    for at, listing in enumerate(profile.listings):
        rows = plan.by_list.get(listing.list, ())
        if not rows:
            yield _unrelated("该名单", _cause_type(None, tables, listing.list), at)
        for row in rows:
            case = Case(row, plan, tables, profile, derived, at)
            if not row.by_act:
                yield _shape(case, listing_reason(case), _cause_type(row, tables, listing.list))
            elif row.measure.id not in settled:
                yield _shape(case, clue_reason(case), CauseType.LISTING)


def _unrelated(what: str, cause_type: CauseType, at: int) -> Shape:
    """No link by law between the cause and the matter: shown in the trace, so that nobody thinks it was overlooked."""
    title = f"{what}与所办事项之间没有法定联结（禁止不当联结）"
    return Shape(None, title, applies=False, reason=Reason.UNRELATED, cause_type=cause_type, cause_at=at)


_NO_LISTS: Final = frozenset({ListKind.RECORD, ListKind.PUBLICATION, ListKind.RATING})


def _cause_type(row: Row | None, tables: Tables, code: str) -> CauseType:
    if row is not None and row.measure.trigger is Trigger.GRADE:
        return CauseType.GRADE
    return CauseType.RECORD if tables.catalog.lists[code].kind in _NO_LISTS else CauseType.LISTING


def _from_acts(plan: Plan, tables: Tables, profile: Profile, derived: Derivations) -> Iterator[Shape]:
    kinds = {
        Trigger.ORDER: CauseType.ORDER,
        Trigger.COMMITMENT: CauseType.BREACH,
    }
    for at, act in enumerate(profile.acts):
        rows = plan.by_act.get(act.act.type, ())
        if not rows and not act.act.ruled_out:
            yield _unrelated("该事实", CauseType.ACT, at)
        for row in rows:
            case = Case(_judged(row, act, plan, tables), plan, tables, profile, derived, at)
            yield _shape(case, act_reason(case), kinds.get(row.measure.trigger, CauseType.ACT))


def _judged(row: Row, act: ActProfile, plan: Plan, tables: Tables) -> Row:
    """Penalties and bans follow the law in force when the act was decided, eligibility the law when asked."""
    decided = act.act.decision_made
    if decided is None or row.measure.judged_on == "asking":
        return row
    return replace(row, strength=strength(row.measure, tables, plan.context, decided))


def _shape(case: Case, reason: Reason, cause_type: CauseType) -> Shape:
    row, measure = case.row, case.row.measure
    carried = carriers(case) if cause_type is CauseType.LISTING and case.listing.way == "from-question" else ()
    suspending = case.derived.suspended if reason is Reason.SUSPENDED_BY else ()
    return Shape(
        measure=measure,
        title=measure.title,
        applies=reason is Reason.APPLIES,
        reason=reason,
        degree=row.strength.degree,
        binding=row.strength.binding,
        bites=bites(measure, row.strength.binding, case.tables, case.plan.context),
        needs_decision=row.strength.binding is Binding.MAY or any(c.condition in _TOLD for c in measure.conditions),
        duty=duty_text(row, reason),
        basis=row.strength.shown,
        cause_type=cause_type,
        cause_at=case.at,
        rules=(*carried, *(rule for rule, _ in suspending)),
        because=tuple(at for _, because in suspending for at in because),
        warnings=_warnings(case.tables, measure.id, carried),
    )


def _warnings(tables: Tables, measure: str, rules: tuple[str, ...]) -> tuple[Caution, ...]:
    """Return what to beware of in a measure, and in the rules that carried it to the subject (审慎适度)."""
    said = [*tables.cautions["measures", measure], *(word for rule in rules for word in tables.cautions["rules", rule])]
    return tuple(dict.fromkeys(said))


_TOLD: Final = frozenset({Condition.OTHER_THINGS_EQUAL, Condition.COMMITMENT, Condition.MEETS})


def _without_cause(row: Row, tables: Tables, profile: Profile) -> Shape:
    reason = row.misfit if row.misfit not in (None, Reason.TRAIT_UNKNOWN) else row.strength.reason
    if reason is None or reason in HINTS:
        reason = _no_cause(row, profile)
    return Shape(
        measure=row.measure,
        title=row.measure.title,
        applies=False,
        reason=reason,
        degree=row.strength.degree,
        binding=row.strength.binding,
        basis=row.strength.shown,
        warnings=tables.cautions["measures", row.measure.id],
    )


def _no_cause(row: Row, profile: Profile) -> Reason:
    if not row.by_act:
        return Reason.LIST_NOT_LOADED if row.lists and row.lists <= profile.missing else Reason.NOT_LISTED
    ruled_out = {act.act.type for act in profile.acts if act.act.ruled_out}
    return Reason.ACT_RULED_OUT if ruled_out.issuperset(row.measure.targets.acts) else Reason.ACT_UNKNOWN


def _open_acts(plan: Plan, profile: Profile, shapes: list[Shape]) -> Iterator[tuple[ActType, tuple[Row, ...]]]:
    """Yield the acts nobody spoke of and nothing points to, with the measures they would set off."""
    spoken_of = {act.act.type for act in profile.acts}
    clued = {shape.measure.id for shape in shapes if shape.measure and shape.reason is Reason.ACT_NOT_SHOWN}
    for act, rows in sorted(plan.by_act.items()):
        open_rows = tuple(row for row in rows if row.can_restrict and row.measure.id not in clued)
        if act not in spoken_of and open_rows:
            yield act, open_rows
