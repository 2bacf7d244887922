"""`initiation`, `notice`, `outbox`: joint actions, notices and messages at the command line."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from cli_side import DEFAULTER, Run
from jointsanction.cli.at_desk import open_desk
from jointsanction.store.instants import SHANGHAI

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jointsanction.loop.desk import Desk

DEPARTMENT = """\
id: city-procurement
title: 虚构市政府采购中心
region: "990100"
authorities: [采购人]
"""
MEASURE = "refuse-government-procurement"
PERSON = "990000199001010017"


@pytest.fixture
def store(sample_store: str, folder: Path) -> str:
    """Copy the sample store: each test has a docket of its own."""
    shutil.copy(sample_store.removeprefix("sqlite:///"), folder / "own.db")
    return f"sqlite:///{folder / 'own.db'}"


@pytest.fixture
def city(folder: Path) -> str:
    """Write down which department carries out which measure."""
    departments = folder / "city" / "departments"
    departments.mkdir(parents=True)
    (departments / "city-procurement.yaml").write_text(DEPARTMENT, encoding="utf-8")
    return str(folder / "city")


def started(run: Run, store: str, city: str, *more: str) -> dict[str, Any]:
    """Initiate a joint action and return it."""
    said = ("--title", "联合惩戒", "--fact", "拒不履行", "--measure", MEASURE, "--due", "2099-12-31")
    at = ("--list", "BL.SXBZXR", "--unit", "city-court", "--store", store, "--catalogue", city, "--json")
    ran = run("initiation", "start", DEFAULTER, *said, *at, *more)
    assert (ran.code, ran.err) == (0, "")
    made: dict[str, Any] = json.loads(ran.out)
    return made


def test_a_joint_action_from_beginning_to_end(run: Run, store: str, city: str) -> None:
    """Initiated, responded to, carried out, fed back and closed; each step says how far the whole has come."""
    made = started(run, store, city, "--matter", "procurement", "--region", "990100")
    assert (made["state"], made["matter"]) == ("initiated", "GPC.SUPPLIER")
    at = ("--store", store, "--catalogue", city)
    for state, unit in (("responded", 1), ("executing", 1), ("fed-back", 1), ("closed", 0)):
        who = ("city-court", "city-procurement")[unit]
        ran = run("initiation", "step", state, made["number"], "--unit", who, "--reason", "已办", *at)
        assert (ran.code, ran.err) == (0, "")
    shown = run("initiation", "show", made["number"], *at).out
    assert "联合惩戒（" in shown
    assert "虚构市政府采购中心（city-procurement） | 拒绝参与政府采购活动 | 2099-12-31 | 已反馈" in shown
    listed = run("initiation", "list", "--state", "closed", "--store", store).out
    assert f"{made['number']} | 联合惩戒 | {DEFAULTER} | 已办结" in listed
    assert json.loads(run("initiation", "list", "--store", store, "--json").out)["initiations"][0]["state"] == "closed"
    late = run("initiation", "step", "withdrawn", made["number"], "--unit", "city-court", "--reason", "错", *at)
    assert (late.code, late.err.split("：")[0]) == (3, "错误 loop.order")


def test_what_is_late_is_listed(run: Run, store: str, city: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each department may have its own last day; what is late is marked, listed by itself, and reminded of once."""
    made = started(run, store, city, "--department", "city-procurement:2099-01-31", "--department", "虚构某局")
    assert [(task["department"], task["due_on"]) for task in made["tasks"]] == [
        ("city-procurement", "2099-01-31"),
        ("虚构某局", "2099-12-31"),
    ]
    at = ("--store", store)
    assert "联合奖惩（0 件）" in run("initiation", "list", "--overdue", *at).out
    later = datetime(2099, 2, 3, 9, tzinfo=SHANGHAI)

    def opened_later(store: str | None, catalogues: Sequence[Path] | None = None) -> Desk:
        desk = open_desk(store, catalogues)
        desk.clock = lambda: later
        return desk

    monkeypatch.setattr("jointsanction.cli.at_desk.open_desk", opened_later)
    monkeypatch.setattr("jointsanction.cli.pushing.shanghai_now", lambda: later)
    listed = run("initiation", "list", "--overdue", *at).out
    assert "虚构市政府采购中心 已发起（逾期）、虚构某局 已发起" in listed
    shown = run("initiation", "show", made["number"], "--catalogue", city, *at).out
    assert "2099-01-31 | 已发起（逾期）" in shown
    assert [run("outbox", "remind", *at).out.split("；")[0] for _ in range(2)] == ["新写催办 1 条", "新写催办 0 条"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--department", "city-procurement:bald"), "question.date"),
        (("--department", ""), "loop.incomplete"),
        (("--department", "d1", "--department", "d1:2099-01-31"), "loop.twice"),
        (("--matter", "no-such-matter"), "matter.unknown"),
        (("--region", "某市"), "question.region"),
        (("--list", "BL.TAX"), "loop.not_listed"),
        (("--list", "RL.TAXA"), "loop.measure_other_list"),
    ],
)
def test_an_unfit_joint_action_is_refused(run: Run, store: str, city: str, more: tuple[str, ...], code: str) -> None:
    """Nothing is written, and what is wrong is said by its code."""
    said = ("--title", "联合惩戒", "--fact", "拒不履行", "--measure", MEASURE, "--due", "2099-12-31")
    at = ("--list", "BL.SXBZXR", "--unit", "city-court", "--store", store, "--catalogue", city)
    ran = run("initiation", "start", DEFAULTER, *said, *at, *more)
    assert ran.err.split("：")[0] == f"错误 {code}"
    assert "联合奖惩（0 件）" in run("initiation", "list", "--store", store).out


