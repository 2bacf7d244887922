"""Which days of the loop are wanted (起止日期): both ends among them, and never more days than a calendar has."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from jointsanction.errors import QuestionError
from jointsanction.store.instants import first_instant, to_micros

FIRST: Final = date(1970, 1, 2)
"""No store keeps an instant before it."""

LAST: Final = date(9998, 12, 31)
"""The day after it still has an end."""


def span_of(since: date | None, until: date | None) -> tuple[int, int]:
    """Return the instant with which the first of some days begins, and that with which the last has ended (起止时刻).

    Raises:
        QuestionError: `question.days` for a day no calendar of ours has, and for an end before its beginning.
    """
    first, last = since or FIRST, until or LAST
    if not FIRST <= first <= LAST or not FIRST <= last <= LAST:
        message = f"起止日期超出可以查询的范围（{FIRST} 至 {LAST}）。"
        raise QuestionError("question.days", message, "请改正日期；不限的，不写。")
    if last < first:
        raise QuestionError("question.days", "截止日期早于起始日期。", "请核对两个日期，是否写颠倒了。")
    return to_micros(first_instant(first)), to_micros(first_instant(last + timedelta(days=1)))
