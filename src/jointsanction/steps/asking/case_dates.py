"""The dates of a case (办理时点): which were given, in what order, and which of them is the day asked about.

Lists change between 公告 and 评审. Which day decides is the matter's to say, so that neither the officer nor the bidder
picks the day that suits him.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from jointsanction.errors import QuestionError
from jointsanction.steps.asking.days import read_day
from jointsanction.terms import CaseDate
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.model.catalogue import Matter

Dates: TypeAlias = "tuple[tuple[CaseDate, date], ...]"


def read_dates(value: object) -> Dates:
    """Return the dates of a case, given as `{"notice": DATE, …}` or as `notice:DATE` texts; none is none.

    Raises:
        QuestionError: `question.case_dates`, `question.unknown_word`, `question.date`.
    """
    found: dict[CaseDate, date] = {}
    for name, day in _pairs(value):
        which = name if isinstance(name, CaseDate) else word(CaseDate, str(name), "办理时点")
        if which in found:
            raise _fault(f"{which.zh}写了两次。", "每个时点写一次。")
        found[which] = read_day(day, which.zh)
    return tuple((which, found[which]) for which in CaseDate if which in found)


def day_asked(dates: Dates, matter: Matter, as_of: date | None) -> date | None:
    """Return the day asked about: the date of the case that decides, else the one given beside the others.

    Raises:
        QuestionError: `question.case_dates` when the matter has no such dates, they are out of order, the one that
            decides is missing, or the day given beside them is another or lies outside.
    """
    if not dates:
        return as_of
    window = matter.window
    if window is None:
        raise _fault(f"事项“{matter.title}”没有规定按哪个办理时点核查。", "请改用核查基准日（as_of）。")
    if others := [which.zh for which, _ in dates if which not in window.dates]:
        known = "、".join(f"{day.value}（{day.zh}）" for day in window.dates)
        raise _fault(f"事项“{matter.title}”没有这样的时点：{'、'.join(others)}。", f"可用：{known}。")
    given = sorted(dates, key=lambda pair: window.dates.index(pair[0]))
    for (before, first), (after, second) in pairwise(given):
        if second < first:
            raise _fault(f"{after.zh}（{second}）早于{before.zh}（{first}）。", "请核对日期的先后。")
    decisive = dict(dates).get(window.decides)
    if decisive is not None:
        if as_of not in (None, decisive):
            raise _fault(f"核查基准日与{window.decides.zh}（{decisive}）不同，本事项以后者为准。", "二者只写一个。")
        return decisive
    if as_of is None:
        message = f"缺少{window.decides.zh}，本事项以它为准。"
        raise _fault(message, f"写明 {window.decides.value}，或者用核查基准日（as_of）写明现在按哪一天核查。")
    if as_of < given[0][1]:
        raise _fault(f"核查基准日（{as_of}）早于{given[0][0].zh}（{given[0][1]}）。", "请核对日期的先后。")
    return as_of


def _pairs(value: object) -> Iterable[tuple[object, object]]:
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return tuple(value.items())
    if isinstance(value, str):
        return (_pair(value),)
    if not isinstance(value, Iterable):
        raise _fault("办理时点应为“时点:日期”。", "例如 evaluation:2024-06-10。")
    return tuple(item if isinstance(item, tuple) else _pair(str(item)) for item in value)


def _pair(text: str) -> tuple[str, str]:
    name, _, day = text.partition(":")
    if not day:
        raise _fault("办理时点应写作“时点:日期”。", "例如 evaluation:2024-06-10。")
    return name, day


def _fault(message: str, hint: str) -> QuestionError:
    return QuestionError("question.case_dates", message, hint)
