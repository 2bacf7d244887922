"""Days and instants in a question (日期与时刻): never guessed at, and never from a clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from jointsanction.catalog.reading.dates import parse_day
from jointsanction.errors import QuestionError, veil

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
"""Where the day of an instant is read: the lists' and the law's days are China's."""


def read_day(value: object, what: str) -> date:
    """Return a day given as a date or ISO text; an instant is refused, for the day it means depends on the place."""
    if isinstance(value, datetime):
        code, message = "question.date", f"{what}：需要日期，给出的是时刻。"
        raise QuestionError(code, message, "写作 YYYY-MM-DD。")
    if isinstance(value, date):
        return value
    day = parse_day(str(value))
    if day is None:
        raise QuestionError(
            "question.date", f"{what}：“{veil(value)}”不是有效日期。", "写作 YYYY-MM-DD，例如 2024-06-10。"
        )
    return day


def read_instant(value: object, what: str) -> datetime:
    """Return an aware instant; a naive one is an error, for nobody knows where its clock stood."""
    try:
        instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as error:
        code, message = "question.instant", f"{what}：“{veil(value)}”不是有效时刻。"
        raise QuestionError(code, message, "写作 2024-06-10T09:00:00+08:00。") from error
    if instant.tzinfo is None:
        code, message = "question.naive_instant", f"{what}：时刻没有时区。"
        raise QuestionError(code, message, "写明时区，例如 2024-06-10T09:00:00+08:00。")
    return instant
