"""投标人批量核查: every bidder of a tender at once, members of a consortium together, each filed with a receipt."""

from __future__ import annotations

import csv
import io
import secrets
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.errors import AccessError, JointSanctionError
from jointsanction.loop.access.permits import of_unit
from jointsanction.loop.filing.kept import checks_filed, whole_tender
from jointsanction.registry.readers.bidders import bidders_pasted, column_of
from jointsanction.telling.answer import answer_of
from jointsanction.telling.headline import headline
from jointsanction.telling.masking import masked
from jointsanction.telling.stored import result_of
from jointsanction.terms import Role, Verdict
from jointsanction.web.console.asked import Typed, matter_code, offered, permitted, request_key, typed
from jointsanction.web.console.places import WINDOW
from jointsanction.web.problems import status_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from jointsanction.model.filed import FiledCheck
    from jointsanction.model.subject import Subject
    from jointsanction.telling.page import Headline
    from jointsanction.web.console.console import Console, Sent
    from jointsanction.web.console.visiting import Visit

_MEMBER: Final = Role.CONSORTIUM_MEMBER.zh
_HEADER: Final = ("统一社会信用代码", "名称", "联合体")


class Bidder(NamedTuple):
    """One bidder with his answer (投标人及其结论)."""

    who: str
    group: str
    head: Headline
    check: FiledCheck


class Tendered(NamedTuple):
    """The answers about a tender as they are shown (批量核查结果).

    `groups` name each bidder's consortium. `again` says that they are those of a form sent before, and `once_more` what
    to send to ask the same anew; of a file nothing, for a page can't send one again.
    """

    number: str
    checks: Sequence[FiledCheck]
    groups: Sequence[str]
    again: bool = False
    once_more: Sequence[tuple[str, str]] = ()


class Tendering:
    """The pages of a tender (投标人批量核查)."""

    def __init__(self, console: Console) -> None:
        """Put the pages in place."""
        self._console = console
        console.shows("/tender", self.form, WINDOW)
        console.takes("/tender", self.check, WINDOW)
        console.takes("/tender/record", self.record, WINDOW)

    async def form(self, visit: Visit, _: Sent) -> Response:
        """Show the form (投标人名册)."""
        return self._form(visit, Typed(), "")

    async def check(self, visit: Visit, sent: Sent) -> Response:
        """Ask about every bidder, file all under one number, and show the answers; sent again, those of then."""
        said, hosted, listed = typed(sent), self._console.hosted, sent.whole("bidders")
        try:
            permitted(said, visit.caller, hosted.engine.tables)
            subjects, roll = await self._roll(sent)
            hosted.rates.count(visit.caller, len(subjects))
            words = {key: value for key, value in said.words().items() if value}
            key = request_key(sent.text("request"), repr((said, roll)), hosted.clock().date())
            filing = await hosted.run(
                hosted.desk.ask_tender,
                subjects,
                matter_code(said.matter),
                words,
                visit.caller,
                purpose=said.purpose,
                key=key,
            )
            filed = await hosted.file(filing)
        except AccessError:
            raise
        except JointSanctionError as error:
            return self._form(visit, said, listed, error)
        pasted = [*said.sent(), ("bidders", listed)] if sent.file("roll") is None else []
        groups = [subject.group or "" for subject in subjects]
        return self._answers(visit, Tendered(filed.number, filed.checks, groups, filed.again, pasted))

    async def record(self, visit: Visit, sent: Sent) -> Response:
        """Show the answers about the bidders of a filed tender again; that somebody looked is in the audit."""
        number = sent.text("number")
        hosted = self._console.hosted
        checks = await hosted.run(checks_filed, hosted.docket, number)
        of_unit(checks[0], visit.caller.unit)
        await self._console.note_read(visit, number)
        groups = [_MEMBER if each.document["question"]["role"] == Role.CONSORTIUM_MEMBER else "" for each in checks]
        return self._answers(visit, Tendered(number, checks, groups))

    async def _roll(self, sent: Sent) -> tuple[tuple[Subject, ...], bytes]:
        """Return the bidders of the file that was sent, else of what was pasted, with what they were read from."""
        hosted, file = self._console.hosted, sent.file("roll")
        if file is None:
            text = _written(sent.whole("bidders"))
            return await hosted.run(bidders_pasted, text), text.encode()
        raw = await file.read()
        return await hosted.rolls.bidders(file.filename or "名册", raw), raw

    def _answers(self, visit: Visit, filed: Tendered) -> Response:
        bidders = [self._bidder(check, group) for check, group in zip(filed.checks, filed.groups, strict=True)]
        first = filed.checks[0]
        counted = [(each, sum(bidder.head.verdict is each for bidder in bidders)) for each in Verdict]
        said: dict[str, Any] = {
            "number": filed.number,
            "bidders": bidders,
            "counted": [(each, count) for each, count in counted if count],
            "receipt": whole_tender(filed.checks)["receipt"],
            "matter": self._console.matter_title(first.matter),
            "check": first,
            "again": first if filed.again else None,
            "once_more": filed.once_more,
            "request": secrets.token_urlsafe(16),
        }
        return self._console.pages.page("tender_answer.html", visit, **said)

    def _bidder(self, check: FiledCheck, group: str) -> Bidder:
        tables = self._console.hosted.engine.tables
        document = masked(check.document)
        answer = answer_of(result_of(document, tables), tables.catalog)
        shown = document["subject"]
        who = "，".join(part for part in (shown["name"], shown["id"]) if part)
        return Bidder(who, group, headline(answer.result, tables.catalog.lists), check)

    def _form(self, visit: Visit, said: Typed, listed: str, error: JointSanctionError | None = None) -> Response:
        return self._console.pages.page(
            "tender.html",
            visit,
            status=200 if error is None else int(status_of(error)),
            error=error,
            said=said,
            listed=listed,
            **offered(visit.caller, self._console.hosted.engine.tables),
            request=secrets.token_urlsafe(16),
        )


def _written(pasted: str) -> str:
    """Return what was pasted as CSV, under a header where it has none: cells by tabs or commas, rows filled up."""
    cut = "\t" if "\t" in pasted else ","
    lines = (line.strip("\r\n ") for line in pasted.replace("，", cut).splitlines())
    rows = [[cell.strip() for cell in line.split(cut)] for line in lines if line]
    width = max(map(len, rows), default=0)
    if rows and not any(column_of(cell) for cell in rows[0]):
        rows.insert(0, list(_HEADER[:width]))
    written = io.StringIO()
    csv.writer(written).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return written.getvalue()
