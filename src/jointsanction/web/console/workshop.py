"""规则试算: a change of the catalogue written, looked over, tried on a sample, proposed, and decided by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jointsanction.catalog.diff import diff
from jointsanction.errors import AccessError, JointSanctionError, QuestionError
from jointsanction.identity.identify import parse_subject
from jointsanction.loop.law_making.proposals import (
    Change,
    approve,
    approved,
    find,
    proposals,
    propose,
    refuse,
    review,
    revoke,
)
from jointsanction.loop.law_making.trying import look_over, try_out
from jointsanction.model.case import Case, CaseListing, CaseSubject
from jointsanction.steps.asking.days import read_day
from jointsanction.telling.answer import answer_of, answer_parts
from jointsanction.telling.law_changes import change_parts
from jointsanction.terms import AccountRole, ProposalState, SubjectKind
from jointsanction.terms.words import word
from jointsanction.web.console.asked import matter_code, matters_for
from jointsanction.web.console.places import WRITING
from jointsanction.web.problems import status_of

if TYPE_CHECKING:
    from datetime import date

    from starlette.responses import Response

    from jointsanction.loop.law_making.trying import LookedOver
    from jointsanction.model.catalogue import Catalog
    from jointsanction.telling.page import Part
    from jointsanction.web.console.console import Console, Sent
    from jointsanction.web.console.visiting import Visit

_SAMPLE: Final = "91990000MA0000001B"
_PATH: Final = "measures/restriction/our-measure.yaml"
TEXT: Final = """\
id: our-measure
title: 示例措施（改为本措施的名称）
item: market-access
class: adverse
degree: restrict
binding: may
trigger: listing
targets: {lists: [BL.GPC]}
bears: [self]
matters: [GPC]
roles: [supplier]
phase: [before]
basis:
  - {instrument: government-procurement-law, article: "77", carries: sets, text: recalled}
