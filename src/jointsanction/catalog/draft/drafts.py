"""A table of measures → the files of its drafts (起草措施): pure; whoever calls writes them, all or none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.draft.citations import Cited, read_citations
from jointsanction.catalog.draft.instruments import NewInstruments
from jointsanction.catalog.draft.known import Known
from jointsanction.catalog.draft.measures import BasisLine, BasisPart, measure_id, measure_text
from jointsanction.catalog.reading.faults import TODO
from jointsanction.errors import CatalogError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.catalog.draft.citations import Citation
    from jointsanction.catalog.draft.rows import MeasureTable
    from jointsanction.model.catalogue import Catalog
    from jointsanction.terms import Effect

_OPEN: Final = re.compile(f"^id: {TODO}|{TODO}(?!-)")
"""A value to be filled in; that something is named by an id still open is none of its own."""


class Drafts(NamedTuple):
    """The drafts of a table (草稿): text by path below the folder they go to, and how many of each kind."""

    files: Mapping[str, str]
    measures: int
    instruments: int

    @property
    def open(self) -> int:
        """Return how many values are still to be filled in (待补)."""
        lines = (line for text in self.files.values() for line in text.splitlines())
        return sum(len(_OPEN.findall(line)) for line in lines if not line.lstrip().startswith("#"))


def draft(table: MeasureTable, catalog: Catalog, effect: Effect | None = None) -> Drafts:
    """Return the drafts of a table (起草); `effect` is needed where the header says neither 惩戒 nor 激励.

    Raises:
        CatalogError: `catalog.table_effect`, or every row that can't be read, for its basis `catalog.row_basis`.
    """
    way = _way(table, effect)
    known = Known(catalog)
    drafting = _Drafting(known, _cited(table))
    new = drafting.instruments.settle()
    folder = f"measures/{way}"
    files = {
        f"{folder}/{measure_id(row)}.yaml": measure_text(row, way, drafting.bases(row.number), known, table.file)
        for row in table.rows
    }
    files |= {f"measures/instruments/{one.id}.yaml": one.text(table.file) for one in new}
    return Drafts(files, len(table.rows), len(new))


class _Drafting:
    """What the rows cite, and which of it the catalogue has."""

    def __init__(self, known: Known, cited: Mapping[int, Cited]) -> None:
        self.instruments = NewInstruments(known)
        self._cited = cited
        self._known = known
        for row, document in ((row, one.document) for row, cell in cited.items() for one in cell.citations):
            found = known.instrument(document)
            if found.is_new:
                self.instruments.cite(document, row, found.remark)

    def bases(self, row: int) -> BasisPart:
        """Return the bases of a row, each once."""
        cited = self._cited[row]
        lines = dict.fromkeys(self._line(one) for one in cited.citations)
        return BasisPart(tuple(lines), cited.unread)

    def _line(self, citation: Citation) -> BasisLine:
        document, place = citation
        found = self._known.instrument(document)
        if found.is_new:
            return BasisLine(self.instruments.id_of(document), place)
        return BasisLine(found.id or TODO, place, found.remark)


def _way(table: MeasureTable, effect: Effect | None) -> Effect:
    if effect is not None and table.effect not in {None, effect}:
        message = f"表头写的是{table.effect.zh if table.effect else ''}，与 --effect {effect} 不符；请核对。"
    elif (way := effect or table.effect) is not None:
        return way
    else:
        message = "表头没有写明是惩戒还是激励；请加 --effect restriction 或 --effect incentive。"
    raise CatalogError([Problem(table.file, 1, 1, "catalog.table_effect", message)])


def _cited(table: MeasureTable) -> dict[int, Cited]:
    cited = {row.number: read_citations(row.basis) for row in table.rows}
    column = table.columns["basis"]
    faults = [
        Problem(table.file, row, column, "catalog.row_basis", f"第 {row} 行的依据：{one.fault}。")
        for row, one in cited.items()
        if one.fault is not None
    ]
    if table.problems or faults:
        raise CatalogError([*table.problems, *faults])
    return cited
