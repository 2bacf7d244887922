"""Catalog → tables (编译): what a check looks up instead of searching.

The tables are immutable and die with their catalogue version.
"""

from __future__ import annotations

import difflib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.compiling.known_as import list_names, matter_names
from jointsanction.catalog.compiling.levels import STRONG
from jointsanction.catalog.compiling.powers import refuse_several
from jointsanction.catalog.compiling.proportion import cautions_of
from jointsanction.errors import UnknownMatterError, veil
from jointsanction.terms import ACT_TRIGGERS, FOUNDING_LEVELS, Carries, Event, Level, ListKind, SetBy, TextState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointsanction.catalog.compiling.known_as import MatterName
    from jointsanction.catalog.compiling.proportion import CautionedSection
    from jointsanction.model.catalogue import (
        Basis,
        Catalog,
        Duration,
        Instrument,
        ListType,
        Measure,
        Rule,
    )
    from jointsanction.model.lists import GroupMember
    from jointsanction.terms import Caution

ALWAYS: Final = date.min
FOR_EVER: Final = date.max


@dataclass(frozen=True, slots=True)
class Tables:
    """A compiled catalogue (已编译目录). `cautions` hold what is said with every finding of a measure or by a rule."""

    catalog: Catalog
    version: str
    boundaries: tuple[date, ...]
    matter_names: Mapping[str, MatterName]
    list_names: Mapping[str, str]
    enclosing: Mapping[str, frozenset[str]]
    reached: Mapping[str, frozenset[str]]
    measures: Mapping[str, tuple[Measure, ...]]
    cautions: Mapping[tuple[CautionedSection, str], tuple[Caution, ...]]

    def epoch(self, day: date) -> int:
        """Return which stretch between two dates of the catalogue a day lies in: within one, the law is the same."""
        return bisect_right(self.boundaries, day)

    def resolve_matter(self, name: str) -> MatterName:
        """Return what a code, an alias or an official item code stands for (事项).

        Raises:
            UnknownMatterError: `matter.unknown`, naming the nearest codes and names; `matter.several` for an item code
                of several matters, naming them.
        """
        found = self.matter_names.get(name) or self.matter_names.get(name.strip().upper())
        if found is None:
            refuse_several(self.catalog, name.strip().upper())
            near = difflib.get_close_matches(name, list(self.matter_names), n=3, cutoff=0.4)
            hint = f"您是否想写：{'、'.join(near)}？" if near else "用 jointsanction catalog explain 查看事项目录。"
            code, message = "matter.unknown", f"未知事项“{veil(name)}”。"
            raise UnknownMatterError(code, message, hint)
        return found

    def rules_on(self, day: date, region: str | None) -> tuple[Rule, ...]:
        """Return the rules in force on a day in a region; a rule without a region holds wherever a basis of it does."""
        return tuple(
            rule
            for rule in self.catalog.rules.values()
            if in_time(rule.valid_from, rule.valid_to, day)
            and (rule.region is None or lies_in(region, rule.region))
            and any(self._stands(basis, day, region) for basis in rule.basis)
        )

    def _stands(self, basis: Basis, day: date, region: str | None) -> bool:
        """Return whether a basis is in force on a day, in a region."""
        within = self.catalog.instruments[basis.instrument].region
        return self.basis_in_force(basis, day) and (within is None or lies_in(region, within))

    def nodes_of(self, measure: Measure, asked: str) -> tuple[str, ...]:
        """Return the matters through which a measure concerns what was asked: that itself, else those below it."""
        named = set(measure.matters)
        if self.enclosing[asked] & named:
            return (asked,)
        return tuple(sorted(code for code, above in self.enclosing.items() if asked in above and above & named))

    def lists_of(self, measure: Measure, day: date) -> frozenset[str]:
        """Return the lists that can set a measure off or give a clue to it on a day, groups resolved."""
        targets = measure.targets
        codes = {*targets.lists, *targets.clue_lists}
        for group in targets.groups:
            codes |= {one.list for one in self.catalog.groups[group].members if self.belongs(one, day)}
        if targets.grades is not None:
            codes |= {
                code for code, kind in self.catalog.lists.items() if scheme_of(kind, day) == targets.grades.scheme
            }
        if measure.trigger == "record" and not targets.lists:
            codes |= {
                code
                for code, kind in self.catalog.lists.items()
                if kind.kind is ListKind.RECORD and scope_meets(kind, measure.region)
            }
        return frozenset(codes)

    def belongs(self, member: GroupMember, day: date) -> bool:
        """Return whether a list belongs to a group on a day: it does by a text, and with that text it goes."""
        standing = any(self.basis_in_force(basis, day) for basis in member.basis)
        return standing and in_time(member.valid_from, member.valid_to, day)

    def read_for(self, measure: Measure, code: str, day: date) -> bool:
        """Return whether a list is a measure's by its own word, or by that of a group whose text was read."""
        members = [one for group in measure.targets.groups for one in self.catalog.groups[group].members]
        mine = [member for member in members if member.list == code and self.belongs(member, day)]
        return (
            not mine
            or code in measure.targets.lists
            or any(
                basis.text is TextState.VERIFIED and self.basis_in_force(basis, day)
                for one in mine
                for basis in one.basis
            )
        )

    def founded(self, code: str, day: date) -> bool:
        """Return whether a black list has a founding basis (名单设立依据): a recalled one founds, a missing one not."""
        kind = self.catalog.lists[code]
        if kind.kind is not ListKind.BLACK:
            return True
        local = kind.scope != "national"
        enough = FOUNDING_LEVELS | {Level.LOCAL_REGULATION} if local else FOUNDING_LEVELS
        return any(
            basis.carries is Carries.FOUNDS
            and self.catalog.instruments[basis.instrument].level in enough
            and self.basis_in_force(basis, day)
            for basis in kind.basis
        )

    def basis_in_force(self, basis: Basis, day: date) -> bool:
        """Return whether a basis and its instrument are in force on a day (有效)."""
        return basis_start(basis, self.catalog.instruments[basis.instrument]) <= day <= self.basis_end(basis)

    def basis_end(self, basis: Basis) -> date:
        """Return the last day a basis is in force."""
        return basis_end(basis, self.catalog.instruments[basis.instrument])


