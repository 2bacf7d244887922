"""Figures of the loop by whatever is asked (统计分析): queried, hit, executed, fed back, in time, by period."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.errors import QuestionError, veil
from jointsanction.export.writing import csv_pieces
from jointsanction.loop.follow_up.days import span_of
from jointsanction.store.docket.counting import OF_CHECKS, OF_ITEMS, Scope, counted, queried
from jointsanction.terms import Effect, ListKind, Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jointsanction.model.catalogue import Catalog, ListType, Matter, Measure
    from jointsanction.store.docket.counting import Words
    from jointsanction.store.docket.docket import Docket

BY: Final[Mapping[str, str]] = {
    "unit": "核查单位",
    "region": "地域",
    "matter": "事项",
    "list": "名单",
    "list_kind": "名单性质",
    "measure": "措施",
    "effect": "措施方向",
    "department": "实施部门",
}
"""By what figures can be asked, each with its title."""

FIGURES: Final[Mapping[str, str]] = {
    "queried": "核查次数",
    "hit": "命中次数",
    "items": "应执行事项",
    "executed": "已执行",
    "owed": "应反馈",
    "fed_back": "已反馈",
    "on_time": "按期反馈",
}
"""What is counted, each with its title."""

_PERIODS: Final[Mapping[Period, Callable[[date], str]]] = {
    Period.DAY: date.isoformat,
    Period.MONTH: lambda day: f"{day:%Y-%m}",
    Period.QUARTER: lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    Period.YEAR: lambda day: f"{day.year}",
}


class Asked(NamedTuple):
    """What figures are wanted (统计要求): by which words, over which period, of which days, both among them.

    `of_unit` is the unit whose checks are counted, None for those of all: see `permits.unit_counted`.
    """

    by: tuple[str, ...] = ()
    period: Period | None = None
    since: date | None = None
    until: date | None = None
    of_unit: str | None = None


class Group(NamedTuple):
    """The figures of one group (一组统计数): its period and its words, and how many of what."""

    period: str | None
    words: tuple[str | None, ...]
    queried: int
    hit: int
    items: int
    executed: int
    owed: int
    fed_back: int
    on_time: int


def statistics(docket: Docket, asked: Asked) -> tuple[Group, ...]:
    """Return the figures of each group, in their order (统计分析).

    All figures stand on the day of the check. Of words that only what is to be done has (list, kind of list, measure,
    effect), `queried` counts all checks that are alike in the rest: of so many checks, so many hit.

    Raises:
        QuestionError: `question.statistics` for a word that nothing is counted by; `question.days`.
    """
    wrong = next((name for place, name in enumerate(asked.by) if name not in BY or name in asked.by[:place]), None)
    if wrong is not None:
        said = "写了两次" if wrong in BY else "不能用来统计"
        raise QuestionError("question.statistics", f"“{veil(wrong)}”{said}。", f"可用：{'、'.join(BY)}，各写一次。")
    scope = Scope(*span_of(asked.since, asked.until), asked.of_unit)
    whole = tuple(name for name in asked.by if name in OF_CHECKS)
    with docket.reading() as connection:
        checks = _folded({key: (n,) for key, n in queried(connection, whole, scope).items()}, asked.period)
        items = _folded(counted(connection, asked.by, scope), asked.period)
    places = [asked.by.index(name) for name in whole]
    keys = set(items) if any(name in OF_ITEMS for name in asked.by) else set(items) | set(checks)
    groups = []
    for period, words in sorted(keys, key=_order):
        (asked_of,) = checks[period, tuple(words[place] for place in places)]
        figures = items.get((period, words), (0,) * 6)
        groups.append(Group(period, words, asked_of, *figures))
    return tuple(groups)


def as_document(groups: Sequence[Group], asked: Asked) -> dict[str, Any]:
    """Return figures as JSON (统计文档)."""
    rows = [
        {
            **({} if asked.period is None else {"period": group.period}),
            **dict(zip(asked.by, group.words, strict=True)),
            **{name: getattr(group, name) for name in FIGURES},
        }
        for group in groups
    ]
    return {
        "by": list(asked.by),
        "period": None if asked.period is None else asked.period.value,
        "since": None if asked.since is None else asked.since.isoformat(),
        "until": None if asked.until is None else asked.until.isoformat(),
        "of_unit": asked.of_unit,
        "rows": rows,
    }


def in_words(group: Group, asked: Asked, catalog: Catalog) -> Group:
    """Return a group whose codes are in words (统计用语): titles with their codes, terms in Chinese.

    What the catalogue no longer has keeps its code.
    """
    return group._replace(
        words=tuple(_word(name, word, catalog) for name, word in zip(asked.by, group.words, strict=True))
    )


def as_csv(groups: Sequence[Group], asked: Asked) -> Iterator[str]:
    """Yield figures as CSV that no spreadsheet runs (统计表)."""
    yield from csv_pieces(headers(asked), map(cells, groups))


def headers(asked: Asked) -> tuple[str, ...]:
    """Return the headers of a table of figures."""
    return (*(() if asked.period is None else ("期间",)), *(BY[name] for name in asked.by), *FIGURES.values())


def cells(group: Group) -> tuple[str, ...]:
    """Return one group as texts under those headers."""
    said = [*(() if group.period is None else (group.period,)), *(word or "" for word in group.words)]
    return (*said, *(str(getattr(group, name)) for name in FIGURES))


def _folded(
    found: Mapping[tuple[date, Words], Sequence[int]], period: Period | None
) -> dict[tuple[str | None, Words], tuple[int, ...]]:
    """Return figures of days put together by period: no check falls on two days."""
    folded: dict[tuple[str | None, Words], tuple[int, ...]] = {}
    for (day, words), figures in found.items():
        key = (None if period is None else _PERIODS[period](day), words)
        before = folded.get(key, (0,) * len(figures))
        folded[key] = tuple(a + b for a, b in zip(before, figures, strict=True))
    return folded


def _word(name: str, word: str | None, catalog: Catalog) -> str | None:
    if word is None:
        return None
    if name == "list_kind":
        return ListKind(word).zh
    if name == "effect":
        return Effect(word).zh
    sections: dict[str, Mapping[str, Matter | ListType | Measure]] = {
        "matter": catalog.matters,
        "list": catalog.lists,
        "measure": catalog.measures,
    }
    entry = sections.get(name, {}).get(word)
    return word if entry is None else f"{entry.title}（{word}）"


def _order(key: tuple[str | None, Words]) -> tuple[str, tuple[str, ...]]:
    period, words = key
    return period or "", tuple(word or "" for word in words)
