"""反馈与统计: what is still to be fed back, and how far everything has come, in figures and bars without any script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.loop.access.permits import unit_counted
from jointsanction.loop.follow_up.statistics import BY, Asked, cells, headers, in_words, statistics
from jointsanction.telling.page import Grid
from jointsanction.terms import AccountRole, Period
from jointsanction.web.console.places import OPERATING, WINDOW

if TYPE_CHECKING:
    from starlette.responses import Response

    from jointsanction.loop.follow_up.statistics import Group
    from jointsanction.web.console.console import Console, Sent
    from jointsanction.web.console.visiting import Visit

_MOST: Final = 100
_BARS: Final = 12
_WIDTH: Final = 560
_CODE: Final = re.compile(r"（[A-Za-z0-9.-]+）$")
_USUAL: Final = ("matter",)


class Bar(NamedTuple):
    """One group of a chart (图形): two lines of words, and lengths in units of the drawing."""

    label: tuple[str, str]
    asked: int
    hit: int
    fed: int
    group: Group


class Figuring:
    """The page of feedback and figures (反馈与统计)."""

    def __init__(self, console: Console) -> None:
        """Put the page in place."""
        self._console = console
        console.shows("/feedback", self.show, WINDOW | OPERATING)
        console.takes("/feedback", self.show, WINDOW | OPERATING)

    async def show(self, visit: Visit, sent: Sent) -> Response:
        """Show what is pending and the figures asked for."""
        hosted = self._console.hosted
        by = tuple(name for name in BY if name in sent.texts("by")) or _USUAL
        period = next((each for each in Period if each == sent.text("period")), None)
        asked = Asked(by, period, sent.day("since"), sent.day("until"), unit_counted(visit.caller))
        groups = await hosted.run(statistics, hosted.docket, asked)
        whole = await hosted.run(statistics, hosted.docket, asked._replace(by=(), period=None))
        window = AccountRole.WINDOW in visit.caller.roles
        pending = await hosted.run(lambda: hosted.desk.pending(unit=visit.caller.unit if window else None))
        today = hosted.clock().date()
        said: dict[str, Any] = {
            "pending": pending[:_MOST],
            "late": sum(each.due_on < today for each in pending),
            "count": len(pending),
            "today": today,
            "titles": {code: measure.title for code, measure in self._console.catalog.measures.items()},
            "window": window,
            "whole": whole[0] if whole else None,
            "bars": self._bars(asked, groups),
            "grid": Grid("统计表", headers(asked), tuple(cells(self._named(asked, group)) for group in groups)),
            "asked": {name: sent.text(name) for name in ("since", "until")} | {"by": by, "period": period or ""},
            "choices": BY,
            "periods": tuple(Period),
        }
        return self._console.pages.page("feedback.html", visit, **said)

    def _bars(self, asked: Asked, groups: tuple[Group, ...]) -> list[Bar]:
        """Return the largest groups as bars, the longest as wide as the drawing."""
        shown = sorted(groups, key=lambda group: -group.queried)[:_BARS]
        most = max((group.queried for group in shown), default=0) or 1
        return [
            Bar(
                self._label(asked, group),
                round(group.queried * _WIDTH / most),
                round(group.hit * _WIDTH / most),
                round(group.fed_back * _WIDTH / (group.owed or 1)),
                group,
            )
            for group in shown
        ]

    def _label(self, asked: Asked, group: Group) -> tuple[str, str]:
        first, *others = (part for part in (group.period, *self._named(asked, group).words) if part)
        return first, "、".join(others)

    def _named(self, asked: Asked, group: Group) -> Group:
        """Return a group in words, without codes; what a check does not say is said to be left unsaid."""
        said = in_words(group, asked, self._console.catalog)
        return said._replace(words=tuple(_CODE.sub("", word or "") or "未载明" for word in said.words))
