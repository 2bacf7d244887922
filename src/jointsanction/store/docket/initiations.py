"""Joint actions (联合奖惩发起台账): each with its tasks, and its steps, of which none is ever changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, update

from jointsanction.errors import LoopError
from jointsanction.identity.identify import identify
from jointsanction.model.initiation import ENDED, SETTLED, Initiation, Step, Task
from jointsanction.model.subject import Subject
from jointsanction.store.docket.tables import INITIATION, STEP, TASK
from jointsanction.store.instants import from_micros, to_micros
from jointsanction.terms import InitiationState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import Connection, Row

    from jointsanction.model.initiation import Change

_SAID: Final = ("title", "initiators", "fact", "instrument_no", "list", "measures", "region", "matter",
                "document_number", "check")  # fmt: skip
_SEVERAL: Final = ("initiators", "measures")


def subject_key(subject: Subject) -> str | None:
    """Return the key that a subject's number is looked up by (检索键)."""
    return next(iter(identify(subject).keys), None)


def subject_text(subject: Subject) -> dict[str, str]:
    """Return what is said of a subject, as JSON values."""
    return {name: str(value) for name, value in asdict(subject).items() if value is not None}


def add_initiation(connection: Connection, change: Change) -> None:
    """Write a joint action that is new, with its tasks and first steps (发起)."""
    after, first = change.after, change.steps[0]
    document = {name: getattr(after, name) for name in _SAID} | {"subject": subject_text(after.subject)}
    row = {
        "number": after.number,
        "subject": subject_key(after.subject),
        "state": str(after.state),
        "document": json.dumps(document, ensure_ascii=False, sort_keys=True),
        "unit": first.unit,
        "account": first.account,
        "recorded_at": to_micros(first.recorded_at),
    }
    connection.execute(insert(INITIATION), row)
    connection.execute(insert(TASK), [_task_row(after.number, task) for task in after.tasks])
    _add_steps(connection, after.number, change.steps)


def change_initiation(connection: Connection, change: Change) -> None:
    """Write the steps taken, and the states they lead to (办理)."""
    after = change.after
    connection.execute(update(INITIATION).where(INITIATION.c.number == after.number).values(state=str(after.state)))
    for task in after.tasks:
        its = TASK.c.initiation == after.number, TASK.c.department == task.department
        connection.execute(update(TASK).where(*its).values(state=task.state.value))
    _add_steps(connection, after.number, change.steps)


def initiation_of(connection: Connection, number: str) -> Initiation:
    """Return a joint action by its number, with its tasks and steps (联合奖惩).

    Raises:
        LoopError: `loop.no_such_initiation`.
    """
    row = connection.execute(select(INITIATION).where(INITIATION.c.number == number)).first()
    if row is None:
        raise no_such_initiation()
    return _initiation_of(connection, row)


def no_such_initiation() -> LoopError:
    """Return the error for a number under which there is no joint action, or none for whoever asks (无此编号)."""
    message = "没有这个编号的联合奖惩。"
    return LoopError("loop.no_such_initiation", message, "请核对编号；本单位的见 jointsanction initiation list。")


def tasks_owed(connection: Connection) -> tuple[tuple[str, str, date], ...]:
    """Return the number, the department and the last day of every part that is not settled (未了结的任务)."""
    columns = (TASK.c.initiation, TASK.c.department, TASK.c.due_on)
    wanted = (
        select(*columns)
        .join(INITIATION, INITIATION.c.number == TASK.c.initiation)
        .where(INITIATION.c.state.not_in(_values(ENDED)), TASK.c.state.not_in(_values(SETTLED)))
        .order_by(TASK.c.due_on, TASK.c.initiation, TASK.c.id)
    )
    return tuple((number, department, due_on) for number, department, due_on in connection.execute(wanted))


def initiations_known(connection: Connection, state: InitiationState | None = None) -> tuple[Initiation, ...]:
    """Return joint actions in the order they were initiated: all, or those in one state (联合奖惩台账)."""
    wanted = select(INITIATION).order_by(INITIATION.c.recorded_at, INITIATION.c.number)
    if state is not None:
        wanted = wanted.where(INITIATION.c.state == state.value)
    return tuple(_initiation_of(connection, row) for row in connection.execute(wanted).all())


def _values(states: Iterable[InitiationState]) -> list[str]:
    return sorted(state.value for state in states)


def _add_steps(connection: Connection, number: str, steps: Iterable[Step]) -> None:
    rows = [
        {
            "initiation": number,
            "department": step.department,
            "state": step.state.value,
            "reason": step.reason,
            "unit": step.unit,
            "account": step.account,
            "recorded_at": to_micros(step.recorded_at),
        }
        for step in steps
    ]
    connection.execute(insert(STEP), rows)


def _task_row(number: str, task: Task) -> dict[str, Any]:
    return {
        "initiation": number,
        "department": task.department,
        "title": task.title,
        "measures": json.dumps(task.measures),
        "state": task.state.value,
        "due_on": task.due_on,
    }


def _initiation_of(connection: Connection, row: Row[Any]) -> Initiation:
    said = json.loads(row.document)
    several = {name: tuple(said[name]) for name in _SEVERAL}
    tasks = connection.execute(select(TASK).where(TASK.c.initiation == row.number).order_by(TASK.c.id))
    steps = connection.execute(select(STEP).where(STEP.c.initiation == row.number).order_by(STEP.c.id))
    return Initiation(
        **said | several | {"subject": Subject(**said["subject"])},
        number=row.number,
        state=InitiationState(row.state),
        tasks=tuple(map(_task_of, tasks)),
        steps=tuple(map(_step_of, steps)),
        recorded_at=from_micros(row.recorded_at),
    )


def _task_of(row: Row[Any]) -> Task:
    return Task(
        department=row.department,
        title=row.title,
        measures=tuple(json.loads(row.measures)),
        due_on=row.due_on,
        state=InitiationState(row.state),
    )


def _step_of(row: Row[Any]) -> Step:
    return Step(
        state=InitiationState(row.state),
        department=row.department,
        reason=row.reason,
        unit=row.unit,
        account=row.account,
        recorded_at=from_micros(row.recorded_at),
    )
