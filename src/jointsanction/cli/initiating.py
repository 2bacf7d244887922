"""Joint actions at the command line (联合奖惩)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from jointsanction.cli.at_desk import At
from jointsanction.cli.checking import write_document
from jointsanction.cli.screen import show
from jointsanction.loop.joint.initiation import JointActions, Wanted
from jointsanction.loop.joint.revealing import note_reveal
from jointsanction.model.initiation import Addressees, Initiation
from jointsanction.steps.asking.ask import read_subject
from jointsanction.steps.asking.days import read_day
from jointsanction.telling.initiation import initiation_document, initiation_parts, task_state
from jointsanction.telling.page import Grid, Headline
from jointsanction.terms import InitiationState
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.loop.desk import Desk
    from jointsanction.model.subject import Subject

__all__ = ["At", "Who", "list_all", "show_one", "start", "step"]


class Who(NamedTuple):
    """A subject as it is typed (主体)."""

    number: str
    kind: str | None = None
    name: str | None = None

    def subject(self) -> Subject:
        """Return the subject.

        Raises:
            SubjectError: when the number is none or could be two things.
        """
        return replace(read_subject(self.number, self.kind), name=self.name)


def start(who: Who, said: dict[str, Any], at: At, *, due: str, departments: tuple[str, ...], as_json: bool) -> None:  # noqa: PLR0913 - what it consists of
    """Initiate a joint action and show it (发起)."""
    desk, caller = at.desk(), at.caller()
    told = {**said, "initiators": said["initiators"] or (caller.unit,)}
    asked, to = Initiation(**told, subject=who.subject()), _addressees(due, departments)
    _show(JointActions(desk).initiate(asked, caller, to), desk, as_json=as_json)


def step(number: str, state: str, at: At, *, department: str | None, reason: str | None) -> None:
    """Take a step and say how far the whole has come (办理一步)."""
    wanted = Wanted(number=number, state=word(InitiationState, state, "办理状态"), department=department, reason=reason)
    now = JointActions(at.desk()).advance(wanted, at.caller())
    show(
        [Headline(f"已记为“{wanted.state.zh}”；联合奖惩 {number} 目前“{'' if now.state is None else now.state.zh}”。")]
    )


def list_all(state: str | None, at: At, *, overdue: bool, as_json: bool) -> None:
    """Show joint actions, or those with a part that is late (联合奖惩台账)."""
    wanted = None if state is None else word(InitiationState, state, "办理状态")
    desk = at.desk()
    found, today = JointActions(desk).initiations(wanted, overdue=overdue), desk.clock().date()
    if as_json:
        write_document({"initiations": [initiation_document(each, today) for each in found]})
        return
    headers = ("编号", "标题", "主体", "状态", "最近期限", "响应部门")
    show([Grid(f"联合奖惩（{len(found)} 件）", headers, tuple(_row(each, today) for each in found))])


def show_one(number: str, at: At, *, reveal: str | None, as_json: bool) -> None:
    """Show one joint action; in clear for a reason that goes into the audit (联合奖惩)."""
    desk = at.desk()
    found = JointActions(desk).initiation(number)
    if reveal is not None:
        note_reveal(desk, at.caller(), found.subject, about=number, reason=reveal)
    _show(found, desk, as_json=as_json, clear=reveal is not None)


def _show(made: Initiation, desk: Desk, *, as_json: bool, clear: bool = False) -> None:
    document = initiation_document(made, desk.clock().date(), clear=clear)
    if as_json:
        write_document(document)
    else:
        show(initiation_parts(document, made, desk.engine.tables.catalog))


def _addressees(due: str, departments: tuple[str, ...]) -> Addressees:
    """Return whom to ask by when: a department as `ID`, or with a last day of its own as `ID:YYYY-MM-DD`."""
    named, dues = [], {}
    for each in departments:
        name, colon, day = each.rpartition(":")
        named.append(name if colon else each)
        if colon:
            dues[name] = read_day(day, "反馈期限")
    return Addressees(read_day(due, "反馈期限"), tuple(named), dues)


def _row(made: Initiation, today: date) -> tuple[str, ...]:
    document, late = initiation_document(made, today), made.late_on(today)
    due = min(task.due_on for task in made.tasks).isoformat()
    tasks = "、".join(f"{task.title} {task_state(task, overdue=task in late)}" for task in made.tasks)
    return made.number, document["title"], document["subject"], made.state.zh if made.state else "", due, tasks
