"""Showing what stands in the store and what somebody has to look at (名单管理); numbers and names masked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog, lies_in
from jointsanction.cli.checking import write_document
from jointsanction.cli.exporting import lists_named
from jointsanction.cli.page import Grid, Headline
from jointsanction.cli.screen import show
from jointsanction.engine import open_catalog, shanghai_now
from jointsanction.export.masking import masked
from jointsanction.home import default_store
from jointsanction.steps.asking.days import read_day
from jointsanction.store import Store
from jointsanction.store.repairs import by_record
from jointsanction.terms import Audience, IdState, SubjectKind
from jointsanction.terms.words import word
from jointsanction.worklists.doubles import doubles
from jointsanction.worklists.exits import exits
from jointsanction.worklists.figures import Figures, ages, figures, moves
from jointsanction.worklists.standings import standings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog, ListType
    from jointsanction.model.subject import Edition, Listing
    from jointsanction.steps.standing.in_force import Standing

SHOWN: Final = 200
"""So many rows of a work list are shown on a page; `--json` has them all."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows are looked at, and on which day (范围)."""

    store: str | None = None
    catalogues: tuple[Path, ...] = ()
    lists: tuple[str, ...] = ()
    as_of: str | None = None
    region: str | None = None
    authority: str | None = None
    kind: str | None = None


class _Opened:
    """A scope with its store and catalogue open."""

    def __init__(self, scope: Scope) -> None:
        self.catalog: Catalog = open_catalog(scope.catalogues)
        self.lists: Mapping[str, ListType] = lists_named(self.catalog, scope.lists)
        self.store = Store.open(scope.store or default_store(), create=False)
        self.day: date = shanghai_now().date() if scope.as_of is None else read_day(scope.as_of, "基准日")
        self._repairs = by_record(self.store.repairs.events())
        self._kind = None if scope.kind is None else word(SubjectKind, scope.kind, "主体类别")
        self._scope = scope

    def listings(self) -> Iterator[Listing]:
        """Yield the rows of the scope."""
        return filter(self._wanted, self.store.listings(self.lists))

    def standings(self, day: date) -> Iterator[tuple[Listing, Standing]]:
        """Yield the rows of the scope with their standing on a day."""
        return standings(self.listings(), self.catalog, self._repairs, day)

    def _wanted(self, listing: Listing) -> bool:
        scope = self._scope
        return (
            (self._kind is None or listing.subject_kind is self._kind)
            and (scope.region is None or lies_in(listing.region, scope.region))
            and (scope.authority is None or scope.authority in (listing.designating_authority or ""))
        )


def show_status(scope: Scope, *, as_json: bool) -> None:
    """Show the figures and the age of each list (名单概况).

    Raises:
        RegistryError: a store that can't be read; `registry.unknown_list`.
    """
    opened = _Opened(scope)
    found = figures(opened.standings(opened.day))
    editions = _editions(opened.store)
    codes = sorted({*found, *(code for code in editions if code in opened.lists)})
    tables = compile_catalog(opened.catalog, catalog_version(opened.catalog))
    aged = ages(codes, tables, editions, day=opened.day, now=shanghai_now())
    rows = [
        {
            "list": age.list,
            "title": opened.lists[age.list].title,
            **_numbers(found.get(age.list, Figures())),
            "edition": None if age.received_at is None else age.received_at.date().isoformat(),
            "stale_after": opened.lists[age.list].stale_after,
            "state": "没有完整的一期" if age.batch is None else "过期" if age.stale else "未过期",
        }
        for age in aged
    ]
    _show(_Table("名单概况", _STATUS, rows), opened.day, as_json=as_json)


def show_exits(scope: Scope, within: int, *, as_json: bool) -> None:
    """Show who should leave, and when (退出清单).

    Raises:
        RegistryError: as `show_status`.
    """
    opened = _Opened(scope)
    found = exits(opened.standings(opened.day), opened.catalog, opened.day, within=within)
    rows = [
        {
            "state": each.state.zh,
            **_row(each.listing),
            "listed_on": _iso(each.listing.listed_on),
            "days_listed": None if each.listing.listed_on is None else (opened.day - each.listing.listed_on).days,
            "on": _iso(each.on),
            "authority": each.listing.designating_authority,
            "region": each.listing.region,
            "missing": "；".join(each.missing),
        }
        for each in found
    ]
    _show(_Table("退出清单", _EXITS, rows), opened.day, as_json=as_json)


