"""Showing figures of the loop (统计分析): as a table, as JSON, as a file for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.cli.checking import write_document
from jointsanction.cli.new_files import write_pieces
from jointsanction.cli.screen import show
from jointsanction.engine import open_catalog
from jointsanction.home import default_store
from jointsanction.loop.follow_up.statistics import Asked, as_csv, as_document, cells, headers, in_words
from jointsanction.loop.follow_up.statistics import statistics as figures
from jointsanction.steps.asking.days import read_day
from jointsanction.store.docket.docket import Docket
from jointsanction.telling.page import Grid, Headline
from jointsanction.terms import Period
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Wanted(NamedTuple):
    """What was typed (统计要求)."""

    by: str | None
    period: str | None
    since: str | None
    until: str | None
    of_unit: str | None = None
    catalogues: Sequence[Path] = ()


def statistics(wanted: Wanted, output: Path | None, store: str | None, *, as_json: bool) -> None:
    """Show figures by some words, or write them into a file.

    Raises:
        QuestionError: `question.statistics`, `question.unknown_word`, `question.date`, `question.days`,
            `question.output`.
    """
    asked = Asked(
        tuple(name.strip() for name in (wanted.by or "").split(",") if name.strip()),
        None if wanted.period is None else word(Period, wanted.period, "统计期间"),
        None if wanted.since is None else read_day(wanted.since, "起始日期"),
        None if wanted.until is None else read_day(wanted.until, "截止日期"),
        wanted.of_unit,
    )
    found = figures(Docket.open(store or default_store()), asked)
    if as_json and output is None:
        write_document(as_document(found, asked))
        return
    catalog = open_catalog(wanted.catalogues)
    named = tuple(in_words(group, asked, catalog) for group in found)
    if output is not None:
        write_pieces(output, [("\ufeff" + "".join(as_csv(named, asked))).encode()])
        show([Headline(f"已写出：{output}，{len(found)} 组。")])
    else:
        show([Grid(f"统计（{len(found)} 组）", headers(asked), tuple(map(cells, named)))])
