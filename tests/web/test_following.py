"""What follows a check over HTTP (闭环接口): plan, execution, feedback, receipts, joint action, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import store_side
import web_side
from jointsanction.terms import AccountRole, Audience

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

ASKED = web_side.ASKED


def fed_back(number: str, **more: Any) -> dict[str, Any]:
    """Return a feedback on the first item of a check."""
    said = {
        "check": number, "item": 0, "basis_instrument": "government-procurement-law", "basis_article": "22",
        "handling": "applied", "result": "未通过资格审查", "done_on": "2024-06-10", "department": "测试市财政局",
        "officer": "测试经办", "amount": "120000.00",
    }  # fmt: skip
    return said | more


def test_a_check_is_carried_out_and_fed_back(both: web_side.Served) -> None:
    """核查 → 执行 → 反馈 → 统计: what the law orders is carried out, told back once, and counted."""
    number = both.post("/checks", ASKED).json()["number"]
    (item,) = both.get(f"/checks/{number}/plan").json()["items"]
    assert (item["measure"], item["automatic"]) == ("refuse-government-procurement", True)
    tried = both.post(f"/checks/{number}/execution", {"dry_run": True}).json()["executions"]
    done = both.post(f"/checks/{number}/execution", {}).json()["executions"]
    assert tried == done
    assert [each["outcome"] for each in done] == ["automatic"]
    assert both.get("/feedback/pending").json()["total"] == 1
    key = {"Idempotency-Key": "feedback-1"}
    told = both.post("/feedback", fed_back(number), **key).json()
    assert told["on_time"] is True
    assert both.post("/feedback", fed_back(number), **key).json() == told
    assert both.post("/feedback", fed_back(number)).json()["code"] == "loop.fed_back"
    assert both.get("/feedback/pending").json()["total"] == 0
    (case,) = both.get("/cases", since="2024-06-01").json()["cases"]
    assert (case["number"], case["measure"]) == (told["number"], "refuse-government-procurement")
    (row,) = both.get("/statistics?by=matter").json()["rows"]
    assert (row["matter"], row["queried"], row["executed"], row["fed_back"]) == ("GPC.SUPPLIER", 1, 1, 1)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"basis_instrument": "no-such-law"}, 422), ({"item": 9}, 404), ({"check": "HC20240610-000000000000"}, 404)],
)
def test_a_feedback_that_does_not_fit_is_refused(served: web_side.Served, wrong: dict[str, Any], status: int) -> None:
    """Feedback is held against the check before it is taken."""
    number = served.post("/checks", ASKED).json()["number"]
    assert served.post("/feedback", fed_back(number, **wrong)).status_code == status


def test_a_filed_check_is_shown_masked_until_somebody_says_why(both: web_side.Served) -> None:
    """Whoever looks a check up later sees no number in clear; with a reason he does, and the audit knows."""
    filed = both.post("/checks", ASKED).json()
    both.account("auditor", AccountRole.AUDITOR)
    shown = both.get(f"/checks/{filed['number']}")
    assert shown.json()["subject"]["id"] == "91**************1B"
    assert store_side.FIRM not in shown.text
    assert both.post(f"/checks/{filed['number']}/reveal", {"reason": "处理异议"}).json() == filed
    found = both.post("/audit/search", {"about": filed["number"]}, by="auditor").json()["records"]
    assert [each["entry"]["action"] for each in found] == ["reveal", "read", "check"]
    assert found[0]["entry"]["purpose"] == "处理异议"


def test_a_check_is_its_units_own(served: web_side.Served) -> None:
    """Another unit is told that there is no such check; an auditor reads it."""
    number = served.post("/checks", ASKED).json()["number"]
    served.account("elsewhere", unit="另一单位")
    served.account("auditor", AccountRole.AUDITOR, unit="审计部门")
    assert served.get(f"/checks/{number}", by="elsewhere").json()["code"] == "loop.no_such_check"
    assert served.get(f"/checks/{number}/plan", by="elsewhere").status_code == 404
    assert served.get(f"/checks/{number}", by="auditor").status_code == 200
    assert served.post(f"/checks/{number}/reveal", {"reason": "x"}, by="auditor").status_code == 403


def test_what_is_revealed_is_what_may_leave(served: web_side.Served) -> None:
    """A reason opens no closed list: an account for the public gets the extract, however good its reason."""
    served.account("public", audience=Audience.ANYBODY)
    number = served.post("/checks", ASKED, by="public").json()["number"]
    told = served.post(f"/checks/{number}/reveal", {"reason": "查看"}, by="public").json()
    assert told["disclosed_to"] == "anybody"


def test_a_receipt_is_verified(both: web_side.Served) -> None:
    """Genuine and filed here; altered; or sound, and of another place."""
    document = both.post("/checks", ASKED).json()
    told = both.post("/receipts/verify", {"document": document}).json()
    assert (told["genuine"], told["filed"]) == (True, True)
    told = both.post("/receipts/verify", {"document": document | {"verdict": "clear"}}).json()
    assert (told["genuine"], told["filed"]) == (False, False)
    other = both.hosted.engine.check_subject(store_side.PARTNER, web_side.MATTER).model_dump()
    told = both.post("/receipts/verify", {"document": other}).json()
    assert (told["genuine"], told["filed"]) == (True, False)


@pytest.mark.parametrize("route", ["verify", "recheck", "disclose"])
@pytest.mark.parametrize("document", [{}, {"receipt": "sha256:1", "results": [1]}, {"receipt": "md5:1"}])
def test_what_is_no_answer_is_refused(served: web_side.Served, route: str, document: dict[str, Any]) -> None:
    """What somebody sends as an answer may be anything; it is refused, and is never a failure of ours."""
    body = {"document": document} | ({"to": "anybody"} if route == "disclose" else {})
    assert served.post(f"/receipts/{route}", body).status_code == 422


def test_an_answer_is_asked_again(served: web_side.Served) -> None:
    """An answer given then beside that of now."""
    document = served.post("/checks", ASKED).json()
    told = served.post("/receipts/recheck", {"document": document}).json()
    assert (told["reproduced"], told["changes"], told["receipt"]) == (True, [], document["receipt"])


def test_what_of_an_answer_may_leave(served: web_side.Served) -> None:
    """An extract by the disclosure attribute of each list; that it was made is in the audit."""
    document = served.post("/checks", ASKED).json()
    told = served.post("/receipts/disclose", {"document": document, "to": "subject"}).json()["extract"]
    assert (told["disclosed_to"], told["original_receipt"]) == ("subject", document["receipt"])
    altered = served.post("/receipts/disclose", {"document": document | {"verdict": "clear"}, "to": "subject"})
    assert altered.json()["code"] == "receipt.altered"


def joint(**more: Any) -> dict[str, Any]:
    """Return a joint action to be initiated by the unit of the tests."""
    said = {
        "title": "对测试甲有限公司实施联合惩戒", "initiators": ["测试市政务服务中心"], "subject": store_side.FIRM,
        "fact": "有履行能力而拒不履行", "measures": ["refuse-government-procurement"], "due_on": "2024-07-01",
        "instrument_no": "（2024）测01执1号", "departments": ["测试市财政局"],
    }  # fmt: skip
    return said | more


def test_a_joint_action_goes_its_way(both: web_side.Served) -> None:
    """发起 → 响应 → 执行 → 反馈 → 办结, each by whoever it is for; a request sent again makes no second one."""
    key = {"Idempotency-Key": "joint-1"}
    made = both.post("/initiations", joint(), **key).json()
    assert both.post("/initiations", joint(), **key).json()["number"] == made["number"]
    assert (made["state"], made["tasks"][0]["department"]) == ("initiated", "测试市财政局")
    both.account("finance", unit="测试市财政局")
    both.account("elsewhere", unit="另一单位")
    path = f"/initiations/{made['number']}"
    assert both.get(path, by="elsewhere").json()["code"] == "loop.no_such_initiation"
    assert both.get("/initiations", by="elsewhere").json()["initiations"] == []
    for state in ("responded", "executing", "fed-back"):
        step = {"state": state, "reason": "已办理"}
        assert both.post(f"{path}/steps", step, by="finance").json()["state"] == state
    assert both.post(f"{path}/steps", {"state": "closed"}, by="finance").status_code == 403
    assert both.post(f"{path}/steps", {"state": "closed"}).json()["state"] == "closed"
    assert both.post(f"{path}/steps", {"state": "closed"}).status_code == 409
    assert [each["number"] for each in both.get("/initiations", state="closed").json()["initiations"]] == [
        made["number"]
    ]
    assert store_side.FIRM not in both.get(path).text


def test_the_outbox_is_the_operators(served: web_side.Served) -> None:
    """How many messages wait, and which could not be sent, and nothing of what they say."""
    served.account("operator", AccountRole.OPERATOR)
    served.post("/initiations", joint())
    told = served.get("/outbox", by="operator").json()
    assert told["pending"] == len(told["messages"]) > 0
    assert "body" not in told["messages"][0]
    assert served.get("/outbox").status_code == 403


def test_the_catalogue_is_told(served: web_side.Served) -> None:
    """Matters, measures and the text of any entry; a matter says whether a credit report has to be read."""
    matter = served.get("/matters/GPC").json()
    assert (matter["title"], matter["credit_report_required"]) == ("政府采购活动", False)
    assert served.get("/measures/refuse-government-procurement").json()["matters"] == ["GPC"]
    assert served.get("/matters/NONE").json()["code"] == "catalog.unknown_entry"
    assert "税收违法" in served.get("/explain", name="BL.TAX").json()["text"]
    assert served.get("/explain", name="nichts").status_code == 404
    assert len(served.get("/matters").json()["matters"]) == min(200, len(served.hosted.engine.tables.catalog.matters))
    found = served.get("/measures", q="政府采购 拒绝", matter="GPC").json()["measures"]
    assert "refuse-government-procurement" in [each["id"] for each in found]
    assert served.get("/matters", q="政府采购", limit=1).json()["matters"]


def test_the_lists_are_told(both: web_side.Served) -> None:
    """Which lists are there and how new, what came in, and what changed since; nobody's number in clear."""
    known = {each["code"]: each for each in both.get("/lists").json()["lists"]}
    assert known["BL.SXBZXR"]["batch"] is not None
    assert known["BL.TAX"]["batch"] is None
    (batch,) = both.get("/lists/batches").json()["batches"]
    assert (batch["rows"], batch["added"]) == (1, 1)
    for since in (None, batch["id"], "2024-05-01"):
        told = both.get("/lists/differences", **({} if since is None else {"since": since})).json()
        assert [row["id"] for row in told["rows"]] == ["91**************1B"]
    assert both.get("/lists/differences", since="nichts").status_code == 404


def test_a_list_is_imported_by_an_operator(tmp_path: Path) -> None:
    """A file is sent as it is, read apart, taken in whole or not at all, and the audit knows who sent it."""
    served = web_side.served(tmp_path)
    served.account("operator", AccountRole.OPERATOR)
    served.account("auditor", AccountRole.AUDITOR)
    rows = (
        f"企业名称,统一社会信用代码,列入日期,文书文号\n测试丁有限公司,{store_side.PARTNER},2024-05-01,测税〔2024〕9号\n"
    )

    def send(by: str, kind: str = "application/octet-stream", **query: str) -> httpx.Response:
        said = served.headers(by) | {"content-type": kind}
        query = {"name": "名单.csv", "list": "BL.TAX"} | query
        return served.client.post("/v1/lists/import", params=query, content=rows.encode(), headers=said)

    assert send("window").status_code == 403
    assert send("operator", "text/csv").status_code == 415
    tried = send("operator", dry_run="true").json()
    assert tried["imported"] is False or tried["outcome"] is None
    done = send("operator").json()
    assert done["imported"] is True
    found = served.post("/audit/search", {"action": "import"}, by="auditor").json()["records"]
    assert [each["entry"]["detail"]["dry_run"] for each in found] == [False, True]
