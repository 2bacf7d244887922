"""The way in for systems of before (旧系统接入): pinyin names, forms and XML, keys in what is sent, blind retries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree.ElementTree import fromstring

import pytest
from fastapi import APIRouter
from sqlalchemy import func, select

import store_side
import web_side
from jointsanction.errors import QuestionError
from jointsanction.identity.legacy import organisation_check_digit, registration_check_digit
from jointsanction.loop.follow_up.cases import Cases
from jointsanction.plugins import hookimpl, plugin_manager
from jointsanction.store.docket.tables import CHECK, FEEDBACK
from jointsanction.web.app import create_app
from jointsanction.web.doors import known_doors

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from jointsanction.web.hosted import Hosted

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def old(tmp_path: Path) -> web_side.Served:
    """Return a service that takes what systems of before send, with an account of one matter."""
    served = web_side.served(tmp_path, adapters=("legacy",))
    served.account("old", matters=("GPC",))
    return served


def asked(served: web_side.Served, **more: str) -> dict[str, str]:
    """Return what such a system sends to ask about the listed firm."""
    said = {
        "acctount": "old", "pwd": served.keys["old"], "qymc": "", "tyshxydm": store_side.FIRM, "gszch": "",
        "zzjgdm": "", "visitpt": "交易平台", "visitreason": "资格审查",
    }  # fmt: skip
    return said | more


def told_back(served: web_side.Served, **more: str) -> dict[str, str]:
    """Return what such a system sends to tell what it did."""
    said = {
        "acctount": "old", "pwd": served.keys["old"], "hhmdmc": "失信被执行人", "ztmc": "测试甲有限公司",
        "ztlb": "企业",
        "identify": store_side.FIRM, "zjlx": "统一社会信用代码", "jclx": "1", "zxcsnr": "拒绝参与政府采购活动",
        "sjje": "120000.00", "jcsm": "资格审查不通过", "fkbm": "测试市财政局",
    }  # fmt: skip
    return said | more


def send(served: web_side.Served, path: str, fields: dict[str, str], encoding: str = "utf-8") -> httpx.Response:
    """Send fields as a form."""
    body = "&".join(f"{name}={quote(value.encode(encoding))}" for name, value in fields.items())
    return served.client.post(f"/legacy{path}", content=body.encode("ascii"), headers={"content-type": FORM})


def told(answer: httpx.Response) -> str:
    """Return the code of an error, or that there is none."""
    return str(answer.json().get("error", "none"))


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_form_is_answered(old: web_side.Served, encoding: str) -> None:
    """A form in either encoding; the answer says the verdict and what to do, and nothing of the record."""
    answer = send(old, "/check", asked(old), encoding)
    data = answer.json()["data"]
    assert (answer.status_code, answer.json()["code"]) == (200, "1")
    assert (data["jl"], data["jlmc"], data["cs"][0]["csmc"]) == ("prohibited", "禁止", "拒绝参与政府采购活动")
    filed = old.hosted.desk.filed(data["hcbh"])
    assert (filed.purpose, filed.officer, filed.account) == ("资格审查", "交易平台", "old")
    assert "测01执1号" not in answer.text


def test_what_is_sent_again_is_the_same_request(old: web_side.Served) -> None:
    """Five blind tries make one check, and one feedback."""
    numbers = {send(old, "/check", asked(old)).json()["data"]["hcbh"] for _ in range(5)}
    assert len(numbers) == 1
    feedback = {send(old, "/feedback", told_back(old)).json()["data"]["fkbh"] for _ in range(5)}
    assert len(feedback) == 1
    (kept,) = old.hosted.desk.feedback(numbers.pop())
    assert (kept.amount, kept.department, kept.result) == (
        "120000.00",
        "测试市财政局",
        "拒绝参与政府采购活动；资格审查不通过",
    )


def test_the_same_request_is_the_same_for_five_minutes(old: web_side.Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sent again after five minutes is a request of its own, wherever in a turn of the clock the first fell."""
    now = web_side.NOW
    for target in (old.hosted, old.hosted.desk, old.hosted.engine):
        name = "clock" if hasattr(target, "clock") else "_clock"
        monkeypatch.setattr(target, name, lambda: now)
    first = send(old, "/check", asked(old)).json()["data"]["hcbh"]
    now = web_side.NOW + timedelta(seconds=299)
    assert send(old, "/check", asked(old)).json()["data"]["hcbh"] == first
    now = web_side.NOW + timedelta(seconds=301)
    assert send(old, "/check", asked(old)).json()["data"]["hcbh"] != first


