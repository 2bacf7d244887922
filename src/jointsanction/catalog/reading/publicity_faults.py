"""What is wrong with rules on publicity and repair (公示期与修复规则): families nobody is of, periods that can't be."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from jointsanction.catalog.nearest import nearest
from jointsanction.catalog.reading.faults import Fault
from jointsanction.catalog.reading.yaml_text import place_of
from jointsanction.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.reading.clashes import Sources
    from jointsanction.model.catalogue import Catalog, Conversion, Publicity


def publicity_faults(rules: Publicity) -> Iterator[Fault]:
    """Yield what makes no sense in one edition by itself."""
    if not rules.periods:
        yield Fault(("periods",), "catalog.empty_list", "periods 为空；请按失信程度写公示期。")
    for index, period in enumerate(rules.periods):
        low, high = period.min_months, period.max_months
        if low is not None and high is not None and low > high:
            message = f"最短公示期 {low} 个月长于最长公示期 {high} 个月；请核对。"
            yield Fault(("periods", index), "catalog.bad_period", message)


def publicity_problems(catalog: Catalog, sources: Sources) -> Iterator[Problem]:
    """Yield lists that name a family nobody is of, and editions of one family that hold on the same day."""
    families = {rules.family for rules in catalog.publicity.values()}
    for code, kind in catalog.lists.items():
        named = None if kind.repair is None else kind.repair.publicity
        entry = sources.get(("lists", code))
        if named is not None and named not in families and entry is not None:
            hint = nearest(named, sorted(families)) or "。"
            place = place_of(entry.node, ("repair", "publicity"))
            yield Problem(entry.file.shown, *place, "catalog.unknown_publicity", f"没有公示期规则 '{named}'{hint}")
    for first, second in combinations(sorted(catalog.publicity.values(), key=lambda rules: rules.id), 2):
        entry = sources.get(("publicity", second.id)) or sources.get(("publicity", first.id))
        if first.family == second.family and hold_together(first, second) and entry is not None:
            message = f"'{first.id}' 与 '{second.id}' 同属 {first.family}，施行日期重叠；请写明各自的起止日期。"
            yield Problem(entry.file.shown, *entry.place, "catalog.alias_clash", message)


def hold_together(first: Publicity | Conversion, second: Publicity | Conversion) -> bool:
    """Return whether there is a day on which both hold (施行日期重叠)."""
    return not (_before(first, second) or _before(second, first))


def _before(first: Publicity | Conversion, second: Publicity | Conversion) -> bool:
    ended, begun = first.valid_to, second.valid_from
    return ended is not None and begun is not None and ended < begun
