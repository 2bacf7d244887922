"""The desk: what is asked is filed whole or not at all, once a key, and what follows is kept beside it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

import desk_side as d
import store_side as s
from jointsanction import LoopError, QuestionError, ReceiptError, Subject
from jointsanction.loop.desk import Desk
from jointsanction.loop.filing.unchecked import CaseHandled, unchecked
from jointsanction.model.caller import RequestKey
from jointsanction.model.filed import Decision, Filed
from jointsanction.receipt import verify
from jointsanction.store.docket.audit import make_key
from jointsanction.terms import (
    AuditAction,
    ExecutionOutcome,
    FilingKind,
    Handling,
    LoopState,
    MessageKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jointsanction.model.filed import Filing
    from jointsanction.model.subject import Listing

NEXT_DAY = timedelta(days=1)


def test_a_check_is_filed_whole(tmp_path: Path) -> None:
    """What was answered is found under its number, with what it asks to be done."""
    office = d.office(tmp_path)
    check = office.check(case="采2024-1")
    assert check.number == "HC20240610-000000000001"
    found = office.desk.filed(check.number)
    assert found == check
    verify(dict(found.document))
    assert (found.verdict, found.matter, found.case_no, found.region) == (
        "prohibited",
        "GPC.SUPPLIER",
        "采2024-1",
        "990000",
    )
    (item,) = office.desk.plan(check.number)
    assert (item.measure, item.automatic, item.owed, item.list, item.list_kind) == (
        d.PROCUREMENT,
        True,
        True,
        "BL.SXBZXR",
        "independent",
    )
    assert item.due_on == d.NOW.date() + timedelta(days=15)
    assert office.desk.state(check.number) is LoopState.NONE


def test_nothing_found_is_filed_too(tmp_path: Path) -> None:
    """A check that found nothing is a check that was made; nothing is due on it."""
    office = d.office(tmp_path)
    check = office.check(d.NOBODY)
    assert office.desk.filed(check.number).items == ()
    assert office.desk.state(check.number) is LoopState.NOTHING_DUE


def test_why_comes_first(tmp_path: Path) -> None:
    """A check is for something; without a purpose none is made."""
    office = d.office(tmp_path)
    for purpose in ("", " \n", "长" * 201):
        with pytest.raises(QuestionError) as error:
            office.desk.ask({"subject": d.DEFAULTER, "matter": "procurement"}, d.WINDOW, purpose=purpose)
        assert error.value.code == "question.purpose"


def test_a_number_nobody_filed(tmp_path: Path) -> None:
    """There is no check under a number that none was given."""
    desk = d.office(tmp_path).desk
    for act in (desk.filed, desk.state, desk.plan):
        with pytest.raises(LoopError) as error:
            act("HC20240610-000000000009")
        assert error.value.code == "loop.no_such_check"


def test_a_request_sent_again_files_nothing_new(tmp_path: Path) -> None:
    """The same key and content gives what was filed; with another content it is refused; others have their own."""
    office, key = d.office(tmp_path), RequestKey("k", "same")
    check = office.check(key=key)
    office.clock.move(hours=1)
    again = office.check(key=key)
    assert again.number == check.number
    assert again.recorded_at == check.recorded_at
    with pytest.raises(LoopError) as error:
        office.check(key=RequestKey("k", "another"))
    assert error.value.code == "loop.key_reused"
    assert office.check(key=key, caller=d.ELSEWHERE).number != check.number
    assert d.tell(tmp_path, "SELECT count(*) FROM docket_check") == [(2,)]
    assert d.tell(tmp_path, "SELECT count(*) FROM docket_audit") == [(2,)]


def test_many_are_filed_together(tmp_path: Path) -> None:
    """One transaction for many callers: each has its outcome in its place, and one that is refused hinders nobody."""
    office = d.office(tmp_path)

    def ask(subject: str, key: RequestKey | None = None) -> Filing:
        words = {"subject": subject, "matter": "procurement", "coverage": "loaded"}
        return office.desk.ask(words, d.WINDOW, purpose=d.PURPOSE, key=key)

    key = RequestKey("k", "a")
    first, again, other, refused = office.desk.file(
        [ask(d.DEFAULTER, key), ask(d.DEFAULTER, key), ask(d.NOBODY), ask(d.OTHER, RequestKey("k", "b"))]
    )
    assert isinstance(first, Filed)
    assert isinstance(again, Filed)
    assert isinstance(other, Filed)
    assert isinstance(refused, LoopError)
    assert (first.number, first.again, again.again) == (again.number, False, True)
    assert refused.code == "loop.key_reused"
    assert d.tell(tmp_path, "SELECT count(*) FROM docket_check") == [(2,)]
    assert office.desk.file([]) == ()


def test_a_tender_is_one_filing(tmp_path: Path) -> None:
    """Its bidders are checks of their own under one number, in their order; sent again it is the same."""
    office, key = d.office(tmp_path), RequestKey("t", "same")
    bidders = [Subject(uscc=d.NOBODY), Subject(uscc=d.DEFAULTER)]

    def ask() -> Filed:
        filing = office.desk.ask_tender(
            bidders, "procurement", {"coverage": "loaded"}, d.WINDOW, purpose=d.PURPOSE, key=key
        )
        return office.desk.file_one(filing)

    first, again = ask(), ask()
    assert (first.kind, first.number, again.number, again.again) == (
        FilingKind.TENDER,
        "TB20240610-000000000001",
        first.number,
        True,
    )
    assert [each.number for each in first.checks] == [each.number for each in again.checks]
    assert [each.verdict for each in again.checks] == ["clear", "prohibited"]
    assert again.answer == first.answer
    assert again.answer is not None
    verify({**again.answer, "results": [dict(each.document) for each in again.checks]})


def test_a_batch_keeps_its_errors_and_one_root(tmp_path: Path) -> None:
    """Rows are answered in order, errors in their place; the audit has one record over all, and one for each hit."""
    office, key = d.office(tmp_path), RequestKey("b", "same")

    def ask() -> Filed:
        rows = [d.NOBODY, "12", d.DEFAULTER]
        filing = office.desk.ask_batch(rows, "procurement", {"coverage": "loaded"}, d.WINDOW, purpose="普查", key=key)
        return office.desk.file_one(filing)

    first, again = ask(), ask()
    assert first.answer is not None
    assert (first.answer["rows"], list(first.answer["errors"])) == (3, ["1"])
    assert again.answer == first.answer
    assert [(each.place, each.verdict) for each in again.checks] == [(0, "clear"), (2, "prohibited")]
    records = office.desk.audit.search()
    assert [record.entry["action"] for record in reversed(records)] == ["batch", "check"]
    assert records[-1].entry["detail"]["root"] == first.answer["root"]
    empty = office.desk.ask_batch([], "procurement", {}, d.WINDOW, purpose="普查")
    assert office.desk.file_one(empty).checks == ()


def test_looking_at_it_whole_leaves_a_trace(tmp_path: Path) -> None:
    """Who looks at a check unmasked says why, and the audit keeps it; of the subject it holds no number."""
    office = d.office(tmp_path)
    check = office.check()
    for nothing in (" ", "\u200b", "——"):
        with pytest.raises(LoopError) as error:
            office.desk.reveal(check.number, d.WINDOW, reason=nothing)
        assert error.value.code == "loop.no_reason"
    assert office.desk.reveal(check.number, d.ELSEWHERE, reason="处理异议") == check.document
    (newest, *_) = office.desk.audit.search()
    assert (newest.entry["action"], newest.entry["about"], newest.entry["purpose"]) == (
        "reveal",
        check.number,
        "处理异议",
    )
    assert d.DEFAULTER not in str([record.entry for record in office.desk.audit.search()])


def test_what_the_law_orders_is_done_at_once(tmp_path: Path) -> None:
    """应当: carried out without anybody's say, and only once; a trial run keeps nothing."""
    office = d.office(tmp_path)
    check = office.check()
    (tried,) = office.desk.execute(check.number, [], d.WINDOW, dry_run=True)
    assert office.desk.executions(check.number) == ()
    (done,) = office.desk.execute(check.number, [], d.WINDOW)
    assert tried == done
    assert (done.outcome, done.decider) == (ExecutionOutcome.AUTOMATIC, None)
    assert office.desk.execute(check.number, [], d.WINDOW) == ()
    assert office.desk.executions(check.number) == (done,)
    assert [each.entry["action"] for each in office.desk.audit.search()] == ["decision", "check"]


