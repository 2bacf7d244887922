"""Filed checks and receipts over HTTP: what is shown again, what is verified, and what is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI

import store_side
import web_side
from jointsanction.model.caller import Caller
from jointsanction.receipt import digest, tender_body
from jointsanction.terms import AccountRole
from jointsanction.web import create_router

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

ASKED = web_side.ASKED
SEVERAL = {key: value for key, value in ASKED.items() if key != "subject"}
LISTED, CLEAR = store_side.FIRM, store_side.PARTNER
EXPLAINED = ASKED | {"explain": True, "case": "虚采1号", "officer": "三号窗口"}


def verified(served: web_side.Served, document: dict[str, Any], **otherwise: Any) -> dict[str, Any]:
    """Send a document to be verified, some of it said otherwise."""
    found: dict[str, Any] = served.post("/receipts/verify", {"document": document | otherwise}).json()
    return found


def tender(served: web_side.Served) -> dict[str, Any]:
    """Ask about a tender of two bidders."""
    bidders = [{"id": LISTED}, {"id": CLEAR}]
    found: dict[str, Any] = served.post("/tenders", SEVERAL | {"subjects": bidders}).json()
    return found


def test_what_a_receipt_does_not_stand_for_is_held_against_the_docket(both: web_side.Served) -> None:
    """A sound receipt does not make the instant, the number, the case, or what did not apply true."""
    document = both.post("/checks", EXPLAINED).json()
    told = verified(both, document)
    assert (told["genuine"], told["filed"], told["as_filed"], told["unlike"]) == (True, True, True, [])
    wrong = {"number": "HC20240610-000000000000", "checked_at": "2030-01-01T00:00:00+08:00", "case": "另案"}
    told = verified(both, document, **wrong, not_applied=[])
    assert (told["genuine"], told["filed"], told["as_filed"]) == (True, True, False)
    assert told["unlike"] == ["number", "checked_at", "case", "not_applied"]
    assert "与归档不一致" in told["message"]
    without = {key: value for key, value in document.items() if key != "number"}
    assert verified(both, without, checked_at="2024-06-10T02:00:00Z")["as_filed"] is True


def test_equal_answers_are_told_apart(served: web_side.Served) -> None:
    """Two equal questions give one receipt: each document is held against the check that it is of."""
    first, second = (served.post("/checks", ASKED | {"case": case}).json() for case in ("一", "二"))
    assert first["receipt"] == second["receipt"]
    assert [verified(served, each)["unlike"] for each in (first, second)] == [[], []]
    assert verified(served, first, number=second["number"])["unlike"] == ["case"]


def test_a_filed_tender_is_known_by_its_parts(both: web_side.Served) -> None:
    """A tender was filed where all its parts were, in their order, under one number and with its verdict."""
    document = tender(both)
    told = verified(both, document)
    assert (told["genuine"], told["filed"], told["as_filed"]) == (True, True, True)
    later = document["results"][1] | {"checked_at": "2030-01-01T00:00:00+08:00"}
    told = verified(both, document, results=[document["results"][0], later])
    assert (told["filed"], told["unlike"]) == (True, ["results[1].checked_at"])
    assert verified(both, document, number="TB20240610-000000000000")["unlike"] == ["number"]
    parts = [part["receipt"] for part in document["results"]]
    forged = document | {"verdict": "clear", "receipt": digest(tender_body("clear", parts, document["complete"]))}
    assert [verified(both, forged)[name] for name in ("genuine", "filed", "as_filed")] == [True, False, False]
    turned = {"results": document["results"][::-1]}
    turned["receipt"] = digest(tender_body(document["verdict"], parts[::-1], document["complete"]))
    assert verified(both, document, **turned)["filed"] is False
    empty = {"results": [], "receipt": digest(tender_body("clear", [], complete=True)), "verdict": "clear"}
    assert verified(both, empty, complete=True)["filed"] is False


def test_a_filed_tender_is_asked_again_bidder_by_bidder(served: web_side.Served) -> None:
    """复查: each of its answers beside that of now."""
    document = tender(served)
    told = served.post("/receipts/recheck", {"document": document}).json()
    assert told["receipt"] == document["receipt"]
    assert [(each["reproduced"], each["changes"]) for each in told["rechecks"]] == [(True, []), (True, [])]


def test_no_more_is_asked_again_at_once_than_allowed(tmp_path: Path) -> None:
    """A document with many answers is as many questions."""
    served = web_side.served(tmp_path, batch=2)
    document = tender(served)
    parts = [document["results"][0]] * 3
    body = tender_body(document["verdict"], [part["receipt"] for part in parts], document["complete"])
    sent = {**document, "results": parts, "receipt": digest(body)}
    assert served.post("/receipts/recheck", {"document": sent}).json()["code"] == "question.too_many"


def test_only_what_ones_own_unit_filed_is_asked_again(served: web_side.Served) -> None:
    """A question nobody filed here, or another unit did, is not asked by way of its answer; an auditor may, masked."""
    document = served.post("/checks", ASKED).json()
    served.account("elsewhere", unit="另一单位")
    served.account("auditor", AccountRole.AUDITOR, unit="审计部门")
    unfiled = served.hosted.engine.check_subject(CLEAR, web_side.MATTER).model_dump()
    for sent, by in ((document, "elsewhere"), (unfiled, "window"), (unfiled, "auditor")):
        answer = served.post("/receipts/recheck", {"document": sent}, by=by)
        assert (answer.status_code, answer.json()["code"]) == (404, "loop.no_such_receipt")
    told = served.post("/receipts/recheck", {"document": document}, by="auditor")
    assert told.json()["now"]["subject"]["id"] == "91**************1B"
    assert LISTED not in told.text
    found = served.post("/audit/search", {"about": document["number"]}, by="auditor").json()["records"]
    assert [(each["entry"]["action"], each["entry"]["account"]) for each in found] == [
        ("read", "auditor"), ("check", "window"),
    ]  # fmt: skip


def test_what_is_asked_again_is_what_was_filed(served: web_side.Served) -> None:
    """An instant that the receipt does not stand for does not choose in what world the question is asked."""
    document = served.post("/checks", ASKED).json()
    told = served.post("/receipts/recheck", {"document": document | {"checked_at": "0001-01-01"}}).json()
    assert told["then"]["checked_at"] == document["checked_at"]


def test_a_filed_check_says_who_asked_for_what(served: web_side.Served) -> None:
    """Unit, officer (the first character) and purpose stand beside the document."""
    number = served.post("/checks", EXPLAINED).json()["number"]
    told = served.get(f"/checks/{number}").json()
    assert [told[name] for name in ("unit", "officer", "purpose")] == ["测试市政务服务中心", "三***", "资格审查"]


def test_a_filed_tender_is_shown_masked(both: web_side.Served) -> None:
    """By its number, as it was told, nobody's number in clear; to its own unit, and to auditors."""
    document = tender(both)
    both.account("elsewhere", unit="另一单位")
    both.account("auditor", AccountRole.AUDITOR, unit="审计部门")
    shown = both.get(f"/checks/{document['number']}")
    told = shown.json()
    assert [told[name] for name in ("number", "verdict", "receipt")] == [
        document[name] for name in ("number", "verdict", "receipt")
    ]
    assert [part["number"] for part in told["results"]] == [part["number"] for part in document["results"]]
    assert LISTED not in shown.text
    assert both.get(f"/checks/{document['number']}", by="auditor").json() == told
    assert both.get(f"/checks/{document['number']}", by="elsewhere").json()["code"] == "loop.no_such_check"


