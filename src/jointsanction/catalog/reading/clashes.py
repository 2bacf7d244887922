"""Names that would mean two things, and matters that hang from themselves (名称冲突、事项循环)."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from jointsanction.catalog.reading.yaml_text import place_of
from jointsanction.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointsanction.catalog.files import Section
    from jointsanction.catalog.reading.entries import Entry
    from jointsanction.model.catalogue import Catalog, Scheme

Sources: TypeAlias = "Mapping[tuple[Section, str], Entry]"
"""Where each entry of a load stands; those of a bundle stand nowhere."""

_WHAT: Final = {"lists": "名单", "groups": "对象组", "matters": "事项", "schemes": "等级"}


class _Name(NamedTuple):
    """A name, what it stands for, and since when until when (名称)."""

    name: str
    owner: str
    path: tuple[int | str, ...]
    valid_from: date
    valid_to: date


def clash_problems(catalog: Catalog, sources: Sources) -> Iterator[Problem]:
    """Yield each name that would mean two things, where the second is written (名称冲突)."""
    for section, names in (
        ("lists", _names_of_lists(catalog)),
        ("groups", _names_of_groups(catalog)),
        ("matters", _names_of_matters(catalog)),
    ):
        for first, second in _clashes(names):
            entry = sources.get((section, second.owner)) or sources.get((section, first.owner))  # type: ignore[arg-type]
            if entry is not None:
                yield _clash(section, entry, first, second)
    for scheme in catalog.schemes.values():
        entry = sources.get(("schemes", scheme.id))
        if entry is not None:
            yield from (_clash("schemes", entry, *both) for both in _clashes(_names_of_levels(scheme)))


def _clash(section: str, entry: Entry, first: _Name, second: _Name) -> Problem:
    place = place_of(entry.node, second.path) if entry.id in {second.owner, entry.id} else entry.place
    both = f"{_WHAT[section]} '{first.owner}' 和 '{second.owner}'"
    message = f"名称 '{second.name}' 同时指{both}；请只留一处，或写明各自的起止日期。"
    return Problem(entry.file.shown, *place, "catalog.alias_clash", message)


def _clashes(names: Iterable[_Name]) -> Iterator[tuple[_Name, _Name]]:
    seen: dict[str, list[_Name]] = {}
    for name in names:
        key = unicodedata.normalize("NFKC", name.name).casefold().strip()
        for other in seen.setdefault(key, []):
            overlap = name.valid_from <= other.valid_to and other.valid_from <= name.valid_to
            if other.owner != name.owner and overlap:
                yield other, name
                break
        seen[key].append(name)


def _named(name: str, owner: str, path: tuple[int | str, ...], dated: object = None) -> _Name:
    start, end = getattr(dated, "valid_from", None), getattr(dated, "valid_to", None)
    return _Name(name, owner, path, start or date.min, end or date.max)


def _names_of_lists(catalog: Catalog) -> Iterator[_Name]:
    for code, kind in catalog.lists.items():
        yield _named(code, code, ("code",))
        yield _named(kind.title, code, ("title",))
        for index, alias in enumerate(kind.aliases):
            yield _named(alias.name, code, ("aliases", index), alias)


def _names_of_groups(catalog: Catalog) -> Iterator[_Name]:
    for code, group in catalog.groups.items():
        yield _named(code, code, ())
        yield _named(group.title, code, ("title",))
        for index, alias in enumerate(group.aliases):
            yield _named(alias, code, ("aliases", index))


def _names_of_matters(catalog: Catalog) -> Iterator[_Name]:
    """Titles of matters are no names: two branches may each have their 其他."""
    for code, matter in catalog.matters.items():
        yield _named(code, code, ())
        for index, alias in enumerate(matter.aliases):
            yield _named(alias.name, code if alias.role is None else f"{code}+{alias.role}", ("aliases", index))


def _names_of_levels(scheme: Scheme) -> Iterator[_Name]:
    for index, level in enumerate(scheme.levels):
        yield _named(level.level, level.level, ("levels", index, "level"), level)
        yield _named(level.title, level.level, ("levels", index, "title"), level)
        for at, alias in enumerate(level.aliases):
            yield _named(alias, level.level, ("levels", index, "aliases", at), level)


def cycle_problems(catalog: Catalog, sources: Sources) -> Iterator[Problem]:
    """Yield one problem for each ring of matters that lie above one another (事项循环)."""
    reported: set[str] = set()
    for code in catalog.matters:
        entry = sources.get(("matters", code))
        path = _way_back(catalog, code)
        if entry is not None and path and code not in reported:
            reported.update(path)
            message = f"事项 '{code}' 成了自己的上级（{' → '.join((code, *path))}）；请改 also_under。"
            yield Problem(entry.file.shown, *entry.place, "catalog.matter_cycle", message)


def _way_back(catalog: Catalog, code: str) -> tuple[str, ...]:
    """Return the codes by which a matter leads upward to itself, empty when it does not."""
    waiting: list[tuple[str, ...]] = [(parent,) for parent in catalog.matters[code].parents]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path[-1] == code:
            return path
        if path[-1] in seen or path[-1] not in catalog.matters:
            continue
        seen.add(path[-1])
        waiting += [(*path, parent) for parent in catalog.matters[path[-1]].parents]
    return ()
