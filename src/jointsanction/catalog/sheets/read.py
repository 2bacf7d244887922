"""Sheets → entries (导入三清单): each row read as strictly as a file, with sheet, row and column for what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.files import NATIONAL, CatalogFile
from jointsanction.catalog.reading.clashes import clash_problems, cycle_problems
from jointsanction.catalog.reading.department_faults import item_code_problems
from jointsanction.catalog.reading.entries import IDENTITY, TOLD, Entry
from jointsanction.catalog.reading.references import Known, reference_problems
from jointsanction.catalog.reading.soundness import entry_problems
from jointsanction.catalog.reading.typed import Reading
from jointsanction.catalog.reading.yaml_text import ListNode, MapEntry, MapNode, TextNode
from jointsanction.catalog.sheets.book import Book
from jointsanction.catalog.sheets.cells import EMPTY, CellError, cell_node
from jointsanction.catalog.sheets.plan import SHEETS, model_of
from jointsanction.catalog.sheets.write import is_local
from jointsanction.errors import CatalogError
from jointsanction.model.catalogue import Catalog
from jointsanction.terms import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jointsanction.catalog.files import Section
    from jointsanction.catalog.reading.yaml_text import Node
    from jointsanction.catalog.sheets.book import Row, Sheet, Table

_GIVEN: Final = {"effect", "layer"}
"""Keys that follow from where a file will lie; on a sheet they are columns."""


class SheetEntries(NamedTuple):
    """What a workbook holds (三清单内容): its entries, and the sheets that are none of ours."""

    entries: tuple[Entry, ...]
    unread: tuple[str, ...]


def read_sheets(file: str, sheets: Sequence[Sheet], base: Catalog) -> SheetEntries:
    """Return the entries of a workbook; what they name may also be in `base`.

    Raises:
        CatalogError: everything wrong, by sheet, row and column.
    """
    book = Book(file, sheets)
    reader = _Reader(file, book)
    entries = tuple(reader.entries())
    if not book.problems:
        book.problems += _problems_between(entries, base)
    if book.problems:
        raise CatalogError(book.shown())
    return SheetEntries(entries, book.unread)


def _problems_between(entries: Sequence[Entry], base: Catalog) -> Iterator[Any]:
    parts: dict[str, dict[str, Any]] = {section: dict(getattr(base, section)) for section in SHEETS}
    for entry in entries:
        parts[entry.section][entry.id] = entry.value
    catalog = Catalog(roots=base.roots, **parts)
    sources = {(entry.section, entry.id): entry for entry in entries}
    for entry in entries:
        yield from entry_problems(entry)
    yield from reference_problems(entries, Known(catalog, entries, frozenset()))
    yield from clash_problems(catalog, sources)
    yield from cycle_problems(catalog, sources)
    yield from item_code_problems(catalog, sources)


class _Reader:
    """Puts rows and the rows of their parts together."""

    def __init__(self, file: str, book: Book) -> None:
        self._file = file
        self._book = book
        self._parts: dict[tuple[Section, str], dict[str, list[Node]]] = {}
        self._spoiled: set[tuple[Section, str]] = set()

    def entries(self) -> Iterator[Entry]:
        """Yield the entries of all sheets; parts that belong to none are told."""
        for table in self._book.parts():
            self._gather(table)
        for table in self._book.tables:
            if table.plan.part is None:
                yield from self._of_sheet(table)
        for (section, name), parts in self._parts.items():
            for nodes in parts.values():
                message = f"“{SHEETS[section]}”中没有 '{name}'；请核对代码，或先在那里写上这一条。"
                for node in nodes:
                    self._book.fault(node.place, "catalog.sheet_orphan", message)

    def _gather(self, table: Table) -> None:
        plan = table.plan
        for row in table.rows:
            name = self._name(row, table)
            if name is not None:
                said = {column: cell for column, cell in row.cells.items() if column is not plan.key}
                node = self._mapping(row._replace(cells=said), (plan.section, name))
                self._parts.setdefault((plan.section, name), {}).setdefault(str(plan.part), []).append(node)

    def _of_sheet(self, table: Table) -> Iterator[Entry]:
        seen: dict[str, Row] = {}
        for row in table.rows:
            name = self._name(row, table)
            if name is None:
                continue
            if name in seen:
                self._book.fault(row.place, "catalog.duplicate_id", f"代码 '{name}' 前面已经写过；请改名或删去一行。")
            seen.setdefault(name, row)
            yield self._entry(table, name, row)

    def _name(self, row: Row, table: Table) -> str | None:
        """Return the id in a row, None when there is none."""
        if table.plan.key in row.cells:
            return row.cells[table.plan.key][0].strip()
        self._book.fault(row.place, "catalog.sheet_key", f"没有写“{table.plan.key.head}”，不知道是哪一条。")
        return None

    def _entry(self, table: Table, name: str, row: Row) -> Entry:
        section = table.plan.section
        node = self._mapping(row, (section, name))
        for key, parts in self._parts.pop((section, name), {}).items():
            node.entries[key] = MapEntry(parts[0].place, ListNode(tuple(parts), parts[0].place))
        given = self._given(section, node)
        file = CatalogFile(Path(self._file), section, given.get("layer", NATIONAL), given.get("effect"))
        if section == "measures" and is_local(file.layer):
            file = file._replace(region=file.layer)
        if (section, name) in self._spoiled or None in given.values():
            return Entry(section, name, None, file, node, row.place)
        reading = Reading(self._file, TOLD.get(section))
        value = reading.read(node, model_of(section), given)
        self._book.problems += reading.problems
        return Entry(section, name, value, file, node, row.place)

    def _given(self, section: Section, node: MapNode) -> Mapping[str, Any]:
        """Return what a file's place will say, taken out of the row."""
        given: dict[str, Any] = {}
        if section in {"lists", "measures", "matters", "rules", "departments"}:
            given["layer"] = self._taken(node, "layer") or NATIONAL
        if section == "measures":
            given["effect"] = self._effect(node)
        if IDENTITY[section] in TOLD.get(section, {}):
            given[IDENTITY[section]] = self._taken(node, IDENTITY[section])
        return given

    def _taken(self, node: MapNode, key: str) -> str | None:
        entry = node.entries.pop(key, None)
        return entry.value.text if entry is not None and isinstance(entry.value, TextNode) else None

    def _effect(self, node: MapNode) -> Effect | None:
        entry = node.entries.get("effect")
        said = self._taken(node, "effect")
        if entry is None or said not in list(Effect):
            place = node.place if entry is None else entry.value.place
            message = f"应写 {'或'.join(effect.zh for effect in Effect)}。"
            self._book.fault(place, "catalog.unknown_value", message)
            return None
        return Effect(said)

    def _mapping(self, row: Row, entry_key: tuple[Section, str]) -> MapNode:
        """Return what a row says as a mapping, keys within keys as their columns lead there."""
        root = MapNode({}, row.place)
        if not row.is_whole:
            self._spoiled.add(entry_key)
        for column, (text, place) in row.cells.items():
            node = root
            for key in column.path[:-1]:
                entry = node.entries.setdefault(key, MapEntry(place, MapNode({}, place)))
                node = entry.value  # type: ignore[assignment]
            if text.strip() == EMPTY and len(column.path) > 1:
                continue
            try:
                node.entries[column.path[-1]] = MapEntry(place, cell_node(text, column.shape, place))
            except CellError as error:
                self._spoiled.add(entry_key)
                self._book.fault(place, "catalog.sheet_cell", f"{error}。")
        return root
