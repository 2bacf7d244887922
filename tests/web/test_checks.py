"""Checks over HTTP (核查接口): the document of the contract, filed before it is answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

import store_side
import web_side
from jointsanction.receipt import verify
from jointsanction.terms import AccountRole, Audience

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jointsanction.loop.filing.filing import Outcome
    from jointsanction.model.filed import Filing

ASKED = web_side.ASKED
SEVERAL = {key: value for key, value in ASKED.items() if key != "subject"}
LISTED, CLEAR = store_side.FIRM, store_side.PARTNER


def test_a_check_is_answered_with_the_document_of_the_contract(both: web_side.Served) -> None:
    """The HTTP body is the document of `check --json` with the number it is filed under; the receipt holds."""
    answer = both.post("/checks", ASKED)
    document = answer.json()
    told = both.hosted.engine.ask({key: value for key, value in ASKED.items() if key != "purpose"})
    assert answer.status_code == 200
    assert {**told.model_dump(), "number": document["number"]} == document
    verify(document)
    assert both.hosted.desk.filed(document["number"]).document == told.model_dump()


def test_not_on_a_list_is_an_answer(served: web_side.Served) -> None:
    """Nobody found on a list is a result, and so is not knowing: 200, never 404."""
    clear = served.post("/checks", ASKED | {"subject": CLEAR})
    unsure = served.post("/checks", ASKED | {"subject": CLEAR, "coverage": "strict"})
    assert (clear.status_code, clear.json()["verdict"]) == (200, "clear")
    assert (unsure.status_code, unsure.json()["verdict"]) == (200, "indeterminate")


def test_a_name_alone_gives_candidates(served: web_side.Served) -> None:
    """A name is no identity: what it gives is for a person to look into."""
    answer = served.post("/checks", SEVERAL | {"name": "测试甲有限公司", "kind": "enterprise"}).json()
    assert answer["identity"]["status"] != "confirmed"
    assert answer["identity"]["candidates"]


def test_an_earlier_knowledge_is_asked_of_the_store(served: web_side.Served) -> None:
    """Before the first batch nothing was known, so nothing can be said; today's lists would have said it."""
    document = served.post("/checks", ASKED | {"known_at": "2024-05-01T09:00:00+08:00"}).json()
    assert (document["verdict"], document["coverage"]["consulted"]) == ("indeterminate", [])


@pytest.mark.parametrize("missing", ["matter", "purpose"])
def test_matter_and_purpose_are_mandatory(served: web_side.Served, missing: str) -> None:
    """No question without what it is for: nothing is answered and nothing filed."""
    answer = served.post("/checks", {key: value for key, value in ASKED.items() if key != missing})
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [f"body.{missing}"]


def test_a_purpose_of_spaces_is_none(served: web_side.Served) -> None:
    """A blank purpose is refused by the desk itself."""
    assert served.post("/checks", ASKED | {"purpose": "  "}).json()["code"] == "question.purpose"


def test_verdict_and_measures_alone(served: web_side.Served) -> None:
    """最小披露：verdict and measures, and nothing of the record they rest on."""
    document = served.post("/checks", ASKED | {"answer": "minimal"}).json()
    assert document["verdict"] == "prohibited"
    assert [each["measure"] for each in document["measures"]] == ["refuse-government-procurement"]
    assert "测01执1号" not in str(document)
    assert LISTED not in str(document)


def test_an_account_is_told_what_may_leave(served: web_side.Served) -> None:
    """What an account is told follows the disclosure attribute of each list; an authority gets a public one whole."""
    served.account("other", audience=Audience.AUTHORITY)
    served.account("public", audience=Audience.ANYBODY)
    assert "receipt" in served.post("/checks", ASKED, by="other").json()
    told = served.post("/checks", ASKED, by="public").json()
    assert told["disclosed_to"] == "anybody"
    assert told["original_receipt"]
    assert "receipt" not in told


def test_every_bidder_is_told_in_order(both: web_side.Served) -> None:
    """One tender, one number, one receipt over the parts; members of a consortium are asked about as such."""
    bidders = [{"id": CLEAR, "group": "联合体一"}, {"id": LISTED, "group": "联合体一"}, {"id": "91990000MA0000003H"}]
    document = both.post("/tenders", SEVERAL | {"subjects": bidders}).json()
    assert document["verdict"] == "prohibited"
    assert [part["subject"]["id"] for part in document["results"]] == [bidder["id"] for bidder in bidders]
    verify(document)


def test_a_tender_told_in_part_bears_no_receipt(served: web_side.Served) -> None:
    """A receipt stands for the whole: an extract of the parts has none."""
    document = served.post("/tenders", SEVERAL | {"subjects": [{"id": LISTED}], "answer": "minimal"}).json()
    assert (document["receipt"], document["verdict"]) == (None, "prohibited")


