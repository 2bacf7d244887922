"""Showing whom a change of the lists touched (重评), and telling who watches."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from jointsanction.asking import make_state
from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog
from jointsanction.cli.checking import write_document
from jointsanction.cli.diffing import asked_text, shift_document, turned, who
from jointsanction.cli.page import Block, Headline, Line
from jointsanction.cli.screen import show
from jointsanction.cli.verifying import verified_answers
from jointsanction.engine import open_catalog, shanghai_now
from jointsanction.home import default_store
from jointsanction.loop.reassess import asked_in, reassess, reassess_cases
from jointsanction.loop.watching import watch_events
from jointsanction.steps.asking.ask import read_region
from jointsanction.steps.asking.days import read_day
from jointsanction.store import Store
from jointsanction.terms import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from jointsanction.asking import State
    from jointsanction.cli.page import Part
    from jointsanction.loop.reassess import Reassessed
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.watch import WatchEvent


class Wanted(NamedTuple):
    """Since when, in what, and of which open cases a change is looked at (重评要求)."""

    since: str | None
    matters: tuple[str, ...] = ()
    cases: tuple[Path, ...] = ()
    as_of: str | None = None
    region: str | None = None


class _Found(NamedTuple):
    """What a change did (重评结果)."""

    since: str
    first: date
    subjects: tuple[Reassessed, ...]
    cases: tuple[Reassessed, ...] | None
    told: tuple[WatchEvent, ...]


def show_reassessed(wanted: Wanted, store: str | None, catalogues: Sequence[Path], *, as_json: bool) -> None:
    """Show who is answered otherwise since a batch, and keep the events of those who are watched.

    Raises:
        RegistryError: `registry.no_such_batch`; what opening the store raises.
        QuestionError: `question.date`. UnknownMatterError: a matter in no catalogue.
        ReceiptError: when a case is no answer, or was altered.
    """
    opened, now = Store.open(store or default_store(), create=False), shanghai_now()
    first = now.date() if wanted.as_of is None else read_day(wanted.as_of, "起算日")
    catalog = open_catalog(catalogues)
    touched = opened.touched(wanted.since)
    before, after = states = _states(opened, catalog, touched.known_at, now)
    asked = [asked_in(matter, after.tables, read_region(wanted.region)) for matter in wanted.matters]
    documents = (document for path in wanted.cases for document in verified_answers(path))
    found = _Found(
        touched.batch,
        first,
        tuple(reassess(touched.listings, before, after, first=first, asked=asked)),
        tuple(reassess_cases(documents, touched.listings, before, after, first=first)) if wanted.cases else None,
        opened.watches.tell(watch_events(opened.watches.watches(), states, first=first), recorded_at=now),
    )
    if as_json:
        write_document(_document(found))
    else:
        show(_parts(found))


def tell_watchers(store: Store, catalog: Catalog, batch: str, now: datetime) -> tuple[WatchEvent, ...]:
    """Keep the events that a batch means for those who are watched, and return them; free where nobody is."""
    watches = store.watches.watches()
    if not watches:
        return ()
    at = next(each.recorded_at for each in store.batches() if each.id == batch)
    states = _states(store, catalog, at - timedelta(microseconds=1), now)
    return store.watches.tell(watch_events(watches, states, first=now.date()), recorded_at=now)


def told_parts(told: Sequence[WatchEvent]) -> Iterator[Part]:
    """Yield what was told to those who watch, nothing when there is nothing."""
    if told:
        lines = tuple(Line(f"关注 {each.watch}", f"{each.turn.zh}，自 {each.since} 起") for each in told)
        yield Block(f"关注事件（{len(told)} 项，详见 jointsanction watch events）", lines)


def _states(store: Store, catalog: Catalog, known_at: datetime, now: datetime) -> tuple[State, State]:
    tables = compile_catalog(catalog, catalog_version(catalog))
    # Not earlier than its newest batch, whatever this machine's clock says.
    newest = max([now, *(each.recorded_at for each in store.batches()[-1:])])
    return make_state(tables, store.registry_at(known_at)), make_state(tables, store.registry_at(newest))


def _parts(found: _Found) -> Iterator[Part]:
    counted = Counter(each.turn for each in {(each.shift.subject, each.turn): each for each in found.subjects}.values())
    said = "，".join(f"{turn.zh} {counted[turn]} 个" for turn in Turn)
    yield Headline(f"自批次 {found.since} 起的变动，按 {found.first} 及以后比较：{said}主体。")
    for turn in Turn:
        lines = [line for each in found.subjects if each.turn is turn for line in _lines(each, found.first)]
        if lines:
            yield Block(turn.zh, tuple(lines))
    if found.cases is not None:
        lines = [line for each in found.cases for line in _lines(each, found.first)]
        yield Block(f"在办事项（{len(found.cases)} 件）", tuple(lines) or (Line("", "都与存档时的名单答案相同"),))
    yield from told_parts(found.told)


def _lines(each: Reassessed, first: date) -> Iterator[Line]:
    shift = each.shift
    since = f"自 {shift.since} 起" if shift.since > first else f"{first} 已不同"
    turn = f"{each.turn.zh}，" if shift.case is not None else ""
    yield Line(who(shift), f"{turn}{asked_text(shift)}，{since}：{turned(shift.before, shift.after)}")
    causes = "；".join(f"{code} 批次 {batch} 第 {row} 行" for code, batch, row in each.causes)
    yield Line("  原因", causes or "名单期次更新，没有记录变动")


def _document(found: _Found) -> dict[str, Any]:
    return {
        "since": found.since,
        "as_of": found.first.isoformat(),
        "subjects": [_reassessed(each) for each in found.subjects],
        "cases": [_reassessed(each) for each in found.cases or ()],
        "events": [{"watch": each.watch, "turn": each.turn, "since": each.since.isoformat()} for each in found.told],
    }


def _reassessed(each: Reassessed) -> dict[str, Any]:
    causes = [dict(zip(("list", "batch", "row"), row, strict=True)) for row in each.causes]
    return {"turn": each.turn, **shift_document(each.shift), "causes": causes}
