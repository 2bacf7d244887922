"""Showing the last day of a term (期限计算), and what of it nobody can be sure of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.cli.checking import write_document
from jointsanction.cli.files import read_bytes
from jointsanction.cli.screen import show
from jointsanction.engine import shanghai_now
from jointsanction.errors import QuestionError
from jointsanction.steps.asking.days import read_day
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.worklists.calendar import Calendar, calendar_of
from jointsanction.worklists.deadlines import Reckoning

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MOST: Final = 3_660


class Term(NamedTuple):
    """How long (期限): one of working days and days, by which calendar, done when."""

    working_days: int | None
    days: int | None
    calendar: Path | None
    done: str | None


def reckoning_of(term: Term) -> Reckoning:
    """Return how a term is reckoned (算法).

    Raises:
        QuestionError: `question.term`.
        RegistryError: `registry.no_file`, `registry.calendar`.
    """
    count = term.days if term.working_days is None else term.working_days
    if count is None or (term.days is not None and term.working_days is not None) or not 0 <= count <= _MOST:
        message = "期限应写 --working-days 或者 --days 之一，0 到 3660。"
        raise QuestionError("question.term", message, "例如 --working-days 7。")
    calendar = Calendar() if term.calendar is None else calendar_of(read_bytes(term.calendar), term.calendar.name)
    return Reckoning(count, calendar, working=term.working_days is not None)


def doubt_of(years: Iterable[int]) -> str:
    """Return what can't be sure about a term because of years that the calendar says nothing of (日历未覆盖)."""
    said = "、".join(map(str, sorted(years)))
    return f"日历没有 {said} 年的放假安排，只按周末计算，最后一日可能有出入。" if said else ""


def show_deadline(began: str, term: Term, *, as_json: bool) -> None:
    """Show the last day of a term, and how late it is (期限计算).

    Raises:
        QuestionError: `question.term`, `question.date`.
        RegistryError: `registry.no_file`, `registry.calendar`.
    """
    reckoned = reckoning_of(term)
    today = shanghai_now().date() if term.done is None else read_day(term.done, "办结日")
    found = reckoned.deadline(read_day(began, "起算日"), today)
    if as_json:
        dates = {"began": found.began.isoformat(), "last": found.last.isoformat()}
        write_document({**dates, "late_days": found.late, "unknown_years": list(found.unknown_years)})
        return
    doubt = doubt_of(found.unknown_years) or "日历已覆盖。"
    late = f"已逾期 {found.late} 日" if found.late else "未逾期"
    lines = (Line("最后一日", found.last.isoformat()), Line("以此日判断", f"{today}：{late}"), Line("日历", doubt))
    show([Headline(f"自 {found.began} 起算，最后一日为 {found.last}；{late}。"), Block("期限", lines)])