def running_on(measure: Measure, catalog: Catalog) -> tuple[date, date] | None:
    """Return the last day of a ban's law, and the last day on which such a ban may still run; None while the law lasts.

    Repeal ends no ban decided before it (ENCODING §4). The second day is the end of the year in which the longest term
    runs out, so that one date more is enough to part the plans before it from those after.
    """
    if measure.trigger not in ACT_TRIGGERS or measure.judged_on == "asking":
        return None
    carrying = [basis for basis in measure.basis if basis.carries in STRONG]
    ends = [basis_end(basis, catalog.instruments[basis.instrument]) for basis in carrying]
    last = min(max(ends, default=FOR_EVER), measure.valid_to or FOR_EVER)
    if last == FOR_EVER:
        return None
    years = [_longest(duration) for duration in measure.term]
    if not years or None in years:
        return last, FOR_EVER
    return last, date(last.year + max(filter(None, years)), 12, 31)


def _longest(duration: Duration) -> int | None:
    """Return the years a ban of this term can run at most, None where nobody can say."""
    if duration.years is None or duration.runs_from not in ((), (Event.DECISION_MADE,), (Event.UNSTATED,)):
        return None
    years = duration.years[1] if isinstance(duration.years, tuple) else duration.years
    return None if duration.set_by is SetBy.ORDER else years + 1


def basis_end(basis: Basis, instrument: Instrument) -> date:
    """Return the last day a basis is in force."""
    return min(basis.valid_to or FOR_EVER, instrument.valid_to or FOR_EVER)


def basis_start(basis: Basis, instrument: Instrument) -> date:
    """Return the first day a basis is in force; an instrument of unknown start counts as in force."""
    return max(basis.valid_from or ALWAYS, instrument.valid_from or ALWAYS)


