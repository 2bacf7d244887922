"""Working days and deadlines, by calendar files and without."""

from __future__ import annotations

from datetime import date

import pytest

from jointsanction.errors import RegistryError
from jointsanction.worklists.calendar import Calendar, calendar_of, read_calendar
from jointsanction.worklists.deadlines import Deadline, Reckoning

OCTOBER = """日期,安排
# 虚构的放假安排
2026-10-01..2026-10-07,放假

2026-10-10,workday
"""
FRIDAY = date(2026, 6, 5)


def test_weekends_are_off() -> None:
    """Without a calendar only weekends are, and every year on the way is unsure."""
    week = Reckoning(7, Calendar(), working=True)
    found = week.deadline(FRIDAY, date(2026, 6, 16))
    assert found == Deadline(FRIDAY, date(2026, 6, 16), 0, (2026,))
    assert week.deadline(FRIDAY, date(2026, 6, 18)).late == 2


def test_a_calendar_says_what_is_off_and_what_is_worked() -> None:
    """Holidays are skipped, a Saturday worked instead counts; a year that the calendar speaks of is sure."""
    calendar = read_calendar(OCTOBER, "日历.csv")
    assert calendar.years == {2026}
    found = Reckoning(3, calendar, working=True).deadline(date(2026, 9, 30), FRIDAY)
    assert (found.last, found.unknown_years) == (date(2026, 10, 10), ())


@pytest.mark.parametrize(
    ("days", "wanted"), [(1, date(2026, 6, 8)), (3, date(2026, 6, 8)), (4, date(2026, 6, 9)), (0, FRIDAY)]
)
def test_a_term_in_days_ends_on_a_day_worked(days: int, wanted: date) -> None:
    """民法典第二百零三条: a last day that is off is put off to the next that is not."""
    assert Reckoning(days, Calendar(), working=False).deadline(FRIDAY, FRIDAY).last == wanted


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-01,nothing",
        "2026-10-01",
        "2026-10-01,holiday\n2026-13-01,holiday",
        "2026-10-07..2026-10-01,holiday",
        "2026-10-01..2028-10-01,holiday",
        "2026-10-01,holiday\n2026-10-01,workday",
    ],
)
def test_a_wrong_calendar_is_refused(text: str) -> None:
    """A line misread would move a deadline: the line is named."""
    with pytest.raises(RegistryError, match="行") as raised:
        read_calendar(text, "日历.csv")
    assert raised.value.code == "registry.calendar"


def test_a_day_said_twice_alike_is_said_once() -> None:
    """Two departments may have written the same."""
    assert read_calendar("2026-10-01,holiday\n2026-10-01,休", "日历.csv").holidays == {date(2026, 10, 1)}


def test_a_calendar_in_yaml_says_the_same() -> None:
    """Days and spans under two words."""
    text = """holidays: [2026-10-01..2026-10-07]
workdays:
  - 2026-10-10
"""
    assert calendar_of(text.encode(), "日历.YAML") == calendar_of(OCTOBER.encode(), "日历.csv")


@pytest.mark.parametrize(
    "text",
    ["", "holidays: [soon]", "holiday: [2026-10-01]", "holidays: [2026-10-01]\nworkdays: [2026-10-01]", "a: [", "[1]"],
)
def test_a_wrong_calendar_in_yaml_is_refused(text: str) -> None:
    """A word that nobody knows is no holiday."""
    with pytest.raises(RegistryError) as raised:
        calendar_of(text.encode(), "日历.yaml")
    assert raised.value.code == "registry.calendar"
