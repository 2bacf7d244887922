"""Verifying stored answers on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cli_side import ASKED, DEFAULTER, SAMPLES, Run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def answer(run: Run, sample_store: str) -> str:
    """Return a stored answer."""
    return run("check", DEFAULTER, *ASKED, "--store", sample_store, "--json").out


def test_an_unaltered_answer_is_verified(run: Run, folder: Path, answer: str) -> None:
    """What `check --json` printed verifies as long as nobody touched it."""
    (folder / "answer.json").write_text(answer, encoding="utf-8")
    ran = run("receipt", "verify", "answer.json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("凭证相符：1 份核查结果自出具以来没有改动。")
    assert json.loads(answer)["receipt"] in ran.out


def test_an_altered_answer_is_refused(run: Run, folder: Path, answer: str) -> None:
    """One word changed is seen, with exit code 3."""
    (folder / "answer.json").write_text(answer.replace("prohibited", "clear"), encoding="utf-8")
    ran = run("receipt", "verify", "answer.json")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("错误 receipt.altered：")


def test_answers_of_a_stream_are_verified_line_by_line(run: Run, folder: Path, sample_store: str) -> None:
    """Lines of a stream keep their `ref`; lines that are errors are counted and no more."""
    asked = f'{{"subject": "{DEFAULTER}", "ref": 1}}\n{{"subject": "{DEFAULTER}", "ref": 2}}\n{{}}\n'.encode()
    out = run("check", "-", *ASKED, "--store", sample_store, stdin=asked).out
    (folder / "answers.jsonl").write_text(out + "\n", encoding="utf-8")
    ran = run("receipt", "verify", "answers.jsonl")
    assert ran.out.startswith("凭证相符：2 份核查结果自出具以来没有改动（另有 1 项是出错信息，没有凭证）。")
    lines = out.splitlines()
    lines[1] = lines[1].replace("prohibited", "clear")
    (folder / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ran = run("receipt", "verify", "answers.jsonl")
    assert ran.code == 3
    assert "第 2 行：凭证与内容不符" in ran.err


def test_answers_in_an_array_are_verified_one_by_one(run: Run, folder: Path, sample_store: str) -> None:
    """`check -` answers an array with an array: each of it is verified, and the one that was altered is named."""
    asked = f'[{{"subject": "{DEFAULTER}"}}, {{"subject": "12345"}}, {{"subject": "{DEFAULTER}"}}]'.encode()
    told = run("check", "-", *ASKED, "--store", sample_store, stdin=asked).out
    (folder / "answers.json").write_text(told, encoding="utf-8")
    ran = run("receipt", "verify", "answers.json")
    assert ran.out.startswith("凭证相符：2 份核查结果自出具以来没有改动（另有 1 项是出错信息，没有凭证）。")
    (folder / "answers.json").write_text("clear".join(told.rsplit("prohibited", 1)), encoding="utf-8")
    assert "第 3 项：" in run("receipt", "verify", "answers.json").err
    (folder / "answers.json").write_text('[1, ""]', encoding="utf-8")
    assert "错误 receipt.unreadable：第 1 项" in run("receipt", "verify", "answers.json").err


def test_a_tender_is_verified_with_its_parts(run: Run, folder: Path, sample_store: str) -> None:
    """A tender's answer falls with any of its parts."""
    out = run("tender", str(SAMPLES / "tender.csv"), *ASKED, "--store", sample_store, "--json").out
    (folder / "tender.json").write_text(out, encoding="utf-8")
    assert run("receipt", "verify", "tender.json").code == 0
    (folder / "tender.json").write_text(out.replace("BL.WAGE", "BL.TAX", 1), encoding="utf-8")
    assert run("receipt", "verify", "tender.json").code == 3


