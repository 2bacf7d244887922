"""Why a measure applies or not because of a listing (名单触发的原因)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.compile import lies_in, scheme_of
from jointsanction.catalog.compiling.levels import level_suffices
from jointsanction.catalog.grades import astray
from jointsanction.steps.applying.degree import concerns
from jointsanction.steps.applying.listing_where import where_listing
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
from jointsanction.terms import (
    DOUBTS,
    LEADING_RELATIONS,
    Carries,
    Effect,
    MeasureClass,
    Reason,
    Relation,
    SubjectKind,
    TextState,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointsanction.model.catalogue import Basis, Instrument
    from jointsanction.steps.deriving.case import Case


def listing_reason(case: Case) -> Reason:
    """Return why the measure applies or not because of a listing."""
    return first(_LISTING_QUESTIONS, case) or Reason.APPLIES


def clue_reason(case: Case) -> Reason:
    """Return what a listing that only points to an act means: an ended one is no clue (ENCODING §2)."""
    return first(_CLUE_QUESTIONS, case) or Reason.ACT_NOT_SHOWN


def _listing_ended(case: Case) -> Reason | None:
    reason = case.listing.reason
    return None if reason is Reason.APPLIES or reason in DOUBTS else reason


def _measure_ended(case: Case) -> Reason | None:
    return Reason.TERM_ENDED if case.row.measure.id in case.listing.over else None


def _listing_reaches(case: Case) -> Reason | None:
    listing, measure = case.listing, case.row.measure
    roles = {bearer.role: bearer for bearer in measure.bears}
    if listing.way == "from-question":
        led = listing.relation in LEADING_RELATIONS and Relation.UNITS_LED in roles
        return None if led or (Relation.SELF in roles and carriers(case)) else Reason.RELATION_NOT_REACHED
    bearer = roles.get(listing.relation)
    if bearer is None or (bearer.personally_responsible and listing.personally_responsible is False):
        return Reason.RELATION_NOT_REACHED
    return None


def _clue_reaches(case: Case) -> Reason | None:
    """A person entered on the list with the unit is a clue by his own listing to what bars him beside it."""
    reason = _listing_reaches(case)
    if reason is None or case.listing.way != "own":
        return reason
    person = (case.plan.context.kind or case.listing.kind) is SubjectKind.PERSON
    entered = case.tables.catalog.lists[case.listing.list].entered_with
    named = {bearer.role for bearer in case.row.measure.bears}
    return None if person and not named.isdisjoint(entered) else reason


def carriers(case: Case) -> tuple[str, ...]:
    """Return the rules that lawfully carry a partner's listing over for this measure.

    A rule that adds a bearer to an adverse measure needs a basis as strong as a measure's (ENCODING §3): 招标投标法 31
    carries a consortium, 法〔2016〕285号 alone does not.
    """
    if case.row.measure.measure_class is not MeasureClass.ADVERSE:
        return ()
    rules = case.tables.catalog.rules
    return tuple(
        rule
        for rule in case.derived.carrying(case.at)
        if carries_adverse(rules[rule].basis, case) and concerns(rules[rule], case.row.measure, case.plan, case.tables)
    )


def _carried_perhaps(case: Case) -> bool:
    """Return whether a partner's listing is carried over by rules alone of which none fires for sure."""
    led = case.listing.relation in LEADING_RELATIONS and any(
        b.role is Relation.UNITS_LED for b in case.row.measure.bears
    )
    if case.listing.way != "from-question" or led:
        return False
    return not any(case.derived.carries_surely(rule, case.at) for rule in carriers(case))


def carries_adverse(bases: Iterable[Basis], case: Case) -> bool:
    """Return whether one of some bases sets it, was read, is in force here, and is of a level that may burden."""
    return any(
        basis.carries is Carries.SETS
        and basis.text is TextState.VERIFIED
        and _burdens(case.tables.catalog.instruments[basis.instrument], case)
        and case.tables.basis_in_force(basis, case.plan.day)
        for basis in bases
    )


def _burdens(instrument: Instrument, case: Case) -> bool:
    here = instrument.region is None or lies_in(case.plan.context.region, instrument.region)
    return here and level_suffices(instrument.level, case.row.measure, None)


