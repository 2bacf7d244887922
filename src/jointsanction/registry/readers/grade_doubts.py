"""What is doubtful about a grade (等级提示): a level its scheme has not on that day answers `attribute-unknown`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.compile import scheme_of
from jointsanction.catalog.grades import astray, conversion_on, level_on, levels_of, levels_on
from jointsanction.registry.readers.doubts import Doubt
from jointsanction.registry.readers.report import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointsanction.model.catalogue import Catalog, ListType, Scheme
    from jointsanction.model.subject import Listing


def grade_doubts(listing: Listing, kind: ListType, catalog: Catalog) -> Iterator[Doubt]:
    """Yield what a row's grade leaves unknown: judged by the scheme of the list on the day of listing."""
    day = listing.listed_on or listing.announced_on
    if day is None or not kind.scheme:
        return
    yield from _of_list(listing, kind, catalog, day)
    if listing.grade is None:
        return
    name = scheme_of(kind, day)
    if name is None:
        message = f"名单 {kind.code} 在 {day} 没有等级方案，等级“{listing.grade}”无从解释，核查时按属性不明处理。"
        yield Doubt("grade", Fault("row.grade_unknown", message))
    else:
        yield from _of_scheme(catalog.schemes[name], listing.grade, day)


def _of_list(listing: Listing, kind: ListType, catalog: Catalog, day: date) -> Iterator[Doubt]:
    """A row of level D on a list of A says two things; a list of two levels leaves a row without one open."""
    name = scheme_of(kind, day)
    level = None if name is None or listing.grade is None else level_on(catalog.schemes[name], listing.grade, day)
    if (listing.grade is None or level is not None) and astray(kind, level, day):
        said = "没有写等级" if level is None else f"写的等级是“{level}”"
        message = f"名单 {kind.code} 上的等级应为{'、'.join(levels_of(kind, day))}，本行{said}，核查时按属性不明处理。"
        yield Doubt("grade", Fault("row.grade_astray", message))


def _of_scheme(scheme: Scheme, grade: str, day: date) -> Iterator[Doubt]:
    level = level_on(scheme, grade, day)
    if level is None:
        known = "、".join(each.level for each in levels_on(scheme, day))
        message = f"等级“{grade}”不在“{scheme.title}”{day} 的等级之中（{known}），核查时按属性不明处理。"
        yield Doubt("grade", Fault("row.grade_unknown", message))
        return
    table = conversion_on(scheme, day)
    if scheme.conversions and (table is None or level not in {*table.levels, *table.unconverted}):
        message = f"“{scheme.title}”的等级“{level}”在 {day} 没有转换为四级的规定，不据以定级。"
        yield Doubt("grade", Fault("row.grade_unmapped", message))