def test_a_case_number_comes_along(old: web_side.Served) -> None:
    """`ajbh` is our own field: a check made under it makes a case that qualifies, and feedback finds it by it."""
    for case in ("采2024-1", "采2024-2"):
        send(old, "/check", asked(old, ajbh=case))
    assert told(send(old, "/feedback", told_back(old, ajbh="采2024-9"))) == "loop.nothing_owed"
    kept = send(old, "/feedback", told_back(old, ajbh="采2024-1")).json()["data"]
    assert old.hosted.desk.filed(kept["hcbh"]).case_no == "采2024-1"
    (case,) = Cases(old.hosted.desk).all()
    assert (case.qualified, case.check.case_no) == (True, "采2024-1")


CODE = store_side.FIRM
ORGANISATION = "X0000001" + organisation_check_digit("X0000001")
REGISTERED = "99000000000001" + registration_check_digit("99000000000001")
"""Made-up numbers whose check digits are right."""


@pytest.mark.parametrize(
    ("numbers", "error"),
    [
        ({"zzjgdm": CODE[8:17]}, "none"),
        ({"tyshxydm": "", "zzjgdm": ORGANISATION}, "none"),
        ({"zzjgdm": f"{CODE[8:16]}-{CODE[16]}"}, "none"),
        ({"zzjgdm": "无", "gszch": "/"}, "none"),
        ({"zzjgdm": CODE, "gszch": CODE}, "none"),
        ({"zzjgdm": ORGANISATION}, "subject.numbers_differ"),
        ({"tyshxydm": "", "zzjgdm": ORGANISATION, "gszch": REGISTERED}, "none"),
        ({"gszch": REGISTERED}, "none"),
        ({"zzjgdm": "123"}, "subject.malformed"),
        ({"zzjgdm": "123456789"}, "subject.malformed"),
        ({"gszch": REGISTERED[:14] + str((int(REGISTERED[14]) + 1) % 10)}, "subject.malformed"),
        ({"tyshxydm": CODE[:17] + "0", "zzjgdm": CODE[8:17]}, "subject.malformed"),
        ({"tyshxydm": "", "zzjgdm": "123456789"}, "subject.malformed"),
    ],
)
def test_all_numbers_that_are_sent_have_to_agree(old: web_side.Served, numbers: dict[str, str], error: str) -> None:
    """None is left out silently: an invalid one, or one of somebody else, is refused, and nothing is filed."""
    answer = send(old, "/check", asked(old, **numbers))
    assert told(answer) == error
    assert CODE not in answer.text
    with old.hosted.docket.reading() as connection:
        assert connection.execute(select(func.count()).select_from(CHECK)).scalar_one() == (error == "none")


def test_a_registration_number_of_somebody_else_is_refused(old: web_side.Served, tmp_path: Path) -> None:
    """A 工商注册号 under which somebody is listed who is not listed under the code: who is meant nobody can tell."""
    row = store_side.listing(list="BL.SXBZXR", uscc=None, other_id=REGISTERED, row=9, name="测试乙有限公司")
    store_side.take(store_side.opened(tmp_path), [row], 1)
    assert old.hosted.swapper.look()
    assert told(send(old, "/check", asked(old, gszch=REGISTERED))) == "subject.numbers_differ"
    assert told(send(old, "/check", asked(old, tyshxydm="", gszch=REGISTERED))) == "none"


BIDDING = "限制失信被执行人参加依法必须招标项目的投标"


