"""Checks (核查): one subject, the bidders of a tender, many subjects; each answered once it is filed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.responses import Response

from jointsanction.errors import SubjectError
from jointsanction.terms import AccountRole
from jointsanction.web.api.answers import BatchAnswer, ExtractAnswer, FiledDocument, MinimalAnswer, TenderAnswer
from jointsanction.web.api.bodies import BatchBody, CheckBody, TenderBody, subject_of
from jointsanction.web.api.responses import KEYED, Way, add_ways
from jointsanction.web.api.room import Room, reply

if TYPE_CHECKING:
    from fastapi import APIRouter

    from jointsanction.model.caller import Caller
    from jointsanction.model.filed import Filed, FiledCheck
    from jointsanction.model.subject import Subject
    from jointsanction.web.api.bodies import Asked


class Checks:
    """Checks that are filed before they are answered (核查)."""

    def __init__(self, room: Room) -> None:
        """Take what all routes work with."""
        self._room = room
        self._hosted = room.hosted

    async def check(self, request: Request, body: CheckBody) -> Response:
        """一个主体在一个事项中适用哪些惩戒与激励措施。有结论即为 200，不论结论如何；未在名单上不是 404。"""
        caller = _caller(self._room, request, body)
        question, key = body.question(), self._room.key(request, body)
        if "known_at" in question:  # what was known then is asked of the database
            filing = await self._hosted.run(self._hosted.desk.ask, question, caller, purpose=body.purpose, key=key)
        else:
            await self._hosted.ready()
            filing = self._hosted.desk.ask(question, caller, purpose=body.purpose, key=key)
        filed = await self._hosted.file(filing)
        return reply(self._room.told(filed.check, caller, body.answer), again=filed.again)

    async def tender(self, request: Request, body: TenderBody) -> Response:
        """一次交易的全部投标人；同一 group 的为一个联合体。"""
        caller = _caller(self._room, request, body, asked=len(body.subjects))
        subjects = [_subject(each) for each in body.subjects]
        words, key = _others(body), self._room.key(request, body)
        filing = await self._hosted.run(
            self._hosted.desk.ask_tender, subjects, body.matter, words, caller, purpose=body.purpose, key=key
        )
        filed = await self._hosted.file(filing)
        return reply(_tender(self._room, filed, caller, body), again=filed.again)

    async def batch(self, request: Request, body: BatchBody) -> Response:
        """许多主体问同一个问题，依次作答；不能作答的一项给出错误，其余照常。"""
        caller = _caller(self._room, request, body, asked=len(body.subjects))
        read = [_read(each) for each in body.subjects]
        words, key = _others(body), self._room.key(request, body)
        filing = await self._hosted.run(
            self._hosted.desk.ask_batch, read, body.matter, words, caller, purpose=body.purpose, key=key
        )
        filed = await self._hosted.file(filing)
        return reply(_batch(self._room, filed, caller, body), again=filed.again)


_WAYS: Final = (
    Way("POST", "/checks", "check", "check", "一键核查", FiledDocument | ExtractAnswer | MinimalAnswer, extra=KEYED),
    Way("POST", "/tenders", "tender", "checkTender", "投标人批量核查", TenderAnswer, extra=KEYED),
    Way("POST", "/batches", "batch", "checkBatch", "批量核查", BatchAnswer, extra=KEYED),
)


def add_checks(router: APIRouter, room: Room) -> None:
    """Add the routes (核查)."""
    add_ways(router, Checks(room), "核查", _WAYS)


def _caller(room: Room, request: Request, body: Asked, *, asked: int = 1) -> Caller:
    """Return who asks, when he may ask about the matter, and as much (核查权限).

    Raises:
        AccessError: `access.role`, `access.matter`, `access.rate`. QuestionError: `question.too_many`.
    """
    caller = room.caller(request, AccountRole.WINDOW, officer=body.officer)
    room.permit_matter(caller, body.matter)
    room.permit_count(caller, asked)
    return caller


def _others(body: Asked) -> dict[str, Any]:
    words = body.words()
    return {name: value for name, value in words.items() if name not in {"matter", "subjects"}}


def _subject(each: Any) -> Subject:  # noqa: ANN401 - a number or a subject
    if isinstance(each, str):
        return subject_of(each, None, None)
    return subject_of(each.id, each.kind, each.name, role=each.role, group=each.group)


def _read(each: Any) -> Subject | str:  # noqa: ANN401 - a number or a subject
    """Return one row of a batch; a number nobody can read is left as it is, for its fault is of that row alone."""
    if isinstance(each, str):
        return each
    try:
        return _subject(each)
    except SubjectError as error:
        if error.code == "subject.kind_conflict" or each.id is None:
            raise
        return str(each.id)


def _told(room: Room, check: FiledCheck, caller: Caller, body: Asked) -> dict[str, Any]:
    return room.told(check, caller, body.answer)


def _tender(room: Room, filed: Filed, caller: Caller, body: Asked) -> dict[str, Any]:
    said = dict(filed.answer or {})
    results = [_told(room, check, caller, body) for check in filed.checks]
    known = all(result["verdict"] is not None for result in results)
    whole = all("receipt" in result for result in results)
    return {
        "number": filed.number,
        "verdict": said["verdict"] if known else None,
        "complete": said["complete"] if known else None,
        "results": results,
        "receipt": said["receipt"] if whole else None,
    }


def _batch(room: Room, filed: Filed, caller: Caller, body: Asked) -> dict[str, Any]:
    said = dict(filed.answer or {})
    told = {check.place: _told(room, check, caller, body) for check in filed.checks}
    errors = said["errors"]
    results = [told.get(place) or {"error": errors[str(place)]} for place in range(said["rows"])]
    return {"number": filed.number, "rows": said["rows"], "root": said["root"], "results": results}
