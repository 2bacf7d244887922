"""YAML roots → Catalog (加载目录): every file of every root, all problems at once, later roots over earlier ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from jointsanction.catalog.files import NATIONAL, CatalogFile, Section, find_files
from jointsanction.catalog.reading.clashes import clash_problems, cycle_problems
from jointsanction.catalog.reading.department_faults import item_code_problems
from jointsanction.catalog.reading.entries import Entry, FileEntries, read_collection, read_entry
from jointsanction.catalog.reading.publicity_faults import publicity_problems
from jointsanction.catalog.reading.references import Known, reference_problems
from jointsanction.catalog.reading.soundness import entry_problems
from jointsanction.catalog.reading.tree import read_matters
from jointsanction.errors import CatalogError, Problem
from jointsanction.model.catalogue import Catalog

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pydantic import BaseModel

    from jointsanction.catalog.reading.clashes import Sources


class Loaded(NamedTuple):
    """A catalogue and where each of its entries stands (已加载目录); entries of `base` stand in no file."""

    catalog: Catalog
    sources: Sources


def load_catalog(roots: Sequence[Path]) -> Catalog:
    """Return the catalogue of one or several roots laid over one another (加载目录).

    The first root is the national layer. A later entry with an id already taken must say `overrides: true`.

    Raises:
        CatalogError: with every problem of every file.
    """
    return load_with_sources(roots).catalog


def load_over(base: Catalog, roots: Sequence[Path]) -> Catalog:
    """Return a catalogue with further roots laid over it (叠加目录); each root's folder names its layer.

    Raises:
        CatalogError: with every problem of every file.
    """
    return load_with_sources(roots, base=base).catalog


def load_with_sources(roots: Sequence[Path], *, base: Catalog | None = None) -> Loaded:
    """Return the catalogue with the place of every entry, for whoever reports on it (带位置加载).

    Without a `base` the first root is the national layer.

    Raises:
        CatalogError: with every problem of every file.
    """
    layers = _Layers(base or Catalog())
    for number, root in enumerate(roots):
        layers.lay(root, NATIONAL if number == 0 and base is None else root.resolve().name)
    catalog = layers.catalog()
    problems = [*layers.problems, *_problems_between(catalog, layers)]
    if problems:
        raise CatalogError(problems)
    return Loaded(catalog, layers.sources)


def _problems_between(catalog: Catalog, layers: _Layers) -> Iterator[Problem]:
    """Yield what only shows when all entries are there."""
    entries = tuple(layers.sources.values())
    for entry in entries:
        yield from entry_problems(entry)
    yield from reference_problems(entries, Known(catalog, entries, frozenset(layers.unreadable)))
    yield from clash_problems(catalog, layers.sources)
    yield from cycle_problems(catalog, layers.sources)
    yield from item_code_problems(catalog, layers.sources)
    yield from publicity_problems(catalog, layers.sources)


class _Layers:
    """Roots laid over one another: who holds each id, and what went wrong."""

    def __init__(self, base: Catalog) -> None:
        self.problems: list[Problem] = []
        self.sources: dict[tuple[Section, str], Entry] = {}
        self.unreadable: set[Section] = set()
        self._roots = list(base.roots)
        self._values: dict[Section, dict[str, Any]] = {
            section: dict(getattr(base, section)) for section in get_args(Section)
        }

    def lay(self, root: Path, layer: str) -> None:
        """Lay one root over what is already there."""
        files, problems = find_files(root, layer)
        self.problems += problems
        self._roots.append(layer)
        here: dict[tuple[Section, str], Entry] = {}
        for file in files:
            found = self._read(file)
            self.problems += found.problems
            if not found.readable:
                self.unreadable.add(file.section)
            for entry in found.entries:
                self._place(entry, here)
        self.sources |= here
        for (section, name), entry in here.items():
            if entry.value is not None:
                self._values[section][name] = entry.value

    def catalog(self) -> Catalog:
        """Return what the roots make up together, each part in the order of its ids."""
        parts: dict[str, dict[str, BaseModel]] = {
            section: dict(sorted(values.items())) for section, values in self._values.items()
        }
        return Catalog(roots=tuple(self._roots), **parts)  # type: ignore[arg-type]

    def _read(self, file: CatalogFile) -> FileEntries:
        if file.section == "matters":
            return read_matters(file)
        if file.section in {"groups", "schemes", "forbidden", "publicity"}:
            return read_collection(file)
        return read_entry(file)

    def _place(self, entry: Entry, here: dict[tuple[Section, str], Entry]) -> None:
        key = (entry.section, entry.id)
        if key in here:
            first = here[key]
            where = f"{first.file.shown}:{first.place.line}"
            self._fault(entry, "catalog.duplicate_id", f"代码 '{entry.id}' 已在 {where} 用过；请改名或删去一处。")
            return
        here[key] = entry
        taken = key in self.sources or entry.id in self._values[entry.section]
        overrides = getattr(entry.value, "overrides", None)
        if overrides is False and taken:
            message = f"代码 '{entry.id}' 在下层目录中已有；确要替换请写 overrides: true，否则请改名。"
            self._fault(entry, "catalog.taken_id", message)
        if overrides is True and not taken:
            message = f"overrides: true 没有可替换的：下层目录中没有 '{entry.id}'；请核对代码或删去 overrides。"
            self._fault(entry, "catalog.overrides_nothing", message)

    def _fault(self, entry: Entry, code: str, message: str) -> None:
        self.problems.append(Problem(entry.file.shown, *entry.place, code, message))
