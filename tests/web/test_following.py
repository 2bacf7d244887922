"""What follows a check over HTTP (闭环接口): plan, execution, feedback, receipts, joint action, figures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

import store_side
import web_side
from jointsanction.loop.pushing.notices import Notices
from jointsanction.model.caller import Caller
from jointsanction.model.notice import Notice
from jointsanction.model.subject import Subject
from jointsanction.terms import AccountRole, Audience, Disclosure

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
    again = both.post("/initiations", joint(), **key)
    assert (again.json(), again.headers["Idempotent-Replayed"]) == (made, "true")
    assert (made["state"], made["tasks"][0]["department"]) == ("initiated", "测试市财政局")
    both.account("finance", unit="测试市财政局")
    both.account("elsewhere", unit="另一单位")
    path = f"/initiations/{made['number']}"
    assert both.get(path, by="elsewhere").json()["code"] == "loop.no_such_initiation"
    assert both.get("/initiations", by="elsewhere").json()["initiations"] == []
    for state in ("responded", "executing", "fed-back"):
        step = {"state": state, "reason": "已办理"}
        taken = both.post(f"{path}/steps", step, by="finance", **{"Idempotency-Key": state})
        assert (taken.json()["state"], taken.headers.get("Idempotent-Replayed")) == (state, None)
    again = both.post(f"{path}/steps", {"state": "responded", "reason": "已办理"}, by="finance",
                      **{"Idempotency-Key": "responded"})  # fmt: skip
    assert (again.json()["state"], again.headers["Idempotent-Replayed"]) == ("responded", "true")
    assert [each["state"] for each in again.json()["steps"]] == ["initiated", "responded"]
    assert both.post(f"{path}/steps", {"state": "closed"}, by="finance").status_code == 403
    assert both.post(f"{path}/steps", {"state": "closed"}, by="elsewhere").status_code == 404
    assert both.post(f"{path}/steps", {"state": "closed"}).json()["state"] == "closed"
    assert both.post(f"{path}/steps", {"state": "closed"}).status_code == 409
    assert [each["number"] for each in both.get("/initiations", state="closed").json()["initiations"]] == [
        made["number"]
    ]
    assert store_side.FIRM not in both.get(path).text


def test_the_department_asked_learns_whom_it_is_about(both: web_side.Served) -> None:
    """查看明文: masked to whoever has a part in it, in clear for a reason that the audit holds, to others never."""
    both.account("finance", unit="测试市财政局")
    both.account("elsewhere", unit="另一单位")
    both.account("auditor", AccountRole.AUDITOR)
    made = both.post("/initiations", joint(name="测试甲有限公司")).json()
    path = f"/initiations/{made['number']}"
    shown = both.get(path, by="finance").json()
    assert (shown["subject"], shown["name"]) == (made["subject"], made["name"])
    assert (shown["subject"], shown["name"]) == ("91**************1B", "测试甲有限公司")
    assert both.get("/initiations", by="finance").json()["initiations"][0]["subject"] == "91**************1B"
    clear = both.post(f"{path}/reveal", {"reason": "核对供应商", "officer": "三号窗口"}, by="finance").json()
    assert clear == shown | {"subject": store_side.FIRM}
    assert both.post(f"{path}/reveal", {"reason": "核对"}).json()["subject"] == store_side.FIRM
    assert both.post(f"{path}/reveal", {"reason": "\u200b"}, by="finance").json()["code"] == "loop.no_reason"
    assert both.post(f"{path}/reveal", {"reason": "好奇"}, by="elsewhere").status_code == 404
    assert both.post(f"{path}/reveal", {"reason": "审计"}, by="auditor").status_code == 403
    found = both.post("/audit/search", {"about": made["number"], "action": "reveal"}, by="auditor").json()["records"]
    assert [(each["entry"]["unit"], each["entry"]["purpose"]) for each in found] == [
        ("测试市政务服务中心", "核对"),
        ("测试市财政局", "核对供应商"),
    ]


def test_a_person_is_masked_in_a_joint_action(served: web_side.Served) -> None:
    """A person's name is covered as his number is."""
    said = joint(subject=store_side.PERSON, name="测试丙", kind="person")
    made = served.post("/initiations", said).json()
    assert (made["subject"], made["name"]) == ("99**************17", "测**")
    clear = served.post(f"/initiations/{made['number']}/reveal", {"reason": "核对"}).json()
    assert (clear["subject"], clear["name"]) == (store_side.PERSON, "测试丙")


