"""Joint actions (联合奖惩发起响应): initiated, taken up by each department asked, fed back, closed or withdrawn.

Every step is written in one transaction with its state, its record in the audit and the messages to those concerned.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from secrets import randbits
from typing import TYPE_CHECKING, Final

from jointsanction.errors import AccessError, LoopError
from jointsanction.identity.masks import stated
from jointsanction.loop.access.permits import of_unit
from jointsanction.loop.filing.numbers import INITIATION, number_of
from jointsanction.loop.joint.assigning import tasks_of
from jointsanction.loop.joint.grounds import refuse_groundless
from jointsanction.loop.joint.joint_messages import of_initiating, of_step
from jointsanction.loop.joint.joint_request import acts_for, has_part, read_addressees, read_request, refuse_unfit
from jointsanction.loop.joint.progress import NEED_A_REASON, as_after, is_initiators, refuse_disorder, whole_of
from jointsanction.loop.joint.revealing import note_reveal
from jointsanction.model.audit import Deed
from jointsanction.model.initiation import ENDED, Change, Step
from jointsanction.store.docket.audit import append
from jointsanction.store.docket.checks import check_of
from jointsanction.store.docket.initiations import (
    add_initiation,
    change_initiation,
    initiation_of,
    initiations_known,
    no_such_initiation,
    subject_key,
)
from jointsanction.store.docket.messages import write
from jointsanction.store.docket.requests import Taken, take, taken
from jointsanction.store.instants import to_micros
from jointsanction.terms import AuditAction, InitiationState

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from jointsanction.loop.desk import Desk
    from jointsanction.loop.filing.numbers import Draw
    from jointsanction.model.caller import Caller, RequestKey
    from jointsanction.model.initiation import Addressees, Initiation, Task

_KIND: Final = "initiation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The step somebody wants to take (拟办步骤): of a department's part, his own where none is named, or the whole."""

    number: str
    state: InitiationState
    department: str | None = None
    reason: str | None = None


