"""A check that was filed (核查归档), what it asks to be done, and what was done and told about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from jointsanction.model.audit import Deed
    from jointsanction.model.caller import Caller, RequestKey
    from jointsanction.model.message import Message
    from jointsanction.terms import ExecutionOutcome, FilingKind, Handling


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One finding of a filed check that asks for something to be done (应执行事项).

    `item` is its place among the document's findings, from 0. `automatic`: the law orders it; else a person decides.
    `owed`: it must be fed back by `due_on`; what anybody is free to do or leave need not be. `record` tells which
    listing or act it rests on, whatever file that came in.
    """

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
    list: str | None = None
    list_kind: str | None = None
    batch: str | None = None
    row: int | None = None
    record: str | None = None
    basis: tuple[tuple[str, str | None], ...] = ()
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledCheck:
    """One check as it was filed (核查归档): `document` is the answer of the contract, whole.

    `number` names it (核查编号), `tender` the tender or batch it was part of, at `place` from 0. `subject` is the key
    of the subject's number; `items` are what it asks to be done.
    """

    number: str
    document: Mapping[str, Any] = field(repr=False)
    subject: str | None = field(repr=False, default=None)
    purpose: str
    unit: str
    account: str
    region: str | None = None
    officer: str | None = None
    tender: str | None = None
    place: int = 0
    items: tuple[PlanItem, ...] = ()
    recorded_at: datetime

    @property
    def receipt(self) -> str:
        """Return the receipt (核查凭证)."""
        return str(self.document["receipt"])

    @property
    def matter(self) -> str:
        """Return the code of the matter (事项)."""
        return str(self.document["question"]["matter"])

    @property
    def verdict(self) -> str:
        """Return the verdict (结论)."""
        return str(self.document["verdict"])

    @property
    def case_no(self) -> str | None:
        """Return the number of the case it was asked in (案号)."""
        case: str | None = self.document["case"]
        return case


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What was answered and is to be filed, all of it or nothing (待归档核查).

    `number` is that of the check, of the tender or of the batch. `answer` is what is told beside the checks themselves:
    of a tender its verdict and receipt, of a batch how many rows and what was wrong with which.
    """

    kind: FilingKind
    number: str
    caller: Caller
    checks: tuple[FiledCheck, ...]
    deeds: tuple[Deed, ...]
    key: RequestKey | None = None
    answer: Mapping[str, Any] | None = None
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What was filed (已归档): of a request that was sent again, what was filed the first time, and `again` says so."""

    kind: FilingKind
    number: str
    checks: tuple[FiledCheck, ...]
    answer: Mapping[str, Any] | None = None
    again: bool = False

    @property
    def check(self) -> FiledCheck:
        """Return the one check of a filing that is one (核查)."""
        return self.checks[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about one item of a plan (执行决定): `applies` or not, who, on what day, and why.

    `impossible` says that it could not be carried out, whatever was to be.
    """

    item: int
    applies: bool
    decider: str | None = None
    reason: str | None = None
    decided_on: date | None = None
    impossible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """What was done about one item of a plan (执行): kept, or, of a trial run, what would be."""

    check: str
    item: int
    outcome: ExecutionOutcome
    decided_on: date
    decider: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What was done about one listing in one case, told back (执行反馈).

    `check` and `item` say of which finding. `basis_instrument` with `basis_article` is the one of its bases that was
    relied on. `amount` is in 元, decimal text. `corrects` is the number of the feedback that this one stands in for.
    """

    check: str
    item: int
    basis_instrument: str
    basis_article: str | None = None
    handling: Handling
    result: str
    done_on: date
    department: str
    officer: str = field(repr=False)
    amount: str | None = None
    typical: bool = False
    corrects: str | None = None
    number: str | None = None
    on_time: bool | None = None
    unit: str | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingFeedback:
    """One finding of a filed check that was not fed back yet (待反馈), by whom it is owed and until when."""

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