def test_a_department_sees_its_own_task_as_its_own(served: web_side.Served) -> None:
    """分工: each knows its part; why others did what, and by whom, the initiators alone are told."""
    served.account("finance", unit="测试市财政局")
    served.account("housing", unit="测试市住建局")
    said = joint(departments=["测试市财政局", {"department": "测试市住建局", "due_on": "2024-06-20"}])
    path = f"/initiations/{served.post('/initiations', said).json()['number']}"
    assert served.post(f"{path}/steps", {"state": "returned", "reason": "不属本局"}, by="housing").status_code == 200
    for by, own, reason in (("finance", [True, False], None), ("housing", [False, True], "不属本局")):
        shown = served.get(path, by=by).json()
        assert [each["own"] for each in shown["tasks"]] == own
        assert [each["due_on"] for each in shown["tasks"]] == ["2024-07-01", "2024-06-20"]
        assert (shown["steps"][1]["reason"], shown["steps"][1]["unit"] is None) == (reason, reason is None)
        assert shown["steps"][0]["unit"] == "测试市政务服务中心"
    assert served.get(path).json()["steps"][1]["reason"] == "不属本局"
    assert [each["own"] for each in served.get(path).json()["tasks"]] == [False, False]
    assert "account" not in served.get(path).text


def test_what_is_late_is_listed(both: web_side.Served) -> None:
    """逾期: told of each part and of the whole, and listed by itself."""
    made = both.post("/initiations", joint(due_on="2024-06-10")).json()
    assert (made["overdue"], made["tasks"][0]["overdue"]) == (False, False)
    assert both.get("/initiations", overdue="true").json()["initiations"] == []
    both.hosted.desk.clock = lambda: web_side.NOW + timedelta(days=1)
    (late,) = both.get("/initiations", overdue="true").json()["initiations"]
    assert (late["number"], late["overdue"], late["tasks"][0]["overdue"]) == (made["number"], True, True)


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"departments": [""]}, 422, "request.malformed"),
        ({"departments": ["d1", "d1"]}, 422, "loop.twice"),
        ({"departments": [{"department": "d1", "due": "2024-07-01"}]}, 422, "request.malformed"),
        ({"matter": "no-such-matter"}, 422, "matter.unknown"),
        ({"region": "某市"}, 422, "question.region"),
        ({"instrument_no": None, "list": "BL.TAX"}, 422, "loop.not_listed"),
        ({"list": "BL.SXBZXR", "measures": ["green-channel"]}, 422, "loop.unknown_measure"),
    ],
)
def test_what_is_not_fit_is_not_initiated(
    served: web_side.Served, wrong: dict[str, Any], status: int, code: str
) -> None:
    """Who, what, where and on what ground is held against the catalogue and the lists before anybody is told."""
    told = served.post("/initiations", joint(**wrong))
    assert (told.status_code, told.json()["code"]) == (status, code)
    assert served.get("/initiations").json()["initiations"] == []


def test_the_check_of_another_unit_is_not_told_of(served: web_side.Served) -> None:
    """Its subject or another's, filed elsewhere or never: the answer is the same."""
    served.account("elsewhere", unit="另一单位")
    number = served.post("/checks", ASKED, by="elsewhere").json()["number"]
    tried = [
        served.post("/initiations", joint(check=check, subject=subject))
        for check in (number, "HC20240610-000000000000")
        for subject in (store_side.FIRM, store_side.PARTNER)
    ]
    assert {each.status_code for each in tried} == {404}
    assert len({(each.json()["code"], each.json()["detail"], each.json()["hint"]) for each in tried}) == 1


