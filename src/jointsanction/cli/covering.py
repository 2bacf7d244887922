"""What the cases beside the measures show (用例覆盖), as a page or as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

import typer

from jointsanction.catalog.bundle import catalog_version
from jointsanction.cli.cataloguing import load_asked, shipped_root
from jointsanction.cli.failures import ExitCode
from jointsanction.cli.screen import show
from jointsanction.errors import CatalogError, Problem
from jointsanction.telling.page import Block, Grid, Headline, Line
from jointsanction.testing.coverage import Counted, Covered, coverage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.telling.page import Part
    from jointsanction.testing.coverage import Cell

_TYPES: Final = {
    "list": "名单",
    "group": "对象组",
    "act": "法律事实",
    "severity": "失信程度",
    "grade": "等级",
    "clue": "线索名单",
}
_COUNTS: Final = {"hit": "适用", "not_hit": "不适用", "dates": "日期两侧", "all": "合计"}


def show_coverage(catalogues: Sequence[Path], fail_under: float | None, *, as_json: bool) -> None:
    """Show what the cases show of every measure of some roots, of the shipped ones when none is named (用例覆盖).

    Raises:
        CatalogError: `catalog.no_cases` where there is none beside any measure; what roots or cases have wrong.
    """
    loaded = load_asked(catalogues)
    files = {name: entry.file.cases for (section, name), entry in loaded.sources.items() if section == "measures"}
    if not any(path.is_file() for path in files.values()):
        message = "措施旁边没有 *.test.yaml 用例文件（安装包不带用例）。"
        raise CatalogError([Problem(str([*catalogues, shipped_root()][0]), 1, 1, "catalog.no_cases", message)])
    found = tuple(coverage(loaded.catalog, files))
    if as_json:
        document = coverage_document(found, loaded.catalog)
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    else:
        show(_parts(found))
    if fail_under is not None and _totals(found)["all"].percent < fail_under:
        raise typer.Exit(ExitCode.BAD_DATA)


def coverage_document(found: Sequence[Covered], catalog: Catalog) -> dict[str, Any]:
    """Return what the cases show as JSON values (用例覆盖文档)."""
    return {
        "catalogue": catalog_version(catalog),
        "totals": {"measures": len(found), "cases": sum(one.cases for one in found), **_counts(_totals(found))},
        "measures": [_measure(one) for one in found],
    }


def _measure(one: Covered) -> dict[str, Any]:
    return {
        "id": one.measure.id,
        "title": one.measure.title,
        "layer": one.measure.layer,
        "cases": one.cases,
        "failed": list(one.failed),
        **_counts(_counted(one)),
        "cells": [
            {"type": cell.target.type, "id": cell.target.id, "matter": cell.matter, "hit": cell.hit,
             "not_hit": cell.not_hit}
            for cell in one.cells
        ],
        "sides": [{"date": side.edge.what, "side": side.edge.side, "case": side.case} for side in one.sides],
    }  # fmt: skip


def _counted(one: Covered) -> dict[str, Counted]:
    return {"hit": one.hits, "not_hit": one.not_hits, "dates": one.dates, "all": one.all}


def _totals(found: Sequence[Covered]) -> dict[str, Counted]:
    totals = dict.fromkeys(_COUNTS, Counted())
    for one in found:
        totals = {key: totals[key].plus(count) for key, count in _counted(one).items()}
    return totals


def _counts(counted: dict[str, Counted]) -> dict[str, dict[str, float]]:
    return {key: {"met": one.met, "wanted": one.wanted, "percent": one.percent} for key, one in counted.items()}


def _parts(found: Sequence[Covered]) -> Iterator[Part]:
    totals = _totals(found)
    cases = sum(one.cases for one in found)
    yield Headline(f"{len(found)} 条措施，{cases} 个用例，覆盖 {totals['all'].percent}%（{totals['all']}）")
    yield Grid(
        "逐条（有 / 应有）",
        ("措施", "用例", *_COUNTS.values()),
        tuple((one.measure.id, str(one.cases), *map(str, _counted(one).values())) for one in found),
    )
    missing = tuple((one.measure.id, what, name) for one in found for what, name in _missing(one))
    if missing:
        yield Grid("还缺的用例", ("措施", "缺什么", "何处"), missing)
    yield Block(
        "合计（有 / 应有）",
        tuple(Line(word, f"{totals[key]}，{totals[key].percent}%") for key, word in _COUNTS.items()),
    )


def _missing(one: Covered) -> Iterator[tuple[str, str]]:
    """Yield what no case shows, each with where."""
    yield from (("用例不符，不计", name) for name in one.failed)
    yield from (("适用", _where(cell)) for cell in one.cells if cell.hit is None)
    yield from (("在列、有决定而不适用", _where(cell)) for cell in one.cells if cell.not_hit is None)
    yield from (("日期一侧", str(side.edge)) for side in one.sides if side.case is None)


def _where(cell: Cell) -> str:
    return f"{_TYPES[cell.target.type]} {cell.target.id} × {cell.matter}"
