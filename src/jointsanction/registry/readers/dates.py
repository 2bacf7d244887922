"""Dates as offices write them (日期): a closed list of shapes, and nothing else is a date.

A month is never a day, a serial number of a spreadsheet never a year and a month. Epoch seconds and milliseconds are
days in Shanghai; the day in UTC is often the one before.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

from jointsanction.identity.folding import plain
from jointsanction.registry.readers.report import Fault

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Asia/Shanghai without summer time, which ended in 1991; it needs no time-zone data on the machine."""

_CLOCK: Final = r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.[0-9]+)?)?"
_TIME: Final = rf"(?:(?:T|\s+){_CLOCK}\s*(Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])?)?"
_SHAPES: Final = (
    re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_TIME}"),
    re.compile(rf"([0-9]{{4}})\s*年\s*([0-9]{{1,2}})\s*月\s*([0-9]{{1,2}})\s*[日号]{_TIME}"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9]))?()"),
    re.compile(rf"([0-9]{{4}})/([0-9]{{1,2}})/([0-9]{{1,2}}){_TIME}"),
    re.compile(rf"([0-9]{{4}})\.([0-9]{{1,2}})\.([0-9]{{1,2}}){_TIME}"),
)
_EPOCH: Final = re.compile(r"([0-9]{10})([0-9]{3})?")
_INCOMPLETE: Final = re.compile(r"[0-9]{4}\s*年?|[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*月?|[0-9]{6}")
_SERIAL: Final = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_OPEN_ENDS: Final = frozenset({"长期", "长期有效", "永久", "终身", "无期限", "无固定期限", "不限期", "至今"})
_YEARS: Final = range(1900, 2200)
_FOR_EVER: Final = 9999
_ONES: Final = "〇○零一二三四五六七八九"
_TO_DIGITS: Final = str.maketrans(_ONES, "000123456789")
_IN_NUMERALS: Final = re.compile(f"([{_ONES}]{{4}})年(?:([{_ONES}十]{{1,3}})月)?(?:([{_ONES}十]{{1,3}})[日号])?")


def read_date(text: str) -> date | Fault:
    """Return the day a cell names (日期), or why it names none.

    >>> read_date("2019年4月30日")
    datetime.date(2019, 4, 30)
    >>> read_date("1562947200")
    datetime.date(2019, 7, 13)
    >>> read_date("二〇一九年四月三十日")
    datetime.date(2019, 4, 30)
    >>> read_date("2019年4月").code
    'date.incomplete'
    """
    folded = _in_digits(plain(text))
    for shape in _SHAPES:
        match = shape.fullmatch(folded)
        if match is not None:
            return _day(match)
    epoch = _EPOCH.fullmatch(folded)
    if epoch is not None:
        return _in_years(datetime.fromtimestamp(int(epoch[1]), SHANGHAI).date())
    return _refusal(folded)


def read_last_day(text: str) -> date | Fault | None:
    """Return the last day a cell names (有效期止); None for one without end (长期, 9999-12-31)."""
    folded = plain(text)
    if folded in _OPEN_ENDS or folded.startswith(str(_FOR_EVER)):
        return None
    return read_date(folded)


def _in_digits(text: str) -> str:
    """Return a date in Chinese numerals (二〇一九年四月三十日) in Arabic ones, anything else as it is."""
    match = _IN_NUMERALS.fullmatch(text)
    if match is None:
        return text
    year, month, day = match.groups()
    parts = [f"{_number(numeral)}{unit}" for numeral, unit in ((month, "月"), (day, "日")) if numeral]
    return f"{year.translate(_TO_DIGITS)}年{''.join(parts)}"


def _number(numeral: str) -> str:
    """Return a month or a day in digits: before 十 an unwritten one, after it an unwritten nought."""
    tens, ten, ones = numeral.partition("十")
    whole = f"{tens or '一'}{ones or '〇'}" if ten else numeral
    return whole.translate(_TO_DIGITS)


def _day(match: re.Match[str]) -> date | Fault:
    year, month, day, hour, minute, second, *zone = match.groups()
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return Fault("date.no_such_day", "日历上没有这一天，请核对月、日。")
    if zone and zone[0]:
        instant = datetime.fromisoformat(f"{found}T{int(hour):02}:{minute}:{second or '00'}{_offset(zone[0])}")
        return _in_years(instant.astimezone(SHANGHAI).date())
    return _in_years(found)


def _offset(zone: str) -> str:
    return "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}"


def _in_years(day: date) -> date | Fault:
    if day.year in _YEARS:
        return day
    return Fault("date.year", f"年份不在 {_YEARS.start} 至 {_YEARS.stop - 1} 之间，请核对。")


def _refusal(text: str) -> Fault:
    if _INCOMPLETE.fullmatch(text) is not None:
        return Fault("date.incomplete", "日期不完整，缺少日（不会按月初或当天补齐），请写到日，例如 2024-04-30。")
    if _SERIAL.fullmatch(text) is not None:
        return Fault("date.serial", "是电子表格的日期序号，请把该列设为日期格式后另存。")
    if text in _OPEN_ENDS:
        return Fault("date.open", "“长期”只能用于有效期止。")
    return Fault("date.shape", "无法识别的日期，可用 2024-04-30、2024/4/30、2024.4.30、20240430、2024年4月30日。")