def test_a_receiver_without_a_secret_holds_up_no_other(run: Run, store: str, city: str, folder: Path) -> None:
    """What can be sent is sent; then the command says who was not reached, and fails."""
    started(run, store, city)
    good = "source: urn:test\nhosts: [127.0.0.1:9]\nreceivers:\n  city-procurement: {file: {folder: out}}\n"
    bad = "  court: {http: {url: 'http://127.0.0.1:9/', secrets: [{env: JS_NO_SUCH_SECRET}]}}\n"
    (folder / "routes.yaml").write_text(good + bad, encoding="utf-8")
    ran = run("outbox", "send", "--routes", "routes.yaml", "--store", store)
    assert ran.out.splitlines()[0] == "已送达 1 条，稍后重试 0 条，推送失败 0 条。"
    assert ran.out.splitlines()[1].startswith("没有推送给 court：")
    assert (ran.code, ran.err.split("：")[0]) == (3, "错误 loop.no_secret")


def test_a_person_is_shown_in_clear_for_a_reason_only(run: Run, store: str, city: str) -> None:
    """Masked by default; in clear, who looked and why is in the audit."""
    said = ("--title", "通报", "--event", "转移财产", "--on", "2025-03-05", "--unit", "city-court")
    ran = run("notice", "issue", PERSON, "--kind", "person", "--name", "虚构丙", *said, "--store", store, "--json")
    notice = json.loads(ran.out)
    assert (notice["subject"], notice["departments"]) == ("99**************17", [])
    shown = run("notice", "show", notice["number"], "--store", store).out
    assert "虚**" in shown
    assert PERSON not in shown
    clear = run("notice", "show", notice["number"], "--reveal", "处理异议", "--store", store).out
    assert PERSON in clear
    assert "reveal" in run("audit", "list", "--json", "--store", store).out
    refused = run("notice", "show", notice["number"], "--reveal", " ", "--store", store)
    assert (refused.code, refused.err.split("：")[0]) == (3, "错误 loop.no_reason")
    assert (
        f"{notice['number']} | 通报 | 99**************17 | 2025-03-05 | 只登记"
        in run("notice", "list", PERSON, "--kind", "person", "--store", store).out
    )
    made = started(run, store, city)
    shown = run("initiation", "show", made["number"], "--reveal", "处理异议", "--json", "--store", store).out
    assert DEFAULTER in shown


def test_messages_are_listed_and_sent(run: Run, store: str, city: str, folder: Path) -> None:
    """A receiver without a route is named; what is due is sent; dead messages can be tried again."""
    started(run, store, city)
    (folder / "routes.yaml").write_text("source: urn:test\nreceivers: {other: {table: {}}}\n", encoding="utf-8")
    at = ("--store", store)
    listed = run("outbox", "list", "--routes", "routes.yaml", *at)
    assert listed.out.startswith("没有推送路由的接收方：city-procurement。")
    assert json.loads(run("outbox", "list", "--routes", "routes.yaml", "--json", *at).out)["unrouted"] == [
        "city-procurement"
    ]
    assert run("outbox", "send", "--routes", "routes.yaml", *at).out == "已送达 0 条，稍后重试 0 条，推送失败 0 条。\n"
    (folder / "taken").touch()
    bad = "source: urn:test\nattempts: 1\nreceivers: {city-procurement: {file: {folder: taken/in}}}\n"
    (folder / "routes.yaml").write_text(bad, encoding="utf-8")
    assert "推送失败 1 条" in run("outbox", "send", "--routes", "routes.yaml", *at).out
    assert "推送失败" in run("outbox", "list", *at).out
    assert run("outbox", "retry", *at).out == "重新排队 1 条；下一次 outbox send 推送。\n"
    (folder / "routes.yaml").write_text(bad.replace("taken/in", "out"), encoding="utf-8")
    assert run("outbox", "send", "--routes", "routes.yaml", *at).out == "已送达 1 条，稍后重试 0 条，推送失败 0 条。\n"
    assert len(list((folder / "out").glob("*.json"))) == 1
    assert "消息（0 条）" in run("outbox", "list", *at).out
    assert "已推送" in run("outbox", "list", "--all", *at).out
    assert run("outbox", "remind", *at).out == "新写催办 0 条；下一次 outbox send 推送。\n"


def test_a_wrong_file_of_routes_is_told_line_by_line(run: Run, store: str, folder: Path) -> None:
    """Place, what, and what was meant; nothing is sent."""
    (folder / "routes.yaml").write_text("source: x\nreceivers: {a: {tabel: {}}}\n", encoding="utf-8")
    ran = run("outbox", "send", "--routes", "routes.yaml", "--store", store)
    assert ran.code == 3
    assert "routes.yaml:2:17: catalog.unknown_key 未知字段 'tabel'，您是否想写 'table'？" in ran.err


def test_a_reassessment_is_pushed(run: Run, store: str) -> None:
    """Whoever was newly restricted or released becomes a message to the receivers named."""
    run("reassess", "--push", "city-trading", "--store", store)
    listed = json.loads(run("outbox", "list", "--json", "--store", store).out)["messages"]
    assert {each["receiver"] for each in listed} <= {"city-trading"}
    assert {each["event"] for each in listed} <= {"subject.restricted", "subject.released"}
