"""The lists (名单): what is there and how new, what came in, what changed since, and taking in a file."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from jointsanction.disclosure import leaves_whole
from jointsanction.export.masking import masked
from jointsanction.loop.follow_up.days import span_of
from jointsanction.model.audit import Deed
from jointsanction.steps.asking.days import SHANGHAI, read_day
from jointsanction.store.instants import first_instant
from jointsanction.terms import AccountRole, Audience, AuditAction, Disclosure
from jointsanction.web.api.catalogue_answers import BatchesAnswer, DifferencesAnswer, ImportAnswer, ListsAnswer
from jointsanction.web.api.responses import Way, add_ways
from jointsanction.web.api.room import reply
from jointsanction.web.problems import not_taken
from jointsanction.web.uploads import Upload
from jointsanction.worklists.figures import ages

if TYPE_CHECKING:
    from fastapi import APIRouter

    from jointsanction.model.subject import Listing
    from jointsanction.store.batches import Batch
    from jointsanction.web.api.room import Room
    from jointsanction.web.hosted import Hosted

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_OCTETS: Final = "application/octet-stream"
_SHORT: Final = r"^[^\x00-\x1F\x7F/\\]+$"
_READERS: Final = (AccountRole.WINDOW, AccountRole.OPERATOR, AccountRole.AUTHOR, AccountRole.REVIEWER)
_FILE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "名单文件本身",
        "content": {_OCTETS: {"schema": {"type": "string", "format": "binary"}}},
    }
}

Limit = Annotated[int, Query(ge=1, le=1000, description="至多几项")]
Since = Annotated[
    str | None, Query(max_length=80, pattern=r"^[A-Za-z0-9:._-]+$", description="批次号或者日期；缺省为最新一批")
]
FileName = Annotated[str, Query(max_length=80, pattern=_SHORT, description="文件名，凭扩展名认格式")]
Word = Annotated[str | None, Query(max_length=80, pattern=_SHORT)]
Switch = Annotated[bool, Query()]


class Lists:
    """What is known of the lists (名单)."""

    def __init__(self, room: Room) -> None:
        """Take what all routes work with."""
        self._room = room
        self._hosted = room.hosted

    async def lists(self, request: Request) -> Response:
        """目录中的各份名单，最近一次完整导入是哪一批、是否过期。"""
        self._room.caller(request, *_READERS)
        return reply(_lists(self._hosted))

    async def batches(self, request: Request, limit: Limit = 100) -> Response:
        """导入的文件，最新的在前。"""
        self._room.caller(request, *_READERS)
        found = await self._hosted.run(self._hosted.lists.batches)
        return reply({"batches": [_batch(each) for each in reversed(found[-limit:])]})

    async def differences(self, request: Request, since: Since = None, limit: Limit = 200) -> Response:
        """自某一批次或者日期起新增、变更、结束的记录；号码和自然人姓名已脱敏；运维岗位。"""
        caller = self._room.caller(request, AccountRole.OPERATOR)
        found = await self._hosted.run(self._hosted.lists.touched, _since(since))
        told = [each for each in found.listings if self._may_tell(each, caller.audience)]
        withheld, rows = len(found.listings) - len(told), [_row(each) for each in told[:limit]]
        await self._room.note(AuditAction.READ, caller, about="lists", detail={"since": found.since, "rows": len(rows)})
        return reply({"since": found.since, "total": len(told), "withheld": withheld, "rows": rows})

    def _may_tell(self, listing: Listing, audience: Audience | None) -> bool:
        """Tell whether a row may be told to an account (公开属性): one of a list nobody described is closed."""
        kind = self._hosted.engine.tables.catalog.lists.get(listing.list)
        return audience is None or leaves_whole(Disclosure.CLOSED if kind is None else kind.disclosure, audience)

    async def take_in(  # noqa: PLR0913 - the options of `jointsanction import`
        self,
        request: Request,
        *,
        name: FileName,
        list_code: Annotated[Word, Query(alias="list", description="全部记录所属的名单")] = None,
        mapping: Annotated[Word, Query(description="随附映射的名称")] = None,
        sheet: Annotated[Word, Query(description="工作表")] = None,
        sequence: Annotated[Word, Query(description="期号")] = None,
        after: Annotated[Word, Query(description="上一期的期号")] = None,
        partial: Switch = False,
        accept_shrink: Switch = False,
        accept_mismatch: Switch = False,
        dry_run: Switch = False,
    ) -> Response:
        """导入一个名单文件，内容即请求内容；任何一行有误则全部不写，imported 为 false 并列出各行。"""
        caller = self._room.caller(request, AccountRole.OPERATOR)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _OCTETS:
            raise not_taken(_OCTETS)
        upload = Upload(
            name=name, list_code=list_code, mapping=mapping, sheet=sheet, sequence=sequence, after=after,
            partial=partial, accept_shrink=accept_shrink, accept_mismatch=accept_mismatch, dry_run=dry_run,
        )  # fmt: skip
        found = await self._hosted.uploads.take(request.stream(), upload)
        said = {"imported": found["imported"], "dry_run": dry_run, "batch": (found.get("outcome") or {}).get("batch")}
        await self._hosted.run(self._hosted.desk.note, Deed(action=AuditAction.IMPORT, caller=caller, detail=said))
        # Whoever is told that a list came in is answered by it from now on; other processes follow within a second.
        await self._hosted.run(self._hosted.swapper.look)
        return reply(found)


_WAYS: Final = (
    Way("GET", "/lists", "lists", "getLists", "名单概况", ListsAnswer, body=False),
    Way("GET", "/lists/batches", "batches", "getBatches", "导入批次", BatchesAnswer, fails=(422,), body=False),
    Way(
        "GET",
        "/lists/differences",
        "differences",
        "getDifferences",
        "名单差异",
        DifferencesAnswer,
        fails=(
            404,
            422,
        ),
        body=False,
    ),
    Way("POST", "/lists/import", "take_in", "importList", "导入名单", ImportAnswer, fails=(409,), extra=_FILE),
)


def add_lists(router: APIRouter, room: Room) -> None:
    """Add the routes (名单)."""
    add_ways(router, Lists(room), "名单", _WAYS)


def _since(said: str | None) -> str | datetime | None:
    """Return the batch that was named, or the instant with which a day begins.

    Raises:
        QuestionError: `question.date`; `question.days` for a day that no calendar of ours has.
    """
    if said is None or _DAY.fullmatch(said) is None:
        return said
    day = read_day(said, "起始日期")
    span_of(day, None)
    return first_instant(day)


def _lists(hosted: Hosted) -> dict[str, Any]:
    tables, registry, now = hosted.engine.tables, hosted.engine.registry, hosted.clock()
    known = tables.catalog.lists
    aged = ages(known, tables, registry.editions, day=now.astimezone(SHANGHAI).date(), now=now)
    rows = [
        {
            "code": age.list,
            "title": known[age.list].title,
            "kind": known[age.list].kind,
            "disclosure": known[age.list].disclosure,
            "batch": age.batch,
            "received_at": None if age.received_at is None else age.received_at.isoformat(),
            "stale": age.stale,
        }
        for age in aged
    ]
    return {"registry": registry.version, "lists": rows}


def _batch(batch: Batch) -> dict[str, Any]:
    names = ("id", "file_name", "provider", "rows", "added", "changed", "unchanged", "missing", "version")
    lists = sorted({edition.list for edition in batch.editions})
    return {
        **{name: getattr(batch, name) for name in names},
        "recorded_at": batch.recorded_at.isoformat(),
        "lists": lists,
    }


def _row(listing: Listing) -> dict[str, Any]:
    shown = masked(listing, Audience.ANYBODY, all_of_it=True)
    return {
        "list": shown.list,
        "name": shown.name,
        "id": shown.uscc or shown.resident_id or shown.other_id,
        "listed_on": _iso(shown.listed_on),
        "removed_on": _iso(shown.removed_on),
        "batch": shown.batch,
        "row": shown.row,
        "stands": shown.superseded_at is None,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
