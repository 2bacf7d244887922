"""Two catalogues → what changed in law, in words (目录对比): entry by entry, in the lines that explain them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, cast, get_args

from jointsanction.catalog.explain import explain_entry
from jointsanction.catalog.files import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Catalog

How: TypeAlias = Literal["added", "removed", "changed"]
"""What became of an entry (变化)."""

_FACT: Final = re.compile(r"- ([^：]+)：(.*)")
_ROW: Final = re.compile(r"  \d+\. (.*)")
_HEADING: Final = ("名称", "性质")
_DERIVED: Final = frozenset({"引用它的措施", "直接适用的措施", "对应部门", "权力事项", "实施的措施"})
"""Facts about an entry that follow from other entries, whose own changes say them."""


class FactChange(NamedTuple):
    """One fact of an entry that is said otherwise (一项变化): the lines gone and the lines that came."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class EntryChange(NamedTuple):
    """One entry that is otherwise in the newer catalogue (条目变化); `facts` only where it changed."""

    section: Section
    id: str
    title: str
    how: How
    facts: tuple[FactChange, ...] = ()


def diff(old: Catalog, new: Catalog) -> tuple[EntryChange, ...]:
    """Return every entry that was added, removed or changed, in the order of sections and ids (目录对比)."""
    return tuple(
        change for section in cast("tuple[Section, ...]", get_args(Section)) for change in _of(section, old, new)
    )


def _of(section: Section, old: Catalog, new: Catalog) -> Iterator[EntryChange]:
    before, after = getattr(old, section), getattr(new, section)
    for name in sorted({*before, *after}):
        if name not in after:
            yield EntryChange(section, name, _title(before[name]), "removed")
        elif name not in before:
            yield EntryChange(section, name, _title(after[name]), "added")
        elif before[name] != after[name]:
            facts = tuple(_facts(_said(old, section, name), _said(new, section, name)))
            yield EntryChange(section, name, _title(after[name]), "changed", facts)


def _title(entry: object) -> str:
    return str(getattr(entry, "title", ""))


def _facts(before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...]]) -> Iterator[FactChange]:
    """Yield the facts that differ; of lists only the lines that went or came."""
    for label in {**before, **after}:
        gone = Counter(before.get(label, ())) - Counter(after.get(label, ()))
        came = Counter(after.get(label, ())) - Counter(before.get(label, ()))
        if label not in _DERIVED and (gone or came):
            yield FactChange(label, tuple(gone), tuple(came))


def _said(catalog: Catalog, section: Section, name: str) -> dict[str, tuple[str, ...]]:
    """Return the facts an explanation states, each with its line or lines."""
    facts: dict[str, tuple[str, ...]] = {}
    label = ""
    title, _, kinds, *lines = explain_entry(catalog, section, name).splitlines()
    for heading, said in zip(_HEADING, (title.removeprefix("## "), kinds.partition(" · ")[2]), strict=True):
        facts[heading] = (said,)
    for line in lines:
        fact, row = _FACT.match(line), _ROW.match(line)
        if fact is not None:
            label = fact[1]
            facts[label] = (fact[2],) if fact[2] else ()
        elif row is not None:
            facts[label] += (row[1],)
    return facts
