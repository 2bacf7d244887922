"""Commitments on the command line: made, followed up, listed, due, from an answer, and talks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cli_side import DEFAULTER, NOBODY, ListFile, Run

if TYPE_CHECKING:
    from pathlib import Path

MODEL = "91990000MA0000001B"
ASKED = ("--matter", "容缺受理", "--region", "370000", "--as-of", "2024-06-10", "--coverage", "loaded")


def made(run: Run, store: str, *words: str) -> str:
    """Make a commitment and return its id."""
    plain = ("--type", "主动公示型", "--content", "按期公示年报", "--on", "2024-06-01", "--authority", "虚构市信用办")
    ran = run("commitment", "make", NOBODY, *plain, *words, "--store", store)
    assert ran.code == 0, ran.err
    return ran.out.split("承诺 ")[1].partition("，")[0].partition("；")[0]


def test_a_commitment_from_making_to_breach(run: Run, own_store: str) -> None:
    """The closed loop: made, shown in a check, overdue, broken, listed with its course."""
    kept = ("--store", own_store)
    id_ = made(run, own_store, "--due", "2024-06-09", "--matter", "容缺受理", "--public", "--source", "承诺书1号")
    page = run("check", NOBODY, *ASKED, *kept).out
    assert "信用预警" in page
    assert "已逾期" in page
    assert "容缺受理型：可以承诺办理" in page
    falling = run("commitment", "due", "--as-of", "2024-06-10", *kept).out
    assert "其中已逾期 1 项" in falling
    assert NOBODY not in falling
    document = json.loads(run("commitment", "due", "--within", "0", "--as-of", "2024-06-08", "--json", *kept).out)
    assert document == {"commitments": []}
    said = ("--by", "虚构市信用办", "--on", "2024-06-10", "--reason", "经核查未公示", "--evidence", "虚核〔2024〕1号")
    assert run("commitment", "event", id_, "违背", *said, *kept).code == 0
    held = (
        "--type",
        "警示约谈",
        "--by",
        "虚构市信用办",
        "--on",
        "2024-06-10",
        "--reason",
        "违背承诺",
        "--result",
        "agreed",
    )
    assert run("commitment", "talk", NOBODY, *held, "--commitment", id_, *kept).code == 0
    page = run("check", NOBODY, *ASKED, *kept).out
    assert "不适用：同类或者同一事项的违背、虚假承诺尚未修复（承诺 " + id_ in page
    assert "警示约谈：虚构市信用办：违背承诺；接受约谈并承诺整改" in page
    listed = run("commitment", "list", NOBODY, "--as-of", "2024-06-10", *kept).out
    assert all(
        part in listed for part in ("违背", "约谈（1 次）", f"承诺 {id_} 的经过", "承诺书1号", "虚核〔2024〕1号")
    )
    earlier = run("commitment", "list", NOBODY, "--as-of", "2024-06-09", *kept).out
    assert "虚核〔2024〕1号" not in earlier
    assert "约谈" not in earlier
    document = json.loads(run("commitment", "list", "--json", *kept).out)
    assert [each["state"] for each in document["commitments"][0]["events"]] == ["breached"]
    assert [(each["subject"], each["commitment"]) for each in document["talks"]] == [(NOBODY, id_)]


def test_a_commitment_without_a_due_date_is_listed(run: Run, own_store: str) -> None:
    """Not every promise falls due, and today is the day when none is said."""
    id_ = made(run, own_store)
    listed = run("commitment", "list", "--store", own_store).out
    assert "未定" in listed
    assert "的经过" not in listed
    assert id_ not in run("commitment", "due", "--store", own_store).out
    assert "0 项" in run("commitment", "list", "--as-of", "2024-05-31", "--store", own_store).out
    document = json.loads(run("commitment", "list", "--json", "--store", own_store).out)
    assert document["commitments"][0]["due"] is None


def test_a_saved_case_keeps_the_breach(run: Run, own_store: str, tmp_path: Path) -> None:
    """A case has no registry of commitments, so the breach is written as the act it is."""
    id_ = made(run, own_store)
    said = ("--by", "某办", "--on", "2024-06-10", "--reason", "经核查", "--evidence", "虚核〔2024〕1号")
    assert run("commitment", "event", id_, "falsified", *said, "--store", own_store).code == 0
    file = tmp_path / "a.test.yaml"
    ran = run("check", NOBODY, *ASKED, "--store", own_store, "--save-case", str(file))
    assert ran.code == 0, ran.err
    assert "commitment-breach:2024-06-10:kinds=主动承诺型+虚假" in file.read_text(encoding="utf-8")


def answered(run: Run, store: str, file: Path, subject: str = MODEL) -> str:
    """Keep an answer in a file."""
    ran = run("check", subject, *ASKED, "--store", store, "--json")
    file.write_text(ran.out, encoding="utf-8")
    return str(file)


def test_a_commitment_from_an_answer(run: Run, own_store: str, tmp_path: Path, list_file: ListFile) -> None:
    """An incentive granted on a written promise becomes a commitment with a due date (FEATURES 67)."""
    red = list_file(f"RL.G33,虚构甲公司,{MODEL},2024-03-01,")
    assert run("import", red, "--store", own_store).code == 0
    file = answered(run, own_store, tmp_path / "answer.json")
    plain = ("commitment", "make", "--from-answer", file, "--on", "2024-06-10", "--store", own_store)
    refused = run(*plain)
    assert (refused.code, "question." in refused.err) == (2, True)
    granted = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))["findings"]
    measure = next(each["measure"] for each in granted if each["applies"] and each["degree"] == "defer-documents")
    assert "question.no_due" in run(*plain, "--measure", measure).err
    ran = run(*plain, "--measure", measure, "--due", "2024-06-20")
    assert ran.code == 0, ran.err
    assert "容缺受理型承诺" in ran.out
    listed = json.loads(run("commitment", "list", MODEL, "--json", "--store", own_store).out)["commitments"]
    assert [(each["matter"], each["measure"], each["due"]) for each in listed] == [("LIC.TOL", measure, "2024-06-20")]
    for other in ((NOBODY,), ("--matter", "LIC.TOL"), ("--source", "承诺书")):
        assert "question.usage" in run(*plain, *other).err
    both = tmp_path / "both.jsonl"
    line = json.dumps(json.loads((tmp_path / "answer.json").read_text(encoding="utf-8")), ensure_ascii=False)
    both.write_text(f"{line}\n{line}\n", encoding="utf-8")
    several = run("commitment", "make", "--from-answer", str(both), "--store", own_store)
    assert (several.code, "2 份" in several.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("make", NOBODY, "--type", "proof"), "question.usage"),
        (("make", NOBODY, "--type", "proof", "--content", "属实", "--due", "昨天"), "question.date"),
        (("make", NOBODY, "--type", "proof", "--content", "属实", "--matter", "没有的事项"), "matter.unknown"),
        (("make", "虚构甲公司", "--type", "proof", "--content", "属实"), "commitment.no_number"),
        (("event", "none", "breached", "--by", "某局"), "registry.no_commitment"),
        (("event", "none", "broken", "--by", "某局"), "question.unknown_word"),
    ],
)
def test_what_is_wrong_is_told(run: Run, own_store: str, words: tuple[str, ...], code: str) -> None:
    """Every mistake has its code and what to do."""
    ran = run("commitment", *words, "--store", own_store)
    assert ran.code in (2, 3)
    assert code in ran.err


def test_the_recheck_tells_of_commitments(run: Run, own_store: str, tmp_path: Path) -> None:
    """What was promised since an answer was given is told by name."""
    file = answered(run, own_store, tmp_path / "answer.json", DEFAULTER)
    plain = ("--type", "信用修复型", "--content", "履行判决", "--on", "2024-06-01", "--store", own_store)
    assert run("commitment", "make", DEFAULTER, *plain).code == 0
    told = run("receipt", "recheck", file, "--store", own_store).out
    assert "信用承诺：无 → 信用修复型" in told
