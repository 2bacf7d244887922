"""Why a measure applies or not because of an act or order (法律事实、决定触发的原因)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.steps.applying.reasons import (
    basis_hint,
    basis_over,
    conditions,
    conditions_unsure,
    first,
    misfit,
    perhaps_suspended,
    suspended,
    trait,
)
from jointsanction.steps.planning.plan import kind_fits
from jointsanction.steps.standing.where import where_act
from jointsanction.terms import DOUBTS, ActType, Reason, Relation, Role, Trigger

if TYPE_CHECKING:
    from jointsanction.steps.deriving.case import Case


def act_reason(case: Case) -> Reason:
    """Return why the measure applies or not because of an act or order."""
    if case.act.act.ruled_out:
        return Reason.ACT_RULED_OUT
    return first(_ACT_QUESTIONS, case) or Reason.APPLIES


def _act_reaches(case: Case) -> Reason | None:
    act = case.act.act
    bearer = next((bearer for bearer in case.row.measure.bears if bearer.role is act.relation), None)
    if bearer is None or (bearer.personally_responsible and act.personally_responsible is False):
        return Reason.RELATION_NOT_REACHED
    return None


def _act_kind(case: Case) -> Reason | None:
    kind, wanted = case.plan.context.kind, case.row.measure.targets.kinds
    if case.act.act.relation is not Relation.SELF or kind is None or kind_fits(kind, wanted):
        return None
    return Reason.OTHER_KIND


def _act_where(case: Case) -> Reason | None:
    act = case.act.act
    # What the question says of size it says of the subject asked about, not of a unit it answers for.
    size = case.plan.context.size if act.relation is Relation.SELF else None
    return where_act(case.row.measure.targets.where, act, size)


def _act_settled(case: Case) -> Reason | None:
    reason = _act_where(case)
    return None if reason in DOUBTS else reason


def _act_role(case: Case) -> Reason | None:
    """An order may name the role it bans (政府采购法 77, 78): another role is not touched."""
    named = case.act.act.role
    if case.row.measure.trigger is not Trigger.ORDER or named is None:
        return None
    own = case.tables.catalog.matters[case.plan.context.matter].default_role
    asked = case.plan.context.role
    # A member of a consortium takes part in the matter's own role, and in no other.
    return None if named in (asked, own if asked is Role.CONSORTIUM_MEMBER else asked) else Reason.OTHER_ROLE


def _role_unsaid(case: Case) -> bool:
    """A ban from procurement that names no role is one of suppliers: whether an agency is meant too, nobody knows."""
    act, roles = case.act.act, case.row.measure.roles
    unsaid = act.type is ActType.PROCUREMENT_BAN and act.role is None
    return unsaid and bool(roles) and _SUPPLYING.isdisjoint(roles)


_SUPPLYING: Final = frozenset({Role.SUPPLIER, Role.CONSORTIUM_MEMBER})


def _act_trade(case: Case) -> Reason | None:
    """An act of another field touches neither its own trade nor a matter related to it (同业、相关联事项)."""
    field, asked, measure = case.act.act.field, case.plan.context.fields, case.row.measure
    if field is None or not asked or field in asked:
        return None
    if measure.same_trade:
        return Reason.SAME_TRADE_UNMET
    return Reason.UNRELATED if measure.related_only else None


def _voided(case: Case) -> Reason | None:
    return case.act.voided


def _act_term(case: Case) -> Reason | None:
    reason = case.act.term(case.row.measure.id).reason
    return None if reason is Reason.APPLIES or reason in DOUBTS else reason


def _act_unknown(case: Case) -> Reason | None:
    act, measure = case.act.act, case.row.measure
    if (term := case.act.term(measure.id).reason) in DOUBTS:
        return term
    bearer = next((bearer for bearer in measure.bears if bearer.role is act.relation), None)
    unknown = (
        _act_where(case) in DOUBTS
        or _role_unsaid(case)
        or ((measure.same_trade or measure.related_only) and (act.field is None or not case.plan.context.fields))
        or (bearer is not None and bearer.personally_responsible and act.personally_responsible is None)
        or (bool(measure.targets.kinds) and case.plan.context.kind is None and act.relation is Relation.SELF)
    )
    return Reason.ATTRIBUTE_UNKNOWN if unknown else None


_ACT_QUESTIONS: Final = (
    misfit, _act_reaches, _act_kind, _act_settled, _act_role, _act_trade, _voided, _act_term, basis_over,
    conditions, suspended, basis_hint, _act_unknown, trait, conditions_unsure, perhaps_suspended,
)  # fmt: skip
