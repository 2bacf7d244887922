"""Showing whom a change of the lists touched (重评), and telling who watches."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog
from jointsanction.cli.at_desk import open_desk
from jointsanction.cli.checking import write_document
from jointsanction.cli.diffing import asked_text, shift_document, turned, who
from jointsanction.cli.screen import show
from jointsanction.cli.stored import open_law
from jointsanction.cli.verifying import verified_answers
from jointsanction.engine import shanghai_now
from jointsanction.home import default_store
from jointsanction.loop.arriving.reassess import asked_in, keys_asked, reassess, reassess_cases, subjects_of, unaskable
from jointsanction.loop.arriving.watchers import newest_instant, state_then, tell_watchers
from jointsanction.loop.pushing.announcing import announce_reassessed
from jointsanction.steps.asking.ask import read_region
from jointsanction.steps.asking.days import read_day
from jointsanction.store import Store
from jointsanction.store.instants import first_instant
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.terms import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from jointsanction.catalog.compile import Tables
    from jointsanction.loop.arriving.reassess import Reassessed
    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.subject import Listing
    from jointsanction.model.watch import WatchEvent
    from jointsanction.telling.page import Part


_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Wanted(NamedTuple):
    """Since when, in what, and of which open cases a change is looked at (重评要求)."""

    since: str | None
    matters: tuple[str, ...] = ()
    cases: tuple[Path, ...] = ()
    as_of: str | None = None
    region: str | None = None
    push: tuple[str, ...] = ()


class _Found(NamedTuple):
    """What a change did (重评结果)."""

    since: str
    first: date
    subjects: tuple[Reassessed, ...]
    unaskable: tuple[Listing, ...]
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
    catalog = open_law(store, catalogues)
    touched = opened.touched(_since(wanted.since))
    named = subjects_of(touched)
    keys = keys_asked(named.values())
    tables = _tables(catalog)
    instants = (touched.known_at, newest_instant(opened, now))
    before, after = (state_then(opened, tables, at, keys) for at in instants)
    asked = [asked_in(matter, after.tables, read_region(wanted.region)) for matter in wanted.matters]
    documents = (document for path in wanted.cases for document in verified_answers(path))
    found = _Found(
        touched.since,
        first,
        tuple(reassess(named, before, after, first=first, asked=asked)),
        unaskable(touched),
        tuple(reassess_cases(documents, named, before, after, first=first)) if wanted.cases else None,
        tell_watchers(opened, catalog, now),
    )
    if wanted.push:
        announce_reassessed(found.subjects, wanted.push, open_desk(store, catalogues), since=found.since)
    if as_json:
        write_document(_document(found))
    else:
        show(_parts(found))


def told_parts(told: Sequence[WatchEvent]) -> Iterator[Part]:
    """Yield what was told to those who watch, nothing when there is nothing."""
    if told:
        lines = tuple(Line(f"关注 {each.watch}", f"{each.turn.zh}，自 {each.since} 起") for each in told)
        yield Block(f"关注事件（{len(told)} 项，详见 jointsanction watch events）", lines)


def _since(text: str | None) -> str | datetime | None:
    """Return since when changes are looked at: a day where the text is one, else the batch of that number."""
    if text is None or not _DAY.fullmatch(text):
        return text
    return first_instant(read_day(text, "起始日"))


def _tables(catalog: Catalog) -> Tables:
    return compile_catalog(catalog, catalog_version(catalog))


def _parts(found: _Found) -> Iterator[Part]:
    counted = Counter(each.turn for each in {(each.shift.subject, each.turn): each for each in found.subjects}.values())
    said = "，".join(f"{turn.zh} {counted[turn]} 个" for turn in Turn)
    yield Headline(f"自{found.since} 起的变动，按 {found.first} 及以后比较：{said}主体。")
    for turn in Turn:
        lines = [line for each in found.subjects if each.turn is turn for line in _lines(each, found.first)]
        if lines:
            yield Block(turn.zh, tuple(lines))
    if found.unaskable:
        rows = tuple(Line(row.list, f"批次 {row.batch} 第 {row.row} 行") for row in found.unaskable)
        yield Block(f"没有可核对的号码、无法重评的记录（{len(rows)} 条，请人工核对）", rows)
    if found.cases is not None:
        lines = [line for each in found.cases for line in _lines(each, found.first)]
        yield Block(f"在办事项（{len(found.cases)} 件）", tuple(lines) or (Line("", "都与存档时的名单答案相同"),))
    yield from told_parts(found.told)


def _lines(each: Reassessed, first: date) -> Iterator[Line]:
    shift = each.shift
    since = f"自 {shift.since} 起" if shift.since > first else f"{first} 已不同"
    turn = f"{each.turn.zh}，" if shift.case is not None else ""
    yield Line(who(shift), f"{turn}{asked_text(shift)}，{since}：{turned(shift.before, shift.after)}")
    causes = "；".join(map(str, each.causes))
    yield Line("  原因", causes or "名单期次更新，没有记录变动")


def _document(found: _Found) -> dict[str, Any]:
    return {
        "since": found.since,
        "as_of": found.first.isoformat(),
        "subjects": [_reassessed(each) for each in found.subjects],
        "unaskable": [{"list": row.list, "batch": row.batch, "row": row.row} for row in found.unaskable],
        "cases": [_reassessed(each) for each in found.cases or ()],
        "events": [{"watch": each.watch, "turn": each.turn, "since": each.since.isoformat()} for each in found.told],
    }


def _reassessed(each: Reassessed) -> dict[str, Any]:
    return {"turn": each.turn, **shift_document(each.shift), "causes": [cause._asdict() for cause in each.causes]}