implementing_authority: [采购人]
duty: 写明经办人要做什么。
in_list: recalled
valid_from: 2026-01-01
"""
"""What an empty sheet begins with: it loads, and says of itself what is still to be done."""


class Workshop:
    """The pages of changes to the catalogue (规则试算、四眼审核)."""

    def __init__(self, console: Console) -> None:
        """Put the pages in place."""
        self._console = console
        console.shows("/workshop", self.form, WRITING)
        console.takes("/workshop/look", self.look, WRITING)
        console.takes("/workshop/try", self.look, WRITING)
        console.takes("/workshop/propose", self.propose, WRITING)
        console.takes("/workshop/proposal", self.proposal, WRITING)
        console.takes("/workshop/decide", self.decide, WRITING)

    async def form(self, visit: Visit, sent: Sent) -> Response:
        """Show an empty sheet, and what is open (规则试算)."""
        return await self._page(visit, sent)

    async def look(self, visit: Visit, sent: Sent) -> Response:
        """Look a change over; where a sample is asked for, say what comes out of it."""
        return await self._page(visit, sent)

    async def propose(self, visit: Visit, sent: Sent) -> Response:
        """Keep a change for somebody else to decide on (提出修改)."""
        hosted = self._console.hosted
        change = Change(sent.text("title"), _files(sent))
        try:
            made = await hosted.run(propose, hosted.desk, hosted.swapper.base, change, visit.caller)
        except AccessError:
            raise
        except JointSanctionError as error:
            return await self._page(visit, sent, error=error)
        return await self._proposal(visit, made.number, told="已提出，等待另一人审核。")

    async def proposal(self, visit: Visit, sent: Sent) -> Response:
        """Show a change with what is to be said of it (目录修改)."""
        return await self._proposal(visit, sent.text("number"))

    async def decide(self, visit: Visit, sent: Sent) -> Response:
        """Approve, refuse or take back a change (审核)."""
        hosted, number, act = self._console.hosted, sent.text("number"), sent.text("act")
        desk, caller = hosted.desk, visit.caller
        try:
            if act == "approve":
                await hosted.run(approve, desk, hosted.swapper.base, number, caller)
                await hosted.run(hosted.swapper.look)
            elif act == "refuse":
                await hosted.run(refuse, desk, number, sent.text("reason"), caller)
            else:
                await hosted.run(revoke, desk, number, caller)
        except AccessError:
            raise
        except JointSanctionError as error:
            return await self._proposal(visit, number, error=error)
        return await self._proposal(visit, number, told="已登记。")

    async def _page(self, visit: Visit, sent: Sent, error: JointSanctionError | None = None) -> Response:
        hosted, written = self._console.hosted, bool(sent.text("path"))
        looked: LookedOver | None = None
        answer: list[Part] = []
        if written:
            try:
                looked, answer = await hosted.run(self._looked, sent)
            except JointSanctionError as fault:
                error = error or fault
        tables = hosted.engine.tables
        said: dict[str, Any] = {
            "path": sent.text("path") or _PATH,
            "text": sent.whole("text") if written else TEXT,
            "cases": sent.whole("cases"),
            "title": sent.text("title"),
            "looked": looked,
            "answer": answer,
            "sample": {
                **_sample(hosted.clock().date()),
                **{name: sent.text(name) for name in _SAMPLED if sent.text(name)},
            },
            "kinds": tuple(SubjectKind),
            "matters": matters_for(visit.caller, tables),
            "lists": [f"{kind.title}（{code}）" for code, kind in tables.catalog.lists.items()],
            "open": await hosted.run(proposals, hosted.docket),
            "may_propose": AccountRole.AUTHOR in visit.caller.roles,
        }
        status = 200 if error is None or looked is not None else int(status_of(error))
        return self._console.pages.page("workshop.html", visit, status=status, error=error, **said)

    def _looked(self, sent: Sent) -> tuple[LookedOver, list[Part]]:
        """Return what is to be said of a change; for a sample, the answer with its trace.

        Raises:
            LoopError, QuestionError, SubjectError, UnknownMatterError: what is wrong with path or sample.
        """
        hosted = self._console.hosted
        looked = look_over(hosted.swapper.base, {**approved(hosted.docket), **_files(sent)}, hosted.clock().date())
        if looked.catalog is None or sent.text("sampled") != "yes":
            return looked, []
        return looked, _tried(looked.catalog, sent)

    async def _proposal(
        self, visit: Visit, number: str, *, told: str = "", error: JointSanctionError | None = None
    ) -> Response:
        hosted = self._console.hosted
        found = await hosted.run(find, hosted.docket, number)
        looked = None
        if found.state is ProposalState.PROPOSED:
            looked = await hosted.run(review, hosted.docket, hosted.swapper.base, found, hosted.clock().date())
        said: dict[str, Any] = {
            "found": found,
            "looked": looked,
            "changes": await hosted.run(self._changes, looked),
            "told": told,
            "mine": found.author == visit.caller.account,
            "may_decide": AccountRole.REVIEWER in visit.caller.roles,
        }
        status = 200 if error is None else int(status_of(error))
        return self._console.pages.page("proposal.html", visit, status=status, error=error, **said)

    def _changes(self, looked: LookedOver | None) -> list[Part]:
        """Return what a change makes otherwise than the catalogue in force says it (与现行目录的差异)."""
        if looked is None or looked.catalog is None:
            return []
        return list(change_parts(diff(self._console.catalog, looked.catalog)))


_SAMPLED: Final = ("kind", "id", "matter", "as_of", "list", "listed_on")


def _sample(today: date) -> dict[str, str]:
    day = today.isoformat()
    return {"kind": "enterprise", "id": _SAMPLE, "matter": "", "as_of": day, "list": "", "listed_on": day}


def _files(sent: Sent) -> dict[str, str]:
    path = sent.text("path")
    files = {path: sent.whole("text")}
    if sent.text("cases"):
        files[f"{path.removesuffix('.yaml')}.test.yaml"] = sent.whole("cases")
    return files


def _tried(catalog: Catalog, sent: Sent) -> list[Part]:
    """Return the answer about the sample, with the whole trace (试算结果)."""
    kind = word(SubjectKind, sent.text("kind"), "主体类别")
    subject = parse_subject(sent.text("id"), kind, None)
    listings: tuple[CaseListing, ...] = ()
    if sent.text("list"):
        listings = (
            CaseListing(list=matter_code(sent.text("list")), listed_on=read_day(sent.text("listed_on"), "列入日期")),
        )
        if listings[0].list not in catalog.lists:
            raise QuestionError("registry.unknown_list", "没有这份名单。", "请从提示中选择名单。")
    case = Case(
        name="试算",
        subject=CaseSubject(kind=kind, uscc=subject.uscc, resident_id=subject.resident_id, other_id=subject.other_id),
        listings=listings,
        matter=matter_code(sent.text("matter")),
        as_of=read_day(sent.text("as_of"), "基准日期"),
    )
    return list(answer_parts(answer_of(try_out(catalog, case), catalog)))
