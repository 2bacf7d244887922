"""About the service itself (管理): who asks, what the audit holds, how the outbox stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from jointsanction.loop.filing.auditing import Sought, masked_entry
from jointsanction.loop.follow_up.days import span_of
from jointsanction.model.audit import Deed
from jointsanction.store.docket.messages import counts, known
from jointsanction.terms import AccountRole, AuditAction, MessageState
from jointsanction.web.api.bodies import AuditBody
from jointsanction.web.api.loop_answers import AuditAnswer, MeAnswer, OutboxAnswer
from jointsanction.web.api.responses import Way, add_ways
from jointsanction.web.api.room import reply

if TYPE_CHECKING:
    from fastapi import APIRouter

    from jointsanction.model.audit import AuditRecord
    from jointsanction.model.message import Message
    from jointsanction.web.api.room import Room
    from jointsanction.web.hosted import Hosted

Stands = Annotated[MessageState | None, Query(description="只列这一状态的")]
Limit = Annotated[int, Query(ge=1, le=1000, description="至多几项")]


class Office:
    """About the service itself (管理)."""

    def __init__(self, room: Room) -> None:
        """Take what all routes work with."""
        self._room = room
        self._hosted = room.hosted

    async def me(self, request: Request) -> Response:
        """本账户的单位、岗位、可以核查的事项和限额。"""
        caller = self._room.caller(request)
        names = ("account", "unit", "region", "audience", "rate")
        said = {name: getattr(caller, name) for name in names}
        return reply({**said, "roles": sorted(caller.roles), "matters": list(caller.matters)})

    async def audit(self, request: Request, body: AuditBody) -> Response:
        """审计记录，最新的在前，经办人只显示首字；按主体号码检索的，号码写在请求内容里，不写在地址里。"""
        caller = self._room.caller(request, AccountRole.AUDITOR, officer=body.officer)
        found = await self._hosted.run(_found, self._hosted, body)
        said = {"records": len(found)}
        await self._hosted.run(
            self._hosted.desk.note, Deed(action=AuditAction.READ, caller=caller, about="audit", detail=said)
        )
        records = [{"seq": each.seq, "digest": each.digest, "entry": masked_entry(each.entry)} for each in found]
        return reply({"records": records})

    async def outbox(self, request: Request, state: Stands = None, limit: Limit = 100) -> Response:
        """待推送、已推送、推送失败各有多少，以及最近的消息；不含消息内容。"""
        self._room.caller(request, AccountRole.OPERATOR)
        return reply(await self._hosted.run(_outbox, self._hosted, state, limit))


_WAYS: Final = (
    Way("GET", "/me", "me", "getMe", "本账户", MeAnswer, body=False),
    Way("POST", "/audit/search", "audit", "searchAudit", "审计检索", AuditAnswer),
    Way("GET", "/outbox", "outbox", "getOutbox", "推送概况", OutboxAnswer, fails=(422,), body=False),
)


def add_office(router: APIRouter, room: Room) -> None:
    """Add the routes (管理)."""
    add_ways(router, Office(room), "管理", _WAYS)


def _found(hosted: Hosted, body: AuditBody) -> tuple[AuditRecord, ...]:
    """Return the records that are wanted.

    Raises:
        QuestionError: `question.days` for days that no calendar of ours has. SubjectError: a number that is none.
    """
    span_of(body.since, body.until)
    names = ("action", "account", "unit", "about", "case_no", "subject", "kind", "since", "until", "limit")
    return hosted.desk.audit.search(Sought(**{name: getattr(body, name) for name in names}))


def _outbox(hosted: Hosted, state: MessageState | None, limit: int) -> dict[str, object]:
    with hosted.docket.reading() as connection:
        totals, messages = counts(connection), known(connection, state)
    numbers = {
        each.value: sum(count for (_, stands), count in totals.items() if stands is each) for each in MessageState
    }
    return {**numbers, "messages": [_message(each) for each in messages[::-1][:limit]]}


def _message(message: Message) -> dict[str, object]:
    names = ("key", "event", "receiver", "about", "state", "attempts", "fault")
    instants = ("recorded_at", "next_at", "delivered_at")
    told = {name: None if (at := getattr(message, name)) is None else at.isoformat() for name in instants}
    return {**{name: getattr(message, name) for name in names}, **told}
