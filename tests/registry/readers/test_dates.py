"""Dates as offices write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.registry.readers.dates import read_date, read_last_day
from jointsanction.registry.readers.report import Fault

DAY = date(2019, 4, 30)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
SHAPES = (
    "{0:%Y%m%d}",
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0:%Y.%m.%d}",
    "{0:%Y年%m月%d日}",
    "{0.year:04}-{0.month}-{0.day}",
    "{0.year:04}/{0.month}/{0.day}",
    "{0.year:04}.{0.month}.{0.day}",
    "{0.year:04}年{0.month}月{0.day}日",
    "{0.year:04} 年 {0.month} 月 {0.day} 号",
    "{0:%Y-%m-%d} 00:00:00.0",
    "{0:%Y-%m-%d}T08:30",
    "{0:%Y/%m/%d} 8:30:05",
    "{0:%Y%m%d}235959",
)


@given(DAYS, st.sampled_from(SHAPES))
def test_every_shape_of_the_list_is_read(day: date, shape: str) -> None:
    """The shapes met in official files are read, and the day is the one printed."""
    assert read_date(shape.format(day)) == day


@pytest.mark.parametrize(
    "text",
    [
        *("20190430", "2019年4月30日", "2019年04月30日", "2019-04-30", "2019/4/30", "2019.4.30"),
        *("2019 年 4 月 30 日", "2019-04-30 00:00:00.0", "2019-04-30 00:00:00", "20190430000000"),
        *("二〇一九年四月三十日", "二○一九年四月三十号", "二零一九年四月三十日"),
        *("1556553600", "1556553600000"),
    ],
)
def test_every_shape_met_is_read(text: str) -> None:
    """One day, in every shape in which offices were seen to print it; an epoch is the day in Shanghai."""
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二〇年一月一日", date(2020, 1, 1)),
        ("二〇一〇年十月十日", date(2010, 10, 10)),
        ("一九九九年十二月三十一日", date(1999, 12, 31)),
        ("二〇二四年二月二十九日", date(2024, 2, 29)),
        ("二〇二四年十一月二十日", date(2024, 11, 20)),
    ],
)
def test_chinese_numerals_are_read(text: str, day: date) -> None:
    """Documents of courts and offices end with their date in numerals: ten alone, before and after a figure."""
    assert read_date(text) == day


@pytest.mark.parametrize("text", ["２０１９年４月３０日", "　2019-04-30 ", "2019／4／30"])
def test_full_width_twins_are_read(text: str) -> None:
    """A date typed with a Chinese keyboard is the same date."""
    assert read_date(text) == DAY


@given(
    st.integers(1900, 2199),
    st.integers(1, 12),
    st.sampled_from(["{}-{}", "{}/{}", "{}.{}", "{}年{}月", "{}年{:02}月", "{}{:02}", "{} 年 {} 月"]),
)
def test_a_month_is_never_a_day(year: int, month: int, shape: str) -> None:
    """A date without its day is told, never completed: a term would begin on a day nobody decided."""
    found = read_date(shape.format(year, month))
    assert isinstance(found, Fault)
    assert found.code == "date.incomplete"


@given(st.text("0123456789-/.年月日 ", max_size=9))
def test_only_eight_digits_or_both_separators_make_a_day(text: str) -> None:
    """Fewer than eight digits without two equal separators are no date: 201943 is not the third of April."""
    found = read_date(text)
    if isinstance(found, date):
        digits = "".join(char for char in text if char.isdigit())
        signs = "".join(char for char in text if char in "-/.年月")
        assert len(digits) == 8 or signs in {"--", "//", "..", "年月"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("201943", "date.incomplete"),
        ("2019", "date.incomplete"),
        ("2019年", "date.incomplete"),
        ("2019-02-29", "date.no_such_day"),
        ("20191301", "date.no_such_day"),
        ("2019-04/30", "date.shape"),
        ("19-04-30", "date.shape"),
        ("43585", "date.serial"),
        ("43585.5", "date.serial"),
        ("2019年底前", "date.shape"),
        ("持续推进", "date.shape"),
        ("二〇一九年四月", "date.incomplete"),
        ("二〇一九年", "date.incomplete"),
        ("二〇一九年二月三十日", "date.no_such_day"),
        ("二〇一九年四月一百日", "date.shape"),
        ("二〇一九年四月十十日", "date.shape"),
        ("2019年四月三十日", "date.shape"),
        ("1或者3", "date.shape"),
        ("2019年4月", "date.incomplete"),
        ("2019-04-30 25:00", "date.shape"),
        ("长期", "date.open"),
        ("1899-12-31", "date.year"),
        ("2200-01-01", "date.year"),
        ("9999999999", "date.year"),
    ],
)
def test_anything_else_is_told(text: str, code: str) -> None:
    """A closed list of shapes: what is not on it is an error of its row, never today's date."""
    found = read_date(text)
    assert isinstance(found, Fault)
    assert found.code == code
    assert text not in found.message or text == "长期"


@given(st.datetimes(datetime(2001, 9, 10), datetime(2199, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_epochs_are_days_in_shanghai(instant: datetime) -> None:
    """中国标准时间: an epoch of a Chinese register is the day in Shanghai, often the day after that in UTC."""
    seconds = int(instant.timestamp())
    day = (instant + timedelta(hours=8)).date()
    assert read_date(str(seconds)) == day
    assert read_date(f"{seconds}{instant.microsecond // 1000:03}") == day


def test_an_instant_with_a_zone_is_a_day_in_shanghai() -> None:
    """What was published at 16:00 UTC was published the next day in China."""
    assert read_date("2019-04-29T16:00:00Z") == DAY
    assert read_date("2019-04-30T00:00:00.000+08:00") == DAY
    assert read_date("2019-04-30 23:30+0900") == DAY


@pytest.mark.parametrize("text", ["长期", "永久", "无固定期限", "9999-12-31", "99991231"])
def test_an_open_end_is_no_day(text: str) -> None:
    """长期 and 9999-12-31 say that no last day is set."""
    assert read_last_day(text) is None


def test_a_last_day_is_a_day() -> None:
    """有效期止 is the last day bound."""
    assert read_last_day("2019年4月30日") == DAY
    assert isinstance(read_last_day("2019年4月"), Fault)