def test_what_the_law_allows_waits_for_a_person(tmp_path: Path) -> None:
    """可以: nothing happens until somebody named decides; sent again under its key it is done once."""
    office, key = d.office(tmp_path), RequestKey("e", "same")
    check = office.check(matter="bidding")
    (item,) = check.items
    assert not item.automatic
    assert office.desk.execute(check.number, [], d.WINDOW) == ()
    decision = Decision(item=item.item, applies=True, decider="负责人乙")
    (done,) = office.desk.execute(check.number, [decision], d.WINDOW, key=key)
    assert (done.outcome, done.decider, done.decided_on) == (ExecutionOutcome.DECIDED, "负责人乙", d.NOW.date())
    assert office.desk.execute(check.number, [decision], d.WINDOW, key=key) == (done,)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"item": 9}, "loop.no_such_item"),
        ({"decider": " "}, "loop.no_decider"),
        ({"decider": None}, "loop.no_decider"),
        ({"decider": "\u200b"}, "loop.no_decider"),
        ({"decider": "\u3164\u202e"}, "loop.no_decider"),
        ({"applies": False}, "loop.no_reason"),
        ({"impossible": True}, "loop.no_reason"),
        ({"impossible": True, "reason": "\u2060\x85"}, "loop.no_reason"),
        ({"decided_on": d.NOW.date() + NEXT_DAY}, "loop.date"),
        ({"decided_on": d.NOW.date() - NEXT_DAY}, "loop.date"),
    ],
)
def test_a_decision_that_is_none(tmp_path: Path, said: dict[str, Any], code: str) -> None:
    """A decision is about what awaits one, by somebody named, between the check and today; against needs a reason."""
    office = d.office(tmp_path)
    check = office.check(matter="bidding")
    decision = Decision(**({"item": 0, "applies": True, "decider": "负责人乙"} | said))
    with pytest.raises(LoopError) as error:
        office.desk.execute(check.number, [decision], d.WINDOW)
    assert error.value.code == code


