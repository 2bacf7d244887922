"""What a question can meet at all (核查预案): the measures of the matter, and what is settled before any listing.

A plan depends on the question's words only, never on the subject's listings, so it is made once and kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.compile import lies_in, running_on
from jointsanction.inference import count_key, counts_of, run
from jointsanction.steps.planning.rule_lists import ListFacts, RuleLists, in_scope, rule_lists
from jointsanction.steps.planning.strength import Strength, strength, withheld
from jointsanction.terms import (
    ACT_TRIGGERS,
    UNIT_KINDS,
    ActType,
    Binding,
    Condition,
    Effect,
    ListKind,
    MeasureClass,
    Reason,
    Relation,
    Role,
    SubjectKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.inference import Infer
    from jointsanction.model.catalogue import Kinds, Measure, Rule, RuleCount
    from jointsanction.steps.asking.context import Context


SERIOUS: Final = frozenset({ListKind.BLACK, ListKind.INDEPENDENT})
"""Kinds of list whose members are seriously dishonest (严重失信)."""

TESTED: Final = frozenset({Condition.NO_SERIOUS_LISTING, Condition.CLEAN_PERIOD})


_NONE: Final = RuleLists()


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of the matter and what is settled about it (预案行)."""

    measure: Measure
    misfit: Reason | None
    strength: Strength
    lists: frozenset[str]
    bites: bool

    @property
    def by_act(self) -> bool:
        """Return whether an act, an order or a breach sets it off, so that listings are clues at most."""
        return self.measure.trigger in ACT_TRIGGERS

    @property
    def can_restrict(self) -> bool:
        """Return whether, met by its cause, it would give `prohibited` or `restricted`."""
        return self.misfit in (None, Reason.TRAIT_UNKNOWN) and self.strength.reason is None and self.bites


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What a question can meet (核查预案); a plan is equal to itself alone, so that it can key what is kept of it.

    `by_list` and `by_act` find the rows a listing or act can touch; `timed` are those that bite on a listing for a term
    of their own. `relevant` lists are those of every row that fits;
    `needed` those without which a restriction could be missed, `clues` those that could point to an act of a measure;
    `suspending` those without which an incentive is unsure. `rules` are those in force, `counts` what they count by
    its key, `looked` the lists on which they can turn.
    """

    context: Context
    day: date
    rows: tuple[Row, ...]
    by_list: Mapping[str, tuple[Row, ...]]
    by_act: Mapping[ActType, tuple[Row, ...]]
    timed: tuple[Row, ...]
    relevant: tuple[str, ...]
    needed: frozenset[str]
    clues: tuple[tuple[str, frozenset[str]], ...]
    suspending: frozenset[str]
    clean_periods: tuple[int, ...]
    required_acts: tuple[ActType, ...]
    rules: tuple[Rule, ...] = ()
    counts: tuple[tuple[str, RuleCount], ...] = ()
    looked: RuleLists = _NONE
    infer: Infer = run


def make_plan(tables: Tables, context: Context, day: date, facts: ListFacts, infer: Infer = run) -> Plan:
    """Return the plan of a context on a day; it holds for every day of the same epoch.

    `facts` are those of that epoch and of the context's region.
    """
    rows = tuple(_row(measure, tables, context, day) for measure in tables.measures[context.matter])
    by_list = {code: tuple(row for row in rows if code in row.lists) for code in set().union(*(r.lists for r in rows))}
    acts = {act for row in rows if row.by_act for act in row.measure.targets.acts}
    rules = facts.rules
    return Plan(
        context=context,
        day=day,
        rows=rows,
        by_list=by_list,
        by_act={act: tuple(row for row in rows if row.by_act and act in row.measure.targets.acts) for act in acts},
        timed=tuple(row for row in rows if row.measure.term and not row.by_act),
        relevant=tuple(sorted(in_scope(tables, _lists(row for row in rows if _worth_consulting(row)), context))),
        needed=in_scope(tables, _restricting(rows, tables, day), context),
        clues=tuple(
            (row.measure.id, in_scope(tables, row.lists, context)) for row in rows if row.can_restrict and row.by_act
        ),
        suspending=_suspending(tables, context, day, rows, facts.looked_at(_suspenders(rules))),
        clean_periods=_clean_periods(rows),
        required_acts=tables.catalog.matters[context.matter].requires_acts,
        rules=rules,
        counts=tuple({count_key(count): count for rule in rules for count in counts_of(rule.when)}.items()),
        looked=rule_lists(tables, context, facts),
        infer=infer,
    )


def _row(measure: Measure, tables: Tables, context: Context, day: date) -> Row:
    carried = strength(measure, tables, context, _law_of(measure, tables, day))
    return Row(
        measure=measure,
        misfit=_misfit(measure, tables, context),
        strength=carried,
        lists=tables.lists_of(measure, day),
        bites=bites(measure, carried.binding, tables, context),
    )


def _law_of(measure: Measure, tables: Tables, day: date) -> date:
    """A ban decided while its law stood runs on after repeal: of what nobody spoke of, the law's last day judges."""
    running = running_on(measure, tables.catalog)
    return running[0] if running is not None and running[0] < day <= running[1] else day


