"""What a change of the catalogue can reach (影响范围): the measures it touches, and the questions that meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jointsanction.catalog.compile import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jointsanction.catalog.compile import Tables
    from jointsanction.catalog.diff import EntryChange
    from jointsanction.model.catalogue import GroupMember, ListType, Measure, Rule
    from jointsanction.terms import Phase, Role


class Probe(NamedTuple):
    """One question that meets a touched measure (探询): `lists` are those whose subjects it concerns."""

    matter: str
    role: Role
    phase: Phase | None
    region: str | None
    lists: frozenset[str]

    def words(self) -> dict[str, Any]:
        """Return the words of the question, but for its day."""
        return {"matter": self.matter, "role": self.role, "phase": self.phase, "region": self.region}


def probes(changes: Sequence[EntryChange], old: Tables, new: Tables) -> tuple[Probe, ...]:
    """Return the questions by which a change shows, of both catalogues, each once."""
    touched = touched_measures(changes, old) | touched_measures(changes, new)
    met = (
        (tables.catalog.measures[name], tables)
        for tables in (old, new)
        for name in sorted(touched & tables.catalog.measures.keys())
    )
    return _each_once(probe for measure, tables in met for probe in _of(measure, tables))


def all_probes(tables: Tables) -> tuple[Probe, ...]:
    """Return the questions that meet any measure of a catalogue, each once."""
    measures = tables.catalog.measures.values()
    return _each_once(probe for measure in measures for probe in _of(measure, tables))


def _each_once(probes: Iterable[Probe]) -> tuple[Probe, ...]:
    found: dict[tuple[object, ...], Probe] = {}
    for probe in probes:
        key = probe[:-1]
        known = found.get(key)
        found[key] = probe if known is None else probe._replace(lists=probe.lists | known.lists)
    return tuple(found.values())


def touched_measures(changes: Iterable[EntryChange], tables: Tables) -> frozenset[str]:
    """Return the measures of a catalogue whose answers a change can turn (受影响的措施).

    A rule can turn any: it suspends, carries over and grades whatever is found.
    """
    catalog, found = tables.catalog, set[str]()
    for change in changes:
        if change.section == "rules":
            return frozenset(catalog.measures)
        if change.section == "measures":
            found.add(change.id)
        elif change.section == "matters":
            found.update(measure.id for measure in tables.measures.get(change.id, ()))
        elif change.section == "instruments":
            found.update(_resting_on(change.id, tables))
        else:
            found.update(_looking_at(change.id, tables))
    return frozenset(found & catalog.measures.keys())


def _resting_on(instrument: str, tables: Tables) -> Iterator[str]:
    """Yield the measures that cite an instrument, or look at a list or group that does; of a rule that does, all."""
    catalog = tables.catalog
    for measure in catalog.measures.values():
        if _cites(measure, instrument):
            yield measure.id
    for code, kind in catalog.lists.items():
        if _cites(kind, instrument):
            yield from _looking_at(code, tables)
    for code, group in catalog.groups.items():
        if any(_cites(member, instrument) for member in group.members):
            yield from _looking_at(code, tables)
    if any(_cites(rule, instrument) for rule in catalog.rules.values()):
        yield from catalog.measures


def _cites(entry: Measure | ListType | GroupMember | Rule, instrument: str) -> bool:
    return any(basis.instrument == instrument for basis in entry.basis)


def _looking_at(name: str, tables: Tables) -> Iterator[str]:
    """Yield the measures that look at a list, a group or a scheme."""
    for measure in tables.catalog.measures.values():
        scheme = measure.targets.grades.scheme if measure.targets.grades is not None else None
        if name in {*measure.targets.groups, scheme} or name in _lists(measure, tables):
            yield measure.id


def _lists(measure: Measure, tables: Tables) -> frozenset[str]:
    """Return the lists that can set a measure off or give a clue to it on any day."""
    return frozenset[str]().union(*(tables.lists_of(measure, day) for day in (ALWAYS, *tables.boundaries)))


def _of(measure: Measure, tables: Tables) -> Iterator[Probe]:
    lists = _lists(measure, tables)
    for code in measure.matters:
        matter = tables.catalog.matters[code]
        for role in measure.roles or (matter.default_role,):
            for phase in measure.phase or (None,):
                yield Probe(code, role, phase, measure.region, lists)