def test_a_batch_answers_what_it_can(both: web_side.Served) -> None:
    """A row that can't be asked gives its error in its place; the others are answered."""
    rows = [
        LISTED,
        {"id": "12345", "name": "测试丙有限公司"},
        {"id": CLEAR, "kind": "enterprise", "name": "测试乙有限公司"},
        {"id": CLEAR},
    ]
    document = both.post("/batches", SEVERAL | {"subjects": rows}).json()
    assert [part.get("verdict") for part in document["results"]] == ["prohibited", None, "clear", "clear"]
    assert document["results"][1]["error"]["code"].startswith("subject.")
    assert document["root"].startswith("sha256:")


def test_no_more_at_once_than_allowed(tmp_path: Path) -> None:
    """A request may not take the service for itself."""
    served = web_side.served(tmp_path, batch=2)
    answer = served.post("/batches", SEVERAL | {"subjects": [CLEAR] * 3})
    assert answer.json()["code"] == "question.too_many"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/checks", ASKED),
        ("/tenders", SEVERAL | {"subjects": [{"id": LISTED}]}),
        ("/batches", SEVERAL | {"subjects": [LISTED, "12345"]}),
    ],
)
def test_a_request_sent_again_is_the_same_request(both: web_side.Served, path: str, body: dict[str, Any]) -> None:
    """A client that got no answer sends again under its key: it gets what was filed then, after a restart too."""
    key = {"Idempotency-Key": "8f1c"}
    first = both.post(path, body, **key)
    again = both.post(path, dict(reversed(body.items())), **key)
    assert (first.json(), again.headers["idempotent-replayed"]) == (again.json(), "true")
    assert "idempotent-replayed" not in first.headers
    other = both.post(path, body | {"purpose": "另一用途"}, **key)
    assert (other.status_code, other.json()["code"]) == (422, "loop.key_reused")


def test_the_key_of_one_account_is_not_that_of_another(served: web_side.Served) -> None:
    """Keys are told apart by who gives them: nobody gets another's answer."""
    first = served.post("/checks", ASKED, **{"Idempotency-Key": "1"}).json()
    assert served.post("/checks", ASKED, by="other", **{"Idempotency-Key": "1"}).json()["number"] != first["number"]


def test_an_unfit_request_key_is_refused(served: web_side.Served) -> None:
    """A key that can't be kept can't keep anything apart."""
    assert served.post("/checks", ASKED, **{"Idempotency-Key": "x" * 200}).json()["code"] == "question.request_key"


def test_many_at_once_share_a_transaction(both: web_side.Served) -> None:
    """Checks side by side are filed together, each answered with its own."""
    groups: list[int] = []
    file = both.hosted.desk.file

    def counted(filings: Sequence[Filing]) -> Sequence[Outcome]:
        groups.append(len(filings))
        return file(filings)

    both.hosted.writer._file = counted
    headers = both.headers()

    async def all_at_once() -> list[dict[str, Any]]:
        async with both.client.opened() as client:
            sent = [client.post("/v1/checks", json=ASKED | {"case": str(each)}, headers=headers) for each in range(40)]
            return [answer.json() for answer in await asyncio.gather(*sent)]

    answers = asyncio.run(all_at_once())
    assert [answer["case"] for answer in answers] == [str(each) for each in range(40)]
    assert len({answer["number"] for answer in answers}) == 40
    assert sum(groups) == 40
    assert len(groups) < 40


def test_a_window_asks_and_nobody_else(served: web_side.Served) -> None:
    """An auditor reads the audit and nothing else; what he was refused is in it."""
    served.account("auditor", AccountRole.AUDITOR)
    answer = served.post("/checks", ASKED, by="auditor")
    assert (answer.status_code, answer.json()["code"]) == (403, "access.role")
    found = served.post("/audit/search", {"action": "refused"}, by="auditor").json()["records"]
    assert [(each["entry"]["account"], each["entry"]["detail"]) for each in found] == [
        ("auditor", {"code": "access.role"})
    ]


def test_an_account_asks_about_its_matters_and_those_below(served: web_side.Served) -> None:
    """An account of the branch of public resources may ask about procurement, one of lending may not."""
    served.account("branch", matters=("PRT",))
    served.account("bank", matters=("lending",))
    assert served.post("/checks", ASKED, by="branch").status_code == 200
    assert served.post("/checks", ASKED, by="bank").json()["code"] == "access.matter"


def test_the_officer_is_in_the_audit(served: web_side.Served) -> None:
    """Who asked, for whom and from where: the audit has it, and the number of the subject under a secret only."""
    served.account("auditor", AccountRole.AUDITOR)
    served.post("/checks", ASKED | {"officer": "三号窗口"}, **{"X-Request-Id": "from-the-gateway-1"})
    (record,) = served.post("/audit/search", {"subject": LISTED}, by="auditor").json()["records"]
    assert record["entry"]["officer"] == "三***"
    assert record["entry"]["request"] == "from-the-gateway-1"
    assert LISTED not in str(record)
