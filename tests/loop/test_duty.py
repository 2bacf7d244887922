"""逢办必查: without a sound, fresh check of this subject in this matter nothing goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jointsanction import Engine, QuestionError, ReceiptError, Subject, UnknownMatterError, require_check
from jointsanction.receipt import digest
from jointsanction.steps.asking.days import SHANGHAI

FIRM = "91990000MA0000001B"
OTHER = "91990000MA0000002E"
HOUR = timedelta(hours=1)
NOW = datetime(2024, 6, 10, 9, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Return an engine whose clock stands still."""
    return Engine.open(clock=lambda: NOW)


@pytest.fixture(scope="module")
def answer(engine: Engine) -> dict[str, Any]:
    """Return an answer about a firm."""
    return engine.check_subject(FIRM, "procurement").model_dump()


def refused(document: dict[str, Any] | None, matter: str = "procurement", **more: Any) -> str:
    """Return why a document will not do."""
    with pytest.raises(ReceiptError) as error:
        require_check(document, matter, HOUR, **({"now": NOW} | more))
    return error.value.code


def test_a_fresh_check_will_do(answer: dict[str, Any]) -> None:
    """Of this subject, by number or as a subject, in this matter by any name."""
    assert require_check(answer, "政府采购供应商", HOUR, subject=FIRM, now=NOW) == answer
    assert require_check(answer, "procurement", HOUR, subject=Subject(uscc=FIRM), now=NOW + HOUR) == answer
    assert require_check(answer, "procurement", HOUR, now=NOW) == answer


def test_what_will_not_do(answer: dict[str, Any]) -> None:
    """None at all, altered, of another matter or subject, too old, or from after the case was handled."""
    assert refused(None) == "receipt.missing"
    assert refused({}) == "receipt.missing"
    assert refused({"receipt": "sha256:0", "results": [1]}) == "receipt.missing"
    assert refused({**answer, "verdict": "favoured"}) == "receipt.altered"
    assert refused(answer, "bidding") == "receipt.other_matter"
    assert refused(answer, subject=OTHER) == "receipt.other_subject"
    assert refused(answer, now=NOW + HOUR + timedelta(seconds=1)) == "receipt.stale"
    assert refused(answer, now=NOW - HOUR) == "receipt.stale"
    assert refused({**answer, "checked_at": "昨天"}) == "receipt.missing"
    with pytest.raises(UnknownMatterError):
        require_check(answer, "xyzzy", HOUR, now=NOW)
    with pytest.raises(QuestionError) as error:
        require_check(answer, "procurement", HOUR, now=NOW.replace(tzinfo=None))
    assert error.value.code == "question.naive_instant"


def test_now_is_now() -> None:
    """Without an instant said it is this one."""
    fresh = Engine.open(clock=lambda: datetime.now(UTC)).check_subject(FIRM, "procurement").model_dump()
    assert require_check(fresh, "procurement", HOUR) == fresh


def test_a_check_of_the_whole_holds_for_its_parts(engine: Engine) -> None:
    """Whoever asked about all procurement asked about its suppliers; not the other way round."""
    whole = engine.check_subject(FIRM, "GPC").model_dump()
    assert require_check(whole, "procurement", HOUR, now=NOW) == whole


def test_of_a_tender_it_is_the_bidders_own(engine: Engine) -> None:
    """The receipt of a tender holds for each of its bidders and nobody else; an unnamed one is nobody in particular."""
    tender = engine.check_tender([Subject(uscc=FIRM), Subject(name="虚构甲公司")], "procurement").model_dump()
    assert require_check(tender, "procurement", HOUR, subject=FIRM, now=NOW) == tender["results"][0]
    assert refused(tender, subject=OTHER) == "receipt.other_subject"


@pytest.mark.parametrize(
    ("as_of", "age", "code"),
    [
        ("2024-06-10", HOUR, None),
        ("2024-06-09", HOUR, "receipt.other_day"),
        ("2024-06-09", 10 * HOUR, None),
        ("2024-06-03", timedelta(days=7), None),
        ("2024-06-02", timedelta(days=7), "receipt.other_day"),
        ("2024-06-11", timedelta(days=7), "receipt.other_day"),
        ("1990-01-01", timedelta(days=7), "receipt.other_day"),
    ],
)
def test_the_day_asked_about_is_that_of_the_case(engine: Engine, as_of: str, age: timedelta, code: str | None) -> None:
    """Asked today about a day long past or still to come, nobody knows what holds on the day of handling."""
    for document in (
        engine.check_subject(FIRM, "procurement", as_of=as_of).model_dump(),
        engine.check_tender([Subject(uscc=FIRM)], "procurement", as_of=as_of).model_dump(),
    ):
        if code is None:
            assert require_check(document, "procurement", age, subject=FIRM, now=NOW)
            continue
        with pytest.raises(ReceiptError) as error:
            require_check(document, "procurement", age, subject=FIRM, now=NOW)
        assert error.value.code == code


@pytest.mark.parametrize("day", [{}, {"as_of": "昨天"}, {"as_of": None}])
def test_without_the_day_asked_about_it_is_no_answer(day: dict[str, Any]) -> None:
    """Whoever seals such a document himself shows no check."""
    body = {"question": {"matter": "GPC", **day}, "subject": {}, "verdict": "clear"}
    assert refused({**body, "receipt": digest(body)}) == "receipt.missing"
