"""What the service says of the loop: how far a check came, whose figures, what is typical, what was replayed."""

from __future__ import annotations

from typing import Any

import pytest

import store_side
import web_side
from jointsanction.terms import AccountRole

ASKED = web_side.ASKED


def fed_back(number: str, **more: Any) -> dict[str, Any]:
    """Return a feedback on the first item of a check."""
    said = {
        "check": number, "item": 0, "basis_instrument": "government-procurement-law", "basis_article": "22",
        "handling": "applied", "result": "未通过资格审查", "done_on": "2024-06-10", "department": "测试市财政局",
        "officer": "测试经办", "amount": "120000.00",
    }  # fmt: skip
    return said | more


def test_a_plan_tells_how_far_it_came(served: web_side.Served) -> None:
    """未反馈 → 已办结, with what became of each item; a correction stands in for what it corrects."""
    number = served.post("/checks", ASKED).json()["number"]
    plan = served.get(f"/checks/{number}/plan").json()
    assert (plan["state"], plan["items"][0]["outcome"], plan["items"][0]["feedback"]) == ("none", None, None)
    served.post(f"/checks/{number}/execution", {})
    first = served.post("/feedback", fed_back(number)).json()["number"]
    last = served.post("/feedback", fed_back(number, corrects=first)).json()["number"]
    plan = served.get(f"/checks/{number}/plan").json()
    assert (plan["state"], plan["items"][0]["outcome"], plan["items"][0]["feedback"]) == ("complete", "automatic", last)


def test_what_is_sent_again_says_so(both: web_side.Served) -> None:
    """Idempotent-Replayed stands on a replayed execution and a replayed feedback, and on no first one."""
    number = both.post("/checks", ASKED).json()["number"]
    for path, body in ((f"/checks/{number}/execution", {}), ("/feedback", fed_back(number))):
        key = {"Idempotency-Key": f"again-{path[-8:]}".replace("/", "-")}
        first, again = both.post(path, body, **key), both.post(path, body, **key)
        assert first.json() == again.json()
        assert [each.headers.get("Idempotent-Replayed") for each in (first, again)] == [None, "true"]


def test_what_contradicts_is_a_conflict(served: web_side.Served) -> None:
    """Told as applied, it can't be kept as impossible."""
    number = served.post("/checks", ASKED).json()["number"]
    served.post("/feedback", fed_back(number))
    decision = {"item": 0, "applies": False, "impossible": True, "decider": "负责人", "reason": "唯一供应商"}
    answer = served.post(f"/checks/{number}/execution", {"decisions": [decision]})
    assert (answer.status_code, answer.json()["code"]) == (409, "loop.contradicts")


def test_a_case_is_typical_when_it_is_found_to_be(served: web_side.Served) -> None:
    """What was told to be typical is `claimed`; without a case number it does not qualify, and why is told."""
    number = served.post("/checks", ASKED).json()["number"]
    served.post("/feedback", fed_back(number, typical=True))
    (case,) = served.get("/cases").json()["cases"]
    assert (case["claimed"], case["typical"]) == (True, False)
    assert "case.not_qualified" in [each["code"] for each in case["short_of"]]
    assert "case.incomplete" in [each["code"] for each in case["faults"]]


def test_figures_are_the_units_own(both: web_side.Served) -> None:
    """A window counts its own unit and says so; operators and auditors count all; a reviewer is no exception."""
    number = both.post("/checks", ASKED).json()["number"]
    both.post("/feedback", fed_back(number))
    both.account("elsewhere", unit="另一单位")
    both.account("reviewer", AccountRole.REVIEWER, unit="另一单位")
    both.account("operator", AccountRole.OPERATOR, unit="另一单位")
    both.account("auditor", AccountRole.AUDITOR, unit="另一单位")
    both.post("/checks", ASKED, by="elsewhere")
    for by, unit, queried in (
        ("window", "测试市政务服务中心", 1), ("elsewhere", "另一单位", 1), ("reviewer", "另一单位", 1),
        ("operator", None, 2), ("auditor", None, 2),
    ):  # fmt: skip
        told = both.get("/statistics", by=by).json()
        assert (told["of_unit"], told["rows"][0]["queried"]) == (unit, queried)
    rows = both.client.get("/v1/statistics?by=department", headers=both.headers("operator")).json()["rows"]
    assert {row["department"]: row["fed_back"] for row in rows} == {None: 0, "测试市财政局": 1}


@pytest.mark.parametrize("path", ["/statistics", "/cases"])
@pytest.mark.parametrize("days", [{"until": "9999-12-31"}, {"since": "0001-01-01"}, {"since": "9999-12-31"}])
def test_days_without_an_end_are_refused(served: web_side.Served, path: str, days: dict[str, str]) -> None:
    """Never a failure of ours."""
    answer = served.get(path, **days)
    assert (answer.status_code, answer.json()["code"]) == (422, "question.days")


def test_a_matter_is_found_by_every_name_that_a_check_takes(served: web_side.Served) -> None:
    """By its code and by its aliases; what is near is named."""
    for name in ("procurement", "GPC.SUPPLIER", "gpc.supplier"):
        assert served.get(f"/matters/{name}").json()["code"] == "GPC.SUPPLIER"
    for path, near in (
        ("/matters/procurment", "procurement"),
        ("/measures/refuse-government-procurment", "refuse-government-procurement"),
        ("/measures/拒绝参加政府采购活动", "refuse-government-procurement"),
    ):
        answer = served.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "catalog.unknown_entry")
        assert near in answer.json()["hint"]
    assert served.get("/measures/zzzzzzzz").json()["hint"] == "代码见措施目录。"


def test_content_of_another_kind_is_told_what_is_taken(served: web_side.Served) -> None:
    """Each route names its own kind, in words and in `Accept`."""
    served.account("operator", AccountRole.OPERATOR)
    for path, kind in (("/lists/import?name=a.csv", "application/octet-stream"), ("/checks", "application/json")):
        said = served.headers("operator") | {"content-type": "text/csv"}
        answer = served.client.post(f"/v1{path}", content=b"a", headers=said)
        assert (answer.status_code, answer.headers["accept"]) == (415, kind)
        assert kind in answer.json()["hint"]


def test_hints_on_an_import_name_parameters_of_the_service(served: web_side.Served) -> None:
    """Nobody who sends a file has a command line."""
    served.account("operator", AccountRole.OPERATOR)
    said = served.headers("operator") | {"content-type": "application/octet-stream"}
    rows = f"企业名称,统一社会信用代码,列入日期\n甲,{store_side.PARTNER},2024-02-31\n"
    answer = served.client.post("/v1/lists/import?name=a.csv&list=BL.TAX", content=rows.encode(), headers=said).json()
    assert answer["error"]["code"] == "registry.rejected_rows"
    assert "partial=true" in answer["error"]["hint"]
    assert "--" not in answer["error"]["hint"]
