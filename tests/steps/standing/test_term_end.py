"""Terms by the civil code: the first day is not counted, the corresponding day is the last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds as w
from jointsanction import Act
from jointsanction.model.catalogue import Duration
from jointsanction.steps.standing import term_end
from jointsanction.steps.standing.term_end import act_term, add_months

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2022-03-01", 36, "2025-03-01"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-06-10", 0, "2024-06-10"),
    ],
)
def test_a_term_ends_with_the_corresponding_day(start: str, months: int, end: str) -> None:
    """民法典202: with no corresponding day, the month's last day is the end."""
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_ends_are_worked_out_anew_when_too_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is kept, the end of a listing is the same."""
    monkeypatch.setattr(term_end, "_KEPT", 2)
    terms = term_end.ListTerms({"BL.A": w.list_type(term=[{"years": 3, "text": "verified"}])})
    for year in (2020, 2021, 2022, 2020):
        ends = terms["BL.A", date(year, 6, 9)]
        assert ends is not None
        assert ends[0].latest == date(year + 3, 6, 9)
        assert len(terms) <= 2


@given(DAYS, st.integers(0, 240))
def test_a_longer_term_never_ends_earlier(start: date, months: int) -> None:
    """Terms grow with their length, and by no more than a month a month."""
    end, later = add_months(start, months), add_months(start, months + 1)
    assert end < later <= end + timedelta(days=31)


def days(**term: Any) -> Duration:
    """Make a duration."""
    return Duration.model_validate(term)


ACT = Act(type="licence-revoked", decision_made=date(2020, 1, 15))
SENTENCE = Act(type="criminal-sentence", decision_made=date(2020, 1, 15))


@pytest.mark.parametrize(
    ("act", "duration", "day", "reason"),
    [
        (ACT, days(life=True), "2090-01-01", "applies"),
        (ACT, days(indefinite=True), "2090-01-01", "applies"),
        (ACT, days(years=1), "2021-01-15", "applies"),
        (ACT, days(years=1), "2021-01-16", "term-ended"),
        (ACT, days(months=6), "2020-07-15", "applies"),
        (ACT, days(months=6), "2020-07-16", "term-ended"),
        (ACT, days(calendar_year=True), "2020-12-31", "applies"),
        (ACT, days(calendar_year=True), "2021-01-01", "term-ended"),
        (ACT, days(years=1, runs_from="unstated"), "2021-01-16", "term-ended"),
        (ACT, days(years=1, bites_from="served"), "2020-02-01", "not-in-force"),
        (ACT, days(until="registration-cancelled"), "2020-01-15", "applies"),
        (ACT, days(), "2090-01-01", "applies"),
        (SENTENCE, days(years=5, runs_from=["sentence-served", "decision-made"]), "2090-01-01", "applies"),
        (ACT, days(years=5, runs_from=["sentence-served", "decision-made"]), "2025-01-16", "term-ended"),
        (SENTENCE, days(years=5, runs_from="decision-made"), "2025-01-16", "term-ended"),
        (ACT, days(set_by="order"), "2090-01-01", "applies"),
        (ACT, days(set_by="order", years=[1, 3], runs_from="served"), "2090-01-01", "applies"),
        (ACT, days(years=1, when={"probation": True}), "2090-01-01", "applies"),
        (ACT, days(years=[1, 3]), "2021-01-16", "term-unknown"),
    ],
)
def test_how_long_an_act_bites(act: Act, duration: Duration, day: str, reason: str) -> None:
    """ENCODING §4, with no end event yet = still running."""
    assert act_term(act, (duration,), date.fromisoformat(day)).reason == reason


@given(DAYS, st.integers(1, 10), st.integers(-2, 2))
def test_the_last_day_is_bound_and_the_next_is_free(decided: date, years: int, offset: int) -> None:
    """Both sides of the end, for every day of the calendar."""
    end = add_months(decided, 12 * years)
    act = Act(type="licence-revoked", decision_made=decided)
    term = act_term(act, (days(years=years),), end + timedelta(days=offset))
    assert (term.reason == "applies") == (offset <= 0)
    assert term.until == end


def test_a_term_beyond_the_calendar_never_ends() -> None:
    """A ban of thousands of years is a slip of whoever wrote it, and no reason to fall over."""
    assert add_months(date(2024, 1, 1), 12 * 9000) == date.max
