"""The days an author may write (日期): ISO, or the way instruments print them. Nothing else is guessed at."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_SHAPES: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")


def parse_day(text: str) -> date | None:
    """Return the day a text names (日期), None when it names none.

    >>> parse_day("2021年12月16日") == parse_day("2021-12-16")
    True
    >>> parse_day("20211216") is None
    True
    """
    found = _SHAPES.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None
