"""The report from memoranda to today (备忘录迁移), as a page or as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.migration import MEMORANDA, migration, migration_document, standings
from jointsanction.cli.screen import show
from jointsanction.engine import open_catalog, shanghai_now
from jointsanction.steps.asking.days import read_day
from jointsanction.telling.page import Block, Grid, Headline, Line
from jointsanction.terms import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from jointsanction.catalog.migration import Migrated, Successor, Touched
    from jointsanction.model.catalogue import Catalog
    from jointsanction.telling.page import Part

_HEADERS: Final = ("名单", "事项", "方向", "引用它的措施", "现行措施及依据", "结论")


def show_migration(catalogues: Sequence[Path], as_of: str | None, *, as_json: bool) -> None:
    """Show what became of everything the memoranda touched (备忘录迁移)."""
    day = shanghai_now().date() if as_of is None else read_day(as_of, "基准日")
    catalog = open_catalog(catalogues)
    version = catalog_version(catalog)
    found = migration(compile_catalog(catalog, version), day)
    if as_json:
        document = migration_document(found, day, version)
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    else:
        show(_parts(found, catalog, day))


def _parts(found: Sequence[Migrated], catalog: Catalog, day: date) -> Iterator[Part]:
    levels = "、".join(level.zh for level in MEMORANDA)
    yield Headline(f"{day}：{len(found)} 件{levels}")
    for one in found:
        instrument = one.instrument
        title = f"{instrument.level.zh} {instrument.document_number or ''}《{instrument.title}》（{instrument.id}）"
        if one.touched:
            yield Grid(title, _HEADERS, tuple(_row(touched, catalog) for touched in one.touched))
        else:
            yield Block(title, (Line("", "没有措施或名单引用。"),))
    counts = (Line(standing.zh, f"{count} 处") for standing, count in standings(found).items())
    yield Block("合计（名单与事项的组合）", tuple(counts))


def _row(touched: Touched, catalog: Catalog) -> tuple[str, ...]:
    return (
        "（不凭名单）" if touched.list is None else f"{catalog.lists[touched.list].title}（{touched.list}）",
        "—" if touched.matter is None else f"{catalog.matters[touched.matter].title}（{touched.matter}）",
        "—" if touched.effect is None else touched.effect.zh,
        "、".join(touched.cited_by) or "（设立名单）",
        "；".join(map(_successor, touched.now)) or "无",
        touched.standing.zh,
    )


def _successor(one: Successor) -> str:
    said = "、".join(one.basis) if one.reason is Reason.APPLIES else one.reason.zh
    within = "、".join(one.within)
    return f"{one.measure}{f'［限 {within}］' if within else ''}：{said}"
