"""反馈与统计: what is still to be fed back, and how far everything has come, in figures and bars without any script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.loop.follow_up.statistics import Asked, cells, headers, statistics
from jointsanction.telling.page import Grid
from jointsanction.terms import AccountRole, Period
from jointsanction.web.console.places import OPERATING, WINDOW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from jointsanction.loop.follow_up.statistics import Group
    from jointsanction.model.catalogue import ListType, Matter, Measure
    from jointsanction.web.console.console import Console, Sent
    from jointsanction.web.console.visiting import Visit

_MOST: Final = 100
_BARS: Final = 12
_WIDTH: Final = 560
BY: Final = {"matter": "事项", "list": "名单", "measure": "措施", "unit": "核查单位", "region": "地域"}


class Bar(NamedTuple):
    """One group of a chart (图形): lengths in units of the drawing."""

    label: str
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
        by = sent.text("by") if sent.text("by") in BY else "matter"
        period = next((each for each in Period if each == sent.text("period")), None)
        asked = Asked((by,), period, sent.day("since"), sent.day("until"))
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
            "bars": self._bars(by, groups),
            "grid": Grid("统计表", headers(asked), tuple(self._named(by, group) for group in groups)),
            "asked": {name: sent.text(name) for name in ("since", "until")} | {"by": by, "period": period or ""},
            "choices": BY,
            "periods": tuple(Period),
        }
        return self._console.pages.page("feedback.html", visit, **said)

    def _bars(self, by: str, groups: tuple[Group, ...]) -> list[Bar]:
        """Return the largest groups as bars, the longest as wide as the drawing."""
        shown = sorted(groups, key=lambda group: -group.queried)[:_BARS]
        most = max((group.queried for group in shown), default=0) or 1
        return [
            Bar(
                " ".join(part for part in (group.period, self._name(by, group.words[0])) if part),
                round(group.queried * _WIDTH / most),
                round(group.hit * _WIDTH / most),
                round(group.fed_back * _WIDTH / (group.owed or 1)),
                group,
            )
            for group in shown
        ]

    def _named(self, by: str, group: Group) -> tuple[str, ...]:
        return cells(group._replace(words=(self._name(by, group.words[0]),)))

    def _name(self, by: str, value: str | None) -> str:
        catalog = self._console.catalog
        sections: dict[str, Mapping[str, Matter | ListType | Measure]] = {
            "matter": catalog.matters,
            "list": catalog.lists,
            "measure": catalog.measures,
        }
        entry = sections.get(by, {}).get(value or "")
        return value or "未载明" if entry is None else str(entry.title)
