"""Joint actions at the command line (联合奖惩)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from jointsanction.cli.at_desk import At, open_desk
from jointsanction.cli.checking import write_document
from jointsanction.cli.screen import show
from jointsanction.errors import LoopError
from jointsanction.loop.joint.initiation import JointActions, Wanted
from jointsanction.model.audit import Deed
from jointsanction.model.initiation import Initiation
from jointsanction.steps.asking.ask import read_region, read_subject
from jointsanction.steps.asking.days import read_day
from jointsanction.store.docket.initiations import subject_key
from jointsanction.telling.initiation import initiation_document, initiation_parts
from jointsanction.telling.page import Grid, Headline
from jointsanction.terms import AuditAction, InitiationState
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from jointsanction.loop.desk import Desk
    from jointsanction.model.caller import Caller
    from jointsanction.model.subject import Subject

__all__ = ["At", "Who", "list_all", "note_reveal", "show_one", "start", "step"]


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
    if said["region"] is not None:
        told["region"] = read_region(said["region"])
    if said["matter"] is not None:
        told["matter"] = desk.engine.tables.resolve_matter(said["matter"]).code
    asked = Initiation(**told, subject=who.subject())
    made = JointActions(desk).initiate(asked, caller, due_on=read_day(due, "反馈期限"), departments=departments)
    _show(made, desk, as_json=as_json)


def step(number: str, state: str, at: At, *, department: str | None, reason: str | None) -> None:
    """Take a step and say how far the whole has come (办理一步)."""
    wanted = Wanted(number=number, state=word(InitiationState, state, "办理状态"), department=department, reason=reason)
    now = JointActions(at.desk()).advance(wanted, at.caller())
    show(
        [Headline(f"已记为“{wanted.state.zh}”；联合奖惩 {number} 目前“{'' if now.state is None else now.state.zh}”。")]
    )


def list_all(state: str | None, store: str | None, *, as_json: bool) -> None:
    """Show joint actions (联合奖惩台账)."""
    wanted = None if state is None else word(InitiationState, state, "办理状态")
    found = JointActions(open_desk(store)).initiations(wanted)
    if as_json:
        write_document({"initiations": [initiation_document(each) for each in found]})
        return
    headers = ("编号", "标题", "主体", "状态", "最近期限", "响应部门")
    show([Grid(f"联合奖惩（{len(found)} 件）", headers, tuple(map(_row, found)))])


def show_one(number: str, at: At, *, reveal: str | None, as_json: bool) -> None:
    """Show one joint action; in clear for a reason that goes into the audit (联合奖惩)."""
    desk = at.desk()
    found = JointActions(desk).initiation(number)
    if reveal is not None:
        note_reveal(desk, at.caller(), found.subject, about=number, reason=reveal)
    _show(found, desk, as_json=as_json, clear=reveal is not None)


def note_reveal(desk: Desk, caller: Caller, subject: Subject, *, about: str, reason: str) -> None:
    """Put into the audit that somebody looked at a subject in clear, and why (查看明文).

    Raises:
        LoopError: `loop.no_reason`.
    """
    if not reason.strip():
        raise LoopError("loop.no_reason", "查看明文须写明理由。", "例如“处理当事人异议”。")
    action, key = AuditAction.REVEAL, subject_key(subject)
    desk.note(Deed(action=action, caller=caller, purpose=reason.strip(), about=about, subject=key))


def _show(made: Initiation, desk: Desk, *, as_json: bool, clear: bool = False) -> None:
    document = initiation_document(made, clear=clear)
    if as_json:
        write_document(document)
    else:
        show(initiation_parts(document, made, desk.engine.tables.catalog))


def _row(made: Initiation) -> tuple[str, ...]:
    document = initiation_document(made)
    due = min(task.due_on for task in made.tasks).isoformat()
    tasks = "、".join(f"{task.title} {task.state.zh}" for task in made.tasks)
    return made.number, document["title"], document["subject"], made.state.zh if made.state else "", due, tasks
