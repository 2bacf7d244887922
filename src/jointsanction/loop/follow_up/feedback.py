"""Feedback on what was done (执行反馈), held against the check before it is taken; taken, it is never changed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from jointsanction.errors import LoopError
from jointsanction.identity.masks import printable, stated
from jointsanction.loop.follow_up.execution import no_such_item
from jointsanction.terms import ExecutionOutcome, Handling, LoopState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jointsanction.model.filed import Execution, Feedback, FiledCheck, PlanItem

_AMOUNT: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")
_NOT_DONE: Final = frozenset({ExecutionOutcome.DECLINED, ExecutionOutcome.IMPOSSIBLE})


def found_in_order(
    feedback: Feedback,
    check: FiledCheck,
    before: tuple[Sequence[Execution], Sequence[Feedback]],
    days: tuple[date, date],
) -> Feedback:
    """Return a feedback as it may be taken, with whether it came in time (反馈核验).

    `before` are what was done about the check and all that was told back of it; `days` that of the check and today.
    What comes late is taken, and told to be late; what corrects another counts as told when that one was.

    Raises:
        LoopError: `loop.no_such_item`, `loop.basis`, `loop.no_result`, `loop.amount`, `loop.date`,
            `loop.no_department`, `loop.no_officer`, `loop.not_decided`, `loop.not_done`, `loop.fed_back`,
            `loop.no_such_feedback`, `loop.corrected`.
    """
    item = next((each for each in check.items if each.item == feedback.item), None)
    if item is None:
        raise no_such_item(feedback.item)
    tidy = _tidy(feedback)
    _refuse_empty(tidy)
    _refuse_basis(tidy, item)
    if tidy.amount is not None and _AMOUNT.fullmatch(tidy.amount) is None:
        message = "金额须为不小于零的十进制数，单位元，至多两位小数。"
        raise LoopError("loop.amount", message, "例如 120000.00；没有金额的不写。")
    if not days[0] <= tidy.done_on <= days[1]:
        message = "处理日期不在核查当日与今日之间。"
        raise LoopError("loop.date", message, "处理应在核查之后，且不晚于今日。")
    _refuse_undecided(tidy, item, before[0])
    corrected = _corrected(tidy, before[1])
    on_time = days[1] <= item.due_on if corrected is None else bool(corrected.on_time)
    return replace(tidy, on_time=on_time)


def standing_of(told: Sequence[Feedback]) -> tuple[Feedback, ...]:
    """Return the feedback that stands: none corrects it (有效反馈)."""
    gone = {each.corrects for each in told}
    return tuple(each for each in told if each.number not in gone)


def state_of(owed: int, told: int) -> LoopState:
    """Return how far a check has come (闭环状态)."""
    if not owed:
        return LoopState.NOTHING_DUE
    if not told:
        return LoopState.NONE
    return LoopState.COMPLETE if told == owed else LoopState.PARTIAL


def _tidy(feedback: Feedback) -> Feedback:
    result = printable(feedback.result).strip()
    department, officer = stated(feedback.department), stated(feedback.officer)
    amount = feedback.amount.strip() if feedback.amount else None
    return replace(feedback, result=result, department=department, officer=officer, amount=amount or None)


def _refuse_empty(feedback: Feedback) -> None:
    if not feedback.department:
        raise LoopError("loop.no_department", "没有写明实施部门。", "写明由哪个部门处理。")
    if not feedback.officer:
        raise LoopError("loop.no_officer", "没有写明经办人。", "写明由谁经办。")
    if feedback.handling is Handling.OTHER and not stated(feedback.result):
        message = "处理方式为“其他”的，须说明如何处理。"
        raise LoopError("loop.no_result", message, "用文字写明处理结果，例如为何没有实施。")


def _refuse_basis(feedback: Feedback, item: PlanItem) -> None:
    known = {instrument for instrument, _ in item.basis}
    pairs = {*item.basis, *((instrument, None) for instrument in known)}
    if (feedback.basis_instrument, feedback.basis_article) not in pairs:
        message = "所选依据不是该项措施在核查结果中的依据。"
        said = "、".join(f"{instrument} {article or ''}".strip() for instrument, article in item.basis)
        raise LoopError("loop.basis", message, f"请选择奖惩措施依据：{said}。")


def _refuse_undecided(feedback: Feedback, item: PlanItem, done: Sequence[Execution]) -> None:
    execution = next((each for each in done if each.item == item.item), None)
    if execution is None and not item.automatic:
        message = f"第 {item.item} 项依法由人决定，尚无决定，不能反馈。"
        raise LoopError("loop.not_decided", message, "先登记决定（写明决定人），再反馈。")
    if execution is not None and execution.outcome in _NOT_DONE and feedback.handling is not Handling.OTHER:
        message = f"第 {item.item} 项{execution.outcome.zh}，反馈却写“{feedback.handling.zh}”。"
        raise LoopError("loop.not_done", message, "处理方式写“其他”，并说明情况。")


def _corrected(feedback: Feedback, told: Sequence[Feedback]) -> Feedback | None:
    """Return the feedback that this one stands in for; without one, none may stand already."""
    mine = [each for each in told if each.item == feedback.item]
    gone = {each.corrects for each in mine}
    if feedback.corrects is None:
        if mine:
            message = f"第 {feedback.item} 项已经反馈（{mine[-1].number}），不能重复。"
            raise LoopError("loop.fed_back", message, "确需更正的，写明更正哪一条反馈。")
        return None
    found = next((each for each in mine if each.number == feedback.corrects), None)
    if found is None:
        message = "所更正的反馈不是该核查该项的反馈。"
        raise LoopError("loop.no_such_feedback", message, "请核对反馈编号（FK 开头）。")
    if found.number in gone:
        message = f"反馈 {found.number} 已经更正过。"
        raise LoopError("loop.corrected", message, "请更正其中最后一条。")
    return found