@pytest.fixture
def two(tmp_path: Path) -> web_side.Served:
    """Return a service with a check that asks for two measures on one list."""
    served = web_side.served(tmp_path, adapters=("legacy",))
    served.account("old", matters=("GPC",))
    law = served.hosted.engine.tables.catalog
    first = law.measures["refuse-government-procurement"]
    second = first.model_copy(update={"id": "second", "title": BIDDING})
    served.hosted.engine.swap(catalog=law.model_copy(update={"measures": {**law.measures, "second": second}}))
    data = send(served, "/check", asked(served)).json()["data"]
    assert {each["csmc"] for each in data["cs"]} == {first.title, BIDDING}
    return served


def test_feedback_goes_to_the_measure_that_it_names(two: web_side.Served) -> None:
    """With two measures owed on one list each is told of by its own title, however it is spaced."""
    number = send(two, "/feedback", told_back(two, zxcsnr=f" {BIDDING[:4]} {BIDDING[4:]}。")).json()["data"]["hcbh"]
    (kept,) = two.hosted.desk.feedback(number)
    items = {item.item: item for item in two.hosted.desk.filed(number).items}
    assert items[kept.item].title == BIDDING
    assert told(send(two, "/feedback", told_back(two, zxcsnr=BIDDING, jcsm="再次"))) == "loop.which_measure"
    send(two, "/feedback", told_back(two))
    assert {items[each.item].title for each in two.hosted.desk.feedback(number)} == {BIDDING, "拒绝参与政府采购活动"}


@pytest.mark.parametrize("said", ["", "未让其投标", "没收违法所得"])
def test_feedback_that_names_no_measure_is_refused(two: web_side.Served, said: str) -> None:
    """Which of several was carried out is never guessed; the error names them, and nothing is recorded."""
    answer = send(two, "/feedback", told_back(two, zxcsnr=said))
    assert told(answer) == "loop.which_measure"
    assert BIDDING in answer.json()["msg"]
    assert "拒绝参与政府采购活动" in answer.json()["msg"]
    with two.hosted.docket.reading() as connection:
        assert connection.execute(select(func.count()).select_from(FEEDBACK)).scalar_one() == 0


def test_the_only_measure_is_told_of_in_any_words_but_those_of_another(old: web_side.Served) -> None:
    """Old systems write what they like; the title of another measure is another measure."""
    send(old, "/check", asked(old))
    other = old.hosted.engine.tables.catalog.measures["restrict-tender-judgment-defaulter"].title
    assert told(send(old, "/feedback", told_back(old, zxcsnr=other))) == "loop.which_measure"
    assert told(send(old, "/feedback", told_back(old, zxcsnr="未让其投标"))) == "none"


def test_xml_is_answered_in_xml(old: web_side.Served) -> None:
    """Who sends XML gets XML."""
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in asked(old).items())
    body = f'<?xml version="1.0" encoding="GBK"?><request>{inner}</request>'.encode("gbk")
    answer = old.client.post("/legacy/check", content=body, headers={"content-type": "text/xml"})
    tree = fromstring(answer.text)  # noqa: S314 - our own answer
    assert answer.headers["content-type"].startswith("application/xml")
    assert (tree.findtext("code"), tree.findtext("data/jl")) == ("1", "prohibited")
    assert tree.findtext("data/cs/csmc") == "拒绝参与政府采购活动"


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r><qymc>&x;</qymc></r>',
        b"<r><qymc>a</qymc><qymc>b</qymc></r>",
        b"<r><a><b>1</b></a><c>2</c></r>",
        b"<r>",
        b"plain",
    ],
)
def test_xml_that_is_no_list_of_fields_is_refused(old: web_side.Served, body: bytes) -> None:
    """No document type, no nesting, no field twice: refused in words, in XML."""
    answer = old.client.post("/legacy/check", content=body, headers={"content-type": "application/xml"})
    tree = fromstring(answer.text)  # noqa: S314 - our own answer
    assert (answer.status_code, tree.findtext("code")) == (422, "0")
    assert tree.findtext("error") == "question.legacy_fields"


