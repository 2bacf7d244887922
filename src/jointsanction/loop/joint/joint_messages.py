"""Who is told what of a joint action (联合奖惩消息): whoever is asked, and whoever initiated it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointsanction.loop.pushing.messages import Occasion, make_message
from jointsanction.terms import InitiationState, MessageKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from jointsanction.model.initiation import Initiation, Step, Task
    from jointsanction.model.message import Message


def of_initiating(initiation: Initiation, at: datetime) -> Iterator[Message]:
    """Yield what is told when a joint action is initiated: each department its task, the other initiators of it."""
    for task in initiation.tasks:
        yield _assigned(initiation, task, at)
    yield from _to_initiators(initiation, initiation.steps[0], at)


def of_step(initiation: Initiation, step: Step, at: datetime) -> Iterator[Message]:
    """Yield what is told of a step, the last one taken: of a part to the initiators, of the whole to everybody."""
    if step.department is not None and step.state is InitiationState.INITIATED:
        yield from (_assigned(initiation, task, at) for task in initiation.tasks if task.department == step.department)
    if step.department is None:
        for task in initiation.tasks:
            yield _changed(initiation, step, task.department, at)
    yield from _to_initiators(initiation, step, at)


def _to_initiators(initiation: Initiation, step: Step, at: datetime) -> Iterator[Message]:
    """Yield what the initiators are told, but for the one who took the step."""
    for initiator in initiation.initiators:
        if initiator != step.unit:
            yield _changed(initiation, step, initiator, at)


def _assigned(initiation: Initiation, task: Task, at: datetime) -> Message:
    said = {
        "initiation": initiation.number,
        "department": task.department,
        "measures": list(task.measures),
        "due_on": task.due_on.isoformat(),
        "list": initiation.list,
        "matter": initiation.matter,
        "region": initiation.region,
        "check": initiation.check,
    }
    return _message(MessageKind.INITIATION_ASSIGNED, initiation, task.department, said, at)


def _changed(initiation: Initiation, step: Step, receiver: str, at: datetime) -> Message:
    said = {
        "initiation": initiation.number,
        "department": step.department,
        "step": step.state.value,
        "state": str(initiation.state),
    }
    return _message(MessageKind.INITIATION_CHANGED, initiation, receiver, said, at)


def _message(event: MessageKind, initiation: Initiation, receiver: str, said: dict[str, Any], at: datetime) -> Message:
    return make_message(Occasion(event, initiation.number, at, str(len(initiation.steps))), receiver, said)
