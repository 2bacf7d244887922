"""A grade scheme → text (等级方案说明): its levels, what each takes, and how they convert to the four levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.wording import Lines, cited, dated, joined

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Catalog, Conversion, Scheme, SchemeLevel


def explain_scheme(scheme: Scheme, catalog: Catalog) -> str:
    """Return a grade scheme as text (等级方案)."""
    lines = Lines(scheme.title, scheme.id, "等级方案")
    lines.add("施行", dated(scheme.valid_from, scheme.valid_to))
    lines.add("积分", "按积分定级；居民诚信积分只能用于激励，不得用于惩戒" if scheme.points else None)
    lines.listed("等级（从优到劣）", map(_level, scheme.levels))
    for table in scheme.conversions:
        lines.add(f"等级转换{_within(table)}", _conversion(table, scheme))
        lines.listed("转换依据", (cited(basis, catalog) for basis in table.basis))
        lines.add("转换备注", table.note)
    lines.listed("依据", (cited(basis, catalog) for basis in scheme.basis))
    lines.add("备注", scheme.note)
    return lines.text()


def _within(value: SchemeLevel | Conversion) -> str:
    said = dated(value.valid_from, value.valid_to)
    return f"［{said}］" if said else ""


def _level(level: SchemeLevel) -> str:
    within = _within(level)
    points = f"，{level.points_from} 分以上" if level.points_from is not None else ""
    criteria = f"：{level.criteria}" if level.criteria is not None else ""
    return f"{level.title}（{level.level}）{within}{points}{criteria}"


def _conversion(table: Conversion, scheme: Scheme) -> str:
    # In the order of the scheme, best first: a bundle keeps its keys in their own.
    order = [each.level for each in scheme.levels]
    pairs = [f"{level}→{table.levels[level].zh}" for level in sorted(table.levels, key=order.index)]
    pairs += [f"{joined(table.unconverted)} 不转换"] if table.unconverted else []
    return "；".join(pairs)