@pytest.mark.parametrize(
    ("body", "kind", "status", "error"),
    [
        (b"a=1&a=2", FORM, 422, "question.legacy_fields"),
        ("a=中".encode(), FORM, 422, "question.legacy_fields"),
        (b"a=%00", FORM, 422, "question.legacy_fields"),
        (b"&".join(b"f%d=1" % each for each in range(60)), FORM, 422, "question.legacy_fields"),
        (b"{}", "application/json", 415, "request.media_type"),
    ],
)
def test_a_form_that_is_none_is_refused(old: web_side.Served, body: bytes, kind: str, status: int, error: str) -> None:
    """What is no form is refused in words."""
    answer = old.client.post("/legacy/check", content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"], answer.json()["error"]) == (status, "0", error)


@pytest.mark.parametrize(
    ("wrong", "status", "error"),
    [
        ({"pwd": "geheim"}, 401, "access.key"),
        ({"acctount": "another"}, 401, "access.key"),
        ({"visitreason": ""}, 422, "question.purpose"),
        ({"tyshxydm": "123"}, 422, "subject.malformed"),
        ({"tyshxydm": ""}, 422, "subject.empty"),
    ],
)
def test_what_is_wrong_is_told(old: web_side.Served, wrong: dict[str, str], status: int, error: str) -> None:
    """Name and key have to belong together, and a purpose has to be said here too."""
    answer = send(old, "/check", asked(old, **wrong))
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert old.keys["old"] not in answer.text


def test_an_account_of_several_matters_can_not_ask_so(old: web_side.Served) -> None:
    """What is sent names no matter: an account of one matter alone makes clear which is meant."""
    old.account("broad")
    answer = send(old, "/check", asked(old, acctount="broad", pwd=old.keys["broad"]))
    assert answer.json()["error"] == "access.one_matter"


def test_feedback_on_nothing_is_refused(old: web_side.Served) -> None:
    """What fits no check that is still to be fed back is told so."""
    assert send(old, "/feedback", told_back(old)).json()["error"] == "loop.nothing_owed"
    send(old, "/check", asked(old))
    assert send(old, "/feedback", told_back(old, jclx="2")).json()["error"] == "loop.nothing_owed"
    assert send(old, "/feedback", told_back(old, identify=store_side.PARTNER)).json()["error"] == "loop.nothing_owed"


def test_a_bug_is_told_in_the_same_manner(old: web_side.Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens, an answer of the kind that is expected."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError("张三")

    monkeypatch.setattr(old.hosted.desk, "ask", fail)
    answer = send(old, "/check", asked(old))
    assert (answer.status_code, answer.json()["error"]) == (500, "request.failed")
    assert "张三" not in answer.text


def test_it_is_closed_until_it_is_opened(served: web_side.Served) -> None:
    """The settings open further doors, and an unknown one stops the start."""
    served.account("old", matters=("GPC",))
    assert send(served, "/check", asked(served)).status_code == 404
    served.hosted.settings = served.hosted.settings.model_copy(update={"adapters": ("none",)})
    with pytest.raises(QuestionError, match="adapters") as raised:
        create_app(served.hosted)
    assert (raised.value.code, "legacy" in raised.value.hint) == ("question.adapter", True)


def test_a_plugin_brings_a_door(served: web_side.Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host's own way in stands beside ours, and is opened by its name."""

    def ours(_: Hosted) -> APIRouter:
        router = APIRouter()
        router.add_api_route("/ours", lambda: {"ours": True})
        return router

    class Plugin:
        @hookimpl
        def jointsanction_routers(self) -> dict[str, Any]:
            return {"ours": ours}

    plugin = Plugin()
    plugin_manager().register(plugin)
    monkeypatch.setattr(served.hosted, "settings", served.hosted.settings.model_copy(update={"adapters": ("ours",)}))
    try:
        assert known_doors().keys() >= {"legacy", "ours"}
        client = web_side.Client(create_app(served.hosted))
        assert client.get("/ours").json() == {"ours": True}
    finally:
        plugin_manager().unregister(plugin)
