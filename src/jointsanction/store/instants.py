"""Instants as the store keeps them (时刻): microseconds since 1970 in UTC, given back aware in Asia/Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from jointsanction.errors import RegistryError

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China's one time. Fixed, because zone data are not installed everywhere and no store is older than the last summer
time of 1991."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def first_instant(day: date) -> datetime:
    """Return the instant with which a day begins in China (起始时刻).

    >>> first_instant(date(2024, 6, 10)).isoformat()
    '2024-06-10T00:00:00+08:00'
    """
    return datetime.combine(day, time(), SHANGHAI)


def to_micros(instant: datetime) -> int:
    """Return an aware instant as microseconds.

    >>> to_micros(datetime(1970, 1, 1, 8, 0, 1, tzinfo=SHANGHAI))
    1000000

    Raises:
        RegistryError: `registry.naive` for an instant without a time zone.
    """
    if instant.utcoffset() is None:
        message = "时刻没有写明时区，无法判断先后。"
        raise RegistryError("registry.naive", message, "请写明时区，例如 2024-06-10T09:00:00+08:00。")
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the instant in Asia/Shanghai.

    >>> from_micros(1000000).isoformat()
    '1970-01-01T08:00:01+08:00'
    """
    return (_EPOCH + micros * _MICROSECOND).astimezone(SHANGHAI)