def _listing_kind(case: Case) -> Reason | None:
    own = case.listing.way == "own"
    kind = case.plan.context.kind if own and case.plan.context.kind else case.listing.kind
    return None if kind is None or kind_fits(kind, case.row.measure.targets.kinds) else Reason.OTHER_KIND


def _listing_where(case: Case) -> Reason | None:
    return where_listing(case.row.measure.targets.where, case.listing, case.plan.context)


def _listing_settled(case: Case) -> Reason | None:
    reason = _listing_where(case)
    return None if reason in DOUBTS else reason


def _grade(case: Case) -> Reason | None:
    wanted = case.row.measure.targets.grades
    if wanted is None:
        return None
    if scheme_of(case.tables.catalog.lists[case.listing.list], case.plan.day) != wanted.scheme:
        return Reason.CONDITION_UNMET
    level = case.listing.grade
    if level is None or level.startswith("?"):
        return None
    return None if level in wanted.levels else Reason.CONDITION_UNMET


def _severity(case: Case) -> Reason | None:
    wanted, severity = case.row.measure.targets.severity, case.listing.severity
    return Reason.CONDITION_UNMET if wanted and severity is not None and severity not in wanted else None


def _unrelated(case: Case) -> Reason | None:
    field = case.listing.field
    if not case.row.measure.related_only or field is None or not case.plan.context.fields:
        return None
    return None if field in case.plan.context.fields else Reason.UNRELATED


def _listing_trade(case: Case) -> Reason | None:
    field, asked = case.listing.field, case.plan.context.fields
    if not case.row.measure.same_trade or field is None or not asked:
        return None
    return None if field in asked else Reason.SAME_TRADE_UNMET


def _unfounded(case: Case) -> Reason | None:
    """A list needs its foundation; points of residents found no restriction at all (居民诚信积分)."""
    scheme = scheme_of(case.tables.catalog.lists[case.listing.list], case.plan.day)
    if scheme and case.tables.catalog.schemes[scheme].points and case.row.measure.effect is Effect.RESTRICTION:
        return Reason.UNFOUNDED_LIST
    return None if case.tables.founded(case.listing.list, case.plan.day) else Reason.UNFOUNDED_LIST


def _membership(case: Case) -> Reason | None:
    """A list stands in a group by a basis of its own; one nobody read leaves a hint (ENCODING §7)."""
    read = case.tables.read_for(case.row.measure, case.listing.list, case.plan.day)
    return None if read else Reason.UNVERIFIED


def _listing_doubt(case: Case) -> Reason | None:
    if case.listing.reason in DOUBTS:
        return case.listing.reason
    return Reason.NAME_ONLY if case.listing.by_name else None


def _listing_unknown(case: Case) -> Reason | None:
    listing, measure = case.listing, case.row.measure
    role = None if listing.way == "from-question" else listing.relation  # there the subject leads the listed unit
    bearer = next((bearer for bearer in measure.bears if bearer.role is role), None)
    no_kind = case.plan.context.kind is None
    no_field = listing.field is None or not case.plan.context.fields
    unknown = (
        _carried_perhaps(case)
        or _listing_where(case) in DOUBTS
        or astray(case.tables.catalog.lists[listing.list], listing.grade, case.plan.day)
        or ((measure.related_only or measure.same_trade) and no_field)
        or (bool(measure.targets.severity) and listing.severity is None)
        or (measure.targets.grades is not None and (listing.grade is None or listing.grade.startswith("?")))
        or (bearer is not None and bearer.personally_responsible and listing.personally_responsible is None)
        or (bool(measure.targets.kinds) and listing.kind is None and (listing.way != "own" or no_kind))
    )
    return Reason.ATTRIBUTE_UNKNOWN if unknown else None


_LISTING_QUESTIONS: Final = (
    misfit, _listing_ended, _measure_ended, _listing_reaches, _listing_kind, _listing_settled, _grade, _severity,
    _unrelated, _listing_trade, basis_over, conditions, suspended, _unfounded, basis_hint, _membership, _listing_doubt,
    _listing_unknown, trait, conditions_unsure, perhaps_suspended,
)  # fmt: skip

_CLUE_QUESTIONS: Final = (
    misfit, _listing_ended, _clue_reaches, _listing_kind, basis_over, basis_hint, _listing_doubt, trait,
)  # fmt: skip