def show_doubles(scope: Scope, *, as_json: bool) -> None:
    """Show rows that may be one (疑似重复).

    Raises:
        RegistryError: as `show_status`.
    """
    opened = _Opened(scope)
    rows = [
        {"kind": each.kind.zh, **_row(each.first), "other_name": _name(each.second), "other_at": _at(each.second)}
        for each in doubles(opened.listings())
    ]
    _show(_Table("疑似重复", _DOUBLES, rows), opened.day, as_json=as_json)


def show_moves(scope: Scope, second: str, *, as_json: bool) -> None:
    """Show how many came and went between two days (前后对比).

    Raises:
        RegistryError: as `show_status`.
    """
    opened, until = _Opened(scope), read_day(second, "后一日期")
    found = moves(opened.standings(opened.day), opened.standings(until))
    rows = [
        {"list": code, "title": opened.lists[code].title, **move._asdict(), "after": move.after}
        for code, move in found.items()
    ]
    _show(_Table(f"前后对比（至 {until}）", _MOVES, rows), opened.day, as_json=as_json)


class _Table(NamedTuple):
    """Rows under titles (表)."""

    title: str
    titles: Mapping[str, str]
    rows: list[dict[str, Any]]


def _show(table: _Table, day: date, *, as_json: bool) -> None:
    if as_json:
        write_document({"as_of": day.isoformat(), "rows": table.rows})
        return
    shown = tuple(
        tuple("" if row[key] is None else str(row[key]) for key in table.titles) for row in table.rows[:SHOWN]
    )
    more = f"，只显示前 {SHOWN} 条，全部见 --json" if len(table.rows) > SHOWN else ""
    head = Headline(f"{table.title}：基准日 {day}，{len(table.rows)} 条{more}")
    show([head, Grid(table.title, tuple(table.titles.values()), shown)] if shown else [head])


def _editions(store: Store) -> dict[str, tuple[Edition, ...]]:
    found: dict[str, tuple[Edition, ...]] = {}
    for edition in (each for batch in store.batches() for each in batch.editions):
        found[edition.list] = (*found.get(edition.list, ()), edition)
    return found


def _numbers(one: Figures) -> dict[str, int]:
    sound, masks = one.identity[IdState.OK], one.identity[IdState.MASKED]
    none = one.identity[IdState.MISSING]
    return {
        "rows": one.rows,
        "in_force": one.in_force,
        "ended": one.ended,
        "neither": one.neither,
        "sound": sound,
        "masked": masks,
        "without": none,
        "unsound": one.rows - sound - masks - none,
    }


def _row(listing: Listing) -> dict[str, Any]:
    return {"list": listing.list, "name": _name(listing), "at": _at(listing)}


def _name(listing: Listing) -> str:
    shown = masked(listing, Audience.ANYBODY, all_of_it=True)
    number = shown.uscc or shown.resident_id or shown.other_id or "无号码"
    return f"{shown.name or '无名称'}（{number}）"


def _at(listing: Listing) -> str:
    return f"{listing.batch} 第 {listing.row} 行"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_STATUS: Final = {
    "list": "名单", "title": "名称", "rows": "记录", "in_force": "在列", "ended": "已结束", "neither": "不生效或存疑",
    "sound": "号码有效", "masked": "号码脱敏", "unsound": "号码有误", "without": "没有号码", "edition": "最新一期",
    "stale_after": "几天过期", "state": "新旧",
}  # fmt: skip
_EXITS: Final = {
    "state": "事项", "list": "名单", "name": "主体", "listed_on": "列入", "days_listed": "已列入天数", "on": "自何日",
    "authority": "认定单位", "region": "区划", "missing": "还缺什么", "at": "批次和行号",
}  # fmt: skip
_DOUBLES: Final = {
    "kind": "疑似", "list": "名单", "name": "主体", "at": "批次和行号", "other_name": "另一条",
    "other_at": "另一条的批次和行号",
}  # fmt: skip
_MOVES: Final = {
    "list": "名单", "title": "名称", "before": "前一日在列", "came": "新增", "went": "退出", "after": "后一日在列",
}  # fmt: skip
