"""Watching subjects (关注): adding, listing and ending watches, and listing what they told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog
from jointsanction.cli.checking import write_document
from jointsanction.cli.reassessing import told_parts
from jointsanction.cli.screen import show
from jointsanction.cli.stored import open_law
from jointsanction.engine import shanghai_now
from jointsanction.errors import QuestionError
from jointsanction.home import default_store
from jointsanction.identity.identify import identify
from jointsanction.identity.masks import mask_id
from jointsanction.loop.arriving.watchers import tell_watchers
from jointsanction.model.watch import Watch
from jointsanction.steps.asking.ask import read_region, read_subject
from jointsanction.store import Store
from jointsanction.telling.page import Grid, Headline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jointsanction.model.watch import WatchEvent


_BY_DATE: Final = "日期届至"


class Said(NamedTuple):
    """What is watched, by whom, and why (关注说明)."""

    matter: str
    author: str
    reason: str | None = None
    kind: str | None = None
    region: str | None = None


def add(number: str, said: Said, store: str | None, catalogues: Sequence[Path]) -> None:
    """Keep a watch and show its number.

    Raises:
        SubjectError: when the number is none or could be two things. UnknownMatterError: a matter in no catalogue.
        QuestionError: `question.watch` for a masked number, which is nobody in particular; `question.region`.
    """
    subject = read_subject(number, said.kind)
    if not any(not key.startswith("m:") for key in identify(subject).keys):
        raise QuestionError("question.watch", "脱敏号码或者名称不能指明是谁，无法关注。", "请给出完整的证件号码。")
    catalog = open_law(store, catalogues)
    compile_catalog(catalog, catalog_version(catalog)).resolve_matter(said.matter)
    kept = Store.open(store or default_store(), create=False).watches.add(
        Watch(
            number=number,
            kind=said.kind,
            matter=said.matter,
            region=None if said.region is None else read_region(said.region),
            author=said.author,
            reason=said.reason,
        ),
        recorded_at=shanghai_now(),
    )
    show([Headline(f"已关注（编号 {kept.id}）：{mask_id(number)}，事项 {kept.matter}；名单变动时记录事件。")])


def list_all(store: str | None) -> None:
    """Show the watches that are open, the subjects masked (关注)."""
    found = Store.open(store or default_store(), create=False).watches.watches()
    headers = ("编号", "主体", "事项", "地域", "关注人", "起始", "理由")
    show([Grid(f"关注（{len(found)} 项）", headers, tuple(map(_row, found)))])


def remove(watch: int, store: str | None) -> None:
    """End a watch (取消关注).

    Raises:
        RegistryError: `registry.no_such_watch`.
    """
    ended = Store.open(store or default_store(), create=False).watches.end(watch, recorded_at=shanghai_now())
    show([Headline(f"已取消关注（编号 {watch}）：{mask_id(ended.number)}，事项 {ended.matter}；已有的事件保留。")])


def look(store: str | None, catalogues: Sequence[Path]) -> None:
    """Look at all who are watched and show what came since the last look."""
    opened = Store.open(store or default_store(), create=False)
    told = tell_watchers(opened, open_law(store, catalogues), shanghai_now())
    show([Headline(f"已查看 {len(opened.watches.watches())} 项关注：新事件 {len(told)} 项。"), *told_parts(told)])


def list_events(store: str | None, *, as_json: bool) -> None:
    """Show every event, the newest last (关注事件)."""
    found = Store.open(store or default_store(), create=False).watches.events()
    if as_json:
        write_document({"events": [_document(*each) for each in found]})
        return
    headers = ("关注", "主体", "事项", "变动", "自哪一天起", "原结论", "现结论", "原因", "记录时刻")
    show([Grid(f"关注事件（{len(found)} 项）", headers, tuple(_event_row(*each) for each in found))])


def _row(watch: Watch) -> tuple[str, ...]:
    began = "" if watch.recorded_at is None else watch.recorded_at.date().isoformat()
    masked = mask_id(watch.number)
    return f"{watch.id}", masked, watch.matter, watch.region or "全国", watch.author, began, watch.reason or ""


def _event_row(watch: Watch, event: WatchEvent) -> tuple[str, ...]:
    causes = "；".join(map(str, event.causes)) or _BY_DATE
    told = "" if event.recorded_at is None else event.recorded_at.isoformat(timespec="minutes")
    turned = event.turn.zh, event.since.isoformat(), event.before.zh, event.after.zh
    return f"{watch.id}", mask_id(watch.number), watch.matter, *turned, causes, told


def _document(watch: Watch, event: WatchEvent) -> dict[str, Any]:
    return {
        "watch": watch.id,
        "subject": watch.number,
        "matter": watch.matter,
        "region": watch.region,
        "author": watch.author,
        "turn": event.turn,
        "since": event.since.isoformat(),
        "before": event.before,
        "after": event.after,
        "causes": [cause._asdict() for cause in event.causes],
        "registry": event.version,
        "recorded_at": None if event.recorded_at is None else event.recorded_at.isoformat(),
    }
