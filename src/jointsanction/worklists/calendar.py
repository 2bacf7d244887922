"""Working days (工作日): weekends off, but for what a calendar file says of holidays and days worked instead."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.reading.typed import Reading
from jointsanction.catalog.reading.yaml_text import read_yaml
from jointsanction.errors import RegistryError
from jointsanction.model.calendar_file import CalendarFile
from jointsanction.registry.readers.tables.csv_table import records

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OFF: Final = frozenset({"holiday", "休", "休息", "放假", "节假日"})
_ON: Final = frozenset({"workday", "班", "上班", "调休上班", "工作日"})
_SATURDAY: Final = 5
_LONGEST: Final = 366
_CELLS: Final = 2
HINT: Final = (
    "每行写日期和 holiday（放假）或 workday（调休上班），例如 2026-10-01,holiday；连续几天写 2026-10-01..2026-10-07。"
)
YAML_HINT: Final = "写 holidays（放假）和 workdays（调休上班）两个列表，各项为日期或者 2026-10-01..2026-10-07。"


class Calendar(NamedTuple):
    """Which days are off and which are worked besides what weekends say (工作日历); `years` are those it speaks of."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    @property
    def years(self) -> frozenset[int]:
        """Return the years that the calendar says anything of."""
        return frozenset(day.year for day in self.holidays | self.workdays)

    def is_working(self, day: date) -> bool:
        """Tell whether a day is worked (是否工作日)."""
        return day in self.workdays or (day.weekday() < _SATURDAY and day not in self.holidays)

    def after(self, day: date, count: int) -> date:
        """Return the working day that many working days after a day, which itself is not counted."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def next_working(self, day: date) -> date:
        """Return a day itself when it is worked, else the first worked after it."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years of a span that the calendar says nothing of: there only weekends count as off."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)


def read_calendar(text: str, name: str) -> Calendar:
    r"""Return what a calendar file says (工作日历): CSV of day and sort, a header and remarks after # left out.

    >>> calendar = read_calendar("2026-10-01..2026-10-07,holiday\n2026-10-10,workday", "日历.csv")
    >>> str(calendar.after(date(2026, 9, 30), 1))
    '2026-10-08'

    Raises:
        RegistryError: `registry.calendar` with the line; `registry.csv`.
    """
    days: dict[date, tuple[bool, int]] = {}
    for number, cells in records(text, ","):
        said = [cell.strip() for cell in cells]
        if not any(said) or said[0].startswith("#") or (number == 1 and _DAY.match(said[0]) is None):
            continue
        off = _sort(said)
        if off is None:
            raise _wrong(name, number, "看不懂")
        for day in _days(said[0], name, number):
            if day in days and days[day][0] is not off:
                raise _wrong(name, number, f"与第 {days[day][1]} 行矛盾")
            days[day] = (off, number)
    return Calendar(
        holidays=frozenset(day for day, (off, _) in days.items() if off),
        workdays=frozenset(day for day, (off, _) in days.items() if not off),
    )


def calendar_of(raw: bytes, name: str) -> Calendar:
    """Return what the bytes of a calendar file say (工作日历): YAML of `holidays` and `workdays` by its name, else CSV.

    Raises:
        RegistryError: `registry.calendar` with the line; `registry.csv`.
    """
    if not name.casefold().endswith((".yaml", ".yml")):
        return read_calendar(raw.decode("utf-8-sig", errors="replace"), name)
    document = read_yaml(raw, name)
    reading = Reading(name)
    said = None if document.root is None else reading.read(document.root, CalendarFile, {})
    problems = [*document.problems, *reading.problems]
    if said is None or problems:
        told = "\n".join(map(str, sorted(problems))) or f"{name}：文件是空的。"
        raise RegistryError("registry.calendar", told, YAML_HINT)
    # Read as the lines of a CSV file are, so that both say the same of ranges and of contradictions.
    lines = [f"{day},holiday" for day in said.holidays] + [f"{day},workday" for day in said.workdays]
    return read_calendar("\n".join(("日期,安排", *lines)), name)


def _sort(said: list[str]) -> bool | None:
    """Return True for a day off, False for one worked, None for neither."""
    word = said[1].casefold() if len(said) >= _CELLS else ""
    return True if word in _OFF else False if word in _ON else None


def _days(text: str, name: str, number: int) -> Iterator[date]:
    first, _, last = text.partition("..")
    try:
        day, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError as error:
        raise _wrong(name, number, "不是有效日期") from error
    if not 0 <= (end - day).days < _LONGEST:
        raise _wrong(name, number, "起止颠倒或者超过一年")
    yield from (day + timedelta(days=more) for more in range((end - day).days + 1))


def _wrong(name: str, number: int, why: str) -> RegistryError:
    return RegistryError("registry.calendar", f"{name} 第 {number} 行{why}。", HINT)
