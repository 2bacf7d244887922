"""A table of a work list (清单表): so many rows on a page, all of them as JSON, row by row and never all at once."""

from __future__ import annotations

import json
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.cli.screen import show
from jointsanction.telling.page import Grid, Headline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

SHOWN: Final = 200
"""So many rows of a work list are shown on a page; `--json` has them all."""


class Table(NamedTuple):
    """Rows under titles, how many there are, and what else is to be told (表)."""

    title: str
    titles: Mapping[str, str]
    rows: Iterable[dict[str, Any]]
    total: int
    notes: tuple[str, ...] = ()


def show_table(table: Table, day: date, *, as_json: bool) -> None:
    """Show a table of a day (显示清单)."""
    if as_json:
        _write(table, day)
        return
    shown = tuple(
        tuple("" if row[key] is None else str(row[key]) for key in table.titles) for row in islice(table.rows, SHOWN)
    )
    more = f"，只显示前 {SHOWN} 条，全部见 --json" if table.total > SHOWN else ""
    heads = [
        Headline(f"{table.title}：基准日 {day}，{table.total} 条{more}"),
        *(Headline(note) for note in table.notes),
    ]
    show([*heads, Grid(table.title, tuple(table.titles.values()), shown)] if shown else heads)


def _write(table: Table, day: date) -> None:
    head = {"as_of": day.isoformat()} | ({"notes": list(table.notes)} if table.notes else {})
    sys.stdout.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [')
    comma = "\n"
    for row in table.rows:
        sys.stdout.write(comma + json.dumps(row, ensure_ascii=False))
        comma = ",\n"
    sys.stdout.write("\n]}\n")
