"""Repair and objection at the command line (信用修复、异议办理)."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from jointsanction.cli.screen import show
from jointsanction.cli.stored import open_law, open_store
from jointsanction.engine import Engine, shanghai_now
from jointsanction.errors import QuestionError, RegistryError
from jointsanction.home import default_store
from jointsanction.identity.identify import identify
from jointsanction.identity.keys import own_keys
from jointsanction.identity.masks import mask_id
from jointsanction.identity.record_key import record_key
from jointsanction.repair.in_step import in_step
from jointsanction.repair.making import Step, make_event
from jointsanction.repair.standing import standing_on
from jointsanction.steps.asking.ask import read_subject
from jointsanction.steps.asking.days import read_day
from jointsanction.steps.standing.in_force import in_force
from jointsanction.steps.standing.lookup import Found
from jointsanction.steps.standing.repairable import repairable
from jointsanction.steps.standing.term_end import ListTerms
from jointsanction.telling.page import Grid, Headline
from jointsanction.terms import Office, RepairState, RepairTrack
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing


class Records(NamedTuple):
    """Which records a step concerns (所涉记录): those of a subject that rest on one instrument."""

    number: str
    kind: str | None
    instrument: str
    lists: tuple[str, ...]
    store: str | None


def take(
    track: str, state: str, records: Records, said: dict[str, Any], *, catalogues: Sequence[Path] | None = None
) -> None:
    """Take one step for every record that shares the instrument, and say of each list what came of it (办理).

    With `catalogues` it is an application: what is still missing is told.

    Raises:
        RegistryError: `repair.no_record`; what the step raises, when it can be taken for none of the records.
    """
    ledger, now = open_store(records.store).repairs, shanghai_now()
    step = _step(track, state, said, now.date())
    if step.state is RepairState.APPLIED and catalogues is None:
        # Only an application is held against its list, which may ask for the consent of both offices.
        raise QuestionError("question.usage", "申请不作为一步登记。", "用 jointsanction repair apply。")
    catalog = None if catalogues is None else open_law(records.store, catalogues)
    rows, refused = [], []
    for listing in _found(records):
        earlier = list(ledger.events([record_key(listing)]))
        try:
            event = make_event(listing, step._replace(two_step=step.two_step or _asks_two(catalog, listing)), earlier)
            kept = ledger.append([event], recorded_at=now)[0]
        except RegistryError as error:
            refused.append(error)
            rows.append((listing.list, "未办理", error.message))
        else:
            rows.append((listing.list, kept.state.zh, _open_points(catalog, listing, [*earlier, kept])))
    if len(refused) == len(rows):
        raise refused[0]
    show(
        [
            Grid(
                f"{step.track.zh}（{len(rows) - len(refused)}/{len(rows)} 条记录）",
                ("名单", "状态", "说明"),
                tuple(rows),
            )
        ]
    )


def _step(track: str, state: str, said: dict[str, Any], today: date) -> Step:
    given = {key: value for key, value in said.items() if value is not None}
    for key in ("on", "until"):
        if key in given:
            given[key] = read_day(given[key], "日期")
    if "office" in given:
        given["office"] = word(Office, given["office"], "办理方")
    words = word(RepairTrack, track, "办理程序"), word(RepairState, state, "办理状态")
    return Step(*words, **{"on": today, **given})


def _found(records: Records) -> tuple[Listing, ...]:
    keys = set(identify(read_subject(records.number, records.kind)).keys)
    shared = open_store(records.store).repairs.of_instrument(records.instrument)
    own = tuple(row for row in shared if keys & set(own_keys(row)) and (not records.lists or row.list in records.lists))
    if not own:
        message = "名单库中没有该主体依据这份文书的现行记录。"
        raise RegistryError("repair.no_record", message, "请核对证件号码、文书文号和名单代码。")
    return own


def _asks_two(catalog: Catalog | None, listing: Listing) -> bool:
    kind = None if catalog is None else catalog.lists.get(listing.list)
    return kind is not None and kind.repair is not None and kind.repair.two_step


def _open_points(catalog: Catalog | None, listing: Listing, events: list[RepairEvent]) -> str:
    """Return what an application, the last of the steps, still lacks; an officer who verifies it reads it first."""
    if catalog is None:
        return ""
    day = events[-1].on
    now, process = standing_on(listing, events, day)
    standing = in_force((Found(now, process=process),), ListTerms(catalog.lists), day)
    said = repairable(standing[0], catalog, day) if standing else None
    if said is None:
        return "目录没有写明本名单能否修复"
    return f"须核实：{'；'.join(said.missing)}" if said.repairable else "本名单不可修复"


def list_all(tracks: tuple[str, ...], number: str | None, kind: str | None, store: str | None) -> None:
    """Show the steps of some tracks (办理记录), of one subject or of all."""
    opened = open_store(store)
    events = [event for event in opened.repairs.events() if event.track in tracks]
    if number is not None:
        hits = opened.registry().lookup(identify(read_subject(number, kind)).keys, None)
        own = {record_key(hit.listing) for hit in hits if hit.related is None and not hit.by_name}
        events = [event for event in events if event.record in own]
    headers = ("名单", "程序", "状态", "自", "经办", "理由", "文号", "更正")
    show([Grid(f"办理记录（{len(events)} 项）", headers, tuple(map(_row, events)))])


def _row(event: RepairEvent) -> tuple[str, ...]:
    office = f"（{event.office.zh}）" if event.office is not None else ""
    until = f" 至 {event.until}" if event.until is not None else ""
    changed = f"{event.field}：{event.old or '空'} → {event.new or '空'}" if event.field is not None else ""
    return (
        event.list,
        event.track.zh,
        event.state.zh,
        f"{event.on}{until}",
        f"{event.actor}{office}",
        event.reason,
        event.document or "",
        changed,
    )


def notice(
    number: str, kind: str | None, as_of: str | None, *, as_json: bool, source: tuple[str | None, Sequence[Path]]
) -> None:
    """Print the notice of repair of a subject (信用修复告知书)."""
    store, catalogues = source
    found = Engine.open(store or default_store(), catalogues).repair_notice(number, kind=kind, as_of=as_of)
    sys.stdout.write(json.dumps(found.model_dump(), ensure_ascii=False) + "\n" if as_json else str(found))


def report(instrument: str, as_of: str | None, store: str | None) -> None:
    """Show which of the records of one instrument are not as far as the others (同步情况)."""
    opened = open_store(store)
    day = shanghai_now().date() if as_of is None else read_day(as_of, "核查基准日")
    events = opened.registry().repairs
    rows = [
        row for group in _by_subject(opened.repairs.of_instrument(instrument)) for row in _behind(group, events, day)
    ]
    late = sum(row[-1] == "未同步" for row in rows)
    headers = ("主体", "名单", "信用修复", "移出日期", "同步")
    show([Headline(f"同一文书 {len(rows)} 条记录，{late} 条未同步。"), Grid(instrument, headers, tuple(rows))])


def _by_subject(listings: Iterable[Listing]) -> Iterator[list[Listing]]:
    """Yield the records of each subject: one judgment may name several."""
    groups: dict[str, list[Listing]] = {}
    for listing in listings:
        groups.setdefault((own_keys(listing) or (listing.name or "",))[0], []).append(listing)
    yield from groups.values()


def _behind(group: list[Listing], events: Any, day: date) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 - the registry's own
    for each in in_step(group, events, map(record_key, group), day):
        number = each.listing.uscc or each.listing.resident_id or each.listing.other_id
        yield (
            mask_id(number) if number else "号码不明",
            each.listing.list,
            "未办理" if each.step is None else each.step.state.zh,
            "" if each.ended_on is None else each.ended_on.isoformat(),
            "未同步" if each.behind else "一致",
        )
