"""What follows a check (闭环): its plan, carrying it out, feeding it back, and what is still owed."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from jointsanction.loop.access.permits import unit_counted
from jointsanction.loop.follow_up.acting import execute, feed_back
from jointsanction.loop.follow_up.cases import Cases, CasesWanted
from jointsanction.loop.follow_up.feedback import standing_of
from jointsanction.loop.follow_up.statistics import Asked, as_document, statistics
from jointsanction.model.filed import Decision, Feedback
from jointsanction.steps.asking.days import read_day
from jointsanction.terms import AccountRole, AuditAction, Period
from jointsanction.web.api.bodies import ExecutionBody, FeedbackBody
from jointsanction.web.api.loop_answers import (
    CasesAnswer,
    ExecutionAnswer,
    FeedbackAnswer,
    PendingAnswer,
    PlanAnswer,
    StatisticsAnswer,
)
from jointsanction.web.api.receipts import Number
from jointsanction.web.api.responses import KEYED, Way, add_ways
from jointsanction.web.api.room import reply

if TYPE_CHECKING:
    from fastapi import APIRouter

    from jointsanction.loop.desk import Desk
    from jointsanction.model.filed import FiledCheck, PlanItem
    from jointsanction.model.reported import ReportedCase
    from jointsanction.web.api.room import Room

_DAY = Annotated[str | None, Query(max_length=10, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="日期")]
By = Annotated[str | None, Query(max_length=80, pattern=r"^[a-z_,]+$", description="按什么分组，用逗号分开")]
Periods = Annotated[Period | None, Query(description="按什么期间分组")]
_COUNTING: Final = (AccountRole.WINDOW, AccountRole.OPERATOR, AccountRole.AUDITOR, AccountRole.REVIEWER)
Limit = Annotated[int, Query(ge=1, le=1000, description="至多几项")]


class Following:
    """What follows a check (闭环)."""

    def __init__(self, room: Room) -> None:
        """Take what all routes work with."""
        self._room = room
        self._hosted = room.hosted

    async def plan(self, request: Request, number: Number) -> Response:
        """一次核查要求做什么：依法直接执行的，须由人决定的，各到哪一天应反馈。"""
        caller = self._room.follower(request)
        check = await self._room.filed(number, caller)
        await self._room.note(AuditAction.READ, caller, check=check, detail={"plan": True})
        return reply(await self._hosted.run(_plan, self._hosted.desk, check))

    async def execute(self, request: Request, number: Number, body: ExecutionBody) -> Response:
        """登记执行：依法直接执行的一并登记，法律规定“可以”的只按具名的决定登记；dry_run 只试不写。"""
        caller = self._room.follower(request, officer=body.officer)
        await self._room.filed(number, caller)
        decisions = [Decision(**each.model_dump()) for each in body.decisions]
        made = await self._hosted.run(
            execute,
            self._hosted.desk,
            number,
            decisions,
            caller,
            dry_run=body.dry_run,
            key=self._room.key(request, body),
        )
        shown = [asdict(each) for each in made.executions]
        return reply({"check": number, "dry_run": body.dry_run, "executions": shown}, again=made.again)

    async def feed_back(self, request: Request, body: FeedbackBody) -> Response:
        """按名单记录反馈一项措施怎样实施：措施、依据、处理方式、结果、金额、日期、部门、经办人。"""
        caller = self._room.follower(request, officer=body.officer)
        await self._room.filed(body.check, caller)
        key, said = self._room.key(request, body), Feedback(**body.model_dump())
        told = await self._hosted.run(feed_back, self._hosted.desk, said, caller, key=key)
        names = ("number", "check", "item", "handling", "on_time", "corrects", "recorded_at")
        return reply({name: _iso(getattr(told.feedback, name)) for name in names}, again=told.again)

    async def pending(self, request: Request, due_by: _DAY = None, limit: Limit = 200) -> Response:
        """本单位应反馈而未反馈的事项，期限最近的在前。"""
        caller = self._room.follower(request)
        day = None if due_by is None else read_day(due_by, "期限")
        owed = await self._hosted.run(self._hosted.desk.pending, unit=caller.unit, due_by=day)
        return reply({"total": len(owed), "items": [asdict(each) for each in owed[:limit]]})

    async def figures(self, request: Request, by: By = None, period: Periods = None, since: _DAY = None,
                      until: _DAY = None) -> Response:  # fmt: skip
        """核查、命中、执行、反馈、按期反馈各有多少，按单位、地域、事项、名单、措施、实施部门和期间分组；运维、审计岗位统计全部单位，其余只统计本单位。"""
        caller = self._room.caller(request, *_COUNTING)
        first, last = (None if day is None else read_day(day, "统计日期") for day in (since, until))
        asked = Asked(tuple((by or "").split(",")) if by else (), period, first, last, unit_counted(caller))
        return reply(as_document(await self._hosted.run(statistics, self._hosted.docket, asked), asked))

    async def cases(self, request: Request, *, since: _DAY = None, until: _DAY = None, limit: Limit = 200) -> Response:
        """本单位反馈的案例，每件附核验结果：合格，或者不合格及其原因。"""
        caller = self._room.follower(request)
        days = [None if day is None else read_day(day, "反馈日期") for day in (since, until)]
        wanted = CasesWanted(caller.unit, *days)
        found = await self._hosted.run(lambda: list(Cases(self._hosted.desk).all(wanted)))
        await self._room.note(AuditAction.READ, caller, about="cases", detail={"found": len(found)})
        return reply({"total": len(found), "cases": [_case(each) for each in found[:limit]]})


_WAYS: Final = (
    Way(
        "GET",
        "/checks/{number}/plan",
        "plan",
        "getPlan",
        "执行计划",
        PlanAnswer,
        fails=(
            404,
            422,
        ),
        body=False,
    ),
    Way(
        "POST",
        "/checks/{number}/execution",
        "execute",
        "executePlan",
        "执行",
        ExecutionAnswer,
        fails=(404, 409),
        extra=KEYED,
    ),
    Way("POST", "/feedback", "feed_back", "feedBack", "执行反馈", FeedbackAnswer, fails=(404, 409), extra=KEYED),
    Way("GET", "/feedback/pending", "pending", "getPending", "待反馈", PendingAnswer, fails=(422,), body=False),
    Way("GET", "/statistics", "figures", "getStatistics", "统计分析", StatisticsAnswer, fails=(422,), body=False),
    Way("GET", "/cases", "cases", "getCases", "奖惩案例", CasesAnswer, fails=(422,), body=False),
)


def add_loop(router: APIRouter, room: Room) -> None:
    """Add the routes (闭环)."""
    add_ways(router, Following(room), "闭环", _WAYS)


def _case(case: ReportedCase) -> dict[str, Any]:
    names = ("number", "check", "item", "handling", "result", "amount", "done_on", "department", "on_time")
    return {
        **{name: getattr(case.feedback, name) for name in names},
        "measure": case.item.measure,
        "list": case.item.list,
        "matter": case.check.matter,
        "claimed": case.feedback.typical,
        "typical": case.typical,
        "short_of": [fault._asdict() for fault in case.short_of],
        "faults": [fault._asdict() for fault in case.faults],
    }


def _plan(desk: Desk, check: FiledCheck) -> dict[str, Any]:
    done = {each.item: each.outcome for each in desk.executions(check.number)}
    told = {each.item: each.number for each in standing_of(desk.feedback(check.number))}
    items = [{**_item(item), "outcome": done.get(item.item), "feedback": told.get(item.item)} for item in check.items]
    return {"check": check.number, "state": desk.state(check.number), "items": items}


def _item(item: PlanItem) -> dict[str, Any]:
    names = (
        "item", "measure", "title", "effect", "degree", "binding", "automatic", "owed", "duty", "authorities",
        "list", "basis", "due_on",
    )  # fmt: skip
    return {name: getattr(item, name) for name in names}


def _iso(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value
