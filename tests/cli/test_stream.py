"""Questions on stdin: one JSON line each, answered in order with one line each."""

from __future__ import annotations

import json

from cli_side import ASKED, DEFAULTER, NOBODY, Run
from jointsanction.model.document import ResultDocument
from jointsanction.receipt import verify


def lines(*questions: object) -> bytes:
    """Return questions as they are piped in."""
    return "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in questions).encode()


def test_answers_come_in_order_with_their_ref(run: Run, sample_store: str) -> None:
    """Whoever asks over a pipe tells answers apart by `ref`, and by their order."""
    asked = lines(
        {"subject": DEFAULTER, "matter": "procurement", "as_of": "2026-06-10", "ref": "a"},
        {"subject": NOBODY, "matter": "procurement", "as_of": "2026-06-10", "ref": {"case": 7}},
        {"subject": NOBODY, "matter": "procurement", "as_of": "2026-06-10", "ref": None},
    )
    ran = run("check", "-", "--store", sample_store, stdin=asked)
    first, second, third = map(json.loads, ran.out.splitlines())
    assert ran.code == 0
    assert (first["verdict"], first["ref"]) == ("prohibited", "a")
    assert (second["verdict"], second["ref"]) == ("clear", {"case": 7})
    assert "ref" not in third
    ResultDocument.model_validate(third)


def test_options_fill_what_a_line_leaves_out(run: Run, sample_store: str) -> None:
    """The options hold for every line that does not say otherwise; null says nothing."""
    asked = lines({"subject": DEFAULTER}, {"subject": DEFAULTER, "matter": "bidding", "region": None, "explain": True})
    first, second = map(json.loads, run("check", "-", *ASKED, "--store", sample_store, stdin=asked).out.splitlines())
    assert (first["question"]["matter"], first["question"]["region"]) == ("GPC.SUPPLIER", "410182")
    assert (second["question"]["matter"], second["question"]["region"]) == ("BID", "410182")
    assert "not_applied" in second


def test_a_question_of_an_answer_can_be_asked_again(run: Run, sample_store: str) -> None:
    """`question` of an answer is a question: asked again, it gives the same receipt."""
    first = json.loads(run("check", "-", *ASKED, "--store", sample_store, stdin=lines({"subject": DEFAULTER})).out)
    again = json.loads(run("check", "-", "--store", sample_store, stdin=lines(first["question"])).out)
    assert again["receipt"] == first["receipt"]
    verify(again)


def test_subjects_by_name_and_as_objects(run: Run, sample_store: str) -> None:
    """A subject is a number, a name beside it, or an object that says which number it is."""
    asked = lines(
        {"name": "西岭示例物资有限公司"},
        {"subject": {"kind": "enterprise", "name": "西岭示例物资有限公司"}},
        {"subject": {"uscc": DEFAULTER}, "name": "北境示例建设有限公司", "kind": "企业"},
    )
    answers = [
        json.loads(line) for line in run("check", "-", *ASKED, "--store", sample_store, stdin=asked).out.splitlines()
    ]
    assert [answer["identity"]["status"] for answer in answers] == ["candidates", "candidates", "confirmed"]
    assert answers[2]["subject"]["name"] == "北境示例建设有限公司"


def test_a_bad_line_is_answered_with_its_error_and_stops_nothing(run: Run, sample_store: str) -> None:
    """One bad row must not cost the others their answer: each has its own error, blank lines none."""
    asked = (
        b"\xff\n{\n[1]\n\n"
        rb'{"subject": "\ud800", "ref": 1}'
        b"\n"
        + lines(
            {"subject": 5, "ref": 2},
            {"subjct": DEFAULTER, "ref": 3},
            {"subject": {"id": DEFAULTER}, "ref": 4},
            {"subject": DEFAULTER, "traits": "engineering", "ref": 5},
            {"subject": DEFAULTER, "explain": "yes", "ref": 6},
            {"subject": DEFAULTER, "as_of": 20260610, "ref": 7},
            {"subject": DEFAULTER, "matter": "nowhere", "ref": 8},
            {"ref": 9},
            {"subject": DEFAULTER, "ref": 10},
        )
    )
    ran = run("check", "-", *ASKED, "--store", sample_store, stdin=asked)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, ran.err) == (0, "")
    assert [answer.get("ref") for answer in answers] == [None, None, None, None, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    codes = [answer.get("error", {}).get("code") for answer in answers]
    assert codes == [
        *["question.json"] * 4,
        "question.shape",
        "question.unknown_key",
        *["question.shape"] * 4,
        "matter.unknown",
        "question.missing_key",
        None,
    ]
