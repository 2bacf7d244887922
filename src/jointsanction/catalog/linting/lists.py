"""Which lists there are and what may be on them (名单检查)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jointsanction.catalog.compile import lies_in
from jointsanction.catalog.compiling.proportion import in_years, longest_months
from jointsanction.catalog.remark import Remark
from jointsanction.terms import Effect, ListKind, SetBy, TextState, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.compile import Tables
    from jointsanction.catalog.files import Section
    from jointsanction.model.catalogue import Catalog, Forbidden, ListType, Measure

_LONGEST_LISTING: Final = 60
"""Months that a listing may be made public at most (失信信息披露期限)."""

_POINTS: Final = re.compile(
    "(?:诚信|信用|守信|文明|道德|居民|村民|市民)(?:积分|分值)|积分(?:过低|较低|偏低|低于|不足|扣减)"
)


def list_remarks(tables: Tables) -> Iterator[Remark]:
    """Yield where a list, a group or what a measure aims at records what may not be, or for too long."""
    catalog = tables.catalog
    for kind in catalog.lists.values():
        yield from _too_long(kind)
        texts = {"title": kind.title, "aliases": " ".join(alias.name for alias in kind.aliases)}
        texts["entry"] = kind.entry or ""
        regions = None if kind.scope == "national" else kind.scope
        yield from _forbidden(catalog, ("lists", kind.code), texts, regions)
    for measure in catalog.measures.values():
        if measure.status == "active":
            yield from _list_kinds(measure, tables)
            yield from _points(measure, catalog)
            yield from _behaviour(measure, catalog)
    for code, group in catalog.groups.items():
        for index, member in enumerate(group.members):
            if catalog.lists[member.list].kind in {ListKind.RECORD, ListKind.PUBLICATION, ListKind.RATING}:
                yield Remark("groups", code, ("members", index), "record-in-group", f"'{member.list}'。")


def _too_long(kind: ListType) -> Iterator[Remark]:
    for index, term in enumerate(kind.term):
        longest = longest_months(term.years, term.months)
        key = "years" if term.years is not None else "months"
        if longest > _LONGEST_LISTING:
            said = f"{in_years(longest)}：失信信息的公示、披露期限一般不超过 {in_years(_LONGEST_LISTING)}。"
            yield Remark("lists", kind.code, ("term", index, key), "over-long", said)
        sure = term.text is not TextState.UNCERTAIN
        if isinstance(term.years, tuple) and sure and (term.set_by is SetBy.LAW or len(set(term.years)) == 1):
            said = "名单期限有幅度的，由列入决定载明，应写 set_by: order；没有幅度的只写一个数。"
            yield Remark("lists", kind.code, ("term", index, "years"), "term-range", said)
        after = None if kind.repair is None else kind.repair.after_months
        if after is not None and kind.repair is not None and kind.repair.counts_from == "listed" and after >= longest:
            said = f"列入满 {in_years(after)} 可以修复，期限为 {in_years(longest)}。"
            yield Remark("lists", kind.code, ("repair", "after_months"), "repair-after-term", said)


def _list_kinds(measure: Measure, tables: Tables) -> Iterator[Remark]:
    """A red list restricts nobody, any other list earns nobody an incentive, a record is no list."""
    for index, code in enumerate(measure.targets.lists):
        kind = tables.catalog.lists[code].kind
        favours = measure.effect is Effect.INCENTIVE
        wrong = (kind is ListKind.RED) is not favours
        wrong = wrong or kind in {ListKind.PUBLICATION, ListKind.RATING}
        if measure.trigger is Trigger.LISTING:
            wrong = wrong or kind is ListKind.RECORD
        if measure.trigger is Trigger.RECORD:
            wrong = wrong or kind is not ListKind.RECORD
        if wrong:
            message = f"'{code}' 是{kind.zh}，不能触发{measure.effect.zh}（{measure.trigger.zh}）。"
            yield Remark("measures", measure.id, ("targets", "lists", index), "kind-mismatch", message)


def _points(measure: Measure, catalog: Catalog) -> Iterator[Remark]:
    """Points of residents may feed incentives, never restrictions (FEATURES 78)."""
    if measure.effect is Effect.INCENTIVE:
        return
    texts: dict[str, str] = {"title": measure.title}
    grades = measure.targets.grades
    lists = [catalog.lists[code] for code in (*measure.targets.lists, *measure.targets.clue_lists)]
    texts["targets"] = " ".join(f"{kind.title} {kind.entry or ''}" for kind in lists)
    schemes = {dated.scheme for kind in lists for dated in kind.scheme} | ({grades.scheme} if grades else set())
    for scheme in (catalog.schemes[name] for name in sorted(schemes)):
        texts["targets"] += f" {scheme.title}" + (" 居民积分" if scheme.points else "")
    for key, text in texts.items():
        found = _POINTS.search(text)
        if found is not None:
            yield Remark("measures", measure.id, (key,), "points-restrict", f"“{found[0]}”。")
            return


def _behaviour(measure: Measure, catalog: Catalog) -> Iterator[Remark]:
    """A measure on such a behaviour is as unlawful as a list of those who did it."""
    if measure.effect is Effect.INCENTIVE:
        return
    where = measure.targets.where
    texts = {"title": measure.title, "duty": measure.duty}
    texts["targets"] = " ".join(where.kinds if where is not None else ())
    regions = None if measure.region is None else (measure.region,)
    yield from _forbidden(catalog, ("measures", measure.id), texts, regions)


def _forbidden(
    catalog: Catalog,
    entry: tuple[Section, str],
    texts: dict[str, str],
    regions: tuple[str, ...] | None,
) -> Iterator[Remark]:
    """Yield each forbidden behaviour an entry names; `regions` are where it holds, None everywhere."""
    for forbidden in catalog.forbidden.values():
        if not _holds(forbidden, regions):
            continue
        key = next((key for key, text in texts.items() if any(word in text for word in forbidden.words)), None)
        if key is not None:
            yield Remark(*entry, (key,), "forbidden-behaviour", f"见 '{forbidden.id}'：{forbidden.title}。")


def _holds(forbidden: Forbidden, regions: tuple[str, ...] | None) -> bool:
    """Return whether a prohibition of one region concerns an entry: what holds in that region, at least in part."""
    region = forbidden.region
    return region is None or any(lies_in(one, region) for one in regions or ())
