"""Carrying out what a filed check asks for (执行): what the law orders at once, the rest as a named person decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.errors import LoopError
from jointsanction.identity.masks import stated
from jointsanction.model.filed import Execution
from jointsanction.terms import ExecutionOutcome, Handling

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from jointsanction.model.filed import Decision, Feedback, FiledCheck, PlanItem

_SAY_WHY: Final = frozenset({ExecutionOutcome.DECLINED, ExecutionOutcome.IMPOSSIBLE})


def carried_out(
    check: FiledCheck, decisions: Sequence[Decision], done: Iterable[Execution], days: tuple[date, date]
) -> tuple[Execution, ...]:
    """Return what is to be kept as done about a check (执行计划的落实).

    What the law orders is carried out without anybody's say, unless a decision says that it could not be. What somebody
    has to decide is done only as he did; what nobody decided stays open. What was `done` before isn't done again.
    `days` are that of the check and today: a decision falls between them.

    Raises:
        LoopError: `loop.no_such_item`, `loop.decided_twice`, `loop.executed`, `loop.not_to_decide`, `loop.no_decider`,
            `loop.no_reason`, `loop.date`.
    """
    items, over = {item.item: item for item in check.items}, {each.item for each in done}
    said: dict[int, Decision] = {}
    for decision in decisions:
        if decision.item not in items:
            raise no_such_item(decision.item)
        if decision.item in said:
            message = f"第 {decision.item} 项给出了两个决定。"
            raise LoopError("loop.decided_twice", message, "每项只能有一个决定。")
        if decision.item in over:
            message = f"第 {decision.item} 项已经执行或者决定过，不能重复。"
            raise LoopError("loop.executed", message, "执行情况不改写；处理结果有变的，以更正反馈说明。")
        said[decision.item] = decision
    wanted = [item for item in check.items if item.item not in over and (item.automatic or item.item in said)]
    return tuple(_execution(check.number, item, said.get(item.item), days) for item in wanted)


def refuse_contradicting(made: Iterable[Execution], told: Iterable[Feedback]) -> None:
    """Refuse to keep as done what was told back otherwise, and the other way round (执行与反馈矛盾).

    `told` is the feedback that stands. `_refuse_undecided` of feedback refuses the same, where it comes second.

    Raises:
        LoopError: `loop.contradicts`.
    """
    standing = {each.item: each for each in told}
    for execution in made:
        feedback = standing.get(execution.item)
        if feedback is None or (feedback.handling is Handling.APPLIED) is (execution.outcome not in _SAY_WHY):
            continue
        message = (
            f"第 {execution.item} 项已经反馈“{feedback.handling.zh}”（{feedback.number}），"
            f"与要登记的“{execution.outcome.zh}”矛盾；没有登记。"
        )
        hint = "反馈有误的，先更正反馈；没有执行的，登记为未能执行并写明理由。"
        raise LoopError("loop.contradicts", message, hint)


def no_such_item(item: int) -> LoopError:
    """Return the error for a place at which a check asks for nothing."""
    message = f"该核查没有第 {item} 项应执行事项。"
    return LoopError("loop.no_such_item", message, "序号是核查结果 findings 中的位置，从 0 起；见执行计划。")


def _execution(check: str, item: PlanItem, decision: Decision | None, days: tuple[date, date]) -> Execution:
    if decision is None:
        return Execution(check=check, item=item.item, outcome=ExecutionOutcome.AUTOMATIC, decided_on=days[1])
    outcome = _outcome(item, decision)
    decider, reason = stated(decision.decider), stated(decision.reason)
    if not decider:
        message = f"第 {item.item} 项依法由人决定，没有写明决定人。"
        raise LoopError("loop.no_decider", message, "写明作出决定的人；程序不代为决定。")
    if outcome in _SAY_WHY and not reason:
        message = f"第 {item.item} 项{outcome.zh}，没有写明理由。"
        raise LoopError("loop.no_reason", message, "写明不予执行或者未能执行的理由。")
    day = decision.decided_on or days[1]
    if not days[0] <= day <= days[1]:
        message = f"第 {item.item} 项的决定日期不在核查当日与今日之间。"
        raise LoopError("loop.date", message, "决定应在核查之后作出，且不晚于今日。")
    return Execution(
        check=check, item=item.item, outcome=outcome, decided_on=day, decider=decider, reason=reason or None
    )


def _outcome(item: PlanItem, decision: Decision) -> ExecutionOutcome:
    if decision.impossible:
        return ExecutionOutcome.IMPOSSIBLE
    if item.automatic:
        message = f"第 {item.item} 项法律规定“应当”，不待决定。"
        raise LoopError("loop.not_to_decide", message, "确实无法执行的，写明未能执行及理由。")
    return ExecutionOutcome.DECIDED if decision.applies else ExecutionOutcome.DECLINED
