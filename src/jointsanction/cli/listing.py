"""Showing what stands in the store and what somebody has to look at (名单管理); numbers and names masked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog
from jointsanction.cli.exporting import lists_named, region_of, statuses_of
from jointsanction.cli.stored import open_law
from jointsanction.cli.table import Table, show_table
from jointsanction.engine import shanghai_now
from jointsanction.export.masking import masked
from jointsanction.home import default_store
from jointsanction.registry.readers.quality.near_names import MOST_TOLD
from jointsanction.steps.asking.days import read_day
from jointsanction.store import Store
from jointsanction.store.repairs import by_record
from jointsanction.store.scanning import Among
from jointsanction.terms import Audience, IdState, SubjectKind
from jointsanction.terms.words import word
from jointsanction.worklists.doubles import Uncompared, doubles
from jointsanction.worklists.exits import exits
from jointsanction.worklists.figures import Figures, ages, figures, moves
from jointsanction.worklists.standings import shape_standings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog, ListType
    from jointsanction.model.subject import Edition, Listing
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.store.scanning import Shape
    from jointsanction.terms import DoubleKind
    from jointsanction.worklists.exits import Exit


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
    statuses: tuple[str, ...] = ()


class Opened:
    """A scope with its store and catalogue open (范围)."""

    def __init__(self, scope: Scope) -> None:
        """Open them."""
        self.catalog: Catalog = open_law(scope.store, scope.catalogues)
        self.lists: Mapping[str, ListType] = lists_named(self.catalog, scope.lists)
        self.store = Store.open(scope.store or default_store(), create=False)
        self.day: date = shanghai_now().date() if scope.as_of is None else read_day(scope.as_of, "基准日")
        self.repairs = by_record(self.store.repairs.events())
        self.among = Among(
            lists=tuple(self.lists),
            kind=None if scope.kind is None else word(SubjectKind, scope.kind, "主体类别"),
            region=region_of(scope.region),
            authority=scope.authority,
            statuses=statuses_of(scope.statuses),
        )

    def standings(self, day: date) -> Iterator[tuple[Shape, Standing]]:
        """Yield the rows of the scope with their standing on a day, those alike together."""
        shapes = self.store.scan.shapes(self.among, self.repairs.keys())
        return shape_standings(shapes, self.catalog, self.repairs, day)

    def sharing(self, how: str) -> Iterator[tuple[str, tuple[Listing, ...]]]:
        """Yield each key of a sort that several rows of the scope have, with those rows."""
        return self.store.scan.sharing(self.among, how)

    def everyone(self) -> Iterator[Listing]:
        """Yield who each row of the scope is about."""
        return self.store.scan.glances(self.among)


def show_status(scope: Scope, *, as_json: bool) -> None:
    """Show the figures and the age of each list (名单概况).

    Raises:
        RegistryError: a store that can't be read; `registry.unknown_list`.
    """
    opened = Opened(scope)
    found = figures(opened.standings(opened.day), opened.everyone())
    editions = editions_of(opened.store)
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
    show_table(Table("名单概况", _STATUS, rows, len(rows)), opened.day, as_json=as_json)


def show_exits(scope: Scope, within: int, *, as_json: bool) -> None:
    """Show who should leave, and when (退出清单).

    Raises:
        RegistryError: as `show_status`.
    """
    opened = Opened(scope)
    found = exits(opened.standings(opened.day), opened.catalog, opened.day, within=within)
    told = (each for each, ids in found for _ in ids)
    listings = opened.store.scan.at(place for _, ids in found for place in ids)
    rows = (_exit(each, listing, opened.day) for each, (_, listing) in zip(told, listings, strict=False))
    show_table(Table("退出清单", _EXITS, rows, sum(len(ids) for _, ids in found)), opened.day, as_json=as_json)


def show_doubles(scope: Scope, *, as_json: bool) -> None:
    """Show rows that may be one (疑似重复).

    Raises:
        RegistryError: as `show_status`.
    """
    opened, left = Opened(scope), Uncompared()
    found = tuple(doubles(opened, left))
    listings = opened.store.scan.at(place for each in found for place in (each.first, each.second))
    rows = (_double(each.kind, next(listings)[1], next(listings)[1]) for each in found)
    show_table(Table("疑似重复", _DOUBLES, rows, len(found), tuple(_left(left))), opened.day, as_json=as_json)


def show_moves(scope: Scope, second: str, *, as_json: bool) -> None:
    """Show how many came and went between two days (前后对比).

    Raises:
        RegistryError: as `show_status`.
    """
    opened, until = Opened(scope), read_day(second, "后一日期")
    found = moves(opened.standings(opened.day), opened.standings(until))
    rows = [
        {"list": code, "title": opened.lists[code].title, **move._asdict(), "after": move.after}
        for code, move in found.items()
    ]
    show_table(Table(f"前后对比（至 {until}）", _MOVES, rows, len(rows)), opened.day, as_json=as_json)


def _exit(found: Exit, listing: Listing, day: date) -> dict[str, Any]:
    return {
        "state": found.state.zh,
        **row_of(listing),
        "listed_on": _iso(listing.listed_on),
        "days_listed": None if listing.listed_on is None else (day - listing.listed_on).days,
        "on": _iso(found.on),
        "authority": listing.designating_authority,
        "region": listing.region,
        "subject_status": listing.subject_status and listing.subject_status.zh,
        "missing": "；".join(found.missing),
    }


def _double(kind: DoubleKind, first: Listing, second: Listing) -> dict[str, Any]:
    return {"kind": kind.zh, **row_of(first), "other_name": _name(second), "other_at": _at(second)}


def _left(left: Uncompared) -> Iterator[str]:
    if left.names:
        yield f"没有有效号码的记录太多，另有 {left.names} 条没有比对形近名称，请用 --list 缩小范围。"
    if left.pairs_cut:
        yield f"形近名称只列前 {MOST_TOLD} 对，请用 --list 缩小范围。"


def editions_of(store: Store) -> dict[str, tuple[Edition, ...]]:
    """Return the complete editions of each list, by code (期次)."""
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


def row_of(listing: Listing) -> dict[str, Any]:
    """Return what every work list says of a row (清单行): its list, who it is about, masked, and where it stands."""
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
    "authority": "认定单位", "region": "区划", "subject_status": "登记状态",
    "missing": "还缺什么", "at": "批次和行号",
}  # fmt: skip
_DOUBLES: Final = {
    "kind": "疑似", "list": "名单", "name": "主体", "at": "批次和行号", "other_name": "另一条",
    "other_at": "另一条的批次和行号",
}  # fmt: skip
_MOVES: Final = {
    "list": "名单", "title": "名称", "before": "前一日在列", "came": "新增", "went": "退出", "after": "后一日在列",
}  # fmt: skip
