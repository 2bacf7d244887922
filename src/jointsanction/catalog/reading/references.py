"""What an entry names must exist (引用): instruments, lists, groups, matters, schemes and their levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.nearest import nearest
from jointsanction.catalog.reading.yaml_text import place_of
from jointsanction.errors import Problem
from jointsanction.model.catalogue import (
    Catalog,
    Department,
    Group,
    Instrument,
    ListType,
    Matter,
    Measure,
    Rule,
    RuleClause,
    Scheme,
)
from jointsanction.model.rule import JOINS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointsanction.catalog.files import Section
    from jointsanction.catalog.reading.entries import Entry
    from jointsanction.model.catalogue import Basis, RuleTest

_WHAT: Final[dict[Section, tuple[str, str]]] = {
    "instruments": ("catalog.unknown_instrument", "未知依据文件"),
    "lists": ("catalog.unknown_list", "未知名单"),
    "groups": ("catalog.unknown_group", "未知对象组"),
    "schemes": ("catalog.unknown_scheme", "未知等级方案"),
    "matters": ("catalog.unknown_matter", "未知事项"),
}


class Reference(NamedTuple):
    """A word by which an entry names another (引用)."""

    path: tuple[int | str, ...]
    section: Section
    word: str


class Known:
    """Every id there is, with the titles and aliases people write in its place (已知代码)."""

    def __init__(self, catalog: Catalog, entries: Iterable[Entry], unreadable: frozenset[Section]) -> None:
        """Take the ids of a catalogue, and of entries that could not be read: those are named rightly all the same.

        Of an `unreadable` section nobody knows the ids, so nothing is said against a reference to it.
        """
        self._unreadable = unreadable
        self._ids: dict[Section, set[str]] = {section: set(getattr(catalog, section)) for section in _WHAT}
        for entry in entries:
            self._ids.setdefault(entry.section, set()).add(entry.id)
        self._names = {section: dict(_titles(catalog, section)) for section in _WHAT}
        self._schemes = catalog.schemes

    def problem(self, entry: Entry, reference: Reference) -> Problem | None:
        """Return what is wrong with a reference, None when what it names exists."""
        if reference.section in self._unreadable or reference.word in self._ids[reference.section]:
            return None
        code, said = _WHAT[reference.section]
        hint = nearest(reference.word, sorted(self._ids[reference.section]), self._names[reference.section])
        place = place_of(entry.node, reference.path)
        return Problem(entry.file.shown, *place, code, f"{said} '{reference.word}'{hint or '。'}")

    def level_problems(
        self, entry: Entry, scheme_id: str, wanted: tuple[str, ...], path: tuple[int | str, ...]
    ) -> Iterator[Problem]:
        """Yield the levels an entry names that their scheme has not."""
        scheme = self._schemes.get(scheme_id)
        if scheme is None:
            return
        levels = [level.level for level in scheme.levels]
        names = {name: level.level for level in scheme.levels for name in (level.title, *level.aliases)}
        for index, level in enumerate(wanted):
            if level not in levels:
                place = place_of(entry.node, (*path, index))
                message = f"等级方案 '{scheme.id}' 没有等级 '{level}'{nearest(level, levels, names) or '。'}"
                yield Problem(entry.file.shown, *place, "catalog.unknown_level", message)


def _levels(value: object) -> Iterator[tuple[str, tuple[str, ...], tuple[int | str, ...]]]:
    """Yield the levels an entry names, with their scheme and where they stand."""
    if isinstance(value, Measure) and value.targets.grades is not None:
        yield value.targets.grades.scheme, value.targets.grades.levels, ("targets", "grades", "levels")
    if isinstance(value, ListType):
        for index, dated in enumerate(value.scheme):
            yield dated.scheme, dated.levels, ("scheme", index, "levels")


def _titles(catalog: Catalog, section: Section) -> Iterator[tuple[str, str]]:
    for name, value in getattr(catalog, section).items():
        yield value.title, name
        for alias in getattr(value, "aliases", ()):
            yield getattr(alias, "name", alias), name
        if isinstance(value, Instrument) and value.document_number:
            yield value.document_number, name


def reference_problems(entries: Iterable[Entry], known: Known) -> Iterator[Problem]:
    """Yield every reference that leads nowhere, with the nearest id (引用检查)."""
    for entry in entries:
        for reference in _references(entry):
            problem = known.problem(entry, reference)
            if problem is not None:
                yield problem
        for scheme, levels, path in _levels(entry.value):
            yield from known.level_problems(entry, scheme, levels, path)


def _references(entry: Entry) -> Iterator[Reference]:
    value = entry.value
    yield from _bases(getattr(value, "basis", ()))
    match value:
        case Instrument(superseded_by=str(successor)):
            yield Reference(("superseded_by",), "instruments", successor)
        case ListType():
            yield from _of_list(value)
        case Group():
            yield from _of_group(value)
        case Scheme():
            yield from _of_scheme(value)
        case Matter():
            yield from _of_matter(value, entry)
        case Measure():
            yield from _of_measure(value)
        case Rule():
            yield from _of_clause(value.when, ("when",))
        case Department():
            yield from _of_department(value)


def _of_list(kind: ListType) -> Iterator[Reference]:
    for index, dated in enumerate(kind.scheme):
        yield Reference(("scheme", index, "scheme"), "schemes", dated.scheme)


def _of_scheme(scheme: Scheme) -> Iterator[Reference]:
    for index, table in enumerate(scheme.conversions):
        yield from _bases(table.basis, ("conversions", index))


def _of_group(group: Group) -> Iterator[Reference]:
    for index, member in enumerate(group.members):
        yield Reference(("members", index, "list"), "lists", member.list)
        yield from _bases(member.basis, ("members", index))


def _of_department(department: Department) -> Iterator[Reference]:
    for at, power in enumerate(department.powers):
        for index, matter in enumerate(power.matters):
            yield Reference(("powers", at, "matters", index), "matters", matter)


def _of_matter(matter: Matter, entry: Entry) -> Iterator[Reference]:
    for parent in matter.parents:
        yield Reference(("also_under",), "matters", parent)
    # An inherited window is looked at where it stands.
    if matter.window is not None and "window" in entry.node.entries:
        yield from _bases(matter.window.basis, ("window",))
    for index, accepted in enumerate(matter.commitment_types):
        yield from _bases(accepted.basis, ("commitment_types", index))


def _bases(bases: tuple[Basis, ...], above: tuple[int | str, ...] = ()) -> Iterator[Reference]:
    for index, basis in enumerate(bases):
        yield Reference((*above, "basis", index, "instrument"), "instruments", basis.instrument)


def _of_measure(measure: Measure) -> Iterator[Reference]:
    targets = measure.targets
    named: tuple[tuple[str, Section, tuple[str, ...]], ...] = (
        ("lists", "lists", targets.lists),
        ("clue_lists", "lists", targets.clue_lists),
        ("groups", "groups", targets.groups),
    )
    for key, section, words in named:
        for index, word in enumerate(words):
            yield Reference(("targets", key, index), section, word)
    if targets.grades is not None:
        yield Reference(("targets", "grades", "scheme"), "schemes", targets.grades.scheme)
    for index, matter in enumerate(measure.matters):
        yield Reference(("matters", index), "matters", matter)


def _of_clause(clause: RuleClause, path: tuple[int | str, ...]) -> Iterator[Reference]:
    if clause.listing is not None:
        yield from _of_listing(clause.listing, (*path, "listing"))
    if clause.count is not None:
        yield from _of_listing(clause.count.listing, (*path, "count", "listing"))
    if clause.question is not None:
        yield from _words(clause.question.get("matter"), (*path, "question", "matter"), "matters")
    for key in ("all", "any", "none"):
        for index, part in enumerate(getattr(clause, key) or ()):
            yield from _of_clause(part, (*path, key, index))


def _of_listing(tests: Mapping[str, RuleTest], path: tuple[int | str, ...]) -> Iterator[Reference]:
    yield from _words(tests.get("list"), (*path, "list"), "lists")
    yield from _words(tests.get("scheme"), (*path, "scheme"), "schemes")


def _words(test: RuleTest | None, path: tuple[int | str, ...], section: Section) -> Iterator[Reference]:
    for operator, wanted in (test or {}).items():
        if operator in JOINS:
            continue
        if isinstance(wanted, str):
            yield Reference((*path, operator), section, wanted)
        elif isinstance(wanted, tuple):
            for index, word in enumerate(wanted):
                yield Reference((*path, operator, index), section, word)
