"""Joint actions (联合奖惩): initiated, taken up step by step, and looked at by those who have a part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from jointsanction.errors import LoopError
from jointsanction.loop.joint.initiation import JointActions, Wanted
from jointsanction.loop.joint.joint_request import acts_for
from jointsanction.model.initiation import Initiation
from jointsanction.terms import AccountRole, InitiationState
from jointsanction.web.api.bodies import InitiationBody, StepBody, subject_of
from jointsanction.web.api.loop_answers import InitiationAnswer, InitiationsAnswer
from jointsanction.web.api.receipts import Number
from jointsanction.web.api.responses import KEYED, Way, add_ways
from jointsanction.web.api.room import reply

if TYPE_CHECKING:
    from fastapi import APIRouter

    from jointsanction.model.caller import Caller
    from jointsanction.web.api.room import Room
    from jointsanction.web.hosted import Hosted

_SAID: Final = (
    "title", "initiators", "fact", "instrument_no", "list", "measures", "region", "matter", "document_number", "check",
)  # fmt: skip
Stands = Annotated[InitiationState | None, Query(description="只列这一状态的")]
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
        caller = self._room.caller(request, AccountRole.WINDOW, officer=body.officer)
        asked = Initiation(
            subject=subject_of(body.subject, body.kind, body.name), **{name: getattr(body, name) for name in _SAID}
        )
        key = self._room.key(request, body)
        made = await self._hosted.run(
            self._actions.initiate, asked, caller, due_on=body.due_on, departments=body.departments, key=key
        )
        return reply(_shown(made))

    async def known(self, request: Request, state: Stands = None, limit: Limit = 200) -> Response:
        """本单位发起的、请本单位办理的联合奖惩，最新的在前。"""
        caller = self._room.caller(request, AccountRole.WINDOW)
        found = await self._hosted.run(self._actions.initiations, state)
        own = [each for each in reversed(found) if _concerns(each, caller, self._hosted)]
        return reply({"initiations": [_shown(each) for each in own[:limit]]})

    async def one(self, request: Request, number: Number) -> Response:
        """一件联合奖惩的任务、状态和各个步骤。"""
        caller = self._room.caller(request, AccountRole.WINDOW)
        found = await self._hosted.run(self._actions.initiation, number)
        if not _concerns(found, caller, self._hosted):
            raise LoopError("loop.no_such_initiation", "没有这个编号的联合奖惩。", "请核对编号。")
        return reply(_shown(found))

    async def advance(self, request: Request, number: Number, body: StepBody) -> Response:
        """响应、退回、执行、反馈由被请求的部门办理，重新发起、办结、撤销由发起部门办理。"""
        caller = self._room.caller(request, AccountRole.WINDOW, officer=body.officer)
        wanted = Wanted(number=number, state=body.state, department=body.department, reason=body.reason)
        return reply(
            _shown(await self._hosted.run(self._actions.advance, wanted, caller, key=self._room.key(request, body)))
        )


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


def _concerns(found: Initiation, caller: Caller, hosted: Hosted) -> bool:
    """Tell whether the caller's unit has a part in a joint action (是否与本单位有关)."""
    catalog = hosted.engine.tables.catalog
    units = (*found.initiators, *(name for task in found.tasks for name in (task.department, task.title)))
    return any(acts_for(caller, unit, catalog) for unit in units)


def _shown(found: Initiation) -> dict[str, Any]:
    """Return a joint action without its subject: whoever has a part in it has the notice."""
    return {
        **{name: getattr(found, name) for name in _SAID},
        "number": found.number,
        "state": found.state,
        "tasks": [
            {name: getattr(task, name) for name in ("department", "title", "measures", "due_on", "state")}
            for task in found.tasks
        ],
        "steps": [
            {name: getattr(step, name) for name in ("state", "department", "reason", "unit")}
            | {"recorded_at": step.recorded_at.isoformat()}
            for step in found.steps
        ],
        "recorded_at": None if found.recorded_at is None else found.recorded_at.isoformat(),
    }
