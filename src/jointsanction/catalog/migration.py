"""From memoranda to today (备忘录迁移): what each memorandum touched, and which measure carries it now, on what basis.

A memorandum alone takes nothing away (国办发〔2020〕49号): its measures live on where a law, a regulation or a policy
document of the centre carries them, and are a hint where none does.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.compile import basis_start, in_time
from jointsanction.catalog.compiling.levels import carrying_bases
from jointsanction.catalog.wording import article
from jointsanction.terms import HINTS, Carries, Effect, Level, Reason, TextState, Trigger
from jointsanction.terms.term import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Basis, Instrument, Measure

MEMORANDA: Final = (Level.MEMORANDUM, Level.JOINT_DOCUMENT, Level.NORMATIVE_DOCUMENT)
"""Levels that never carry what takes rights away, in the order of the report."""


_GENERAL: Final = frozenset({Carries.REFERS})
_HINTS: Final = HINTS | {Reason.ACT_NOT_SHOWN}


class Standing(Term):
    """What became of what a memorandum touched (承接情况)."""

    CARRIED = "carried", "有措施承接"
    PARTLY = "partly", "部分承接"
    HINT = "hint", "仅作提示或线索"
    NONE = "none", "无有效措施"


class Successor(NamedTuple):
    """A measure for the same list in the same matter (现行措施): whether it holds, why not, and on what basis.

    `within` says where it holds when that is less than was asked: matters below, a region.
    """

    measure: str
    reason: Reason
    basis: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


class Touched(NamedTuple):
    """A list in a matter that a memorandum touched (所涉名单与事项), through which measures, and what holds today.

    No list stands for measures that an act or an order sets off; no matter for a list that no measure aims at.
    """

    list: str | None
    matter: str | None
    effect: Effect | None
    cited_by: tuple[str, ...]
    now: tuple[Successor, ...]

    @property
    def standing(self) -> Standing:
        """Return what became of it."""
        holding = [one for one in self.now if one.reason is Reason.APPLIES]
        if any(not one.within for one in holding):
            return Standing.CARRIED
        if holding:
            return Standing.PARTLY
        return Standing.HINT if any(one.reason in _HINTS for one in self.now) else Standing.NONE


class Migrated(NamedTuple):
    """One memorandum (备忘录): what cites it, and everything it touched."""

    instrument: Instrument
    measures: tuple[str, ...]
    lists: tuple[str, ...]
    touched: tuple[Touched, ...]


def migration(tables: Tables, as_of: date) -> tuple[Migrated, ...]:
    """Return what became of every memorandum, joint or normative document on a day (备忘录迁移)."""
    instruments = sorted(
        (one for one in tables.catalog.instruments.values() if one.level in MEMORANDA),
        key=lambda one: (MEMORANDA.index(one.level), one.id),
    )
    asking = _Asking(tables, as_of)
    return tuple(asking.migrated(one) for one in instruments)


def standings(found: Iterable[Migrated]) -> dict[Standing, int]:
    """Return how many lists in matters came to stand how (合计)."""
    counted = Counter(touched.standing for one in found for touched in one.touched)
    return {standing: counted[standing] for standing in Standing}


def migration_document(found: tuple[Migrated, ...], as_of: date, version: str) -> dict[str, Any]:
    """Return the report as JSON holds it, with the version of the catalogue it speaks of."""
    return {
        "as_of": as_of.isoformat(),
        "catalogue": version,
        "instruments": [_as_json(one) for one in found],
        "counts": {"instruments": len(found), **standings(found)},
    }


def _as_json(one: Migrated) -> dict[str, Any]:
    instrument = one.instrument
    return {
        "instrument": instrument.id,
        "title": instrument.title,
        "document_number": instrument.document_number,
        "level": instrument.level,
        "measures": list(one.measures),
        "lists": list(one.lists),
        "touched": [
            {
                **touched._asdict(),
                "standing": touched.standing,
                "now": [successor._asdict() for successor in touched.now],
            }
            for touched in one.touched
        ],
    }


class _Asking:
    """Asks of lists and matters what holds on one day."""

    def __init__(self, tables: Tables, as_of: date) -> None:
        self._tables = tables
        self._day = as_of
        active = [one for one in tables.catalog.measures.values() if one.status == "active"]
        self._measures = sorted(active, key=lambda one: one.id)
        self._lists = {one.id: tables.lists_of(one, as_of) for one in active}

    def migrated(self, instrument: Instrument) -> Migrated:
        """Return what became of one memorandum."""
        name = instrument.id
        measures = [one for one in self._measures if _cites(one.basis, name)]
        lists = [code for code, kind in self._tables.catalog.lists.items() if _cites(kind.basis, name)]
        pairs: dict[tuple[str | None, str | None, Effect | None], dict[str, None]] = {}
        for measure in measures:
            codes: list[str | None] = [*sorted(self._lists[measure.id])]
            for code in codes or [None]:
                for matter in measure.matters:
                    pairs.setdefault((code, matter, measure.effect), {})[measure.id] = None
        for pair in self._of_lists(lists):
            pairs.setdefault(pair, {})
        touched = (self._touched(*pair, tuple(cited_by)) for pair, cited_by in pairs.items())
        ordered = sorted(touched, key=lambda one: (one.list or "", one.matter or "", one.effect or ""))
        return Migrated(instrument, tuple(one.id for one in measures), tuple(lists), tuple(ordered))

    def _of_lists(self, lists: list[str]) -> Iterator[tuple[str, str | None, Effect | None]]:
        """Yield what a memorandum touched by setting up a list: every matter in which that list counts."""
        for code in lists:
            aimed = [one for one in self._measures if code in self._lists[one.id]]
            for measure in aimed:
                for matter in measure.matters:
                    yield code, matter, measure.effect
            if not aimed:
                yield code, None, None

    def _touched(
        self, code: str | None, matter: str | None, effect: Effect | None, cited_by: tuple[str, ...]
    ) -> Touched:
        if matter is None:
            return Touched(code, None, None, cited_by, ())
        same = [
            one
            for one in self._measures
            if one.effect is effect and (code in self._lists[one.id] if code is not None else one.id in cited_by)
        ]
        nodes = [(one, self._tables.nodes_of(one, matter)) for one in same]
        now = (self._successor(one, code, [] if found == (matter,) else list(found)) for one, found in nodes if found)
        return Touched(code, matter, effect, cited_by, tuple(now))

    def _successor(self, measure: Measure, code: str | None, below: list[str]) -> Successor:
        reason, bases = self._holds(measure)
        if code is not None and reason is Reason.APPLIES:
            reason = self._of_list(measure, code)
        within = (*below, *(() if measure.region is None else (measure.region,)))
        return Successor(measure.id, reason, tuple(map(self._cited, bases)), within)

    def _of_list(self, measure: Measure, code: str) -> Reason:
        """Return what a list's membership does for a measure that the law carries."""
        if measure.trigger in {Trigger.ACT, Trigger.ORDER} or code in measure.targets.clue_lists:
            return Reason.ACT_NOT_SHOWN
        if measure.effect is Effect.RESTRICTION and not self._tables.founded(code, self._day):
            return Reason.UNFOUNDED_LIST
        return Reason.APPLIES

    def _holds(self, measure: Measure) -> tuple[Reason, list[Basis]]:
        """Return whether some basis carries a measure on the day, and those that do."""
        tables, day = self._tables, self._day
        carriers = carrying_bases(measure, tables.catalog)
        if not in_time(measure.valid_from, measure.valid_to, day):
            early = measure.valid_from is not None and day < measure.valid_from
            return (Reason.BASIS_NOT_YET if early else Reason.BASIS_ENDED), []
        standing = [basis for basis in carriers if tables.basis_in_force(basis, day)]
        read = [basis for basis in standing if basis.text is TextState.VERIFIED]
        if read or (standing and measure.effect is Effect.INCENTIVE):
            return Reason.APPLIES, read or standing
        if standing:
            return Reason.UNVERIFIED, []
        if any(tables.basis_in_force(basis, day) for basis in carrying_bases(measure, tables.catalog, _GENERAL)):
            return Reason.REFERS_ONLY, []
        return self._out_of_time(carriers or list(measure.basis)), []

    def _out_of_time(self, bases: list[Basis]) -> Reason:
        if any(self._tables.basis_in_force(basis, self._day) for basis in bases):
            return Reason.BASIS_TOO_WEAK
        instruments = self._tables.catalog.instruments
        early = all(self._day < basis_start(basis, instruments[basis.instrument]) for basis in bases)
        return Reason.BASIS_NOT_YET if early else Reason.BASIS_ENDED

    def _cited(self, basis: Basis) -> str:
        return f"《{self._tables.catalog.instruments[basis.instrument].title}》{article(basis)}"


def _cites(bases: tuple[Basis, ...], instrument: str) -> bool:
    return any(basis.instrument == instrument for basis in bases)
