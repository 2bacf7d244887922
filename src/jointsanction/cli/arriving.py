"""Showing what came late, what did not come, and what each provider brought (迟报、报送情况)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog
from jointsanction.cli.listing import Opened, editions_of, row_of
from jointsanction.cli.reckoning import doubt_of, reckoning_of
from jointsanction.cli.table import Table, show_table
from jointsanction.engine import shanghai_now
from jointsanction.steps.asking.days import read_day
from jointsanction.worklists.figures import ages
from jointsanction.worklists.lateness import due_editions, lateness
from jointsanction.worklists.providers import objected, provided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.cli.listing import Scope
    from jointsanction.cli.reckoning import Term
    from jointsanction.worklists.lateness import Due, Lateness

_NOBODY: Final = "未写明"


def show_late(scope: Scope, term: Term, since: str | None, *, as_json: bool) -> None:
    """Show which rows came later than a term after their documents, and which editions are due (迟报、缺期).

    Raises:
        QuestionError: `question.term`, `question.date`, `question.region`.
        RegistryError: `registry.calendar`; `registry.unknown_list`; a store that can't be read.
    """
    opened = Opened(scope)
    found = _lateness(opened, term, since)
    due = tuple(_due(opened))
    total = len(due) + sum(len(places) for *_, places in found.late)
    rows = (row for part in ((_edition(each) for each in due), _late_rows(opened, found)) for row in part)
    show_table(Table("迟报和缺期", _LATE, rows, total, tuple(_notes(found))), opened.day, as_json=as_json)


def show_providers(scope: Scope, term: Term, since: str | None, *, as_json: bool) -> None:
    """Show what each provider brought, and what became of it (报送情况); lateness only where a term is given.

    Raises:
        QuestionError, RegistryError: as `show_late`.
    """
    opened = Opened(scope)
    batches = opened.store.batches()
    who, found = {batch.id: batch.provider for batch in batches}, provided(batches, opened.everyone())
    objections = objected(opened.repairs)
    for record, batch in dict(opened.store.scan.batches_of(objections)).items():
        one, (filed, upheld) = found[who[batch]], objections[record]
        one.objections, one.upheld = one.objections + filed, one.upheld + upheld
    notes: tuple[str, ...] = ()
    if term.days is not None or term.working_days is not None:
        late = _lateness(opened, term, since)
        for one in found.values():
            one.late = 0
        for batch, count in late.by_batch.items():
            found[who[batch]].late = (found[who[batch]].late or 0) + count
        notes = tuple(_notes(late))
    rows = [
        {"provider": provider or _NOBODY, **{name: getattr(found[provider], name) for name in list(_PROVIDERS)[1:]}}
        for provider in sorted(found, key=lambda name: name or "")
    ]
    show_table(Table("报送情况", _PROVIDERS, rows, len(rows), notes), opened.day, as_json=as_json)


def _lateness(opened: Opened, term: Term, since: str | None) -> Lateness:
    first = None if since is None else read_day(since, "起算日不早于")
    return lateness(opened.store.scan.arrivals(opened.among), reckoning_of(term), first)


def _due(opened: Opened) -> Iterator[Due]:
    editions = {code: found for code, found in editions_of(opened.store).items() if code in opened.lists}
    tables = compile_catalog(opened.catalog, catalog_version(opened.catalog))
    aged = ages(sorted(editions), tables, editions, day=opened.day, now=shanghai_now())
    return due_editions(aged, opened.lists, opened.day)


def _edition(due: Due) -> dict[str, Any]:
    last = due.last_edition.isoformat()
    told = {"state": "缺期", "list": due.list, "name": "", "began": last, "last": due.expected.isoformat()}
    return {**told, "received": None, "late_days": due.days, "provider": "", "at": ""}


def _late_rows(opened: Opened, found: Lateness) -> Iterator[dict[str, Any]]:
    who = {batch.id: batch.provider for batch in opened.store.batches()}
    told = ((one, received) for one, received, places in found.late for _ in places)
    listings = opened.store.scan.at(place for *_, places in found.late for place in places)
    for (one, received), (_, listing) in zip(told, listings, strict=True):
        days = {"began": one.began.isoformat(), "last": one.last.isoformat(), "received": received.isoformat()}
        provider = who.get(listing.batch or "") or _NOBODY
        yield {"state": "迟报", **row_of(listing), **days, "late_days": one.late, "provider": provider}


def _notes(found: Lateness) -> Iterator[str]:
    if doubt := doubt_of(found.unknown_years):
        yield doubt
    if found.undated:
        yield f"另有 {found.undated} 条没有文书日期，也没有列入日期，无法判断是否迟报。"
    yield f"按文书日期（没有的按列入日期）起算，首次收到之日为准，共判断 {found.rows} 条。"


_LATE: Final = {
    "state": "事项", "list": "名单", "name": "主体", "began": "起算日", "last": "最后一日", "received": "收到日",
    "late_days": "迟几日", "provider": "报送单位", "at": "批次和行号",
}  # fmt: skip
_PROVIDERS: Final = {
    "provider": "报送单位", "files": "批次", "delivered": "报送行数", "rows": "现行记录", "unsound": "号码有误",
    "without": "没有号码", "objections": "收到异议", "upheld": "异议成立", "late": "迟报",
}  # fmt: skip
