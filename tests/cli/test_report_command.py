"""`jointsanction report`: one page of an answer in a file or of a filed check, never of one that was altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest

from cli_side import ASKED, DEFAULTER, SAMPLES, Run
from jointsanction.engine import Engine
from jointsanction.loop.desk import Desk
from jointsanction.model.caller import Caller
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
from report_side import needs_font

if TYPE_CHECKING:
    from pathlib import Path

_ = pytest.fixture(autouse=True)(needs_font)


@pytest.fixture
def answer(run: Run, sample_store: str, folder: Path) -> str:
    """Return the file of a stored answer."""
    written = run("check", DEFAULTER, *ASKED, "--store", sample_store, "--json").out
    (folder / "answer.json").write_text(written, encoding="utf-8")
    return "answer.json"


def text_of(path: Path) -> str:
    """Return what stands on the first page of a PDF."""
    return pypdf.PdfReader(path).pages[0].extract_text().replace(" ", "").replace("\n", "")


def test_an_answer_in_a_file_becomes_a_page(run: Run, folder: Path, answer: str) -> None:
    """What the officer says of the case stands on it; a second one does not overwrite the first."""
    ran = run("report", answer, "--out", "r.pdf", "--unit", "虚构市交易中心", "--by", "窗口一", "--purpose", "资格审查")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("已出具核查报告：r.pdf，结论“禁止”。")
    assert "虚构市交易中心" in text_of(folder / "r.pdf")
    again = run("report", answer, "--out", "r.pdf")
    assert (again.code, again.err.split("：")[0]) == (2, "错误 catalog.output_exists")


def test_a_folder_of_fonts_that_is_not_there_is_told(run: Run, folder: Path, answer: str) -> None:
    """Whoever names a folder wants its fonts: a name mistyped is no silent choice of another font."""
    ran = run("report", answer, "--out", "r.pdf", "--fonts", "nowhere")
    assert (ran.code, ran.err.split("：")[0]) == (2, "错误 question.font_folder")
    assert not (folder / "r.pdf").exists()
    (folder / "fonts").mkdir()
    assert run("report", answer, "--out", "r.pdf", "--fonts", "fonts").code == 0


def test_an_altered_answer_has_no_report(run: Run, folder: Path, answer: str) -> None:
    """A page that looks official is given of what was answered, and of nothing else."""
    changed = (folder / answer).read_text(encoding="utf-8").replace("prohibited", "clear")
    (folder / answer).write_text(changed, encoding="utf-8")
    ran = run("report", answer, "--out", "r.pdf")
    assert (ran.code, ran.err.split("：")[0]) == (3, "错误 receipt.altered")
    assert not (folder / "r.pdf").exists()


def test_a_file_of_several_answers_is_refused(run: Run, folder: Path, sample_store: str) -> None:
    """Which of them the report would be of, nobody could see."""
    asked = f'{{"subject": "{DEFAULTER}"}}\n{{"subject": "{DEFAULTER}"}}\n'.encode()
    (folder / "two.jsonl").write_text(run("check", "-", *ASKED, "--store", sample_store, stdin=asked).out, "utf-8")
    ran = run("report", "two.jsonl", "--out", "r.pdf")
    assert ran.err.startswith("错误 question.one_answer：文件中有 2 份核查结果")


def test_a_tender_is_one_page_of_all_bidders(run: Run, folder: Path, sample_store: str) -> None:
    """Every bidder stands on it."""
    told = run("tender", str(SAMPLES / "tender.csv"), *ASKED, "--store", sample_store, "--json").out
    (folder / "tender.json").write_text(told, encoding="utf-8")
    ran = run("report", "tender.json", "--out", "r.pdf")
    assert "核查对象：8 个" in ran.out
    assert DEFAULTER in text_of(folder / "r.pdf")


def test_a_filed_check_is_reported_by_its_number(run: Run, folder: Path, sample_store: str) -> None:
    """With the address of the verification page it bears a code; what was revealed is in the audit with its reason."""
    engine = Engine.open(sample_store)
    desk = Desk(engine, Store.open(sample_store, create=False), Docket.open(sample_store))
    words = {"subject": DEFAULTER, "matter": "procurement", "as_of": "2026-06-10"}
    filed = desk.check(words, Caller(account="window-1", unit="虚构市交易中心"), purpose="资格审查")
    page = ("--verify-at", "https://credit.example/verify", "--reveal", "处理异议")
    ran = run("report", filed.number, "--out", "r.pdf", "--store", sample_store, *page)
    assert (ran.code, ran.err) == (0, "")
    assert "验证码：" in ran.out
    assert filed.number in text_of(folder / "r.pdf")
    ran = run("report", "HC20240101-NOBODY", "--out", "s.pdf", "--store", sample_store)
    assert ran.err.startswith("错误 loop.no_such_check")
