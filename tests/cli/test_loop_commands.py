"""`jointsanction loop`, `audit` and `receipt report`: the whole loop at a terminal."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
import typer

from cli_side import DEFAULTER, NOBODY, SAMPLES, Run
from jointsanction.cli.app import APP
from jointsanction.steps.asking.days import SHANGHAI

if TYPE_CHECKING:
    from pathlib import Path

CHECK = (
    "loop",
    "check",
    DEFAULTER,
    "--purpose",
    "资格审查",
    "--coverage",
    "loaded",
    "--case",
    "采1",
    "--unit",
    "采购中心",
)
SAID = ("--item", "0", "--basis", "government-procurement-law:22", "--department", "采购中心", "--by", "经办甲")
LONG = "未通过资格审查，已书面告知供应商，项目由其他供应商中标。"


def filed(run: Run, store: str, matter: str = "procurement") -> str:
    """Return the number of a check that was filed."""
    ran = run(*CHECK, "--matter", matter, "--json", "--store", store)
    assert ran.code == 0, ran
    return str(json.loads(ran.out)["number"])


def test_a_loop_from_check_to_case(run: Run, own_store: str, tmp_path: Path) -> None:
    """Checked, carried out, fed back, reported, counted; and the audit holds it all."""
    where = ("--store", own_store)
    page = run(*CHECK, "--matter", "procurement", *where).out
    assert "核查编号：HC" in page
    number = filed(run, own_store)
    assert number in run("loop", "pending", *where).out
    assert "依法直接执行" in run("loop", "plan", number, *where).out
    assert "试运行" in run("loop", "execute", number, "--dry-run", *where).out
    assert "已登记：" in run("loop", "execute", number, *where).out
    told = run("loop", "feedback", number, *SAID, "--handling", "applied", "--result", LONG, "--typical", *where)
    assert "按期" in told.out, told
    plan = json.loads(run("loop", "plan", number, "--json", *where).out)
    feedback = plan["items"][0]["feedback"]
    assert f"{feedback}：合格，典型案例" in run("loop", "judge", feedback, *where).out
    assert json.loads(run("loop", "judge", feedback, "--json", *where).out)["qualified"]
    for form in ("csv", "json", "xml"):
        out = tmp_path / f"cases.{form}"
        assert "1 个案例" in run("loop", "cases", str(out), "--until", "2999-01-01", *where).out
        assert DEFAULTER not in out.read_text(encoding="utf-8-sig")
    whole = ("--reveal", "省平台要求", "--profile", "pinyin_cases", "--since", "2020-01-01")
    run("loop", "cases", str(tmp_path / "cases.xml"), *whole, *where)
    assert DEFAULTER in (tmp_path / "cases.xml").read_text(encoding="utf-8")
    figures = json.loads(run("loop", "statistics", "--by", "unit", "--json", *where).out)
    assert {row["unit"]: row["queried"] for row in figures["rows"]} == {"采购中心": 2}
    assert "采购中心" in run("loop", "statistics", "--by", "unit, list", "--period", "month", *where).out
    run(
        "loop",
        "statistics",
        "--output",
        str(tmp_path / "s.csv"),
        "--since",
        "2020-01-01",
        "--until",
        "2999-01-01",
        *where,
    )
    assert "核查次数" in (tmp_path / "s.csv").read_text(encoding="utf-8-sig")


def options_of(*words: str) -> set[str]:
    """Return the options of a command."""
    command = typer.main.get_command(APP)
    for word in words:
        command = command.commands[word]  # type: ignore[attr-defined] - a group
    return {name for each in command.params for name in each.opts if name.startswith("--")}


def test_what_can_be_asked_can_be_filed() -> None:
    """`loop check` and `loop tender` take every option of a question that `check` and `tender` take."""
    assert options_of("check") - options_of("loop", "check") == {"--save-case", "--format"}
    assert options_of("tender") - options_of("loop", "tender") == set()


def test_every_word_of_a_question_is_filed(run: Run, own_store: str) -> None:
    """The answer that is filed is the answer to the same question, whatever was asked."""
    words = [
        DEFAULTER, "--name", "示例公司", "--kind", "enterprise", "--matter", "bidding", "--role", "bidder",
        "--region", "410182", "--phase", "before", "--trait", "engineering", "--field", "construction",
        "--size", "small", "--occupation", "teacher", "--related", f"legal-representative:{NOBODY}",
        "--act", "bidding-disqualified:none", "--coverage", "loaded", "--date", "notice:2026-05-06",
        "--date", "evaluation:2026-06-09", "--known-at", "2999-01-01T00:00:00+08:00", "--why",
        "--store", own_store, "--json",
    ]  # fmt: skip
    filed = json.loads(run("loop", "check", *words, "--purpose", "资格审查").out)
    asked = json.loads(run("check", *words).out)
    assert (filed["question"], filed["receipt"]) == (asked["question"], asked["receipt"])
    assert (filed["number"][:2], filed["subject"]["name"]) == ("HC", "示例公司")


def test_a_name_alone_is_filed_as_candidates(run: Run, own_store: str) -> None:
    """A name never confirms, filed or not; and somebody has to be named."""
    words = ("--matter", "procurement", "--purpose", "资格审查", "--store", own_store)
    ran = run("loop", "check", "--name", "西岭示例物资有限公司", *words, "--json")
    assert json.loads(ran.out)["identity"]["status"] == "candidates"
    nobody = run("loop", "check", *words)
    assert (nobody.code, nobody.err.split("：")[0]) == (2, "错误 question.usage")


def test_a_tender_is_filed_on_the_dates_of_its_case(run: Run, own_store: str) -> None:
    """Dates, acts, phase and the rest hold for every bidder, and stand in each answer."""
    words = ["--matter", "procurement", "--phase", "before", "--field", "construction", "--act", "procurement-ban:none"]
    dates = ["--date", "notice:2026-05-06", "--date", "evaluation:2026-06-09", "--purpose", "资格审查", "--why"]
    ran = run("loop", "tender", str(SAMPLES / "tender.csv"), *words, *dates, "--store", own_store, "--json")
    results = json.loads(ran.out)["results"]
    assert {(each["question"]["as_of"], tuple(each["question"]["acts"])) for each in results} == {
        ("2026-06-09", ("procurement-ban:none",))
    }
    assert all(each["question"]["dates"]["notice"] == "2026-05-06" for each in results)
    assert all(each["not_applied"] for each in results)


def test_what_may_be_waits_for_a_name(run: Run, own_store: str) -> None:
    """可以: without a decision nothing is done; a decision has one form, and a case that was not applied is none."""
    where = ("--store", own_store)
    number = filed(run, own_store, "bidding")
    items = json.loads(run("loop", "plan", number, "--json", *where).out)["items"]
    at, (instrument, article) = items[0]["item"], items[0]["basis"][0]
    assert "由人决定" in run("loop", "execute", number, *where).out
    assert run("loop", "execute", number, "--decide", "0=yes", *where).code == 2
    assert "loop.no_decider" in run("loop", "execute", number, "--decide", f"{at}:yes", *where).err
    decided = ("--decide", f"{at}:no", "--decider", "负责人乙", "--reason", "唯一供应商")
    assert "经决定不予执行" in run("loop", "execute", number, *decided, *where).out
    today = datetime.now(SHANGHAI).date().isoformat()
    given = (
        "--item",
        str(at),
        "--basis",
        f"{instrument}:{article}",
        "--handling",
        "其他",
        "--result",
        "唯一",
        "--on",
        today,
    )
    given = (*given, "--department", "采购中心", "--by", "经办甲", "--typical")
    assert run("loop", "feedback", number, *given, *where).code == 0
    plan = json.loads(run("loop", "plan", number, "--json", *where).out)
    judged = run("loop", "judge", plan["items"][0]["feedback"], *where).out
    assert "不合格" in judged
    assert "未认定为典型案例" in judged


def test_a_tender_is_filed(run: Run, own_store: str, tmp_path: Path) -> None:
    """One number for all bidders, and one for each."""
    bidders = tmp_path / "b.csv"
    bidders.write_text(f"id\n{DEFAULTER}\n{NOBODY}\n", encoding="utf-8")
    words = ("loop", "tender", str(bidders), "--matter", "procurement", "--purpose", "评审", "--coverage", "loaded")
    assert "已归档：TB" in run(*words, "--store", own_store).out
    document = json.loads(run(*words, "--json", "--store", own_store).out)
    assert [each["verdict"] for each in document["results"]] == ["prohibited", "clear"]


def test_the_audit_is_read(run: Run, own_store: str, tmp_path: Path) -> None:
    """Verified, its end kept, searched, exported by case; and what is done to it shows."""
    where, head = ("--store", own_store), tmp_path / "head.json"
    number = filed(run, own_store)
    assert DEFAULTER in run("loop", "reveal", number, "--reason", "异议", "--by", "经办甲", *where).out
    head.write_text(run("audit", "head", *where).out, encoding="utf-8")
    assert "2 条记录，包含" in run("audit", "verify", "--head", str(head), *where).out
    assert "2 条记录；台账的 1 件" in run("audit", "verify", *where).out
    assert "审计记录（1 条）" in run("audit", "list", "--action", "reveal", "--since", "2020-01-01", *where).out
    found = json.loads(run("audit", "list", "--subject", DEFAULTER, "--json", *where).out)["records"]
    assert [each["entry"]["officer"] for each in found] == ["经**", None]
    out = tmp_path / "case.jsonl"
    assert run("audit", "export", str(out), "--case", "采1", *where).code == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2
    assert "audit.no_records" in run("audit", "export", str(tmp_path / "x"), "--case", "无", *where).err
    for text in ("x", "[]"):
        (tmp_path / "no.json").write_text(text, encoding="utf-8")
        assert "audit.head" in run("audit", "verify", "--head", str(tmp_path / "no.json"), *where).err
    docket = own_store.removeprefix("sqlite:///").replace("own.db", "own.docket.db")
    with closing(sqlite3.connect(docket)) as connection:
        connection.execute("UPDATE docket_check SET officer = 'x'")
        connection.commit()
        assert f"audit.row_altered：台账与审计不符：{number}" in run("audit", "verify", *where).err
        connection.execute("UPDATE docket_audit SET unit = 'x' WHERE seq = 1")
        connection.commit()
    ran = run("audit", "verify", *where)
    assert (ran.code, "audit.columns" in ran.err) == (3, True)


def test_cases_without_a_check_are_named(run: Run, own_store: str, tmp_path: Path) -> None:
    """Not filed, of another matter or subject, too early or after the fact; the rest are in order."""
    filed(run, own_store)
    today = datetime.now(SHANGHAI).date().isoformat()
    cases = tmp_path / "cases.csv"
    rows = [
        f"采1,procurement,{DEFAULTER},{today}",
        "采1,,,",
        "采9,,,",
        f"采1,procurement,{NOBODY},",
        f"采1,procurement,{DEFAULTER},2024-01-01",
        f"采1,procurement,{DEFAULTER},2999-01-01",
    ]
    cases.write_text("\ufeff案号,事项,证件号码,办理日期\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = json.loads(run("receipt", "report", str(cases), "--json", "--store", own_store).out)
    codes = [each["code"] for each in found["unchecked"]]
    assert codes == ["receipt.missing", "receipt.other_subject", "receipt.stale", "receipt.stale"]
    assert "没有有效核查的 4 件" in run("receipt", "report", str(cases), "--store", own_store).out
    cases.write_text("案号\n采1\n", encoding="utf-8")
    assert "没有有效核查的 0 件" in run("receipt", "report", str(cases), "--store", own_store).out
    cases.write_text("号\n采1\n", encoding="utf-8")
    assert "question.cases" in run("receipt", "report", str(cases), "--store", own_store).err


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("cases", "x.doc"), "question.format"),
        (("cases", "x.csv", "--reveal", " "), "loop.no_reason"),
        (("cases", "x.csv", "--profile", "none"), "registry.unknown_profile"),
        (("judge", "FK0"), "loop.no_such_feedback"),
        (("statistics", "--by", "x"), "question.statistics"),
        (("pending", "--due-by", "x"), "question.date"),
    ],
)
def test_what_was_typed_wrong(run: Run, own_store: str, given: tuple[str, ...], code: str) -> None:
    """Each slip has its code."""
    assert code in run("loop", *given, "--store", own_store).err
