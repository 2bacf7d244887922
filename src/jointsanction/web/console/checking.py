"""一键核查: one subject, one matter, one day; the answer in one glance, filed before it is shown."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from jointsanction.errors import AccessError, JointSanctionError
from jointsanction.telling.answer import answer_of, answer_parts, subject_text
from jointsanction.telling.masking import masked
from jointsanction.telling.stored import result_of
from jointsanction.terms import IdentityStatus
from jointsanction.web.console.asked import Typed, offered, permitted, typed
from jointsanction.web.console.places import WINDOW
from jointsanction.web.problems import status_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from jointsanction.model.filed import FiledCheck
    from jointsanction.web.console.console import Console, Sent
    from jointsanction.web.console.visiting import Visit


class Checking:
    """The pages of a check (一键核查)."""

    def __init__(self, console: Console) -> None:
        """Put the pages in place."""
        self._console = console
        console.shows("/check", self.form, WINDOW)
        console.takes("/check", self.check, WINDOW)
        console.takes("/check/record", self.record, WINDOW)
        console.takes("/check/reveal", self.reveal, WINDOW)

    async def form(self, visit: Visit, _: Sent) -> Response:
        """Show the form (核查表单)."""
        return self._form(visit, Typed())

    async def check(self, visit: Visit, sent: Sent) -> Response:
        """Ask, file, and show the answer; of a question that can't be asked, the form again with what is wrong.

        A form that comes again is answered with what was filed then, and the page says so.
        """
        said, hosted = typed(sent), self._console.hosted
        try:
            permitted(said, visit.caller, hosted.engine.tables)
            hosted.rates.count(visit.caller)
            key = said.key(sent.text("request"), hosted.clock().date())
            filing = await hosted.run(hosted.desk.ask, said.question(), visit.caller, purpose=said.purpose, key=key)
            filed = await hosted.file(filing)
        except AccessError:
            raise
        except JointSanctionError as error:
            return self._form(visit, said, error)
        return self.answer(visit, filed.check, once_more=said.sent() if filed.again else ())

    async def record(self, visit: Visit, sent: Sent) -> Response:
        """Show a filed check again (核查归档)."""
        return self.answer(visit, await self._console.read(visit, sent.text("number")))

    async def reveal(self, visit: Visit, sent: Sent) -> Response:
        """Show a filed check unmasked; that and why is in the audit (查看明文)."""
        number, desk = sent.text("number"), self._console.hosted.desk
        check = await self._console.filed(visit, number)
        try:
            await self._console.hosted.run(desk.reveal, number, visit.caller, reason=sent.text("reason"))
        except AccessError:
            raise
        except JointSanctionError as error:
            return self.answer(visit, check, error=error)
        return self.answer(visit, check, revealed=True)

    def answer(
        self,
        visit: Visit,
        check: FiledCheck,
        *,
        revealed: bool = False,
        error: JointSanctionError | None = None,
        once_more: Sequence[tuple[str, str]] = (),
    ) -> Response:
        """Return the page of an answer (核查结果); `once_more` is what to send to ask the same anew (重新核查)."""
        tables = self._console.hosted.engine.tables
        document = check.document if revealed else masked(check.document)
        answer = answer_of(result_of(document, tables), tables.catalog)
        head, _, *told = answer_parts(answer)
        said: dict[str, Any] = {
            "check": check,
            "head": head,
            "told": told,
            "who": subject_text(answer),
            "matter": self._console.matter_title(check.matter),
            "follow": _follow(check),
            "revealed": revealed,
            "error": error,
            "once_more": once_more,
            "request": secrets.token_urlsafe(16),
            "identity": IdentityStatus(answer.result.identity.status).zh,
        }
        return self._console.pages.page("answer.html", visit, status=_status(error), **said)

    def _form(self, visit: Visit, said: Typed, error: JointSanctionError | None = None) -> Response:
        tables = self._console.hosted.engine.tables
        return self._console.pages.page(
            "check.html",
            visit,
            status=_status(error),
            error=error,
            said=said,
            more=said.more,
            **offered(visit.caller, tables),
            request=secrets.token_urlsafe(16),
            version=str(self._console.hosted.engine.registry.version)[:19],
        )


def _follow(check: FiledCheck) -> str:
    """Return what is to be done after an answer, empty when nothing is (下一步)."""
    found = [each for each in check.document["findings"] if each["applies"] and each["cause"] and each["measure"]]
    if not found:
        return ""
    return f"有 {len(found)} 项措施适用，办理后须逐项登记执行情况并反馈。"


def _status(error: JointSanctionError | None) -> int:
    return 200 if error is None else int(status_of(error))
