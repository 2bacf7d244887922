"""Whether a file may speak for a whole list (完整名单声明): not while something of it is left aside."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.identity.folding import letters
from jointsanction.registry.readers.report import RowProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jointsanction.registry.readers.report import Cover
    from jointsanction.registry.readers.rows import RowReading
    from jointsanction.registry.readers.tables.table import Table

PROBLEM_COLUMN: Final = "问题"
"""The column that rows come back with; it is never read."""


class Whole(NamedTuple):
    """The lists that a file holds whole after all, and what withholds the others (完整名单)."""

    covers: tuple[Cover, ...]
    withheld: tuple[RowProblem, ...]


def still_whole(declared: Sequence[Cover], readings: Iterable[RowReading], table: Table) -> Whole:
    """Return which of the declared lists a table holds whole, now that it was read."""
    reason = _left_aside(table)
    if reason is not None:
        return Whole((), tuple(_withheld(cover, reason) for cover in declared))
    kept = _without_refused(declared, readings, all_lists=bool(table.broken))
    lost = (cover for cover in declared if cover not in kept)
    return Whole(kept, tuple(_withheld(cover, "有记录被拒绝") for cover in lost))


def _left_aside(table: Table) -> str | None:
    if table.found.rivals:
        return f"还有别的工作表也像名单（{'、'.join(table.found.rivals)}），未读取"
    if PROBLEM_COLUMN in map(letters, table.headers):
        return f"有“{PROBLEM_COLUMN}”列，是退回改正的行"
    return None


def _without_refused(
    declared: Sequence[Cover], readings: Iterable[RowReading], *, all_lists: bool
) -> tuple[Cover, ...]:
    """Leave out lists of which a row was refused; a refused row whose list can't be told may belong to any of them."""
    refused = Counter(found.list for found in readings if found.listing is None)
    unsure = all_lists or None in refused
    return tuple(cover for cover in declared if not (unsure or cover.list in refused))


def _withheld(cover: Cover, reason: str) -> RowProblem:
    return RowProblem(0, cover.list, "cover.withheld", f"{reason}，本文件不能作为该名单的完整一期。", "warning")
