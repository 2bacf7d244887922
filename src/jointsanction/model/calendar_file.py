"""A file of days off and days worked instead (工作日历文件), as an office writes it for its own place and year."""

from __future__ import annotations

from datetime import date

from jointsanction.model.value import Value


class CalendarFile(Value):
    """The days off and the days worked instead of a calendar file (工作日历文件); a text is a span, `from..to`."""

    holidays: tuple[date | str, ...] = ()
    workdays: tuple[date | str, ...] = ()
