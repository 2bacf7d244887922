"""执行与反馈: what a filed check asks to be done, what was decided, and what is told back, on one page."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.errors import AccessError, JointSanctionError, LoopError
from jointsanction.loop.follow_up.feedback import standing_of
from jointsanction.model.filed import Decision, Feedback
from jointsanction.terms import Handling
from jointsanction.web.console.asked import request_key
from jointsanction.web.console.console import Sent
from jointsanction.web.console.places import WINDOW
from jointsanction.web.problems import status_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from jointsanction.model.filed import Execution, FiledCheck, PlanItem
    from jointsanction.web.console.console import Console
    from jointsanction.web.console.visiting import Visit


class Followed(NamedTuple):
    """One item of a plan with what became of it (事项及其办理); `told` are the fields of its form as they stand."""

    item: PlanItem
    bases: tuple[tuple[str, str], ...]
    execution: Execution | None
    feedback: Feedback | None
    told: Mapping[str, str]
    refused: bool

    @property
    def may_be_fed_back(self) -> bool:
        """Tell whether something can be told back already (可以反馈)."""
        return self.feedback is None and (self.execution is not None or self.item.automatic)


class Following:
    """The page of what follows a check (执行与反馈)."""

    def __init__(self, console: Console) -> None:
        """Put the page in place."""
        self._console = console
        console.takes("/check/plan", self.plan, WINDOW)
        console.takes("/check/execute", self.execute, WINDOW)
        console.takes("/check/feedback", self.feed_back, WINDOW)

    async def plan(self, visit: Visit, sent: Sent) -> Response:
        """Show what is to be done, what was, and what was told back; that somebody looked is in the audit."""
        await self._console.read(visit, sent.text("number"))
        return await self._page(visit, sent)

    async def execute(self, visit: Visit, sent: Sent) -> Response:
        """Keep what was decided and done (登记执行)."""
        number, hosted = sent.text("number"), self._console.hosted
        await self._console.filed(visit, number)
        try:
            decisions = _decisions(sent)
            done = await hosted.run(hosted.desk.execute, number, decisions, visit.caller)
        except AccessError:
            raise
        except JointSanctionError as error:
            return await self._page(visit, sent, error=error)
        return await self._page(visit, sent, told=f"已登记 {len(done)} 项执行情况。")

    async def feed_back(self, visit: Visit, sent: Sent) -> Response:
        """Take a feedback (执行反馈)."""
        hosted = self._console.hosted
        await self._console.filed(visit, sent.text("number"))
        try:
            feedback = _feedback(sent)
            key = request_key(sent.text("request"), repr(feedback) + feedback.officer, hosted.clock().date())
            kept = await hosted.run(hosted.desk.feed_back, feedback, visit.caller, key=key)
        except AccessError:
            raise
        except JointSanctionError as error:
            return await self._page(visit, sent, error=error)
        late = "" if kept.on_time else "（已超过反馈期限）"
        done = "更正" if kept.corrects else "反馈"
        return await self._page(visit, sent, told=f"{done}已收到，编号 {kept.number}{late}。")

    async def _page(
        self, visit: Visit, sent: Sent, *, told: str = "", error: JointSanctionError | None = None
    ) -> Response:
        number, hosted = sent.text("number"), self._console.hosted
        check = await self._console.filed(visit, number)
        items = await hosted.run(self._followed, visit, check, sent if error is not None else _NOTHING)
        said: dict[str, Any] = {
            "check": check,
            "items": items,
            "undecided": [each for each in items if each.execution is None],
            "title": self._console.matter_title(check.matter),
            "state": await hosted.run(hosted.desk.state, number),
            "handlings": tuple(Handling),
            "request": secrets.token_urlsafe(16),
            "typed": sent if error is not None else _NOTHING,
        }
        status = 200 if error is None else int(status_of(error))
        return self._console.pages.page("plan.html", visit, status=status, told=told, error=error, **said)

    def _followed(self, visit: Visit, check: FiledCheck, refused: Sent) -> tuple[Followed, ...]:
        """Return each item with its form: as it was refused, else as what was told back, else empty."""
        desk, today = self._console.hosted.desk, self._console.hosted.clock().date()
        done = {each.item: each for each in desk.executions(check.number)}
        told = {each.item: each for each in standing_of(desk.feedback(check.number))}
        found = []
        for item in check.items:
            before = told.get(item.item)
            again = bool(refused.text("handling")) and refused.text("item") == str(item.item)
            fields = _refilled(refused) if again else _filled(visit, before, today)
            found.append(Followed(item, self._bases(item), done.get(item.item), before, fields, again))
        return tuple(found)

    def _bases(self, item: PlanItem) -> tuple[tuple[str, str], ...]:
        """Return the bases to choose from, each as a form sends it and as a page names it."""
        known = self._console.catalog.instruments
        titles = ((one, known[one].title if one in known else one, article) for one, article in item.basis)
        return tuple(
            (f"{one}|{article or ''}", f"《{title}》{f'第{article}条' if article else ''}")
            for one, title, article in titles
        )


_NOTHING: Final = Sent(None)
_FIELDS: Final = ("basis", "handling", "result", "done_on", "amount", "typical", "department", "officer")


def _refilled(sent: Sent) -> dict[str, str]:
    """Return the fields of a form that was refused, as they were typed: nobody writes them twice."""
    return {name: sent.text(name) for name in _FIELDS}


def _filled(visit: Visit, told: Feedback | None, today: date) -> dict[str, str]:
    """Return the fields of a form as they stand before anybody typed: those of the feedback to be corrected."""
    fields = dict.fromkeys(_FIELDS, "") | {"handling": Handling.APPLIED.value, "done_on": today.isoformat()}
    fields |= {"department": visit.caller.unit, "officer": visit.caller.officer or ""}
    if told is None:
        return fields
    return fields | {
        "basis": f"{told.basis_instrument}|{told.basis_article or ''}",
        "handling": told.handling.value,
        "result": told.result,
        "done_on": told.done_on.isoformat(),
        "amount": told.amount or "",
        "typical": "yes" if told.typical else "",
        "department": told.department,
    }


def _decisions(sent: Sent) -> list[Decision]:
    """Return what a form decides: an item left open is not among them."""
    found = []
    for text in sent.texts("item"):
        outcome = sent.text(f"outcome-{text}")
        if outcome in {"applies", "declined", "impossible"}:
            found.append(
                Decision(
                    item=_whole(text),
                    applies=outcome == "applies",
                    impossible=outcome == "impossible",
                    decider=sent.text(f"decider-{text}") or None,
                    reason=sent.text(f"reason-{text}") or None,
                )
            )
    return found


def _feedback(sent: Sent) -> Feedback:
    instrument, _, article = sent.text("basis").partition("|")
    with suppress(ValueError):
        return Feedback(
            check=sent.text("number"),
            item=_whole(sent.text("item")),
            basis_instrument=instrument,
            basis_article=article or None,
            handling=Handling(sent.text("handling")),
            result=sent.text("result"),
            done_on=date.fromisoformat(sent.text("done_on")),
            department=sent.text("department"),
            officer=sent.text("officer"),
            amount=sent.text("amount") or None,
            typical=sent.text("typical") == "yes",
            corrects=sent.text("corrects") or None,
        )
    raise LoopError("loop.date", "处理方式或者处理日期没有填写。", "请选择处理方式，日期写作 2026-06-10。")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000000") else -1
