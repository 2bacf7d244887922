"""What makes a grade scheme senseless (等级方案自洽): its levels, its points, its conversion tables."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from jointsanction.catalog.nearest import nearest
from jointsanction.catalog.reading.faults import Fault
from jointsanction.catalog.reading.publicity_faults import hold_together
from jointsanction.terms import GradeLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.model.catalogue import Conversion, Scheme


def scheme_faults(scheme: Scheme) -> Iterator[Fault]:
    """Yield what is wrong with a scheme: no level, one twice, points out of order, conversions that make no sense."""
    if not scheme.levels:
        yield Fault(("levels",), "catalog.empty_list", "levels 为空；请从优到劣写各等级。")
    seen: set[str] = set()
    for index, level in enumerate(scheme.levels):
        if level.level in seen:
            yield Fault(("levels", index), "catalog.duplicate_id", f"等级 '{level.level}' 重复。")
        seen.add(level.level)
    yield from _points(scheme)
    for index, table in enumerate(scheme.conversions):
        yield from _conversion(scheme, table, ("conversions", index))
    for (one, first), (other, second) in combinations(enumerate(scheme.conversions), 2):
        if hold_together(first, second):
            message = f"第 {one + 1} 张与第 {other + 1} 张等级转换表施行日期重叠；请写明各自的起止日期。"
            yield Fault(("conversions", other), "catalog.alias_clash", message)


def _points(scheme: Scheme) -> Iterator[Fault]:
    """Levels stand best first, so each needs fewer points than the one above it."""
    for index, level in enumerate(scheme.levels):
        if level.points_from is not None and not scheme.points:
            message = "只有积分方案（points: true）的等级才有起始分；请补 points: true，或者删去 points_from。"
            yield Fault(("levels", index, "points_from"), "catalog.points_unsaid", message)
    numbered = [(index, level.points_from) for index, level in enumerate(scheme.levels)] if scheme.points else []
    for (_, above), (index, below) in pairwise(numbered):
        if above is None or (below is not None and below >= above):
            message = "积分方案的等级从优到劣排列，起始分须逐级递减；只有最后一级可以不写。"
            yield Fault(("levels", index), "catalog.points_order", message)


def _conversion(scheme: Scheme, table: Conversion, path: tuple[int | str, ...]) -> Iterator[Fault]:
    known = [level.level for level in scheme.levels]
    names = {name: level.level for level in scheme.levels for name in (level.title, *level.aliases)}
    places: list[tuple[str, tuple[int | str, ...]]] = [(level, ("levels", level)) for level in table.levels]
    places += [(level, ("unconverted", index)) for index, level in enumerate(table.unconverted)]
    for level, place in places:
        if level not in known:
            message = f"等级方案 '{scheme.id}' 没有等级 '{level}'{nearest(level, known, names) or '。'}"
            yield Fault((*path, *place), "catalog.unknown_level", message)
    for index, level in enumerate(table.unconverted):
        if level in table.levels:
            message = f"等级 '{level}' 既转换又不转换；请删去一处。"
            yield Fault((*path, "unconverted", index), "catalog.duplicate_id", message)
    for level, grade in table.levels.items() if scheme.points else ():
        if grade is not GradeLevel.TRUSTWORTHY:
            message = f"居民诚信积分不得转换为{grade.zh}：积分只能用于激励，不得作为失信认定。"
            yield Fault((*path, "levels", level), "catalog.points_restrict", message)
