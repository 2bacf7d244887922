"""Entries → rows of sheets (导出三清单): a row an entry, and a row a part where an entry has several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jointsanction.catalog.sheets.cells import EMPTY, cell_text
from jointsanction.catalog.sheets.plan import plans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel

    from jointsanction.catalog.files import Section
    from jointsanction.catalog.sheets.plan import Column, Plan

_REGION_DIGITS: Final = 6


def sheet_rows(entries: Mapping[Section, Iterable[BaseModel]]) -> dict[str, list[list[str]]]:
    """Return the rows of every sheet by its title, heads first (工作表内容)."""
    written = {section: [_dumped(section, entry) for entry in kept] for section, kept in entries.items()}
    return {
        plan.title: [[column.head for column in plan.columns], *_rows(plan, written.get(plan.section, ()))]
        for plan in plans()
    }


def _dumped(section: Section, entry: BaseModel) -> dict[str, Any]:
    """Return what an entry says, without what has its usual value; of layers only a local folder is a column."""
    said = entry.model_dump(mode="json", exclude_defaults=True)
    if section == "measures" and not is_local(str(said.get("layer", ""))):
        said.pop("layer", None)
    return said


def is_local(layer: str) -> bool:
    """Return whether a layer is a folder of a place (`local/410000`)."""
    return len(layer) == _REGION_DIGITS and layer.isdecimal()


def _rows(plan: Plan, entries: Iterable[dict[str, Any]]) -> Iterator[list[str]]:
    for entry in entries:
        if plan.part is None:
            yield _cells(plan, entry)
        else:
            identity = entry[plan.key.path[0]]
            for part in entry.get(plan.part, ()):
                yield [identity, *_cells(plan, part)[1:]]


def _cells(plan: Plan, said: dict[str, Any]) -> list[str]:
    empty: set[tuple[str, ...]] = set()
    return [_cell(column, said, empty) for column in plan.columns]


def _cell(column: Column, said: dict[str, Any], empty: set[tuple[str, ...]]) -> str:
    """Return a cell; a mapping without anything in it says so in its first column, `empty` remembers which did."""
    value: Any = said
    for depth, key in enumerate(column.path):
        if key in value:
            value = value[key]
            continue
        above = column.path[:depth]
        is_first = bool(above) and value == {} and above not in empty
        empty.add(above)
        return EMPTY if is_first else ""
    return cell_text(value, column.shape)
