"""How far and how long measures go, and by which law they are judged (尺度、期限检查)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.compiling.levels import carrying_bases, withholds_a_right
from jointsanction.catalog.compiling.proportion import excesses, rule_excesses
from jointsanction.catalog.remark import Remark
from jointsanction.terms import (
    ACT_TRIGGERS,
    Actor,
    Carries,
    Effect,
    Item,
    MeasureClass,
    SetBy,
    TextState,
    Trigger,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Catalog, Measure

_PUBLIC: Final = frozenset({Actor.PUBLIC, Actor.COURT})
_BANS: Final = frozenset({"POST", "OCC"})

_CLASSES: Final = {
    Item.SUPERVISION: frozenset({MeasureClass.ADMINISTRATIVE}),
    Item.DISCLOSURE: frozenset({MeasureClass.ADMINISTRATIVE}),
    Item.CONSUMPTION: frozenset({MeasureClass.ADVERSE}),
    Item.EXIT: frozenset({MeasureClass.ADVERSE}),
    Item.EDUCATION: frozenset({MeasureClass.ADVERSE}),
    Item.LENDING: frozenset({MeasureClass.VOLUNTARY, MeasureClass.ADVERSE}),
    Item.CREDIT_REPORT: frozenset({MeasureClass.VOLUNTARY, MeasureClass.ADVERSE}),
}
"""Items of the national list whose class follows from what they are (全国清单说明 N5); the others may have any."""


def degree_remarks(tables: Tables) -> Iterator[Remark]:
    """Yield where a measure goes further than its law, or says so in the wrong words."""
    catalog = tables.catalog
    for measure in catalog.measures.values():
        if measure.status == "active":
            for excess in excesses(measure, catalog):
                yield Remark("measures", measure.id, excess.path, excess.caution.value, excess.message)
            yield from _classes(measure, catalog)
            yield from _durations(measure)
            yield from _judged(measure)
            yield from _records(measure, catalog)
    for rule in catalog.rules.values():
        for excess in rule_excesses(rule):
            yield Remark("rules", rule.id, excess.path, excess.caution.value, excess.message)


def _classes(measure: Measure, catalog: Catalog) -> Iterator[Remark]:
    right = withholds_a_right(measure, catalog)
    if right is not None:
        yield Remark("measures", measure.id, ("degree",), "withholds-a-right", f"事项 '{right}' 是权利。")
    if measure.measure_class is MeasureClass.VOLUNTARY and _PUBLIC & set(measure.actor):
        yield Remark("measures", measure.id, ("actor",), "voluntary-by-public")
    fitting = _CLASSES.get(measure.item) if measure.item is not None else None
    if fitting is not None and measure.measure_class is not None and measure.measure_class not in fitting:
        words = " 或 ".join(sorted(fitting))
        said = f"“{measure.item and measure.item.zh}”应为 {words}。"
        yield Remark("measures", measure.id, ("class",), "item-class", said)


def _durations(measure: Measure) -> Iterator[Remark]:
    for index, duration in enumerate(measure.term):
        if isinstance(duration.years, tuple):
            low, high = duration.years
            if low == high:
                said = f"[{low}, {high}] 两端相同，应写 years: {low}。"
                yield Remark("measures", measure.id, ("term", index, "years"), "term-range", said)
            elif duration.set_by is SetBy.LAW:
                said = f"{low} 至 {high} 年由决定载明，应写 set_by: order。"
                yield Remark("measures", measure.id, ("term", index, "years"), "term-range", said)


def _judged(measure: Measure) -> Iterator[Remark]:
    """Bans follow the law of the act, eligibility that of the asking; posts and trades know both (ENCODING §4)."""
    if measure.judged_on == "act" and measure.trigger not in ACT_TRIGGERS:
        yield Remark("measures", measure.id, ("judged_on",), "judged-on-listing")
    bans = any(matter.partition(".")[0] in _BANS for matter in measure.matters)
    if measure.trigger is Trigger.ACT and measure.effect is Effect.RESTRICTION and bans and measure.judged_on is None:
        yield Remark("measures", measure.id, ("trigger",), "judged-on-unsaid")
    if measure.targets.clue_lists and measure.ask is None:
        yield Remark("measures", measure.id, ("targets", "clue_lists"), "clue-without-ask")


def _records(measure: Measure, catalog: Catalog) -> Iterator[Remark]:
    if measure.trigger is not Trigger.RECORD or measure.measure_class is not MeasureClass.ADVERSE:
        return
    read = (basis for basis in carrying_bases(measure, catalog) if basis.text is TextState.VERIFIED)
    if not any(basis.carries is Carries.SETS for basis in read):
        yield Remark("measures", measure.id, ("class",), "record-restricts")
