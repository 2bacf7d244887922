"""Walls within the service: between units, and around what an account may be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import console_side
import store_side
import web_side
from jointsanction.loop.access.accounts import open_account
from jointsanction.loop.filing.auditing import Audit, Sought
from jointsanction.model.caller import Account, Caller
from jointsanction.receipt import digest
from jointsanction.terms import AccountRole, Audience

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

ASKED = web_side.ASKED
SECRET = store_side.PARTNER
HIDDEN = ("BL.SCI", "测科〔2024〕7号")


@pytest.fixture
def walled(tmp_path: Path) -> web_side.Served:
    """Return a service with a firm on a list that only authorities may read, and an account for anybody."""
    served = web_side.served(tmp_path)
    row = store_side.listing(SECRET, list="BL.SCI", instrument_no=HIDDEN[1], row=1, name="测试乙有限公司")
    store_side.take(store_side.opened(tmp_path), [row], 1, covers=["BL.SCI"])
    served.hosted.swapper.look()
    served.account("public", audience=Audience.ANYBODY)
    return served


def told(answer: httpx.Response) -> bool:
    """Tell whether an answer says anything of the hidden list's record."""
    return any(word in answer.text for word in HIDDEN)


def test_an_auditor_follows_up_no_check_of_another_unit(served: web_side.Served) -> None:
    """Being an auditor as well opens the masked reading of any check, and nothing else of another unit's."""
    number = served.post("/checks", ASKED).json()["number"]
    served.account("both", AccountRole.WINDOW, AccountRole.AUDITOR, unit="另一单位")
    feedback = {
        "check": number, "item": 0, "basis_instrument": "government-procurement-law", "basis_article": "22",
        "handling": "applied", "result": "x", "done_on": "2024-06-10", "department": "x", "officer": "x",
    }  # fmt: skip
    answers = [
        served.get(f"/checks/{number}/plan", by="both"),
        served.post(f"/checks/{number}/execution", {"dry_run": True}, by="both"),
        served.post(f"/checks/{number}/reveal", {"reason": "x"}, by="both"),
        served.post("/feedback", feedback, by="both"),
        served.get(f"/reports/{number}", by="both"),
    ]
    assert [answer.json()["code"] for answer in answers] == ["loop.no_such_check"] * 5
    shown = served.get(f"/checks/{number}", by="both")
    assert shown.status_code == 200
    assert store_side.FIRM not in shown.text


def test_a_grade_that_rests_on_a_hidden_list_is_withheld(walled: web_side.Served) -> None:
    """The grade tells of the list by its causes and by its level: neither goes to anybody, and that is said."""
    whole = walled.post("/checks", ASKED | {"subject": SECRET})
    assert whole.json()["grade"]["level"] == "blacklisted"
    part = walled.post("/checks", ASKED | {"subject": SECRET}, by="public")
    assert (part.json()["grade"], part.json()["withheld"]["grade"]) == (None, True)
    copy = walled.post("/receipts/disclose", {"document": whole.json(), "to": "anybody"})
    assert copy.json()["extract"]["grade"] is None
    assert (told(whole), told(part), told(copy)) == (True, False, False)


def test_what_changed_since_is_told_as_far_as_it_may_leave(tmp_path: Path, walled: web_side.Served) -> None:
    """复查: an account for anybody does not learn from what changed what the answers themselves withhold."""
    document = walled.post("/checks", ASKED | {"subject": SECRET}).json()
    row = store_side.listing(SECRET, list="BL.SXBZXR", instrument_no="（2024）测01执9号", row=2, name="测试乙有限公司")
    whole = [row, store_side.listing(list="BL.SXBZXR", instrument_no="（2024）测01执1号", row=1, name="测试甲有限公司")]
    store_side.take(store_side.opened(tmp_path), whole, 2, covers=["BL.SXBZXR"])
    walled.hosted.swapper.look()
    full = walled.post("/receipts/recheck", {"document": document}).json()
    assert (full["withheld"], "finding" in [each["what"] for each in full["changes"]]) == (0, True)
    part = walled.post("/receipts/recheck", {"document": document}, by="public")
    assert not told(part)
    assert "finding" in [each["what"] for each in part.json()["changes"]]
    hidden = [each for each in full["changes"] if each not in part.json()["changes"]]
    assert ([each["what"] for each in hidden], part.json()["withheld"]) == (["grade"], 1)


