"""Which level of instrument may carry what (依据层级), ENCODING §1; for measures before any question is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.terms import ADVERSE_LEVELS, Actor, Carries, Degree, Level, MatterKind, MeasureClass, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Basis, Catalog, Measure

STRONG: Final = frozenset({Carries.SETS, Carries.OPENS})
"""What a basis must do for its measure to carry it."""

ABOVE_RESTRICT: Final = frozenset({Degree.PROHIBIT, Degree.SUSPEND, Degree.REVOKE})
"""Degrees of an adverse measure that only a basis which sets the consequence can give."""

RANK: Final = {
    Level.LAW: 9,
    Level.ADMINISTRATIVE_REGULATION: 8,
    Level.CENTRAL_POLICY: 8,
    Level.JUDICIAL_INTERPRETATION: 7,
    Level.LOCAL_REGULATION: 6,
    Level.DEPARTMENT_RULE: 5,
    Level.GOVERNMENT_RULE: 4,
    Level.JOINT_DOCUMENT: 3,
    Level.NORMATIVE_DOCUMENT: 2,
}
"""Rank used for one question only: is an instrument at least of the level that grants a convenience?

Memoranda, lists and standards grant nothing and take nothing away, so they have no rank.
"""

GRANTED: Final = frozenset({MatterKind.CONVENIENCE, MatterKind.ENGAGEMENT})
"""Kinds of matter that somebody grants, and whose withholding leaves the ordinary way open."""


def level_suffices(level: Level, measure: Measure, granted_by: Level | None) -> bool:
    """Return whether an instrument's level may carry a measure; `granted_by` is the level of what it withholds."""
    if measure.measure_class is MeasureClass.ADVERSE:
        if level is Level.JUDICIAL_INTERPRETATION:
            # It carries what courts order, nothing else.
            return measure.trigger is Trigger.ORDER or Actor.COURT in measure.actor
        return level in ADVERSE_LEVELS
    return granted_by is None or RANK.get(level, 0) >= RANK.get(granted_by, 0)


def carrying_bases(measure: Measure, catalog: Catalog, carries: frozenset[Carries] = STRONG) -> list[Basis]:
    """Return the bases whose word and level can carry a measure, whatever the day (足以支撑的依据)."""
    granted_by = max(withheld_levels(measure, catalog), key=lambda level: RANK.get(level, 0), default=None)
    return [
        basis
        for basis in measure.basis
        if basis.carries in carries and level_suffices(catalog.instruments[basis.instrument].level, measure, granted_by)
    ]


def withheld_levels(measure: Measure, catalog: Catalog) -> Iterator[Level]:
    """Yield the level that grants each convenience or engagement a measure withholds."""
    if measure.measure_class is not MeasureClass.ADMINISTRATIVE or measure.degree is not Degree.WITHHOLD:
        return
    for code in measure.matters:
        matter = catalog.matters[code]
        for role in measure.roles or (matter.default_role,):
            grant = matter.roles.get(role) or matter
            if grant.kind in GRANTED and grant.granted_by is not None:
                yield grant.granted_by


def withholds_a_right(measure: Measure, catalog: Catalog) -> str | None:
    """Return the first matter in which a measure withholds what nobody grants, None where there is none."""
    if measure.measure_class is not MeasureClass.ADMINISTRATIVE or measure.degree is not Degree.WITHHOLD:
        return None
    for code in measure.matters:
        matter = catalog.matters[code]
        for role in measure.roles or (matter.default_role,):
            if (matter.roles.get(role) or matter).kind is MatterKind.RIGHT:
                return code
    return None