def in_time(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Return whether a day lies within two inclusive dates, either of which may be open."""
    return (valid_from or ALWAYS) <= day <= (valid_to or FOR_EVER)


def scheme_of(kind: ListType, day: date) -> str | None:
    """Return the grade scheme a list speaks on a day (等级方案)."""
    return next((dated.scheme for dated in kind.scheme if in_time(dated.valid_from, dated.valid_to, day)), None)


def region_prefix(region: str) -> str:
    """Return the digits of a GB/T 2260 code that count: 410000 → 41, 410100 → 4101, 410182 → 410182."""
    for size in (2, 4):
        if region[size:] == "0" * (6 - size):
            return region[:size]
    return region


def lies_in(region: str | None, within: str) -> bool:
    """Return whether a region lies in another (410182 lies in 410000); None lies nowhere."""
    return region is not None and region.startswith(region_prefix(within))


def scope_meets(kind: ListType, region: str | None) -> bool:
    """Return whether a list's scope and a region have ground in common; a national list meets every region."""
    if kind.scope == "national":
        return True
    return region is not None and any(lies_in(region, scope) or lies_in(scope, region) for scope in kind.scope)


def compile_catalog(catalog: Catalog, version: str) -> Tables:
    """Return the tables of a catalogue whose references are already known to be sound."""
    enclosing = {code: frozenset(_upward(catalog, code)) for code in catalog.matters}
    reached = {code: _reached(enclosing, code) for code in catalog.matters}
    naming = _measures_naming(catalog)
    return Tables(
        catalog=catalog,
        version=version,
        boundaries=tuple(sorted(set(_boundaries(catalog)))),
        matter_names=matter_names(catalog),
        list_names=list_names(catalog),
        enclosing=enclosing,
        reached=reached,
        measures={code: _measures_of(naming, reached[code]) for code in catalog.matters},
        cautions=cautions_of(catalog),
    )


def _upward(catalog: Catalog, code: str) -> Iterator[str]:
    yield code
    for parent in catalog.matters[code].parents:
        yield from _upward(catalog, parent)


def _reached(enclosing: Mapping[str, frozenset[str]], asked: str) -> frozenset[str]:
    """Return the nodes a question speaks of: the matter asked and those above; of a first-level code all below, too."""
    if "." in asked:
        return enclosing[asked]
    # All below, and what reaches those through their other parents (SCI.NSFC lies in FUND, too).
    return frozenset(code for above in enclosing.values() if asked in above for code in above)


def _measures_naming(catalog: Catalog) -> Mapping[str, Mapping[str, Measure]]:
    """Return the active measures that name each matter, by id."""
    naming: dict[str, dict[str, Measure]] = {code: {} for code in catalog.matters}
    for name, measure in catalog.measures.items():
        for code in measure.matters if measure.status == "active" else ():
            naming[code][name] = measure
    return naming


def _measures_of(naming: Mapping[str, Mapping[str, Measure]], reached: frozenset[str]) -> tuple[Measure, ...]:
    """Return the measures of a matter in the order of their ids: those naming a node the question speaks of."""
    found: dict[str, Measure] = {}
    for code in reached:
        found |= naming[code]
    return tuple(measure for _, measure in sorted(found.items()))


def _boundaries(catalog: Catalog) -> Iterator[date]:
    """Yield each first day on which something in the catalogue changes."""
    for dated in _dated(catalog):
        start, end = getattr(dated, "valid_from", None), getattr(dated, "valid_to", None)
        if start is not None:
            yield start
        if end is not None and end != FOR_EVER:
            yield end + timedelta(days=1)
    for measure in catalog.measures.values():
        running = running_on(measure, catalog)
        if running is not None and running[1] != FOR_EVER:
            yield running[1] + timedelta(days=1)


def _dated(catalog: Catalog) -> Iterator[object]:
    yield from catalog.instruments.values()
    for kind in catalog.lists.values():
        yield from (*kind.basis, *kind.term, *kind.scheme)
    for group in catalog.groups.values():
        yield from group.members
        yield from (basis for member in group.members for basis in member.basis)
    for scheme in catalog.schemes.values():
        yield from (scheme, *scheme.levels, *scheme.conversions)
    for measure in catalog.measures.values():
        yield from (measure, *measure.basis)
    for rule in catalog.rules.values():
        yield from (rule, *rule.basis)
