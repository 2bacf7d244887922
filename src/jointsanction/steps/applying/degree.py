"""What rules do to a measure that applies (规则对措施的调整): capped, raised, or left to a person to decide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from jointsanction.inference import Fact, could_match
from jointsanction.steps.planning.rule_strength import may_cap
from jointsanction.terms import HARDEST_FIRST, CauseType, Degree, MeasureClass

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables
    from jointsanction.inference import Derived
    from jointsanction.model.catalogue import Measure, Rule
    from jointsanction.model.result import Shape
    from jointsanction.steps.deriving.case import DegreeRule, Derivations
    from jointsanction.steps.planning.plan import Plan

ACT_CAUSES: Final = frozenset({CauseType.ACT, CauseType.ORDER, CauseType.BREACH})


def adjusted(shape: Shape, plan: Plan, tables: Tables, derived: Derivations) -> Shape:
    """Return a finding that applies as the rules leave it: raised first, then capped, for a cap is a ceiling."""
    measure = shape.measure
    if measure is None or not shape.applies:
        return shape
    for changes, raising in ((derived.raised, True), (derived.capped, False)):
        for change in changes:
            rule = tables.catalog.rules[change.rule]
            if concerns(rule, measure, plan, tables) and (raising or may_cap(rule, measure, tables, plan)):
                shape = _changed(shape, measure, change, raising=raising)
    for found in derived.reviewed:
        reaches = concerns(tables.catalog.rules[found.rule], measure, plan, tables)
        if reaches and _rests_on(shape, found):
            shape = replace(shape, needs_decision=True, rules=(*shape.rules, found.rule))
    return shape


def unsettled(shape: Shape, plan: Plan, tables: Tables, derived: Derivations) -> bool:
    """Return whether a finding that applies may be capped or raised by a rule of which nobody knows if it fires."""
    measure = shape.measure
    if measure is None or not shape.applies:
        return False
    return any(
        measure.measure_class is measure_class and concerns(tables.catalog.rules[rule], measure, plan, tables)
        for rule, measure_class in derived.open_changes
    )


def _changed(shape: Shape, measure: Measure, change: DegreeRule, *, raising: bool) -> Shape:
    order = HARDEST_FIRST.get(change.measure_class, ())
    if measure.measure_class is not change.measure_class or shape.degree is None:
        return shape
    now, wanted = order.index(shape.degree), order.index(change.degree)
    if (wanted >= now) if raising else (wanted <= now):
        return shape
    # Scrutiny takes nothing away: what no longer withholds a convenience no longer restricts.
    bites = shape.bites and (measure.measure_class is MeasureClass.ADVERSE or change.degree is Degree.WITHHOLD)
    return replace(shape, degree=change.degree, bites=bites, rules=(*shape.rules, change.rule))


def _rests_on(shape: Shape, found: Derived) -> bool:
    """A rule that rests on listings or acts speaks of what those set off; another of everything that applies."""
    if not found.because and not found.acts:
        return True
    causes = found.acts if shape.cause_type in ACT_CAUSES else found.because
    return shape.cause_at in causes


def concerns(rule: Rule, measure: Measure, plan: Plan, tables: Tables) -> bool:
    """A rule for procurement says nothing about a measure of land, though both were asked about at once."""
    nodes = tables.nodes_of(measure, plan.context.matter)
    above = frozenset[str]().union(*(tables.enclosing[node] for node in nodes))
    reached = Fact("question", {"matter": tuple(above)})
    return could_match(rule.when, reached) or not could_match(rule.when, Fact("question", {}))
