"""Cases held against the lists and the law (案例核验): 合格 or 不合格, with every reason.

A case is a feedback that stands. Held against it is what the store believes now of the days it was checked and dealt
with, under the catalogue that answered then: what was removed since with effect from before, or struck out, shows.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.asking import StoredQuestion, make_state
from jointsanction.catalog.compile import compile_catalog
from jointsanction.errors import LoopError
from jointsanction.identity.identify import identify
from jointsanction.loop.follow_up.acting import with_items
from jointsanction.loop.follow_up.days import span_of
from jointsanction.loop.follow_up.plan import record_of
from jointsanction.model.export_profile import Typical
from jointsanction.model.reported import CaseFault, ReportedCase
from jointsanction.store.docket.checks import check_of
from jointsanction.store.docket.feedback import earlier_like, feedback_under, standing_feedback
from jointsanction.store.instants import to_micros
from jointsanction.terms import Degree, Handling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from jointsanction.asking import State
    from jointsanction.loop.desk import Desk
    from jointsanction.model.filed import Feedback, FiledCheck, PlanItem
    from jointsanction.model.result import Finding
    from jointsanction.model.subject import Listing

_USUAL: Final = Typical()


class CasesWanted(NamedTuple):
    """Which cases are wanted (案例范围): told by whom, and from which day to which, both among them."""

    unit: str | None = None
    since: date | None = None
    until: date | None = None


class Cases:
    """The cases of a docket (奖惩案例); lists and catalogues are held as they are when it is made."""

    def __init__(self, desk: Desk, *, typical: Typical = _USUAL) -> None:
        """Take a desk, and what makes a case a typical one."""
        self._desk = desk
        self._typical = typical
        self._states: dict[str, State | None] = {}

    def judged(self, number: str) -> ReportedCase:
        """Return a case by the number of its feedback, with what was found of it (案例核验).

        Raises:
            LoopError: `loop.no_such_feedback`; `loop.corrected` for one that another stands in for.
        """
        with self._desk.docket.reading() as connection:
            feedback = feedback_under(connection, number)
            day = to_micros(feedback.recorded_at or self._desk.clock())
            if all(each.number != number for each in standing_feedback(connection, (day, day + 1))):
                message = f"反馈 {number} 已经更正，不再是案例。"
                raise LoopError("loop.corrected", message, "请核验更正它的反馈。")
            return self._judge(connection, feedback)

    def all(self, wanted: CasesWanted = CasesWanted()) -> Iterator[ReportedCase]:  # noqa: B008 - a frozen value
        """Yield every case told in a span, the oldest first, each with what was found of it.

        Raises:
            QuestionError: `question.days`.
        """
        span = span_of(wanted.since, wanted.until)
        with self._desk.docket.reading() as connection:
            for feedback in tuple(standing_feedback(connection, span, wanted.unit)):
                yield self._judge(connection, feedback)

    def _judge(self, connection: Connection, feedback: Feedback) -> ReportedCase:
        lists = self._desk.engine.tables.catalog.lists
        check = with_items(connection, check_of(connection, feedback.check), lists)
        item = next(each for each in check.items if each.item == feedback.item)
        case = ReportedCase(feedback=feedback, check=check, item=item, name=self._name(check, item))
        earlier = earlier_like(connection, feedback) if check.case_no is not None else ()
        faults = (*_missing(case), *self._held(case), *_doubled(earlier))
        judged = replace(case, faults=faults)
        if not feedback.typical:
            return judged
        short = tuple(_short_of(judged, self._typical))
        return replace(judged, typical=not short, short_of=short)

    def _name(self, check: FiledCheck, item: PlanItem) -> str | None:
        """Return what the subject was called when it was asked about, else what its listing calls it now."""
        said: str | None = check.document["subject"]["name"]
        if said is not None or item.list is None:
            return said
        asked = identify(StoredQuestion.of(check.document).subject)
        hits = self._desk.engine.registry.lookup(asked.keys, None)
        own = (hit.listing for hit in hits if hit.related is None and not hit.by_name)
        named = (each.name for each in own if record_of(_cause(each)) == item.record)
        return next((name for name in named if name is not None), None)

    def _held(self, case: ReportedCase) -> Iterator[CaseFault]:
        """Yield what lists and law say against a case, on the day asked about and on that of its handling."""
        document = case.check.document
        state = self._state(document["versions"]["catalogue"])
        if state is None:
            yield CaseFault("case.law_unknown", "核查当时的目录没有保存在名单库中，无法核验措施当时是否有效。")
            return
        asked = date.fromisoformat(document["question"]["as_of"])
        for day in dict.fromkeys((asked, case.feedback.done_on)):
            yield from _on(case, day, _answered(case, state, day, same=day == asked))

    def _state(self, version: str) -> State | None:
        """Return the lists of now under the catalogue that answered then, None when it was not kept."""
        if version not in self._states:
            engine = self._desk.engine
            tables = engine.tables
            if version != tables.version:
                kept = self._desk.lists.catalogue(version)
                self._states[version] = (
                    None if kept is None else make_state(compile_catalog(kept, version), engine.registry)
                )
            else:
                self._states[version] = make_state(tables, engine.registry)
        return self._states[version]


def _answered(case: ReportedCase, state: State, day: date, *, same: bool) -> tuple[Finding, ...]:
    """Return what is found on a day of the measure of a case, applying or not."""
    question = StoredQuestion.of(case.check.document)
    words: dict[str, Any] = question.words if same else {**question.words, "as_of": day.isoformat(), "dates": None}
    result = replace(question, words=words).put_to(state, at=question.checked_at, explain=True)
    every = (*result.findings, *(result.not_applied or ()))
    return tuple(each for each in every if each.measure == case.item.measure)


def _cause(listing: Listing) -> dict[str, Any]:
    """Return a listing in the words by which an answer tells which record it rests on."""
    listed = None if listing.listed_on is None else listing.listed_on.isoformat()
    return {"list": listing.list, "instrument_no": listing.instrument_no, "listed_on": listed}


def _on(case: ReportedCase, day: date, found: tuple[Finding, ...]) -> Iterator[CaseFault]:
    mine = [each for each in found if each.cause is not None and record_of(each.cause) == case.item.record]
    sound = next((each for each in mine if each.applies), None)
    if sound is None:
        why = (mine or found)[0].reason.zh if mine or found else "未列入相关名单"
        yield CaseFault("case.not_in_force", f"{day}：名单库和目录不支持该主体当日适用该项措施（{why}）。")
        return
    told = case.feedback
    if told.basis_instrument not in {basis.instrument for basis in sound.basis}:
        yield CaseFault("case.basis_not_in_force", f"{day}：所选依据当日无效。")


def _missing(case: ReportedCase) -> Iterator[CaseFault]:
    """Yield what a case has to say and doesn't (必备要素)."""
    told, check = case.feedback, case.check
    cause = check.document["findings"][told.item]["cause"]
    said = {
        "案号": check.case_no,
        "主体的完整证件号码": check.subject,
        "处理结果": told.result,
        "文书文号": cause.get("instrument_no") or cause.get("document_number"),
    }
    for title, value in said.items():
        if not value:
            yield CaseFault("case.incomplete", f"缺少{title}。")
    if told.handling is not Handling.APPLIED:
        yield CaseFault("case.not_applied", "没有实施奖惩，不作为奖惩案例。")


def _doubled(earlier: tuple[str, ...]) -> Iterator[CaseFault]:
    if earlier:
        yield CaseFault("case.double", f"与先前的案例 {earlier[0]} 重复：主体、名单记录、措施、案号都相同。")


def _short_of(case: ReportedCase, wanted: Typical) -> Iterator[CaseFault]:
    """Yield what keeps a case from being a typical one (典型案例认定标准)."""
    told, item = case.feedback, case.item
    if not case.qualified:
        yield CaseFault("case.not_qualified", "案例不合格。")
    if not told.on_time:
        yield CaseFault("case.late", "没有按期反馈。")
    if len(told.result) < wanted.words:
        yield CaseFault("case.too_short", f"处理结果不足 {wanted.words} 字。")
    heavy = item.degree is not None and Degree(item.degree) in wanted.degrees
    if not heavy and Decimal(told.amount or 0) < Decimal(wanted.amount):
        yield CaseFault("case.slight", f"金额不足 {wanted.amount} 元，措施尺度也不在认定标准之内。")