def bites(measure: Measure, binding: Binding, tables: Tables, context: Context) -> bool:
    """Return whether a measure of this binding would give `prohibited` or `restricted` when it applies (DESIGN §3)."""
    if measure.measure_class is MeasureClass.ADVERSE:
        return binding is not Binding.REFERENCE
    return binding is Binding.MUST and withheld(measure, tables, context.matter, context.role) is not None


def _misfit(measure: Measure, tables: Tables, context: Context) -> Reason | None:
    """Return why a measure cannot concern this question, whatever the subject's listings."""
    if measure.region is not None and not lies_in(context.region, measure.region):
        return Reason.OTHER_REGION
    if not _role_fits(measure, tables, context):
        return Reason.OTHER_ROLE
    if measure.phase and context.phase not in measure.phase:
        return Reason.OTHER_PHASE
    if _only_self(measure) and context.kind is not None and not kind_fits(context.kind, measure.targets.kinds):
        return Reason.OTHER_KIND
    if context.not_traits & set(measure.traits):
        return Reason.CONDITION_UNMET
    return None if context.traits >= set(measure.traits) else Reason.TRAIT_UNKNOWN


def _role_fits(measure: Measure, tables: Tables, context: Context) -> bool:
    """Return whether a measure is for the role asked in; where none was given, in the role of the matter it names.

    "All below it in that role": PRT asked without a role asks BID as bidder, GPC as supplier, and so on.
    """
    for code in tables.nodes_of(measure, context.matter):
        own = tables.catalog.matters[code].default_role
        asked = context.role if context.role_given else own
        if asked in (measure.roles or (own, Role.CONSORTIUM_MEMBER)):
            return True
    return False


def _only_self(measure: Measure) -> bool:
    return all(bearer.role is Relation.SELF for bearer in measure.bears)


def kind_fits(kind: SubjectKind, wanted: tuple[Kinds, ...]) -> bool:
    """Return whether a subject kind is among those named; no kind named means every kind, `unit` all but a person."""
    return not wanted or kind in wanted or ("unit" in wanted and kind in UNIT_KINDS)


def _worth_consulting(row: Row) -> bool:
    """Return whether a list of this row could still change what is shown."""
    settled = (Reason.BASIS_NOT_YET, Reason.BASIS_ENDED)
    return row.misfit in (None, Reason.TRAIT_UNKNOWN) and row.strength.reason not in settled


def _lists(rows: Iterable[Row]) -> set[str]:
    return {code for row in rows for code in row.lists}


def _restricting(rows: Iterable[Row], tables: Tables, day: date) -> set[str]:
    """Return the lists a listing on which could restrict; one that could only be a hint stops no check."""
    return {
        code
        for row in rows
        if row.can_restrict and not row.by_act
        for code in row.lists
        if tables.founded(code, day) and tables.read_for(row.measure, code, day)
    }


def _suspenders(rules: Iterable[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule.then.suspend is not None and rule.then.suspend.effect is Effect.INCENTIVE]


def _suspending(
    tables: Tables, context: Context, day: date, rows: tuple[Row, ...], by_rule: frozenset[str]
) -> frozenset[str]:
    """Return the lists whose membership could suspend an incentive, by a rule in force or a condition of its own."""
    codes = set(by_rule)
    if any(condition.condition in TESTED for row in rows for condition in row.measure.conditions):
        kinds = tables.catalog.lists.items()
        codes |= {code for code, kind in kinds if kind.kind in SERIOUS and tables.founded(code, day)}
    return in_scope(tables, codes, context)


def _clean_periods(rows: tuple[Row, ...]) -> tuple[int, ...]:
    return tuple(
        sorted(
            {
                condition.years or 0
                for row in rows
                if row.measure.effect is Effect.INCENTIVE
                for condition in row.measure.conditions
                if condition.condition is Condition.CLEAN_PERIOD
            }
        )
    )
