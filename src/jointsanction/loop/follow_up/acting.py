"""What follows a filed check (办理): it is carried out and fed back, each act in one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.loop.filing.numbers import FEEDBACK, number_of
from jointsanction.loop.filing.sealing import deed_of, digest_of, reason_stated
from jointsanction.loop.follow_up.execution import carried_out, refuse_contradicting
from jointsanction.loop.follow_up.feedback import found_in_order, standing_of, state_of
from jointsanction.loop.follow_up.plan import items_of
from jointsanction.loop.pushing.messages import Occasion, make_message
from jointsanction.steps.asking.days import SHANGHAI
from jointsanction.store.docket.audit import append
from jointsanction.store.docket.checks import check_of, due_day
from jointsanction.store.docket.executions import executions_of, kept_executions, write_executions
from jointsanction.store.docket.feedback import (
    feedback_of,
    feedback_under,
    kept_feedback,
    owed_and_told,
    write_feedback,
)
from jointsanction.store.docket.messages import write
from jointsanction.store.docket.requests import Taken, take, taken
from jointsanction.store.instants import to_micros
from jointsanction.terms import AuditAction, MessageKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import Connection

    from jointsanction.loop.desk import Desk
    from jointsanction.model.audit import Deed
    from jointsanction.model.caller import Caller, RequestKey
    from jointsanction.model.catalogue import ListType
    from jointsanction.model.filed import Decision, Execution, Feedback, FiledCheck
    from jointsanction.terms import LoopState

_EXECUTION: Final = "execution"
_FEEDBACK: Final = "feedback"


class Carried(NamedTuple):
    """What was carried out (已登记执行); `again` says that the request came before and nothing new was kept."""

    executions: tuple[Execution, ...]
    again: bool = False


class Told(NamedTuple):
    """The feedback that was kept (已登记反馈); `again` says that the request came before and nothing new was kept."""

    feedback: Feedback
    again: bool = False


def with_items(connection: Connection, check: FiledCheck, lists: Mapping[str, ListType]) -> FiledCheck:
    """Return a filed check with what it asks to be done, by the day it was told to be done by (执行计划)."""
    due = due_day(connection, check.number)
    return check if due is None else replace(check, items=items_of(check.document, due, lists))


def execute(  # noqa: PLR0913 - the act of the desk
    desk: Desk,
    number: str,
    decisions: Sequence[Decision],
    caller: Caller,
    *,
    dry_run: bool,
    key: RequestKey | None,
) -> Carried:
    """Keep what was decided and done about a check, and return it; a trial run keeps nothing (执行).

    Raises:
        LoopError: as `Desk.execute`.
    """
    now = desk.clock()
    with desk.docket.reading() if dry_run else desk.docket.writing() as connection:
        check = with_items(connection, check_of(connection, number), desk.engine.tables.catalog.lists)
        done = executions_of(connection, number)
        before = None if dry_run else taken(connection, caller.account, key)
        if before is not None and before.answer is not None:
            return Carried(tuple(each for each in done if each.item in before.answer["items"]), again=True)
        made = carried_out(check, decisions, done, _days(check, now))
        refuse_contradicting(made, standing_of(feedback_of(connection, number)))
        if not dry_run:
            at = to_micros(now)
            write_executions(connection, made, caller, at=at)
            take(
                connection,
                caller.account,
                key,
                Taken(_EXECUTION, number, {"items": [each.item for each in made]}),
                at=at,
            )
            if made:
                rows = kept_executions(connection, number, [each.item for each in made])
                append(connection, [_decided(check, made, caller, digest_of(rows))], at=at, seal_with=desk.seal)
    return Carried(made)


def feed_back(desk: Desk, feedback: Feedback, caller: Caller, *, key: RequestKey | None) -> Told:
    """Keep a feedback that is found in order, tell of it, and return it with its number (执行反馈).

    Raises:
        LoopError: as `Desk.feed_back`.
    """
    now = desk.clock()
    with desk.docket.writing() as connection:
        before = taken(connection, caller.account, key)
        if before is not None:
            return Told(feedback_under(connection, before.number), again=True)
        check = with_items(connection, check_of(connection, feedback.check), desk.engine.tables.catalog.lists)
        told = executions_of(connection, check.number), feedback_of(connection, check.number)
        days = _days(check, now)
        sound = found_in_order(feedback, check, told, days)
        kept = replace(sound, number=number_of(FEEDBACK, days[1], desk.draw), unit=caller.unit, recorded_at=now)
        at = to_micros(now)
        write_feedback(connection, kept, caller, at=at)
        take(connection, caller.account, key, Taken(_FEEDBACK, str(kept.number), None), at=at)
        deed = _told(check, kept, caller, digest_of(kept_feedback(connection, str(kept.number))))
        append(connection, [deed], at=at, seal_with=desk.seal)
        state = state_of(*owed_and_told(connection, check.number))
        said = {"feedback": kept.number, "check": check.number, "item": kept.item, "state": state.value}
        event = MessageKind.FEEDBACK_RECEIVED
        receivers = desk.rules.receivers.get(event, ())
        occasion = Occasion(event, str(kept.number), now)
        write(connection, [make_message(occasion, each, said) for each in receivers])
    return Told(kept)


def reveal(desk: Desk, number: str, caller: Caller, reason: str) -> Mapping[str, Any]:
    """Return the answer of a filed check unmasked, once the audit holds who looks at it and why (查看明文)."""
    said = reason_stated(reason)
    check = desk.filed(number)
    desk.note(replace(_deed(AuditAction.REVEAL, check, caller, number, {}), purpose=said))
    return check.document


def progress(desk: Desk, number: str) -> LoopState:
    """Return how far a check has come in the loop (闭环状态)."""
    with desk.docket.reading() as connection:
        check_of(connection, number)
        return state_of(*owed_and_told(connection, number))


def _days(check: FiledCheck, now: datetime) -> tuple[date, date]:
    return check.recorded_at.astimezone(SHANGHAI).date(), now.astimezone(SHANGHAI).date()


def _decided(check: FiledCheck, made: Sequence[Execution], caller: Caller, kept: str) -> Deed:
    outcomes = [{"item": each.item, "outcome": each.outcome.value} for each in made]
    return _deed(AuditAction.DECISION, check, caller, check.number, {"executions": outcomes, "kept": kept})


def _told(check: FiledCheck, feedback: Feedback, caller: Caller, kept: str) -> Deed:
    item = next(each for each in check.items if each.item == feedback.item)
    detail = {
        "check": check.number,
        "item": feedback.item,
        "measure": item.measure,
        "list": item.list,
        "handling": feedback.handling.value,
        "on_time": feedback.on_time,
        "corrects": feedback.corrects,
        "kept": kept,
    }
    return _deed(AuditAction.FEEDBACK, check, caller, str(feedback.number), detail)


def _deed(action: AuditAction, check: FiledCheck, caller: Caller, about: str, detail: dict[str, Any]) -> Deed:
    said = {**detail, "versions": check.document["versions"]}
    return deed_of(action, caller, check, purpose=check.purpose, about=about, detail=said)
