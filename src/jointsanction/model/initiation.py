"""A joint action (联合奖惩发起): who asks whom for which measures on whom, and every step of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.terms import InitiationState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from jointsanction.model.audit import Deed
    from jointsanction.model.message import Message
    from jointsanction.model.subject import Subject

ENDED: Final = frozenset({InitiationState.CLOSED, InitiationState.WITHDRAWN})
"""States of the whole after which nothing follows (已终结)."""

SETTLED: Final = frozenset({InitiationState.RETURNED, InitiationState.FED_BACK})
"""States of a department's part in which nothing is owed by it (已了结)."""


class Addressees(NamedTuple):
    """Whom a joint action asks, and until when (响应部门和期限).

    `departments` are those named by hand, none to ask whom the chain names; `dues` are the last days of those that have
    one of their own, by the name they were given with.
    """

    due_on: date
    departments: tuple[str, ...] = ()
    dues: Mapping[str, date] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one department is asked to do (协同任务): its part of a joint action, to be fed back by a day."""

    department: str
    title: str
    measures: tuple[str, ...]
    due_on: date
    state: InitiationState


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a joint action (办理步骤): of the whole when `department` is None, else of its part.

    `reason` is why, of a feedback what was done.
    """

    state: InitiationState
    department: str | None = None
    reason: str | None = field(default=None, repr=False)
    unit: str
    account: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiation:
    """A joint action (发起): initiating departments, subject, fact and instrument, measures asked for, and whom.

    `initiators` are several for a joint document (联合发文, `document_number`). `list` is the list the subject was
    found on, `check` the filed check that this came of; without a list the fact stands on the instrument alone.
    `replayed` says that the request which made it came before, and nothing new was written.
    """

    title: str = field(repr=False)
    initiators: tuple[str, ...]
    subject: Subject = field(repr=False)
    fact: str = field(repr=False)
    instrument_no: str | None = None
    list: str | None = None
    measures: tuple[str, ...]
    region: str | None = None
    matter: str | None = None
    document_number: str | None = None
    check: str | None = None
    tasks: tuple[Task, ...] = ()
    number: str = ""
    state: InitiationState | None = None
    steps: tuple[Step, ...] = ()
    recorded_at: datetime | None = None
    replayed: bool = field(default=False, compare=False)

    def late_on(self, day: date) -> tuple[Task, ...]:
        """Return the parts that are not settled though their last day is over on a day (逾期任务)."""
        if self.state in ENDED:
            return ()
        return tuple(task for task in self.tasks if task.due_on < day and task.state not in SETTLED)


class Change(NamedTuple):
    """What one act makes of a joint action (办理结果), written in one transaction.

    `after` is the joint action as it is then, `steps` are those taken now.
    """

    after: Initiation
    steps: tuple[Step, ...]
    messages: tuple[Message, ...]
    deed: Deed
