"""Joint actions (联合奖惩): initiated, taken up step by step, and looked at by those who have a part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from jointsanction.identity.masks import mask_id
from jointsanction.loop.joint.initiation import JointActions, Wanted
from jointsanction.loop.joint.joint_request import initiates, is_own
from jointsanction.loop.joint.revealing import note_read
from jointsanction.model.initiation import Initiation
from jointsanction.telling.initiation import initiation_document
from jointsanction.terms import InitiationState
from jointsanction.web.api.bodies import InitiationBody, RevealBody, StepBody, subject_of
from jointsanction.web.api.loop_answers import InitiationAnswer, InitiationsAnswer
from jointsanction.web.api.receipts import Number
from jointsanction.web.api.responses import KEYED, Way, add_ways
from jointsanction.web.api.room import reply

if TYPE_CHECKING:
    from fastapi import APIRouter

    from jointsanction.model.caller import Caller
    from jointsanction.web.api.room import Room

_SAID: Final = (
    "title", "initiators", "fact", "instrument_no", "list", "measures", "region", "matter", "document_number", "check",
)  # fmt: skip
Stands = Annotated[InitiationState | None, Query(description="只列这一状态的")]
Late = Annotated[bool, Query(description="只列有任务逾期的")]
Limit = Annotated[int, Query(ge=1, le=1000, description="至多几项")]


class Joint:
    """Joint actions (联合奖惩)."""

    def __init__(self, room: Room) -> None:
        """Take what all routes work with."""
        self._room = room
        self._hosted = room.hosted
        self._actions = JointActions(room.hosted.desk)

    async def initiate(self, request: Request, body: InitiationBody) -> Response:
        """发起联合奖惩：按措施对应的部门推送任务，或者推送给指定的部门。"""
        caller = self._room.follower(request, officer=body.officer)
        asked = Initiation(
            subject=subject_of(body.subject, body.kind, body.name), **{name: getattr(body, name) for name in _SAID}
        )
        key = self._room.key(request, body)
        made = await self._hosted.run(self._actions.initiate, asked, caller, body.addressees(), key=key)
        return reply(self._shown(made, caller), again=made.replayed)

    async def known(
        self, request: Request, state: Stands = None, *, overdue: Late = False, limit: Limit = 200
    ) -> Response:
        """本单位发起的、请本单位办理的联合奖惩，最新的在前。"""
        caller = self._room.follower(request)
        own = await self._hosted.run(self._actions.of_unit, caller, state, overdue=overdue)
        return reply({"initiations": [self._shown(each, caller) for each in own[:limit]]})

    async def one(self, request: Request, number: Number) -> Response:
        """一件联合奖惩的主体（已脱敏）、任务、状态和各个步骤；明文见查看明文。"""
        caller = self._room.follower(request)
        found = await self._hosted.run(self._actions.known_to, caller, number)
        await self._hosted.run(note_read, self._hosted.desk, caller, found.subject, about=number)
        return reply(self._shown(found, caller))

    async def reveal(self, request: Request, number: Number, body: RevealBody) -> Response:
        """一件联合奖惩，主体不脱敏，限发起部门和被请求的部门；须写明理由，每次都记入审计。"""
        caller = self._room.follower(request, officer=body.officer)
        found = await self._hosted.run(self._actions.reveal, number, caller, body.reason)
        return reply(self._shown(found, caller, clear=True))

    async def advance(self, request: Request, number: Number, body: StepBody) -> Response:
        """响应、退回、执行、反馈由被请求的部门办理，重新发起、办结、撤销由发起部门办理。"""
        caller = self._room.follower(request, officer=body.officer)
        wanted = Wanted(number=number, state=body.state, department=body.department, reason=body.reason)
        await self._hosted.run(self._actions.known_to, caller, number)
        key = self._room.key(request, body)
        taken = await self._hosted.run(self._actions.advance, wanted, caller, key=key)
        return reply(self._shown(taken, caller), again=taken.replayed)

    def _shown(self, found: Initiation, caller: Caller, *, clear: bool = False) -> dict[str, Any]:
        """Return a joint action as a unit sees it: its own tasks as its own, and of others' steps not why nor who."""
        catalog = self._hosted.engine.tables.catalog
        document = initiation_document(found, self._hosted.desk.clock().date(), clear=clear)
        own = {task.department for task in found.tasks if is_own(caller, task, catalog)}
        all_of_it = initiates(caller, found, catalog)
        tasks = [{**task, "own": task["department"] in own} for task in document["tasks"]]
        steps = [
            _step(step, whole=all_of_it or step["department"] is None or step["department"] in own)
            for step in document["steps"]
        ]
        subject = document["subject"] if clear else mask_id(document["subject"])
        at = None if found.recorded_at is None else found.recorded_at.isoformat()
        return {**document, "subject": subject, "tasks": tasks, "steps": steps, "recorded_at": at}


_WAYS: Final = (
    Way("POST", "/initiations", "initiate", "initiate", "发起", InitiationAnswer, fails=(404,), extra=KEYED),
    Way("GET", "/initiations", "known", "getInitiations", "联合奖惩台账", InitiationsAnswer, fails=(422,), body=False),
    Way(
        "GET",
        "/initiations/{number}",
        "one",
        "getInitiation",
        "一件联合奖惩",
        InitiationAnswer,
        fails=(
            404,
            422,
        ),
        body=False,
    ),
    Way(
        "POST",
        "/initiations/{number}/reveal",
        "reveal",
        "revealInitiation",
        "查看明文",
        InitiationAnswer,
        fails=(404,),
    ),
    Way(
        "POST",
        "/initiations/{number}/steps",
        "advance",
        "advance",
        "办理一步",
        InitiationAnswer,
        fails=(
            404,
            409,
        ),
        extra=KEYED,
    ),
)


def add_joint_actions(router: APIRouter, room: Room) -> None:
    """Add the routes (联合奖惩)."""
    add_ways(router, Joint(room), "联合奖惩", _WAYS)


def _step(step: dict[str, Any], *, whole: bool) -> dict[str, Any]:
    said = {name: value for name, value in step.items() if name != "account"}
    return said if whole else {**said, "reason": None, "unit": None}