def test_two_decisions_are_none(tmp_path: Path) -> None:
    """Of one thing there is one decision; what the law orders awaits none, unless it can't be done."""
    office = d.office(tmp_path)
    may, must = office.check(matter="bidding"), office.check()
    against = Decision(item=0, applies=False, decider="负责人乙", reason="唯一供应商")
    with pytest.raises(LoopError) as error:
        office.desk.execute(may.number, [against, against], d.WINDOW)
    assert error.value.code == "loop.decided_twice"
    with pytest.raises(LoopError) as error:
        office.desk.execute(must.number, [against], d.WINDOW)
    assert error.value.code == "loop.not_to_decide"
    (declined,) = office.desk.execute(may.number, [against], d.WINDOW)
    (impossible,) = office.desk.execute(must.number, [replace(against, impossible=True)], d.WINDOW)
    assert (declined.outcome, impossible.outcome) == (ExecutionOutcome.DECLINED, ExecutionOutcome.IMPOSSIBLE)
    with pytest.raises(LoopError) as error:
        office.desk.execute(may.number, [against], d.WINDOW)
    assert error.value.code == "loop.executed"


def test_feedback_completes_a_check(tmp_path: Path) -> None:
    """What is fed back is told and counted; late is taken, and said to be late."""
    office = d.office(tmp_path, receivers={MessageKind.FEEDBACK_RECEIVED: ("平台",), MessageKind.CHECK_HIT: ("平台",)})
    check, late = office.check(), office.check(d.OTHER)
    assert {each.check for each in office.desk.pending()} == {check.number, late.number}
    given = office.feed_back(check, amount=" 1200.50 ")
    assert (given.number, given.on_time, given.amount) == ("FK20240610-000000000003", True, "1200.50")
    assert office.desk.state(check.number) is LoopState.COMPLETE
    office.clock.move(days=16)
    assert [each.due_on for each in office.desk.pending(due_by=office.clock.now.date())] == [late.items[0].due_on]
    assert office.desk.pending(due_by=d.NOW.date()) == ()
    assert office.desk.pending(unit="别的单位") == ()
    assert office.feed_back(late, done_on=d.NOW.date()).on_time is False
    assert office.desk.pending(unit=d.WINDOW.unit) == ()
    assert office.desk.feedback(check.number) == (given,)
    told = d.tell(tmp_path, "SELECT event, count(*) FROM docket_message GROUP BY event ORDER BY event")
    assert told == [("check.hit", 2), ("feedback.received", 2)]
    assert d.tell(tmp_path, "SELECT body FROM docket_message")[0][0].count(d.DEFAULTER) == 0