def test_an_answer_stripped_of_its_findings_is_not_asked_again(walled: web_side.Served) -> None:
    """A receipt anybody can compute for an answer nobody gave here opens nothing."""
    document = walled.hosted.engine.check_subject(SECRET, web_side.MATTER, coverage="loaded").model_dump()
    stripped = {**document, "findings": [], "grade": {**document["grade"], "set_by": [], "level": None}}
    outside = {"receipt", "checked_at", "case", "not_applied", "rules"}
    stripped["receipt"] = digest({key: value for key, value in stripped.items() if key not in outside})
    answer = walled.post("/receipts/recheck", {"document": stripped}, by="public")
    assert (answer.status_code, told(answer)) == (404, False)


def test_an_account_for_anybody_follows_nothing_up(walled: web_side.Served) -> None:
    """Plan, execution, feedback and cases name lists and measures: no business of anybody at large."""
    number = walled.post("/checks", ASKED, by="public").json()["number"]
    answers = [
        walled.get(f"/checks/{number}/plan", by="public"),
        walled.post(f"/checks/{number}/execution", {"dry_run": True}, by="public"),
        walled.get("/feedback/pending", by="public"),
        walled.get("/cases", by="public"),
        walled.get("/initiations", by="public"),
        walled.get(f"/reports/{number}", by="public"),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(403, "access.audience")] * 6
    walled.account("auditor", AccountRole.AUDITOR)
    refused = walled.post("/audit/search", {"action": "refused"}, by="auditor").json()["records"]
    assert {each["entry"]["account"] for each in refused} == {"public"}


def test_a_report_goes_to_an_authority_where_nothing_is_withheld(served: web_side.Served) -> None:
    """A report says everything: who may be told everything gets it, another does not."""
    served.account("other", audience=Audience.AUTHORITY)
    number = served.post("/checks", ASKED, by="other").json()["number"]
    assert served.get(f"/reports/{number}", by="other").headers["content-type"] == "application/pdf"


def test_rows_of_lists_are_for_operators(walled: web_side.Served) -> None:
    """名单差异: no window reads lists by the row, and an operator no row that may not leave to his audience."""
    walled.account("operator", AccountRole.OPERATOR)
    walled.account("guest", AccountRole.OPERATOR, audience=Audience.ANYBODY)
    assert walled.get("/lists/differences", by="window", since="2000-01-01").status_code == 403
    full = walled.get("/lists/differences", by="operator", since="2000-01-01").json()
    part = walled.get("/lists/differences", by="guest", since="2000-01-01").json()
    assert ([row["list"] for row in full["rows"]], full["withheld"]) == (["BL.SXBZXR", "BL.SCI"], 0)
    assert ([row["list"] for row in part["rows"]], part["total"], part["withheld"]) == (["BL.SXBZXR"], 1, 1)


def test_whoever_reads_is_in_the_audit(served: web_side.Served) -> None:
    """等保: a report, a plan, cases and rows of lists are readings too; each leaves a record."""
    number = served.post("/checks", ASKED).json()["number"]
    served.account("operator", AccountRole.OPERATOR)
    served.get(f"/reports/{number}")
    served.get(f"/checks/{number}/plan")
    served.get("/cases")
    served.get("/lists/differences", by="operator", since="2024-05-01")
    found = [each.entry for each in served.hosted.desk.audit.search()][:4][::-1]
    assert [(each["action"], each["about"]) for each in found] == [
        ("export", number), ("read", number), ("read", "cases"), ("read", "lists"),
    ]  # fmt: skip
    assert all(each["address"] for each in found)
    assert all(each["subject"] for each in found[:2])


def test_the_console_is_for_accounts_that_are_told_everything(tmp_path: Path) -> None:
    """Its pages say everything of an answer: an account with an audience gets a clear refusal, and nothing is filed."""
    world = console_side.World(tmp_path)
    for audience in Audience:
        said = Account(name=audience, unit=console_side.UNIT, roles=frozenset({AccountRole.WINDOW}), audience=audience)
        setup = Caller(account="setup", unit="示例市信用中心")
        world.keys[audience] = open_account(world.docket, said, setup, at=console_side.NOW, seal=world.desk.seal)
        somebody = console_side.Person(world)
        assert somebody.sign_in(audience).status_code == 303
        asked = {"id": console_side.DEFAULTER, "matter": "政府采购供应商（GPC.SUPPLIER）", "purpose": "资格审查"}
        answers = [
            somebody.get("/check"),
            somebody.send("/check", **asked, as_of="2026-06-10", request="r1"),
            somebody.send("/check/record", number="HC20260610-000000000000"),
            somebody.send("/report", number="HC20260610-000000000000"),
            somebody.get("/review"),
        ]
        assert [answer.status_code for answer in answers] == [403] * 5
        assert all("提供对象" in answer.text for answer in answers)
        assert somebody.get("/catalogue").status_code == 200
    assert Audit(world.docket, world.desk.seal).search(Sought(action="check")) == ()
