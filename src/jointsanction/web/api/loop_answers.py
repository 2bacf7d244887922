"""What callers get about what follows a check, and about the service (闭环、管理应答)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from jointsanction.terms import (
    AccountRole,
    Audience,
    ExecutionOutcome,
    Handling,
    InitiationState,
    LoopState,
    MessageKind,
    MessageState,
)
from jointsanction.web.api.answers import Answer


class ItemShown(Answer):
    """One item of a plan (应执行事项)."""

    item: int
    measure: str
    title: str
    effect: str
    degree: str | None
    binding: str
    automatic: bool
    owed: bool
    duty: str
    authorities: tuple[str, ...]
    list: str | None
    basis: tuple[tuple[str, str | None], ...]
    due_on: date
    outcome: ExecutionOutcome | None
    feedback: str | None


class PlanAnswer(Answer):
    """What a filed check asks to be done, and how far it has come (执行计划)."""

    check: str
    state: LoopState
    items: list[ItemShown]


class ExecutionShown(Answer):
    """What was done about one item (执行)."""

    check: str
    item: int
    outcome: ExecutionOutcome
    decided_on: date
    decider: str | None
    reason: str | None


class ExecutionAnswer(Answer):
    """What was carried out, or, of a trial run, what would be (执行结果)."""

    check: str
    dry_run: bool
    executions: list[ExecutionShown]


class FeedbackAnswer(Answer):
    """A feedback that was kept (执行反馈)."""

    number: str
    check: str
    item: int
    handling: Handling
    on_time: bool
    corrects: str | None
    recorded_at: datetime


class TaskShown(Answer):
    """What one department is asked to do (协同任务)."""

    department: str
    title: str
    measures: list[str]
    due_on: date
    state: InitiationState
    overdue: bool = Field(description="逾期而没有反馈、退回")
    own: bool = Field(description="本单位的任务")


class StepShown(Answer):
    """One step of a joint action (办理步骤); why, and who, is told of one's own, and of the whole, alone."""

    state: InitiationState
    department: str | None
    reason: str | None
    unit: str | None
    recorded_at: datetime


class InitiationAnswer(Answer):
    """A joint action (联合奖惩); its subject is masked but where it was revealed."""

    number: str
    title: str
    subject: str = Field(description="主体的证件号码，已脱敏")
    name: str | None = Field(description="主体的名称，自然人的已脱敏")
    initiators: tuple[str, ...]
    fact: str
    instrument_no: str | None
    list: str | None
    matter: str | None
    region: str | None
    document_number: str | None
    check: str | None
    measures: tuple[str, ...]
    state: InitiationState
    overdue: bool
    tasks: tuple[TaskShown, ...]
    steps: tuple[StepShown, ...]
    recorded_at: datetime


class InitiationsAnswer(Answer):
    """Joint actions (联合奖惩台账)."""

    initiations: list[InitiationAnswer]


class MessageShown(Answer):
    """A message to another system (推送消息)."""

    key: str
    event: MessageKind
    receiver: str
    about: str
    state: MessageState
    attempts: int
    recorded_at: datetime
    next_at: datetime | None
    delivered_at: datetime | None
    fault: str | None


class OutboxAnswer(Answer):
    """How the outbox stands (推送概况), and its latest messages."""

    pending: int
    delivered: int
    dead: int
    messages: list[MessageShown]


class RecordShown(Answer):
    """A record of the audit (审计记录)."""

    seq: int
    digest: str
    entry: dict[str, Any]


class AuditAnswer(Answer):
    """Records of the audit, the newest first (审计检索)."""

    records: list[RecordShown]


class PendingShown(Answer):
    """One item that was not fed back yet (待反馈)."""

    check: str
    item: int
    measure: str
    effect: str
    list: str | None
    matter: str
    region: str | None
    case_no: str | None
    unit: str
    account: str
    due_on: date


class PendingAnswer(Answer):
    """What is owed and was not fed back (待反馈): how many in all, and the soonest due."""

    total: int
    items: list[PendingShown]


class CaseFaultShown(Answer):
    """Why a case is not good enough to be reported, or to be a typical one (不合格原因)."""

    code: str
    message: str


class CaseShown(Answer):
    """A case that was told back (奖惩案例); without `faults` it is in order.

    `claimed` is whether it was told to be a typical one, `typical` whether it is one, `short_of` why it is none.
    """

    number: str
    check: str
    item: int
    handling: Handling
    result: str
    amount: str | None
    done_on: date
    department: str
    on_time: bool
    claimed: bool
    typical: bool
    short_of: tuple[CaseFaultShown, ...]
    measure: str
    list: str | None
    matter: str
    faults: tuple[CaseFaultShown, ...]


class CasesAnswer(Answer):
    """Cases of this unit (奖惩案例): how many in all, and the oldest of them."""

    total: int
    cases: tuple[CaseShown, ...]


class StatisticsAnswer(Answer):
    """Figures of the loop (统计分析): each row has the words it is grouped by, and how many of what.

    `of_unit` is the unit whose checks were counted, null for those of all.
    """

    by: list[str]
    period: str | None
    since: date | None
    until: date | None
    of_unit: str | None
    rows: list[dict[str, str | int | None]]


class MeAnswer(Answer):
    """Who asks, as the service knows him (本账户)."""

    account: str
    unit: str
    region: str | None
    roles: list[AccountRole]
    matters: list[str]
    audience: Audience | None
    rate: int