def test_a_check_of_two_is_done_by_halves(tmp_path: Path) -> None:
    """Of two listings each is fed back by itself: one of two is partial."""
    office = d.office(tmp_path)
    s.take(office.desk.lists, [s.listing(d.DEFAULTER, list="BL.GPC", instrument_no="虚财采〔2024〕1号", row=1)], 2)
    office.desk.engine.swap(registry=office.desk.lists.registry())
    check = office.check()
    assert len(check.items) == 2
    office.feed_back(check)
    assert office.desk.state(check.number) is LoopState.PARTIAL


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"check": "HC0"}, "loop.no_such_check"),
        ({"item": 9}, "loop.no_such_item"),
        ({"basis_instrument": "civil-code"}, "loop.basis"),
        ({"basis_article": "99"}, "loop.basis"),
        ({"handling": Handling.OTHER, "result": " "}, "loop.no_result"),
        ({"amount": "-1"}, "loop.amount"),
        ({"amount": "1e3"}, "loop.amount"),
        ({"amount": "NaN"}, "loop.amount"),
        ({"done_on": d.NOW.date() + NEXT_DAY}, "loop.date"),
        ({"done_on": d.NOW.date() - NEXT_DAY}, "loop.date"),
        ({"department": ""}, "loop.no_department"),
        ({"officer": "\t"}, "loop.no_officer"),
        ({"officer": "\u200b"}, "loop.no_officer"),
        ({"department": "\u3164"}, "loop.no_department"),
        ({"corrects": "FK0"}, "loop.no_such_feedback"),
    ],
)
def test_a_feedback_that_is_not_in_order(tmp_path: Path, said: dict[str, Any], code: str) -> None:
    """Held against its check before it is taken: 请选择奖惩措施依据."""
    office = d.office(tmp_path)
    with pytest.raises(LoopError) as error:
        office.feed_back(office.check(), **said)
    assert error.value.code == code
    assert d.tell(tmp_path, "SELECT count(*) FROM docket_feedback") == [(0,)]


def test_what_awaits_a_decision_is_not_fed_back_before(tmp_path: Path) -> None:
    """可以: first somebody decides; what he decided against was not applied."""
    office = d.office(tmp_path)
    check = office.check(matter="bidding")
    with pytest.raises(LoopError) as error:
        office.feed_back(check)
    assert error.value.code == "loop.not_decided"
    against = Decision(item=0, applies=False, decider="负责人乙", reason="唯一供应商")
    office.desk.execute(check.number, [against], d.WINDOW)
    with pytest.raises(LoopError) as error:
        office.feed_back(check)
    assert error.value.code == "loop.not_done"
    assert office.feed_back(check, handling=Handling.OTHER).handling is Handling.OTHER


def test_a_feedback_is_corrected_and_never_changed(tmp_path: Path) -> None:
    """A second one says which it stands in for; it is as much in time as that was; under its key it is taken once."""
    office, key = d.office(tmp_path), RequestKey("f", "same")
    check = office.check()
    first = office.feed_back(check, key=key)
    assert office.feed_back(check, key=key) == first
    with pytest.raises(LoopError) as error:
        office.feed_back(check)
    assert error.value.code == "loop.fed_back"
    office.clock.move(days=30)
    second = office.feed_back(check, result="更正：已按期告知。", corrects=first.number)
    assert second.on_time is True
    with pytest.raises(LoopError) as error:
        office.feed_back(check, corrects=first.number)
    assert error.value.code == "loop.corrected"
    assert office.desk.feedback(check.number) == (first, second)


def test_filing_waits_for_no_import(tmp_path: Path) -> None:
    """While an import holds the lists, a check is filed."""
    office = d.office(tmp_path)
    began, done, numbers = threading.Event(), threading.Event(), []

    def file() -> None:
        began.wait(20)
        numbers.append(office.check().number)
        done.set()

    thread = threading.Thread(target=file)
    thread.start()

    def rows() -> Iterator[Listing]:
        began.set()
        assert done.wait(20)
        yield s.listing(d.NOBODY, list="BL.SXBZXR", row=3)

    s.take(office.desk.lists, rows(), 3)
    thread.join()
    assert office.desk.filed(numbers[0]).verdict == "prohibited"


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A filing is written whole or not at all: row, what it asks for, its audit record."""
    office = d.office(tmp_path)

    def fail(*_: Any, **__: Any) -> None:
        raise OSError

    monkeypatch.setattr("jointsanction.loop.filing.filing.append", fail)
    with pytest.raises(OSError):  # noqa: PT011 - the one above
        office.check()
    for table in ("check", "obligation", "audit", "request"):
        assert d.tell(tmp_path, f"SELECT count(*) FROM docket_{table}") == [(0,)]  # noqa: S608


def test_the_secret_of_the_audit_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one said, the docket makes a secret and keeps it; the environment's goes before."""
    office = d.office(tmp_path, audit_key=None)
    again = Desk(office.desk.engine, office.desk.lists, office.desk.docket)
    assert again.seal == office.desk.seal
    with office.desk.docket.writing() as connection:
        assert make_key(connection) == again.seal.key  # as by another process that came first
    monkeypatch.setenv("JOINTSANCTION_AUDIT_KEY", "another")
    assert Desk(office.desk.engine, office.desk.lists, office.desk.docket).seal.key == b"another"