class JointActions:
    """Joint actions of one docket (联合奖惩). Safe between threads.

    It asks nobody's role: console, service and command line do. Whose part it is, it does ask.
    """

    def __init__(self, desk: Desk, *, draw: Draw = randbits) -> None:
        """Take the desk whose catalogue, docket and clock they go by."""
        self._desk = desk
        self._draw = draw

    def initiate(
        self, asked: Initiation, caller: Caller, to: Addressees, *, key: RequestKey | None = None
    ) -> Initiation:
        """Initiate a joint action and tell each department asked (发起).

        Who is asked the mapping chain says, or `to`. Sent again under its key, a request gives what it made the first
        time, as it was then (`replayed`).

        Raises:
            LoopError: `loop.incomplete`, `loop.twice`, `loop.no_instrument`, `loop.unknown_list`, `loop.overdue`;
                `loop.unknown_measure`, `loop.measure_ended`, `loop.no_department`; `loop.measure_other_list`,
                `loop.not_listed`, `loop.not_disclosed`; `loop.no_such_check`, also for one of another unit,
                `loop.other_subject`; `loop.key_reused`.
            SubjectError: `subject.unidentified`. AccessError: `access.unit`.
            UnknownMatterError: `matter.unknown`. QuestionError: `question.region`.
        """
        with self._desk.docket.reading() as connection:
            before = _made_before(connection, caller, key)
        if before is not None:  # what was lawful when it was taken is not judged anew
            return before
        now = self._desk.clock()
        made = self._made(asked, caller, to, now)
        change = Change(made, made.steps, tuple(of_initiating(made, now)), _deed(made, made.steps[0], caller))
        with self._desk.docket.writing() as connection:
            before = _made_before(connection, caller, key)
            if before is not None:
                return before
            _refuse_other_subject(connection, made, caller)
            add_initiation(connection, change)
            self._keep(connection, change, key, now)
        return made

    def advance(self, wanted: Wanted, caller: Caller, *, key: RequestKey | None = None) -> Initiation:
        """Take one step and return the joint action as it is then (办理一步); sent again under its key, as it was then.

        Raises:
            LoopError: `loop.no_such_initiation`, `loop.no_reason`, `loop.order`, `loop.no_such_task`,
                `loop.key_reused`.
            AccessError: `access.unit` when the caller's unit has no part in it, or not this one.
        """
        now = self._desk.clock()
        with self._desk.docket.writing() as connection:
            before = _made_before(connection, caller, key)
            if before is not None:
                return before
            change = self._changed(initiation_of(connection, wanted.number), wanted, caller, now)
            change_initiation(connection, change)
            self._keep(connection, change, key, now)
        return change.after

    def known_to(self, caller: Caller, number: str) -> Initiation:
        """Return a joint action that the caller's unit has a part in (查阅范围).

        Raises:
            LoopError: `loop.no_such_initiation`, also for one of others: that it exists is none of his business.
        """
        found = self.initiation(number)
        if not has_part(caller, found, self._desk.engine.tables.catalog):
            raise no_such_initiation()
        return found

    def of_unit(
        self, caller: Caller, state: InitiationState | None = None, *, overdue: bool = False
    ) -> tuple[Initiation, ...]:
        """Return the joint actions that the caller's unit has a part in, the newest first (本单位的联合奖惩)."""
        catalog = self._desk.engine.tables.catalog
        found = reversed(self.initiations(state, overdue=overdue))
        return tuple(each for each in found if has_part(caller, each, catalog))

    def reveal(self, number: str, caller: Caller, reason: str) -> Initiation:
        """Return a joint action to be shown in clear, once the audit holds who looks at its subject and why (查看明文).

        Raises:
            LoopError: `loop.no_reason`; `loop.no_such_initiation` as `known_to`.
        """
        found = self.known_to(caller, number)
        note_reveal(self._desk, caller, found.subject, about=number, reason=reason)
        return found

    def initiation(self, number: str) -> Initiation:
        """Return a joint action by its number, whole and unmasked.

        Raises:
            LoopError: `loop.no_such_initiation`.
        """
        with self._desk.docket.reading() as connection:
            return initiation_of(connection, number)

    def initiations(self, state: InitiationState | None = None, *, overdue: bool = False) -> tuple[Initiation, ...]:
        """Return all joint actions, those in one state, or those with a part that is late, the newest last (台账)."""
        with self._desk.docket.reading() as connection:
            found = initiations_known(connection, state)
        today = self._desk.clock().date()
        return tuple(each for each in found if not overdue or each.late_on(today))

    def _made(self, asked: Initiation, caller: Caller, to: Addressees, now: datetime) -> Initiation:
        """Return the joint action that is asked for, when it is fit, lawful, and there is somebody to ask."""
        engine, today = self._desk.engine, now.date()
        catalog = engine.tables.catalog
        asked, to = read_request(asked, engine.tables), read_addressees(to, catalog)
        refuse_unfit(asked, caller, catalog, to, today)
        refuse_groundless(asked, caller, engine, now)
        first = Step(state=InitiationState.INITIATED, unit=caller.unit, account=caller.account, recorded_at=now)
        return replace(
            asked,
            number=number_of(INITIATION, today, self._draw),
            tasks=tasks_of(asked, catalog, to, today),
            state=InitiationState.INITIATED,
            steps=(first,),
            recorded_at=now,
        )

    def _changed(self, known: Initiation, wanted: Wanted, caller: Caller, now: datetime) -> Change:
        task = self._task(known, wanted, caller)
        self._refuse_stranger(known, task, wanted.state, caller)
        refuse_disorder(known, task, wanted.state)
        reason = stated(wanted.reason) or None
        if reason is None and wanted.state in NEED_A_REASON:
            message = f"记为“{wanted.state.zh}”须写明理由或者办理情况。"
            raise LoopError("loop.no_reason", message, "写明为什么、办了什么。")
        step = Step(
            state=wanted.state,
            department=None if task is None else task.department,
            reason=reason,
            unit=caller.unit,
            account=caller.account,
            recorded_at=now,
        )
        tasks = tuple(replace(each, state=step.state) if each is task else each for each in known.tasks)
        state = step.state if step.state in ENDED else whole_of(tasks)
        after = replace(known, tasks=tasks, state=state, steps=(*known.steps, step))
        return Change(after, (step,), tuple(of_step(after, step, now)), _deed(after, step, caller))

    def _task(self, known: Initiation, wanted: Wanted, caller: Caller) -> Task | None:
        """Return the part a step is of: the one named, else the caller's own; None for a step of the whole."""
        if wanted.state in ENDED:
            return None
        catalog = self._desk.engine.tables.catalog
        for task in known.tasks:
            own = wanted.department is None and acts_for(caller, task.department, catalog)
            if own or wanted.department in {task.department, task.title}:
                return task
        if wanted.department is None and not is_initiators(wanted.state):
            raise _stranger()
        asked = "、".join(f"{task.department}（{task.title}）" for task in known.tasks)
        raise LoopError("loop.no_such_task", "没有这个部门的任务。", f"被请求的部门：{asked}。")

    def _refuse_stranger(self, known: Initiation, task: Task | None, state: InitiationState, caller: Caller) -> None:
        catalog = self._desk.engine.tables.catalog
        whose = known.initiators if task is None or is_initiators(state) else (task.department, task.title)
        if not any(acts_for(caller, each, catalog) for each in whose):
            raise _stranger()

    def _keep(self, connection: Connection, change: Change, key: RequestKey | None, now: datetime) -> None:
        at, account = to_micros(now), change.deed.caller.account
        append(connection, (change.deed,), at=at, seal_with=self._desk.seal)
        write(connection, change.messages)
        after = change.after
        take(connection, account, key, Taken(_KIND, after.number, {"steps": len(after.steps)}), at=at)


def _stranger() -> AccessError:
    message = "本账户所属的单位不办理这一步。"
    return AccessError(
        "access.unit", message, "响应、退回、执行、反馈由被请求的部门办理，重新发起、办结、撤销由发起部门办理。"
    )


def _deed(initiation: Initiation, step: Step, caller: Caller) -> Deed:
    return Deed(
        action=AuditAction.INITIATION,
        caller=caller,
        purpose=initiation.document_number,
        matter=initiation.matter,
        about=initiation.number,
        subject=subject_key(initiation.subject),
        detail={"step": step.state.value, "department": step.department, "state": str(initiation.state)},
    )


def _refuse_other_subject(connection: Connection, made: Initiation, caller: Caller) -> None:
    """Refuse a joint action that names a check which is not filed by this unit, or is about somebody else."""
    if made.check is None:
        return
    if of_unit(check_of(connection, made.check), caller.unit).subject != subject_key(made.subject):
        message = f"核查 {made.check} 是对另一主体的核查。"
        raise LoopError("loop.other_subject", message, "核对核查编号和主体号码。")


def _made_before(connection: Connection, caller: Caller, key: RequestKey | None) -> Initiation | None:
    """Return what a request made when it came first, None when it comes now (重发的请求)."""
    before = taken(connection, caller.account, key)
    if before is None:
        return None
    known = initiation_of(connection, before.number)
    steps = (before.answer or {}).get("steps", len(known.steps))
    return replace(as_after(known, steps), replayed=True)
