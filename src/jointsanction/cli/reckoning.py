"""Showing the last day of a term (期限计算), and what of it nobody can be sure of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.cli.checking import write_document
from jointsanction.cli.files import read_text
from jointsanction.cli.page import Block, Headline, Line
from jointsanction.cli.screen import show
from jointsanction.engine import shanghai_now
from jointsanction.errors import QuestionError
from jointsanction.steps.asking.days import read_day
from jointsanction.worklists.calendar import Calendar, read_calendar
from jointsanction.worklists.deadlines import deadline

if TYPE_CHECKING:
    from pathlib import Path

_MOST: Final = 3_660


class Term(NamedTuple):
    """How long (期限): one of working days and days, by which calendar, done when."""

    working_days: int | None
    days: int | None
    calendar: Path | None
    done: str | None


def show_deadline(began: str, term: Term, *, as_json: bool) -> None:
    """Show the last day of a term, and how late it is (期限计算).

    Raises:
        QuestionError: `question.term`, `question.date`.
        RegistryError: `registry.no_file`, `registry.calendar`.
    """
    count = term.days if term.working_days is None else term.working_days
    if count is None or (term.days is not None and term.working_days is not None) or not 0 <= count <= _MOST:
        message = "期限应写 --working-days 或者 --days 之一，0 到 3660。"
        raise QuestionError("question.term", message, "例如 --working-days 7。")
    calendar = Calendar() if term.calendar is None else read_calendar(read_text(term.calendar), term.calendar.name)
    today = shanghai_now().date() if term.done is None else read_day(term.done, "办结日")
    found = deadline(read_day(began, "起算日"), count, calendar, working=term.working_days is not None, done=today)
    if as_json:
        dates = {"began": found.began.isoformat(), "last": found.last.isoformat()}
        write_document({**dates, "late_days": found.late, "unknown_years": list(found.unknown_years)})
        return
    years = "、".join(map(str, found.unknown_years))
    doubt = f"日历没有 {years} 年的放假安排，只按周末计算，最后一日可能有出入。" if years else "日历已覆盖。"
    late = f"已逾期 {found.late} 日" if found.late else "未逾期"
    lines = (Line("最后一日", found.last.isoformat()), Line("以此日判断", f"{today}：{late}"), Line("日历", doubt))
    show([Headline(f"自 {found.began} 起算，最后一日为 {found.last}；{late}。"), Block("期限", lines)])