def test_lists_of_long_ago_say_nothing_of_today(tmp_path: Path) -> None:
    """逢办必查: asked of the lists as they were before others came in, an answer will not do, however fresh it is.

    That no list came in for a while is nobody's fault.
    """
    office, hour = d.office(tmp_path), timedelta(hours=1)
    never = office.check(d.NOBODY, known_at="1990-01-01T00:00:00Z", case="案1")
    today = office.check(d.NOBODY, case="案2")
    assert datetime.fromisoformat(today.document["question"]["known_at"]) == s.day(0) < d.NOW - hour
    assert office.desk.require(today.number, "procurement", hour) == today.document
    with pytest.raises(ReceiptError) as error:
        office.desk.require(never.number, "procurement", hour)
    assert error.value.code == "receipt.old_lists"
    cases = [CaseHandled(f"案{at}", on=on) for at in (1, 2) for on in (None, d.NOW.date())]
    found = list(unchecked(office.desk, cases, hour))
    assert [(each.case.case_no, each.code) for each in found] == [("案1", "receipt.old_lists")] * 2
    s.take(office.desk.lists, [s.listing(d.NOBODY, row=3)], 8)  # a day ago; the desk's engine knows nothing of it
    with pytest.raises(ReceiptError) as error:
        office.desk.require(today.number, "procurement", hour)
    assert error.value.code == "receipt.old_lists"
    assert office.desk.require(today.number, "procurement", timedelta(days=2)) == today.document
    assert office.desk.require(office.check(d.NOBODY, as_of="2024-06-02").number, "procurement", timedelta(days=9))


def test_a_case_is_not_checked_by_asking_about_another_day(tmp_path: Path) -> None:
    """A check filed in time that asks about a day long past is none; the day of the case will do to its end."""
    office = d.office(tmp_path)
    office.check(d.NOBODY, as_of="1990-01-01", case="案1")
    office.check(d.NOBODY, as_of="2024-06-10", case="案2")
    none = timedelta()
    for on in (None, d.NOW.date()):
        found = list(unchecked(office.desk, [CaseHandled("案1", on=on), CaseHandled("案2", on=on)], none))
        assert [(each.case.case_no, each.code) for each in found] == [("案1", "receipt.other_day")]
    late = [CaseHandled("案2", on=date(2024, 6, 11))]
    assert [each.code for each in unchecked(office.desk, late, none)] == ["receipt.stale"]
    assert not list(unchecked(office.desk, late, timedelta(days=1)))


def test_a_receipt_may_be_required(tmp_path: Path) -> None:
    """逢办必查: of this subject, in this matter, fresh by what the docket says and not by what the paper says."""
    office = d.office(tmp_path)
    check = office.check()
    hour = timedelta(hours=1)
    assert office.desk.require(check.number, "procurement", hour, subject=d.DEFAULTER) == check.document
    for number, matter, subject, code in (
        ("HC0", "procurement", d.DEFAULTER, "receipt.missing"),
        (check.number, "bidding", d.DEFAULTER, "receipt.other_matter"),
        (check.number, "procurement", d.OTHER, "receipt.other_subject"),
    ):
        with pytest.raises(ReceiptError) as error:
            office.desk.require(number, matter, hour, subject=subject)
        assert error.value.code == code
    office.clock.move(hours=2)
    with pytest.raises(ReceiptError) as error:
        office.desk.require(check.number, "procurement", hour)
    assert error.value.code == "receipt.stale"
    assert AuditAction.CHECK in {record.entry["action"] for record in office.desk.audit.search()}