def test_a_batch_is_looked_up_check_by_check(served: web_side.Served) -> None:
    """What a batch was is not filed whole: the error says how to get each."""
    made = served.post("/batches", SEVERAL | {"subjects": [LISTED]}).json()
    problem = served.get(f"/checks/{made['number']}").json()
    assert problem["code"] == "loop.no_such_check"
    assert "HC" in problem["hint"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-30"])
def test_days_that_no_calendar_has_are_refused(served: web_side.Served, day: str) -> None:
    """A day out of all bounds is a fault of the question, never of ours."""
    served.account("keeper", AccountRole.OPERATOR, AccountRole.AUDITOR)
    answers = [
        served.get("/lists/differences", by="keeper", since=day),
        served.post("/audit/search", {"since": day}, by="keeper"),
        served.post("/audit/search", {"until": day}, by="keeper"),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]


def test_the_audit_is_searched_by_days_and_shown_masked(served: web_side.Served) -> None:
    """Both days are among those wanted; an officer is shown by the first character, of a digest its beginning."""
    served.account("auditor", AccountRole.AUDITOR)
    served.post("/checks", EXPLAINED)

    def found(**days: str) -> list[dict[str, Any]]:
        answer = served.post("/audit/search", {"action": "check", **days}, by="auditor").json()["records"]
        return [each["entry"] for each in answer]

    (entry,) = found(since="2024-06-10", until="2024-06-10")
    assert (entry["officer"], len(entry["subject"])) == ("三***", 9)
    assert (found(since="2024-06-11"), found(until="2024-06-09")) == ([], [])


def test_a_host_knows_its_officer_better_than_the_request(tmp_path: Path) -> None:
    """Whoever the host signed in stands in the audit, whatever name and address a request brings."""
    hosted = web_side.served(tmp_path).hosted

    async def who(_request: Request) -> Caller:
        return Caller(
            account="approval",
            unit="测试市审批局",
            roles=frozenset({AccountRole.WINDOW}),
            officer="已登录的经办",
            address="192.0.2.7",
        )

    app = FastAPI()
    app.include_router(create_router(hosted.engine, store=store_side.url(tmp_path), authenticate=who))
    made = web_side.Client(app).post("/checks", json=ASKED | {"officer": "冒名"}).json()
    (record,) = hosted.desk.audit.search()[:1]
    assert [record.entry[name] for name in ("about", "officer", "address")] == [
        made["number"], "已登录的经办", "192.0.2.7",
    ]  # fmt: skip
