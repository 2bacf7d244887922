"""审计检索: for auditors alone; who did what, when and why, everybody masked; and whether the chain holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jointsanction.errors import AccessError, JointSanctionError
from jointsanction.loop.filing.auditing import Sought, masked_entry
from jointsanction.loop.follow_up.days import span_of
from jointsanction.model.audit import Deed
from jointsanction.terms import AuditAction
from jointsanction.web.console.places import AUDITING
from jointsanction.web.problems import status_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from jointsanction.store.docket.chain import ChainReport
    from jointsanction.web.console.console import Console, Sent
    from jointsanction.web.console.visiting import Visit

_MOST: Final = 200
_FIELDS: Final = ("action", "account", "unit", "about", "case_no", "subject", "since", "until")


class Auditing:
    """The page of the audit (审计检索)."""

    def __init__(self, console: Console) -> None:
        """Put the page in place."""
        self._console = console
        self._audit = console.hosted.desk.audit
        console.shows("/audit", self.form, AUDITING)
        console.takes("/audit", self.search, AUDITING)
        console.takes("/audit/verify", self.verify, AUDITING)

    async def form(self, visit: Visit, sent: Sent) -> Response:
        """Show the form (审计检索)."""
        return self._page(visit, sent)

    async def search(self, visit: Visit, sent: Sent) -> Response:
        """Show the records that fit, the newest first; that somebody looked is in the audit too (查阅留痕)."""
        hosted = self._console.hosted
        try:
            found = await hosted.run(self._audit.search, _sought(sent))
        except AccessError:
            raise
        except JointSanctionError as error:
            return self._page(visit, sent, error=error)
        # What was looked for may be somebody's number: the audit keeps which fields were filled in, never with what.
        detail = {"by": [name for name in _FIELDS if sent.text(name)], "found": len(found)}
        await hosted.run(hosted.desk.note, Deed(action=AuditAction.READ, caller=visit.caller, detail=detail))
        entries = [{**masked_entry(each.entry), "digest": each.digest} for each in found[:_MOST]]
        return self._page(visit, sent, entries=entries, more=len(found) >= _MOST)

    async def verify(self, visit: Visit, sent: Sent) -> Response:
        """Go through the chain and say whether it holds (核验)."""
        report = await self._console.hosted.run(self._audit.verify)
        return self._page(visit, sent, report=report)

    def _page(
        self,
        visit: Visit,
        sent: Sent,
        *,
        error: JointSanctionError | None = None,
        report: ChainReport | None = None,
        **found: Any,
    ) -> Response:
        said: dict[str, Any] = {
            "typed": {name: sent.text(name) for name in _FIELDS},
            "actions": tuple(AuditAction),
            "entries": found.get("entries"),
            "more": found.get("more", False),
            "report": report,
        }
        status = 200 if error is None else int(status_of(error))
        return self._console.pages.page("audit.html", visit, status=status, error=error, **said)


def _sought(sent: Sent) -> Sought:
    """Return what is looked for.

    Raises:
        QuestionError: `question.date`; `question.days` for days that no calendar of ours has.
    """
    plain = {name: sent.text(name) or None for name in ("action", "account", "unit", "about", "case_no", "subject")}
    since, until = sent.day("since"), sent.day("until")
    span_of(since, until)
    return Sought(**plain, since=since, until=until, limit=_MOST)
