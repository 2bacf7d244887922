"""The counter (办事窗口): checks are made, filed, carried out and fed back, each act whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import randbits
from typing import TYPE_CHECKING, Any

from jointsanction.engine import shanghai_now
from jointsanction.errors import LoopError, ReceiptError
from jointsanction.loop.filing.asking import Making, batch_filing, filing_of, read_purpose, tender_filing
from jointsanction.loop.filing.auditing import Audit
from jointsanction.loop.filing.duty import require_check, require_known
from jointsanction.loop.filing.filing import file
from jointsanction.loop.filing.sealing import note, seal_of
from jointsanction.loop.follow_up.acting import execute, feed_back, progress, reveal, with_items
from jointsanction.loop.follow_up.statistics import statistics
from jointsanction.store.docket.checks import check_of
from jointsanction.store.docket.executions import executions_of
from jointsanction.store.docket.feedback import feedback_of, pending
from jointsanction.store.instants import to_micros
from jointsanction.terms import MessageKind
from jointsanction.tracing import span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime, timedelta

    from jointsanction.engine import Engine
    from jointsanction.loop.filing.filing import Outcome
    from jointsanction.loop.filing.numbers import Draw
    from jointsanction.loop.follow_up.statistics import Asked, Group
    from jointsanction.model.audit import Deed
    from jointsanction.model.caller import Caller, RequestKey
    from jointsanction.model.filed import (
        Decision,
        Execution,
        Feedback,
        Filed,
        FiledCheck,
        Filing,
        PendingFeedback,
        PlanItem,
    )
    from jointsanction.model.subject import Subject
    from jointsanction.store import Store
    from jointsanction.store.docket.docket import Docket
    from jointsanction.terms import LoopState


@dataclass(frozen=True, slots=True)
class DeskRules:
    """By what rules a desk works (窗口规则).

    `feedback_days` after a check what it asks for is to be fed back. `algorithm` is that of the audit's digests, sha256
    or sm3; `audit_key` its secret, else that of JOINTSANCTION_AUDIT_KEY, else one the docket keeps. `receivers` are
    told of hits (`check.hit`) and of feedback (`feedback.received`).
    """

    feedback_days: int = 15
    algorithm: str = "sha256"
    audit_key: bytes | None = field(default=None, repr=False)
    receivers: Mapping[MessageKind, tuple[str, ...]] = field(default_factory=dict)


class Desk:
    """The counter where checks are made, filed and followed up (办事窗口). Safe between threads.

    It asks nobody's permission: console, service and command line do (`permits`).
    """

    def __init__(  # noqa: PLR0913 - what it works with, and where chance and time come from
        self,
        engine: Engine,
        lists: Store,
        docket: Docket,
        *,
        rules: DeskRules = DeskRules(),
        clock: Callable[[], datetime] = shanghai_now,
        draw: Draw = randbits,
    ) -> None:
        """Take an engine, the store it answers from, and its docket."""
        self.engine = engine
        self.lists = lists
        self.docket = docket
        self.rules = rules
        self.clock = clock
        self.draw = draw
        self.before_asking: Callable[[], None] = lambda: None
        """Called before anything is asked; raises while nothing may be answered (作答条件)."""
        self.seal = seal_of(docket, rules.algorithm, rules.audit_key)

    def ask(self, words: Mapping[str, Any], caller: Caller, *, purpose: str, key: RequestKey | None = None) -> Filing:
        """Return the answer to a question, ready to be filed; nothing is written (核查). `words` are a question's.

        Raises:
            QuestionError: `question.purpose`, and what is wrong with the question.
            SubjectError, UnknownMatterError, RegistryError: as `Engine.ask`.
        """
        making = self._making(caller, purpose, key)
        with span("evaluate"):
            return filing_of(self.engine.ask(words), making)

    def ask_tender(  # noqa: PLR0913 - the public signature
        self,
        subjects: Sequence[Subject],
        matter: str,
        words: Mapping[str, Any],
        caller: Caller,
        *,
        purpose: str,
        key: RequestKey | None = None,
    ) -> Filing:
        """Return the answers about every bidder of a tender, ready to be filed under one number (投标人批量核查).

        `words` are those of `Engine.check_tender`.

        Raises:
            QuestionError, SubjectError, UnknownMatterError: as `Engine.check_tender`; `question.purpose`.
        """
        making = self._making(caller, purpose, key)
        return tender_filing(self.engine.check_tender(subjects, matter, **words), making)

    def ask_batch(  # noqa: PLR0913 - the public signature
        self,
        subjects: Iterable[Subject | str],
        matter: str,
        words: Mapping[str, Any],
        caller: Caller,
        *,
        purpose: str,
        key: RequestKey | None = None,
    ) -> Filing:
        """Return the answers about many subjects, or what is wrong with them, ready to be filed (批量核查).

        `words` are those of `Engine.screen`.

        Raises:
            QuestionError, UnknownMatterError: what is wrong with the question; `question.purpose`.
        """
        making = self._making(caller, purpose, key)
        return batch_filing(self.engine.screen(subjects, matter, **words), making, at=self.clock())

    def file(self, filings: Sequence[Filing]) -> tuple[Outcome, ...]:
        """Write filings of many callers in one transaction; return what became of each in order (归档).

        A filing whose key its account used before gives what was filed then, of another content `loop.key_reused`.

        Raises:
            RegistryError: `registry.busy`, `registry.unreachable`; then nothing was filed.
        """
        return file(self.docket, filings, at=to_micros(self.clock()), seal=self.seal)

    def file_one(self, filing: Filing) -> Filed:
        """Write one filing and return what was filed (归档).

        Raises:
            LoopError: `loop.key_reused`.
            RegistryError: as `file`.
        """
        with span("file"):
            (outcome,) = self.file((filing,))
        if isinstance(outcome, LoopError):
            raise outcome
        return outcome

    def check(
        self, words: Mapping[str, Any], caller: Caller, *, purpose: str, key: RequestKey | None = None
    ) -> FiledCheck:
        """Ask, file, and return the check as it was filed (一键核查并归档).

        Raises:
            QuestionError, SubjectError, UnknownMatterError, LoopError, RegistryError: as `ask` and `file_one`.
        """
        with span("check"):
            return self.file_one(self.ask(words, caller, purpose=purpose, key=key)).check

    def filed(self, number: str) -> FiledCheck:
        """Return a filed check by its number, whole and unmasked (核查归档).

        Raises:
            LoopError: `loop.no_such_check`.
        """
        with self.docket.reading() as connection:
            return with_items(connection, check_of(connection, number), self.engine.tables.catalog.lists)

    def plan(self, number: str) -> tuple[PlanItem, ...]:
        """Return what a filed check asks to be done, and what of it somebody has to decide (执行计划).

        Raises:
            LoopError: `loop.no_such_check`.
        """
        return self.filed(number).items

    def execute(
        self,
        number: str,
        decisions: Sequence[Decision],
        caller: Caller,
        *,
        dry_run: bool = False,
        key: RequestKey | None = None,
    ) -> tuple[Execution, ...]:
        """Keep what was decided and done about a check, and return it; a trial run keeps nothing (一键启动).

        Raises:
            LoopError: `loop.no_such_check`, `loop.key_reused`, `loop.contradicts`, and what `carried_out` raises.
        """
        return execute(self, number, decisions, caller, dry_run=dry_run, key=key).executions

    def executions(self, number: str) -> tuple[Execution, ...]:
        """Return what was done about a check (执行情况)."""
        with self.docket.reading() as connection:
            return executions_of(connection, number)

    def feed_back(self, feedback: Feedback, caller: Caller, *, key: RequestKey | None = None) -> Feedback:
        """Take a feedback on one finding of a check and return it with its number, in time or late (执行反馈).

        Raises:
            LoopError: `loop.no_such_check`, `loop.key_reused`, and what `found_in_order` raises.
        """
        return feed_back(self, feedback, caller, key=key).feedback

    def feedback(self, number: str) -> tuple[Feedback, ...]:
        """Return all that was told back about a check, what was corrected too, the newest last (反馈情况)."""
        with self.docket.reading() as connection:
            return feedback_of(connection, number)

    def state(self, number: str) -> LoopState:
        """Return how far a check has come in the loop (闭环状态).

        Raises:
            LoopError: `loop.no_such_check`.
        """
        return progress(self, number)

    def pending(self, *, unit: str | None = None, due_by: date | None = None) -> tuple[PendingFeedback, ...]:
        """Return what is owed and was not fed back, by some day, the soonest due first (待反馈)."""
        with self.docket.reading() as connection:
            return pending(connection, unit=unit, due_by=due_by)

    def reveal(self, number: str, caller: Caller, *, reason: str) -> Mapping[str, Any]:
        """Return the answer of a filed check unmasked; that it was looked at, and why, is in the audit (查看明文).

        Raises:
            LoopError: `loop.no_reason`, `loop.no_such_check`.
        """
        return reveal(self, number, caller, reason)

    def require(
        self, number: str, matter: str, max_age: timedelta, *, subject: Subject | str | None = None
    ) -> Mapping[str, Any]:
        """Return the answer of a filed check that may be relied on in a matter (核查门槛), by when it was filed.

        Raises:
            ReceiptError: `receipt.missing` when no check was filed under the number; `receipt.old_lists`; else as
                `require_check`.
        """
        try:
            check = self.filed(number)
        except LoopError as error:
            raise ReceiptError("receipt.missing", error.message, error.hint) from error
        now = self.clock()
        answer = require_check(check, matter, max_age, subject=subject, now=now, tables=self.engine.tables)
        require_known(answer, self.lists, now - max_age)
        return answer

    @property
    def audit(self) -> Audit:
        """Return the audit chain, to be verified and searched (审计)."""
        return Audit(self.docket, self.seal)

    def statistics(self, asked: Asked) -> tuple[Group, ...]:
        """Return figures of checks and of what became of them (统计分析).

        Raises:
            QuestionError: `question.statistics`.
        """
        return statistics(self.docket, asked)

    def note(self, *deeds: Deed) -> None:
        """Put into the audit what was done without writing anything else (留痕): read, export, sign in, be refused."""
        note(self.docket, self.seal, self.clock(), *deeds)

    def _making(self, caller: Caller, purpose: str, key: RequestKey | None) -> Making:
        self.before_asking()
        return Making(
            caller=caller,
            purpose=read_purpose(purpose),
            key=key,
            draw=self.draw,
            lists=self.engine.tables.catalog.lists,
            feedback_days=self.rules.feedback_days,
            algorithm=self.rules.algorithm,
            receivers=self.rules.receivers.get(MessageKind.CHECK_HIT, ()),
        )
