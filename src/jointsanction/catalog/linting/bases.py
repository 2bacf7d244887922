"""What the bases of measures, lists and rules carry on a day (依据检查)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.catalog.compile import FOR_EVER, lies_in
from jointsanction.catalog.compiling.levels import STRONG, carrying_bases
from jointsanction.catalog.remark import Remark
from jointsanction.terms import (
    ADVERSE_LEVELS,
    Binding,
    Carries,
    Effect,
    Level,
    ListKind,
    MeasureClass,
    TextState,
    Trigger,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Basis, ListType, Measure

_NUMBERED: Final = frozenset({Level.CENTRAL_POLICY, Level.JOINT_DOCUMENT, Level.NORMATIVE_DOCUMENT, Level.MEMORANDUM})
_OPEN_WORDS: Final = ("依法依规", "可以")


def base_remarks(tables: Tables, as_of: date) -> Iterator[Remark]:
    """Yield what is wrong with what entries rest on."""
    for instrument in tables.catalog.instruments.values():
        if instrument.valid_from is None:
            yield Remark("instruments", instrument.id, (), "instrument-without-start")
        if instrument.document_number is None and instrument.level in _NUMBERED:
            yield Remark("instruments", instrument.id, (), "no-document-number")
    for measure in tables.catalog.measures.values():
        if measure.status == "active":
            yield from _articles(measure)
            yield from _claims(measure, tables)
            yield from _carried(measure, tables, as_of)
            yield from _regions(measure, tables)
    yield from _lists(tables, as_of)
    yield from _rules(tables)


def _articles(measure: Measure) -> Iterator[Remark]:
    for index, basis in enumerate(measure.basis):
        if basis.carries in STRONG and basis.text is TextState.VERIFIED and basis.article is None:
            yield Remark("measures", measure.id, ("basis", index), "no-article")


def _carried(measure: Measure, tables: Tables, as_of: date) -> Iterator[Remark]:
    carriers = carrying_bases(measure, tables.catalog)
    if not carriers:
        refers = any(basis.carries is Carries.REFERS for basis in measure.basis)
        yield Remark("measures", measure.id, ("basis",), "refers-only" if refers else "basis-too-weak")
        return
    if measure.effect is Effect.INCENTIVE:
        return
    verified = [basis for basis in carriers if basis.text is TextState.VERIFIED]
    if not verified:
        yield Remark("measures", measure.id, ("basis",), "unverified")
    yield from _open_words(measure, carriers)
    yield from _ended(measure, carriers, tables, as_of)


def _claims(measure: Measure, tables: Tables) -> Iterator[Remark]:
    """Whatever never carries an adverse measure can't be said to set or open one (ENCODING §1)."""
    if measure.measure_class is not MeasureClass.ADVERSE:
        return
    for index, basis in enumerate(measure.basis):
        level = tables.catalog.instruments[basis.instrument].level
        if basis.carries in STRONG and level not in ADVERSE_LEVELS:
            said = f"'{basis.instrument}' 是{level.zh}。"
            yield Remark("measures", measure.id, ("basis", index, "carries"), "overclaimed-basis", said)


def _open_words(measure: Measure, carriers: list[Basis]) -> Iterator[Remark]:
    """依法依规 is always `may`; where the law says 可以 and the authority decided, an order binds (ENCODING §2, §8)."""
    if measure.binding is not Binding.MUST or measure.trigger is Trigger.ORDER:
        return
    if all(any(word in (basis.anchor or "") for word in _OPEN_WORDS) for basis in carriers):
        yield Remark("measures", measure.id, ("binding",), "must-for-may")


def _ended(measure: Measure, carriers: list[Basis], tables: Tables, as_of: date) -> Iterator[Remark]:
    """A measure that ended with its law keeps its file; but somebody should have looked at what came after."""
    if (measure.valid_to or FOR_EVER) < as_of or any(tables.basis_end(basis) >= as_of for basis in carriers):
        return
    instruments = tables.catalog.instruments
    successors = {instruments[basis.instrument].superseded_by for basis in carriers} - {None}
    cited = {basis.instrument for other in tables.catalog.measures.values() for basis in other.basis}
    if not successors & cited:
        named = f"后续文件：{'、'.join(sorted(filter(None, successors)))}。" if successors else "也没有写明后续文件。"
        yield Remark("measures", measure.id, ("basis",), "basis-ended", named)


def _regions(measure: Measure, tables: Tables) -> Iterator[Remark]:
    instruments = [tables.catalog.instruments[basis.instrument] for basis in carrying_bases(measure, tables.catalog)]
    if not instruments or any(instrument.region is None for instrument in instruments):
        return
    regions = [instrument.region for instrument in instruments if instrument.region is not None]
    if measure.region is None:
        yield Remark("measures", measure.id, ("basis",), "local-basis-everywhere")
    elif not any(lies_in(measure.region, region) or lies_in(region, measure.region) for region in regions):
        yield Remark("measures", measure.id, ("region",), "basis-outside-region")
    elif not any(lies_in(measure.region, region) for region in regions):
        said = f"措施 {measure.region}，依据 {'、'.join(sorted(set(regions)))}。"
        yield Remark("measures", measure.id, ("region",), "wider-than-basis", said)


def _lists(tables: Tables, as_of: date) -> Iterator[Remark]:
    for code, kind in tables.catalog.lists.items():
        yield from _scope(kind, tables)
        if kind.kind is not ListKind.BLACK:
            continue
        founds = [basis for basis in kind.basis if basis.carries is Carries.FOUNDS]
        if not tables.founded(code, as_of):
            yield Remark("lists", code, ("basis",), "unfounded-list")
        elif not any(basis.text is TextState.VERIFIED for basis in founds):
            yield Remark("lists", code, ("basis",), "founded-by-recall")


def _scope(kind: ListType, tables: Tables) -> Iterator[Remark]:
    """A list reaches no further than the regulation that founds it."""
    founders = [tables.catalog.instruments[one.instrument] for one in kind.basis if one.carries is Carries.FOUNDS]
    regions = [one.region for one in founders if one.region is not None]
    if not regions or len(regions) < len(founders):
        return
    for index, scope in enumerate(kind.scope if isinstance(kind.scope, tuple) else ("全国",)):
        if not any(lies_in(scope, region) for region in regions):
            path = ("scope", index) if isinstance(kind.scope, tuple) else ("scope",)
            said = f"名单 {scope}，依据 {'、'.join(sorted(set(regions)))}。"
            yield Remark("lists", kind.code, path, "wider-than-basis", said)


def _rules(tables: Tables) -> Iterator[Remark]:
    """A rule that adds a bearer to an adverse measure rests on the same levels as the measure (ENCODING §3)."""
    instruments = tables.catalog.instruments
    for rule in tables.catalog.rules.values():
        carry = rule.then.carry
        if carry is None or carry.measure_class is not MeasureClass.ADVERSE:
            continue
        strong = (basis for basis in rule.basis if basis.carries in STRONG)
        if not any(instruments[basis.instrument].level in ADVERSE_LEVELS for basis in strong):
            yield Remark("rules", rule.id, ("basis",), "weak-rule")
