"""What may follow what in a joint action (联合奖惩办理程序): the states of each department's part, and of the whole.

| part | by | may become |
|---|---|---|
| initiated 已发起 | the department | responded, returned |
| responded 已响应 | the department | executing, returned |
| executing 执行中 | the department | fed-back |
| returned 已退回, fed-back 已反馈 | an initiator | initiated again |

The whole stands where the slowest part does that was not returned. An initiator closes it once every part is fed back
or returned, all of them returned too, and withdraws it at any time before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from jointsanction.errors import LoopError
from jointsanction.model.initiation import ENDED, SETTLED
from jointsanction.terms import InitiationState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointsanction.model.initiation import Initiation, Task

_S: Final = InitiationState
_BY_DEPARTMENT: Final[Mapping[InitiationState, tuple[InitiationState, ...]]] = {
    _S.INITIATED: (_S.RESPONDED, _S.RETURNED),
    _S.RESPONDED: (_S.EXECUTING, _S.RETURNED),
    _S.EXECUTING: (_S.FED_BACK,),
}
_BY_INITIATOR: Final[Mapping[InitiationState, tuple[InitiationState, ...]]] = {
    _S.RETURNED: (_S.INITIATED,),
    _S.FED_BACK: (_S.INITIATED,),
}
_SLOWEST_FIRST: Final = (_S.INITIATED, _S.RESPONDED, _S.EXECUTING, _S.FED_BACK)

NEED_A_REASON: Final = frozenset({_S.INITIATED, _S.RETURNED, _S.FED_BACK, _S.WITHDRAWN})
"""Steps that have to say why, or, of a feedback, what was done; of `initiated` only one that asks again."""


def whole_of(tasks: Iterable[Task]) -> InitiationState:
    """Return how far a joint action that goes on has come (整体状态)."""
    states = {task.state for task in tasks}
    return next((state for state in _SLOWEST_FIRST if state in states), _S.RETURNED)


def as_after(known: Initiation, steps: int) -> Initiation:
    """Return a joint action as it was after so many of its steps (当时情形): a request sent again is told that."""
    tasks = {task.department: replace(task, state=_S.INITIATED) for task in known.tasks}
    state, taken = _S.INITIATED, known.steps[:steps]
    for step in taken:
        if step.department is not None:
            tasks[step.department] = replace(tasks[step.department], state=step.state)
        state = step.state if step.state in ENDED else whole_of(tasks.values())
    return replace(known, tasks=tuple(tasks.values()), state=state, steps=taken)


def may_follow(initiation: Initiation, task: Task | None) -> tuple[InitiationState, ...]:
    """Return what may become of the whole, or of one department's part, next (下一步)."""
    if initiation.state in ENDED:
        return ()
    if task is not None:
        return _BY_DEPARTMENT.get(task.state, ()) + _BY_INITIATOR.get(task.state, ())
    states = {task.state for task in initiation.tasks}
    return (_S.CLOSED, _S.WITHDRAWN) if states <= SETTLED else (_S.WITHDRAWN,)


def is_initiators(state: InitiationState) -> bool:
    """Tell whether a step is for an initiator to take, and not for a department asked (由发起部门办理)."""
    return state in ENDED or state is _S.INITIATED


def refuse_disorder(initiation: Initiation, task: Task | None, state: InitiationState) -> None:
    """Refuse a step that can't follow.

    Raises:
        LoopError: `loop.order`, saying what can.
    """
    known = may_follow(initiation, task)
    if state not in known:
        whose = task.title if task is not None and initiation.state not in ENDED else "联合奖惩"
        now = initiation.state if task is None or initiation.state in ENDED else task.state
        message = f"{whose}目前“{now.zh if now is not None else ''}”，不能直接记为“{state.zh}”。"
        said = "、".join(f"{each.value}（{each.zh}）" for each in known)
        raise LoopError("loop.order", message, f"下一步可以是：{said}。" if said else "已经终结，不再办理。")
