"""复核待办: candidates that a check of one's own unit found by name or masked number, for a person to decide about."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.errors import AccessError, JointSanctionError, QuestionError, RegistryError
from jointsanction.identity.masks import mask_id
from jointsanction.identity.record_key import record_key
from jointsanction.identity.verdicts import make_verdict
from jointsanction.model.audit import Deed
from jointsanction.steps.asking.ask import read_subject
from jointsanction.store.docket.checks import doubtful_checks
from jointsanction.telling.masking import masked
from jointsanction.terms import AuditAction, IdentityOutcome
from jointsanction.web.console.places import WINDOW
from jointsanction.web.problems import status_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from jointsanction.model.filed import FiledCheck
    from jointsanction.model.subject import Listing
    from jointsanction.web.console.console import Console, Sent
    from jointsanction.web.console.visiting import Visit

_MOST: Final = 50
_LOOKED_AT: Final = 400
"""So many of the newest doubtful checks are looked through for candidates nobody decided about."""


class Doubt(NamedTuple):
    """A candidate of a filed check (待复核候选): both sides masked, and whether there is a number to decide on."""

    check: FiledCheck
    who: str
    candidate: dict[str, Any]
    may_decide: bool


class Reviewing:
    """The page of candidates (复核待办)."""

    def __init__(self, console: Console) -> None:
        """Put the page in place."""
        self._console = console
        console.shows("/review", self.todo, WINDOW)
        console.takes("/review", self.decide, WINDOW)

    async def todo(self, visit: Visit, _: Sent) -> Response:
        """Show who is to be looked into (复核待办)."""
        return await self._page(visit)

    async def decide(self, visit: Visit, sent: Sent) -> Response:
        """Keep what a person decided, with his reason, and a record of it (身份核实)."""
        hosted = self._console.hosted
        check = await self._console.filed(visit, sent.text("number"))
        try:
            told = await hosted.run(self._decided, visit, check, sent)
        except AccessError:
            raise
        except JointSanctionError as error:
            return await self._page(visit, error=error)
        await hosted.run(hosted.swapper.look)
        return await self._page(visit, told=told)

    def _decided(self, visit: Visit, check: FiledCheck, sent: Sent) -> str:
        """Keep a decision and return what is told of it.

        Lists and docket are two databases, and nothing is written to both at once. The record comes first: no decision
        stands without one. One that could not be kept after all gets a second record that says so; should the process
        be killed between the two, a record stands without a decision, and the candidate is still to be decided about.

        Raises:
            QuestionError, SubjectError, RegistryError: what is wrong with it; `registry.busy`.
        """
        hosted, now = self._console.hosted, self._console.hosted.clock()
        listing = self._candidate(check, sent)
        shown = check.document["subject"]
        verdict = make_verdict(
            read_subject(shown["id"] or "", shown["kind"]),
            listing,
            _outcome(sent.text("outcome")),
            author=visit.caller.officer or visit.caller.account,
            reason=sent.text("reason"),
            decided_on=now.date(),
            expires_on=sent.day("until", "有效期"),
        )
        detail = {"outcome": verdict.outcome.value, "list": verdict.list, "batch": listing.batch, "row": listing.row}
        deed = Deed(
            action=AuditAction.IDENTITY, caller=visit.caller, about=check.number, subject=check.subject, detail=detail
        )
        hosted.desk.note(deed)
        try:
            hosted.lists.decide(verdict, recorded_at=now)
        except JointSanctionError as error:
            hosted.desk.note(replace(deed, detail={**detail, "not_kept": error.code}))
            raise
        return f"已记录：{verdict.outcome.zh}。今后核查该主体时采用；请重新核查本件。"

    def _candidate(self, check: FiledCheck, sent: Sent) -> Listing:
        """Return the record of a candidate that the check named: no other can be decided about from here.

        Raises:
            RegistryError: `registry.no_such_row`.
        """
        at = sent.text("batch"), sent.text("row")
        sources = [each["source"] for each in check.document["identity"]["candidates"]]
        listing = None
        if any((source["batch"], str(source["row"])) == at for source in sources):
            listing = self._console.hosted.lists.row(at[0], int(at[1]))
        if listing is None:
            raise RegistryError("registry.no_such_row", "这条候选记录已经变动。", "请重新核查。")
        return listing

    async def _page(self, visit: Visit, *, told: str = "", error: JointSanctionError | None = None) -> Response:
        doubts = await self._console.hosted.run(self._doubts, visit)
        said: dict[str, Any] = {"doubts": doubts, "told": told, "error": error, "outcomes": tuple(IdentityOutcome)}
        status = 200 if error is None else int(status_of(error))
        return self._console.pages.page("review.html", visit, status=status, **said)

    def _doubts(self, visit: Visit) -> list[Doubt]:
        """Return the candidates nobody decided about, of the newest check that found each, the newest first."""
        hosted = self._console.hosted
        with hosted.docket.reading() as connection:
            checks = doubtful_checks(connection, visit.caller.unit, limit=_LOOKED_AT)
        today = hosted.clock().date()
        decided = {
            (each.subject, each.record)
            for each in hosted.lists.verdicts()
            if each.expires_on is None or each.expires_on >= today
        }
        found: dict[tuple[str, str, int], Doubt] = {}
        for check in checks:
            shown = masked(check.document)
            for candidate in shown["identity"]["candidates"]:
                key = (
                    check.subject or shown["subject"]["name"] or check.number,
                    candidate["source"]["batch"],
                    candidate["source"]["row"],
                )
                listing = None if key in found else hosted.lists.row(*key[1:])
                if listing is None or (check.subject, record_key(listing)) in decided:
                    continue
                name, number = shown["subject"]["name"], shown["subject"]["id"]
                who = "，".join(part for part in (name, number) if part)
                found[key] = Doubt(check, who, candidate, may_decide=_numbered(check))
            if len(found) >= _MOST:
                break
        return list(found.values())


def _numbered(check: FiledCheck) -> bool:
    """Tell whether a check was about a whole number: on a name alone, it would hold for everybody of that name."""
    number = check.document["subject"]["id"]
    return bool(number) and number != mask_id(number) and "*" not in number


def _outcome(text: str) -> IdentityOutcome:
    with suppress(ValueError):
        return IdentityOutcome(text)
    raise QuestionError("question.unknown_word", "没有选择核实结论。", "请选择是同一主体，或者不是。")