@pytest.mark.parametrize(
    ("text", "code", "error"),
    [
        ("", 3, "receipt.missing"),
        ("{}", 3, "receipt.missing"),
        ('{"error": {}}', 3, "receipt.missing"),
        ('{"receipt": "sha256:0", "results": [{}]}', 3, "receipt.missing"),
        ('{"receipt": "sha256:0", "results": [5]}', 3, "receipt.missing"),
        ('{"receipt": "md5:0"}', 3, "receipt.algorithm"),
        ("核查结果", 3, "receipt.unreadable"),
        ("[1]", 3, "receipt.unreadable"),
        ("\x00\xff", 3, "receipt.unreadable"),
        (None, 2, "registry.no_file"),
    ],
)
def test_what_is_no_answer(run: Run, folder: Path, text: str | None, code: int, error: str) -> None:
    """A file that holds no answer is told so."""
    if text is not None:
        (folder / "answer.json").write_text(text, encoding="latin-1" if "\xff" in text else "utf-8")
    ran = run("receipt", "verify", "answer.json")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(f"错误 {error}：")


def test_an_answer_is_held_against_today(run: Run, folder: Path, sample_store: str, answer: str) -> None:
    """Each answer is asked again, and what changed is told with its cause."""
    (folder / "answer.json").write_text(answer, encoding="utf-8")
    ran = run("receipt", "recheck", "answer.json", "--store", sample_store)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("复查 1 份核查结果：0 份与现在不同，1 份相同。")
    assert "用当时的目录和名单重做，结果相同" in ran.out


def test_a_change_is_told_with_its_cause(run: Run, folder: Path, own_store: str, answer: str) -> None:
    """A release that came in later is the lists' doing."""
    (folder / "answer.json").write_text(answer, encoding="utf-8")
    released = f"失信被执行人名单,{DEFAULTER},2025-03-10,2026-06-01,（2025）示9900执1号"
    headers = "名单,统一社会信用代码,列入日期,移出日期,文书文号"
    (folder / "released.csv").write_text(f"{headers}\n{released}\n", encoding="utf-8")
    took = run("import", "released.csv", "--store", own_store)
    assert took.code == 0, took.err
    ran = run("receipt", "recheck", "answer.json", "--store", own_store)
    assert "1 份与现在不同" in ran.out
    assert "结论：禁止 → 未发现（名单变了）" in ran.out
    assert "拒绝参与政府采购活动：适用 → 已移出（名单变了）" in ran.out
    document = json.loads(run("receipt", "recheck", "answer.json", "--store", own_store, "--json").out)
    assert document["rechecks"][0]["reproduced"] is True


def test_what_was_not_kept_is_told(run: Run, folder: Path, answer: str) -> None:
    """Against another store nobody can say what made the difference."""
    (folder / "answer.json").write_text(answer, encoding="utf-8")
    (folder / "other.csv").write_text("名单,名称,统一社会信用代码,列入日期,文号\n", encoding="utf-8")
    run("import", "other.csv", "--list", "BL.TAX", "--store", "sqlite:///other.db")
    ran = run("receipt", "recheck", "answer.json", "--store", "sqlite:///other.db")
    assert "当时的名单没有保存在名单库中，无法重现" in ran.out
    assert "没有（当时的目录或名单没有保存，原因不明）" in ran.out


def test_a_tender_is_held_against_today_bidder_by_bidder(run: Run, folder: Path, sample_store: str) -> None:
    """Errors in a stream are passed over, and every bidder is asked again."""
    out = run("tender", str(SAMPLES / "tender.csv"), *ASKED, "--store", sample_store, "--json").out
    (folder / "tender.json").write_text(out, encoding="utf-8")
    ran = run("receipt", "recheck", "tender.json", "--store", sample_store)
    assert ran.out.startswith("复查 8 份核查结果：0 份与现在不同")


def test_a_filed_tender_is_verified_and_held_against_today(run: Run, folder: Path, sample_store: str) -> None:
    """What the service answers of a tender has numbers, its own and one for each part: no receipt stands for them."""
    document = json.loads(run("tender", str(SAMPLES / "tender.csv"), *ASKED, "--store", sample_store, "--json").out)
    results = [{**part, "number": f"HC20260610-00000000000{at}"} for at, part in enumerate(document["results"])]
    filed = {"number": "TB20260610-000000000000", **document, "results": results}
    (folder / "filed.json").write_text(json.dumps(filed, ensure_ascii=False), encoding="utf-8")
    assert run("receipt", "verify", "filed.json").out.startswith("凭证相符：1 份核查结果")
    ran = run("receipt", "recheck", "filed.json", "--store", sample_store)
    assert (ran.code, ran.out[:14]) == (0, "复查 8 份核查结果：0 份")