def issued(served: web_side.Served, **more: Any) -> str:
    """Issue a notice by the unit of the tests and return its number."""
    said: dict[str, Any] = {
        "title": "重大失信事件通报", "subject": Subject(resident_id=store_side.PERSON, name="测试丙"),
        "event": "转移财产拒不履行", "happened_on": web_side.NOW.date(), "list": "BL.SXBZXR",
        "instrument_no": "（2024）测01执1号", "departments": ("测试市财政局",),
    }  # fmt: skip
    window = Caller(account="window", unit="测试市政务服务中心", roles=frozenset({AccountRole.WINDOW}))
    return Notices(served.hosted.desk).issue(Notice(**said | more), window).number


def test_a_notice_is_read_by_whom_it_is_for(both: web_side.Served) -> None:
    """凭链接、凭权限: issuer and addressees read it masked, in clear for a reason; others are told of none such."""
    both.account("finance", unit="测试市财政局")
    both.account("elsewhere", unit="另一单位")
    both.account("auditor", AccountRole.AUDITOR)
    number = issued(both)
    for by in ("window", "finance"):
        shown = both.get(f"/notices/{number}", by=by)
        assert (shown.json()["subject"], shown.json()["name"]) == ("99**************17", "测**")
        assert [each["number"] for each in both.get("/notices", by=by).json()["notices"]] == [number]
    clear = both.post(f"/notices/{number}/reveal", {"reason": "核对主体"}, by="finance").json()
    assert clear == shown.json() | {"subject": store_side.PERSON, "name": "测试丙"}
    assert both.post(f"/notices/{number}/reveal", {"reason": " "}, by="finance").json()["code"] == "loop.no_reason"
    assert both.get("/notices", by="elsewhere").json()["notices"] == []
    none = both.get("/notices/TZ20240610-000000000000", by="elsewhere").json()
    others = both.get(f"/notices/{number}", by="elsewhere").json()
    assert (others["code"], others["detail"], others["hint"]) == (none["code"], none["detail"], none["hint"])
    assert both.post(f"/notices/{number}/reveal", {"reason": "好奇"}, by="elsewhere").status_code == 404
    found = both.post("/audit/search", {"about": number}, by="auditor").json()["records"]
    assert [each["entry"]["action"] for each in found] == ["reveal", "read", "read", "notice"]


def test_a_notice_says_what_its_list_discloses(served: web_side.Served) -> None:
    """公开属性: an account for the public learns of no notice that rests on a list which is not public."""
    served.account("public", audience=Audience.ANYBODY)
    engine = served.hosted.engine
    kind = engine.tables.catalog.lists["BL.SXBZXR"]
    number = issued(served)
    for disclosure, seen in ((Disclosure.PUBLIC, 1), (Disclosure.CLOSED, 0)):
        lists = {**engine.tables.catalog.lists, "BL.SXBZXR": kind.model_copy(update={"disclosure": disclosure})}
        engine.swap(catalog=engine.tables.catalog.model_copy(update={"lists": lists}))
        assert len(served.get("/notices", by="public").json()["notices"]) == seen
    assert served.get(f"/notices/{number}", by="public").json()["code"] == "loop.not_disclosed"
    assert served.post(f"/notices/{number}/reveal", {"reason": "x"}, by="public").json()["code"] == "loop.not_disclosed"
    window = served.get(f"/notices/{number}").json()
    assert (window["instrument_no"], window["withheld"]) == (None, True)


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
    both.account("operator", AccountRole.OPERATOR)
    known = {each["code"]: each for each in both.get("/lists").json()["lists"]}
    assert known["BL.SXBZXR"]["batch"] is not None
    assert known["BL.TAX"]["batch"] is None
    (batch,) = both.get("/lists/batches").json()["batches"]
    assert (batch["rows"], batch["added"]) == (1, 1)
    for since in (None, batch["id"], "2024-05-01"):
        told = both.get("/lists/differences", by="operator", **({} if since is None else {"since": since})).json()
        assert [row["id"] for row in told["rows"]] == ["91**************1B"]
    assert both.get("/lists/differences", by="operator", since="nichts").status_code == 404


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
