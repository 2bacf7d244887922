"""How far a rule's own basis lets it change a measure (规则调整措施的限度): no law yields to a lesser text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.compile import lies_in
from jointsanction.catalog.compiling.levels import ABOVE_RESTRICT, RANK, STRONG
from jointsanction.terms import ADVERSE_LEVELS, Carries, Degree, Level, MeasureClass, TextState

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Basis, DegreeChange, Measure, Rule
    from jointsanction.steps.planning.plan import Plan


def ceiling(rule: Rule, change: DegreeChange, tables: Tables, plan: Plan) -> Degree | None:
    """Return the degree a rule may raise to on a day, None where its bases carry no raise at all (ENCODING §1).

    An adverse raise needs a basis that was read, of a level that may burden; one that only opens gives `restrict`.
    """
    standing = [basis for basis in rule.basis if _carries(basis, change, tables, plan)]
    if not standing:
        return None
    sets = any(basis.carries is Carries.SETS for basis in standing)
    burdens = change.measure_class is MeasureClass.ADVERSE and change.degree in ABOVE_RESTRICT
    return Degree.RESTRICT if burdens and not sets else change.degree


def may_cap(rule: Rule, measure: Measure, tables: Tables, plan: Plan) -> bool:
    """Return whether a rule rests on a text of at least the rank of those that carry a measure (上位法优先)."""
    instruments = tables.catalog.instruments
    own = [RANK.get(instruments[basis.instrument].level, 0) for basis in rule.basis if _stands(basis, tables, plan)]
    theirs = [
        RANK.get(instruments[basis.instrument].level, 0)
        for basis in measure.basis
        if basis.carries in STRONG and tables.basis_in_force(basis, plan.day)
    ]
    return bool(own) and max(own) >= max(theirs, default=0)


def _carries(basis: Basis, change: DegreeChange, tables: Tables, plan: Plan) -> bool:
    instrument = tables.catalog.instruments[basis.instrument]
    enough = change.measure_class is not MeasureClass.ADVERSE or (
        instrument.level in ADVERSE_LEVELS and instrument.level is not Level.JUDICIAL_INTERPRETATION
    )
    return enough and _stands(basis, tables, plan)


def _stands(basis: Basis, tables: Tables, plan: Plan) -> bool:
    """Return whether a basis was read, says what it is cited for, and is in force here and today."""
    region = tables.catalog.instruments[basis.instrument].region
    here = region is None or lies_in(plan.context.region, region)
    read = basis.text is TextState.VERIFIED and basis.carries in STRONG
    return here and read and tables.basis_in_force(basis, plan.day)
