"""What a basis can carry (依据效力): whether and how far a measure bites, ENCODING §1.

Lawfulness is enforced here and not only linted: a measure that the law does not carry cannot bite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.compile import basis_start, in_time, lies_in
from jointsanction.catalog.compiling.levels import ABOVE_RESTRICT, GRANTED, STRONG, level_suffices
from jointsanction.model.catalogue import MatterRole
from jointsanction.model.shown import BasisShown
from jointsanction.terms import (
    Binding,
    Carries,
    Degree,
    Level,
    MeasureClass,
    Reason,
    TextState,
)

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Basis, Measure
    from jointsanction.steps.asking.context import Context
    from jointsanction.terms import Role


class Strength(NamedTuple):
    """What a measure's bases give on a day (依据结论): a reason it cannot bite, or how far and how strongly it does."""

    reason: Reason | None
    degree: Degree
    binding: Binding
    shown: tuple[BasisShown, ...] = ()


def strength(measure: Measure, tables: Tables, context: Context, day: date) -> Strength:
    """Return what the bases of a measure carry on a day."""
    carriers = [basis for basis in measure.basis if _may_carry(basis, measure, tables, context)]
    standing = [basis for basis in carriers if tables.basis_in_force(basis, day)]
    shown = tuple(show_basis(basis, tables) for basis in measure.basis if tables.basis_in_force(basis, day))
    if not in_time(measure.valid_from, measure.valid_to, day):
        early = measure.valid_from is not None and day < measure.valid_from
        return Strength(Reason.BASIS_NOT_YET if early else Reason.BASIS_ENDED, measure.degree, measure.binding, shown)
    if standing:
        return _carried(measure, standing, shown)
    reason = _refers(measure, tables, context, day) or _out_of_time(carriers or list(measure.basis), tables, day)
    return Strength(reason or Reason.BASIS_TOO_WEAK, measure.degree, measure.binding, shown)


def _out_of_time(carriers: list[Basis], tables: Tables, day: date) -> Reason | None:
    """When what carries a measure is repealed, the measure ends on that day, whatever still implements it."""
    if any(tables.basis_in_force(basis, day) for basis in carriers):
        return None
    instruments = tables.catalog.instruments
    not_yet = all(day < basis_start(basis, instruments[basis.instrument]) for basis in carriers)
    return Reason.BASIS_NOT_YET if not_yet else Reason.BASIS_ENDED


def _refers(measure: Measure, tables: Tables, context: Context, day: date) -> Reason | None:
    """General words in force are worth a hint, also before or after a time in which the law said more."""
    refers = any(
        basis.carries is Carries.REFERS
        and tables.basis_in_force(basis, day)
        and _level_enough(basis, measure, tables, context)
        for basis in measure.basis
    )
    return Reason.REFERS_ONLY if refers else None


def _carried(measure: Measure, standing: list[Basis], shown: tuple[BasisShown, ...]) -> Strength:
    """The best sufficient basis decides: read before recalled where that matters, `sets` before `opens`."""
    burdens = measure.measure_class is not None
    best = max(
        standing, key=lambda basis: (burdens and basis.text is TextState.VERIFIED, basis.carries is Carries.SETS)
    )
    degree, binding = measure.degree, measure.binding
    if best.carries is Carries.OPENS:
        binding = Binding.MAY if binding is Binding.MUST else binding
        if measure.measure_class is MeasureClass.ADVERSE and degree in ABOVE_RESTRICT:
            degree = Degree.RESTRICT
    # Whether the text was read gates burdens only: an incentive wrongly granted bars nobody.
    unread = burdens and best.text is not TextState.VERIFIED
    return Strength(Reason.UNVERIFIED if unread else None, degree, binding, shown)


def _may_carry(basis: Basis, measure: Measure, tables: Tables, context: Context) -> bool:
    return basis.carries in STRONG and _level_enough(basis, measure, tables, context)


def _level_enough(basis: Basis, measure: Measure, tables: Tables, context: Context) -> bool:
    instrument = tables.catalog.instruments[basis.instrument]
    if instrument.region is not None and not lies_in(context.region, instrument.region):
        return False
    grant = withheld(measure, tables, context.matter, context.role)
    # The loader refuses a convenience that does not say who grants it; should one slip through, only a law takes it.
    granted_by = None if grant is None else grant.granted_by or Level.LAW
    return level_suffices(instrument.level, measure, granted_by)


def withheld(measure: Measure, tables: Tables, matter: str, role: Role) -> MatterRole | None:
    """Return the convenience or engagement a measure withholds (the ordinary way stays open), None where it is none."""
    if measure.measure_class is not MeasureClass.ADMINISTRATIVE or measure.degree is not Degree.WITHHOLD:
        return None
    for code in tables.nodes_of(measure, matter):
        node = tables.catalog.matters[code]
        grant = node.roles.get(role) or MatterRole(
            kind=node.kind, granted_by=node.granted_by, ordinary_way=node.ordinary_way
        )
        if grant.kind in GRANTED:
            return grant
    return None


def show_basis(basis: Basis, tables: Tables) -> BasisShown:
    """Return a basis as answers show it (依据)."""
    instrument = tables.catalog.instruments[basis.instrument]
    return BasisShown(
        instrument.id,
        instrument.title,
        instrument.document_number,
        basis.article,
        basis.paragraph,
        basis.item,
        instrument.level,
        basis.carries,
        basis.text,
    )
