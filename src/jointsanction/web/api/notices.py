"""Notices of events (通报): read by the unit that issued them and by the departments they are addressed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from jointsanction.errors import LoopError
from jointsanction.identity.masks import mask_id
from jointsanction.loop.joint.revealing import note_read
from jointsanction.loop.pushing.notices import Notices
from jointsanction.telling.notice import notice_document
from jointsanction.terms import AccountRole, Audience
from jointsanction.web.api.bodies import RevealBody
from jointsanction.web.api.notice_answers import NoticeAnswer, NoticesAnswer
from jointsanction.web.api.receipts import Number
from jointsanction.web.api.responses import Way, add_ways
from jointsanction.web.api.room import reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fastapi import APIRouter

    from jointsanction.model.caller import Caller
    from jointsanction.model.notice import Notice
    from jointsanction.web.api.room import Room

Limit = Annotated[int, Query(ge=1, le=1000, description="至多几份")]
_NOT_DISCLOSED: Final = "loop.not_disclosed"


class NoticesTold:
    """Notices (通报)."""

    def __init__(self, room: Room) -> None:
        """Take what all routes work with."""
        self._room = room
        self._hosted = room.hosted
        self._notices = Notices(room.hosted.desk)

    async def known(self, request: Request, limit: Limit = 200) -> Response:
        """本单位发出的、通报给本单位的，最新的在前；依名单的公开属性不得告知本账户的不列。"""
        caller = self._room.caller(request, AccountRole.WINDOW)
        found = await self._hosted.run(self._notices.of_unit, caller)
        return reply({"notices": list(self._told(found, caller))[:limit]})

    async def one(self, request: Request, number: Number) -> Response:
        """一份通报，号码和自然人姓名已脱敏；说多少，看所依名单的公开属性。"""
        caller = self._room.caller(request, AccountRole.WINDOW)
        found = await self._hosted.run(self._notices.known_to, caller, number)
        shown = self._shown(found, caller)
        await self._hosted.run(note_read, self._hosted.desk, caller, found.subject, about=number)
        return reply(shown)

    async def reveal(self, request: Request, number: Number, body: RevealBody) -> Response:
        """一份通报，主体不脱敏；须写明理由，每次都记入审计。"""
        caller = self._room.caller(request, AccountRole.WINDOW, officer=body.officer)
        shown = self._shown(await self._hosted.run(self._notices.known_to, caller, number), caller, clear=True)
        await self._hosted.run(self._notices.reveal, number, caller, body.reason)
        return reply(shown)

    def _told(self, found: Iterable[Notice], caller: Caller) -> Iterator[dict[str, Any]]:
        for each in found:
            try:
                yield self._shown(each, caller)
            except LoopError as error:
                if error.code != _NOT_DISCLOSED:
                    raise

    def _shown(self, found: Notice, caller: Caller, *, clear: bool = False) -> dict[str, Any]:
        """Return a notice as a caller may see it: without an audience of its own, an account is of an authority."""
        audience = caller.audience or Audience.AUTHORITY
        document = notice_document(found, self._hosted.engine.tables.catalog, audience, clear=clear)
        return document if clear else {**document, "subject": mask_id(document["subject"])}


_WAYS: Final = (
    Way("GET", "/notices", "known", "getNotices", "通报台账", NoticesAnswer, fails=(422,), body=False),
    Way("GET", "/notices/{number}", "one", "getNotice", "一份通报", NoticeAnswer, fails=(404, 422), body=False),
    Way("POST", "/notices/{number}/reveal", "reveal", "revealNotice", "查看明文", NoticeAnswer, fails=(404,)),
)


def add_notices(router: APIRouter, room: Room) -> None:
    """Add the routes (通报)."""
    add_ways(router, NoticesTold(room), "通报", _WAYS)
