"""The dates of a case: the matter says which decides, every date is answered, and all of it is under the receipt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.catalog.explain import explain
from jointsanction.errors import QuestionError
from jointsanction.steps.asking.case_dates import read_dates
from jointsanction.terms import CaseDate, Verdict

if TYPE_CHECKING:
    from jointsanction.model.result import CheckResult

WINDOW = {"dates": ["notice", "deadline", "evaluation"], "decides": "evaluation"}
RELEASED = {"removed_on": date(2024, 6, 1)}


def ask(**words: Any) -> CheckResult:
    """Ask about a firm that was released between notice and evaluation."""
    catalog = w.world(w.matter(window=WINDOW), w.measure())
    return w.engine(catalog, w.listing(**RELEASED)).check_subject(w.FIRM, "M.X", **words)


def test_the_date_that_decides_is_the_day_asked_about() -> None:
    """法〔2016〕285号 looks at the day of evaluation, whatever was so on the day of notice."""
    result = ask(dates={"notice": "2024-05-06", "evaluation": "2024-06-10"})
    assert (result.verdict, result.model_dump()["question"]["as_of"]) == (Verdict.CLEAR, "2024-06-10")


def test_every_date_is_answered_in_the_document() -> None:
    """Who was on a list when the notice came out can be seen, and which day counted."""
    document = ask(dates={"evaluation": "2024-06-10", "notice": "2024-05-06"}).model_dump()
    assert document["question"]["dates"] == {"notice": "2024-05-06", "evaluation": "2024-06-10"}
    assert document["window"] == {
        "decides": "evaluation",
        "days": [
            {"which": "notice", "on": "2024-05-06", "verdict": "prohibited", "measures": ["bar"]},
            {"which": "evaluation", "on": "2024-06-10", "verdict": "clear", "measures": []},
        ],
    }


def test_the_dates_are_under_the_receipt() -> None:
    """Two cases with other dates have other receipts, and a question written out keeps its own."""
    catalog = w.world(w.matter(window=WINDOW), w.measure())
    engine = w.engine(catalog, w.listing(**RELEASED))
    first = engine.check_subject(w.FIRM, "M.X", dates={"notice": "2024-05-06", "evaluation": "2024-06-10"})
    other = engine.check_subject(w.FIRM, "M.X", dates={"notice": "2024-05-07", "evaluation": "2024-06-10"})
    assert first.receipt != other.receipt
    assert engine.ask(first.model_dump()["question"]).receipt == first.receipt


def test_without_dates_there_is_no_window() -> None:
    """A day asked about by itself is answered by itself."""
    document = ask(as_of="2024-05-06").model_dump()
    assert (document["window"], document["question"]["dates"]) == (None, {})


def test_before_the_deciding_day_the_day_asked_about_is_said() -> None:
    """Between deadline and evaluation somebody may ask how it stands, and must say for which day."""
    result = ask(dates=["notice:2024-05-06", "deadline:2024-05-27"], as_of="2024-05-28")
    assert result.verdict is Verdict.PROHIBITED
    assert result.window is not None
    assert [day.verdict for day in result.window.days] == [Verdict.PROHIBITED, Verdict.PROHIBITED]


def test_the_same_day_may_be_given_twice_over() -> None:
    """The day asked about may stand beside the date that decides, when they agree."""
    assert ask(dates="evaluation:2024-06-10", as_of="2024-06-10").verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"dates": {"notice": "2024-05-06"}}, "缺少评审日"),
        ({"dates": {"notice": "2024-05-06", "evaluation": "2024-05-05"}}, "评审日（2024-05-05）早于公告日"),
        ({"dates": {"accepted": "2024-05-06"}}, "没有这样的时点：受理日"),
        ({"dates": {"evaluation": "2024-06-10"}, "as_of": "2024-06-09"}, "核查基准日与评审日（2024-06-10）不同"),
        ({"dates": {"notice": "2024-05-06"}, "as_of": "2024-05-05"}, "早于公告日"),
        ({"dates": ["notice:2024-05-06", "notice:2024-05-07"]}, "公告日写了两次"),
        ({"dates": "notice"}, "应写作“时点:日期”"),
        ({"dates": 3}, "应为“时点:日期”"),
    ],
)
def test_dates_that_make_no_sense_are_refused(words: dict[str, Any], said: str) -> None:
    """Every slip is told with what to write instead, and nothing is answered."""
    with pytest.raises(QuestionError) as refused:
        ask(**words)
    assert refused.value.code == "question.case_dates"
    assert said in refused.value.message
    assert refused.value.hint


def test_a_matter_without_a_window_takes_no_dates() -> None:
    """Where nobody said which day decides, the officer names the day himself."""
    with pytest.raises(QuestionError, match="没有规定按哪个办理时点核查"):
        w.engine(w.world(w.measure())).check_subject(w.FIRM, "M.X", dates={"notice": "2024-05-06"})


@pytest.mark.parametrize(
    ("value", "code"), [("open:2024-05-06", "question.unknown_word"), ("notice:x", "question.date")]
)
def test_words_and_dates_nobody_knows_are_refused(value: str, code: str) -> None:
    """The nearest word is named, and a date is a date."""
    with pytest.raises(QuestionError) as refused:
        ask(dates=[value])
    assert refused.value.code == code


def test_dates_come_in_every_shape_a_caller_has() -> None:
    """A mapping, texts, pairs or one text; the order is that of the case."""
    pairs = ((CaseDate.NOTICE, date(2024, 5, 6)), (CaseDate.EVALUATION, date(2024, 6, 10)))
    assert read_dates({"评审日": "2024-06-10", "notice": date(2024, 5, 6)}) == pairs
    assert read_dates(pairs) == pairs
    assert read_dates("notice:2024-05-06") == pairs[:1]
    assert read_dates(None) == ()


def test_a_matter_says_which_day_decides_and_why() -> None:
    """`catalog explain` tells the dates of a case, the one that decides, and the ground for it if there is one."""
    ground = [{"instrument": "law", "carries": "implements", "text": "recalled"}]
    told = explain(w.world(w.matter(window={**WINDOW, "basis": ground})), "M.X")
    assert "- 核查时点：公告日、投标或响应截止日、评审日；以评审日为准（《law》（law））" in told
    assert explain(w.world(w.matter(window=WINDOW)), "M.X").endswith("以评审日为准")


def test_every_bidder_of_a_tender_is_answered_on_the_dates_of_the_tender() -> None:
    """The dates are the tender's, so they hold for all."""
    catalog = w.world(w.matter(window=WINDOW), w.measure())
    engine = w.engine(catalog, w.listing(**RELEASED))
    dates = {"notice": "2024-05-06", "evaluation": "2024-06-10"}
    found = engine.check_tender([w.Subject(uscc=w.FIRM), w.Subject(uscc=w.PARTNER)], "M.X", dates=dates)
    assert [[day.verdict.value for day in each.window.days] for each in found.results if each.window] == [
        ["prohibited", "clear"],
        ["clear", "clear"],
    ]
