"""Make the pages on what was decided article by article: the sweep of national law, and the local regulations."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog

DECISIONS: Final = {
    "encoded": "已编码",
    "partly": "部分编码",
    "elsewhere": "由他条编码",
    "founds": "只设立名单、记录或者档案",
    "process": "信用信息的归集、公示、查询、更正等程序",
    "general": "原则性规定，或者援引他法",
    "penalty": "后果就是本条的处罚，此后不再限制",
    "staff": "只及于机关自己的工作人员",
    "private": "民事规则、公司内部规则",
    "not-credit": "只是字面相同",
    "incentive-open": "激励没有写明对象或者内容",
}
"""What was decided about an article, a closed vocabulary, and its words (处理)."""

ENCODED: Final = frozenset({"encoded", "partly", "elsewhere"})
"""Decisions that name measures."""

_REGIONS: Final = {
    "310000": "上海市社会信用条例",
    "330000": "浙江省公共信用信息管理条例",
    "331000": "台州市企业信用促进条例",
    "370000": "山东省社会信用条例",
    "410000": "河南省社会信用条例",
    "440300": "深圳经济特区社会信用条例",
}


class Decided(NamedTuple):
    """What was decided about one article (逐条处理): `law` is a title, or the region of a local regulation."""

    law: str
    article: str
    decision: str
    measures: tuple[str, ...]
    note: str


def decisions(path: Path) -> list[Decided]:
    """Return the rows of a table of decisions, in its order."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return [
        Decided(law, number, made, tuple(filter(None, ids.split(","))), note) for law, number, made, ids, note in lines
    ]


def decision_pages(
    catalog: Catalog, folder: Path, table: Callable[[Iterable[str], Iterable[Iterable[str]]], str]
) -> dict[str, str]:
    """Return the Markdown of both pages; `folder` holds sweep.tsv and local.tsv, `table` writes a table."""
    sweep, local = decisions(folder / "sweep.tsv"), decisions(folder / "local.tsv")
    told = (
        "全国性法律、行政法规中讲到信用记录、失信名单或者限期禁止的条文，逐条读过，每一条都有处理。\n"
        "没有编成措施的，引用决定性的原文；引文由测试与法律文本逐字核对。"
    )
    there = (
        "地方信用条例中给予或者限制什么、讲到名单、记录和修复的条文，逐条处理。\n"
        "地方层的措施不宽于条例本身，只在该地适用。"
    )
    named = [row._replace(law=_REGIONS[row.law]) for row in local]
    return {
        "catalogue/sweep": _page("全国性法律的逐条清理", told, sweep, catalog, table),
        "catalogue/local": _page("地方信用条例的逐条清理", there, named, catalog, table),
    }


def _page(
    title: str,
    told: str,
    rows: Sequence[Decided],
    catalog: Catalog,
    table: Callable[[Iterable[str], Iterable[Iterable[str]]], str],
) -> str:
    counted = Counter(row.decision for row in rows)
    measures = {measure for row in rows for measure in row.measures}
    counts = table(["处理", "条文"], ([word, str(counted[made])] for made, word in DECISIONS.items() if counted[made]))
    said = f"共 {len(rows)} 条，牵涉措施 {len(measures)} 条。"
    encoded = table(
        ["条文", "处理", "措施", "说明"],
        ([_place(row), DECISIONS[row.decision], _links(row, catalog), row.note] for row in rows if row.measures),
    )
    others = table(
        ["条文", "处理", "原文"], ([_place(row), DECISIONS[row.decision], row.note] for row in rows if not row.measures)
    )
    parts = [f"# {title}", "[随包目录](index.md)", told, said, counts]
    return "\n\n".join([*parts, "## 编成措施的", encoded, "## 没有编成措施的", others]) + "\n"


def _place(row: Decided) -> str:
    return f"《{row.law}》第{row.article}条"


def _links(row: Decided, catalog: Catalog) -> str:
    found = ((section, name) for name in row.measures for section in ("measures", "lists", "rules"))
    return "、".join(f"[{name}]({section}/{name}.md)" for section, name in found if name in getattr(catalog, section))
