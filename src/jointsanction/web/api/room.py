"""What all routes work with (接口公用): who asks and may he, under which key, and in what form he is told."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from starlette.responses import Response

from jointsanction.disclosure import disclosed
from jointsanction.errors import QuestionError
from jointsanction.loop.access.permits import no_audience, of_unit, permit, permit_findings, permit_matter
from jointsanction.loop.filing.kept import checks_filed
from jointsanction.loop.filing.sealing import deed_of
from jointsanction.model.caller import RequestKey
from jointsanction.receipt import canonical
from jointsanction.terms import AccountRole
from jointsanction.web.access import at_request
from jointsanction.web.door import caller_at, request_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel
    from starlette.requests import Request

    from jointsanction.model.caller import Caller
    from jointsanction.model.filed import FiledCheck
    from jointsanction.terms import AuditAction, Disclosure
    from jointsanction.web.hosted import Hosted

KEY_HEADER: Final = "idempotency-key"
_LONGEST_KEY: Final = 128


class Room:
    """What routes share (接口公用)."""

    def __init__(self, hosted: Hosted) -> None:
        """Take what the service stands on."""
        self.hosted = hosted

    def caller(self, request: Request, *roles: AccountRole, officer: str | None = None) -> Caller:
        """Return who asks, with what this request says of him, when he has one of some roles (经办).

        Raises:
            AccessError: `access.role`.
        """
        caller = caller_at(request)
        if roles:
            permit(caller, *roles)
        address = request.client.host if request.client is not None else None
        return at_request(caller, officer=officer, address=address, request=request_number(request))

    def follower(self, request: Request, *, officer: str | None = None) -> Caller:
        """Return who follows a check up: at a window, and no account for anybody at large (办理人).

        Raises:
            AccessError: `access.role`, `access.audience`.
        """
        caller = self.caller(request, AccountRole.WINDOW, officer=officer)
        permit_findings(caller)
        return caller

    def permit_matter(self, caller: Caller, matter: str) -> None:
        """Return when the caller may ask about a matter.

        Raises:
            AccessError: `access.matter`. UnknownMatterError: no such matter.
        """
        permit_matter(caller, matter, self.hosted.engine.tables)

    def permit_count(self, caller: Caller, asked: int) -> None:
        """Return when the caller may ask so much at once, and count it (一次核查的个数).

        Raises:
            QuestionError: `question.too_many`. AccessError: `access.rate`.
        """
        most = self.hosted.settings.batch
        if asked > most:
            message = f"一次最多核查 {most} 个主体，现有 {asked} 个。"
            raise QuestionError("question.too_many", message, "请分成几次发送。")
        if asked > 1:
            self.hosted.rates.count(caller, asked, counted=1)  # the request itself, at the door

    def key(self, request: Request, body: BaseModel) -> RequestKey | None:
        """Return the caller's own key of a request that records something, None without one (请求键).

        What is sent is compared by what it says, and not by its spaces; the route is part of it.

        Raises:
            QuestionError: `question.request_key`.
        """
        said = request.headers.get(KEY_HEADER)
        if said is None:
            return None
        if not 0 < len(said) <= _LONGEST_KEY or not said.isascii() or not said.isprintable():
            message = f"请求键须为 1 至 {_LONGEST_KEY} 个可见的英文字符。"
            raise QuestionError("question.request_key", message, "例如一个 UUID；重发请求时用同一个。")
        same = hashlib.sha256(request.url.path.encode() + b"\n" + canonical(body.model_dump(mode="json")))
        return RequestKey(said, same.hexdigest())

    def told(self, check: FiledCheck, caller: Caller, answer: Literal["full", "minimal"] = "full") -> dict[str, Any]:
        """Return a filed check as this caller may see it (核查结果): whole, an extract, or verdict and measures."""
        document = self.disclosed(check.document, caller)
        if answer == "minimal":
            return minimal(document, check.number)
        return {**document, "number": check.number}

    def disclosed(self, document: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
        """Return what of an answer may leave to the caller (公开属性): all of it where nothing has to be left out."""
        return disclosed(document, self.lists, caller.audience)

    @property
    def lists(self) -> dict[str, Disclosure]:
        """Return the disclosure attribute of each list (公开属性)."""
        return {code: kind.disclosure for code, kind in self.hosted.engine.tables.catalog.lists.items()}

    async def filed(self, number: str, caller: Caller) -> FiledCheck:
        """Return a filed check, with its items, of the caller's own unit, whatever else he is (查阅范围).

        Raises:
            LoopError: `loop.no_such_check`, also for one of another unit: that it exists is nobody else's business.
        """
        return of_unit(await self.hosted.run(self.hosted.desk.filed, number), caller.unit)

    async def read(self, number: str, caller: Caller) -> tuple[FiledCheck, ...]:
        """Return the check of a number, or those of a tender, to be shown masked: an auditor's of any unit (查阅).

        Raises:
            LoopError: as `filed`.
        """
        checks = await self.hosted.run(checks_filed, self.hosted.docket, number)
        if AccountRole.AUDITOR not in caller.roles:
            of_unit(checks[0], caller.unit)
        return checks

    async def permit_report(self, number: str, caller: Caller) -> FiledCheck:
        """Return the first check of a report that its caller may have: of his unit, with nothing withheld (核查报告).

        Raises:
            LoopError: as `filed`. AccessError: `access.audience`.
        """
        checks = await self.hosted.run(checks_filed, self.hosted.docket, number)
        of_unit(checks[0], caller.unit)
        if any("receipt" not in self.disclosed(check.document, caller) for check in checks):
            raise no_audience("核查报告载明全部内容，其中有按提供对象不能提供给该账户的。")
        return checks[0]

    async def note(self, action: AuditAction, caller: Caller, *, check: FiledCheck | None = None, **said: Any) -> None:
        """Put into the audit what a caller read, of which check if of one (留痕); `said` are words of a `Deed`."""
        await self.hosted.run(self.hosted.desk.note, deed_of(action, caller, check, **said))


def minimal(document: Mapping[str, Any], number: str) -> dict[str, Any]:
    """Return verdict and measures of an answer, and nothing of any record (最小披露)."""
    names = ("measure", "title", "effect", "degree", "binding", "needs_decision", "duty", "implementing_authority")
    measures = {
        finding["measure"]: {name: finding[name] for name in names}
        for finding in document["findings"]
        if finding["applies"] and finding["measure"] is not None
    }
    return {
        "number": number,
        "verdict": document["verdict"],
        "complete": document["complete"],
        "matter": document["question"]["matter"],
        "as_of": document["question"]["as_of"],
        "credit_report_required": document["credit_report_required"],
        "measures": list(measures.values()),
        "checked_at": document["checked_at"],
    }


def reply(content: object, *, again: bool = False, status: int = 200) -> Response:
    """Return an answer as JSON; `again` says that the request was taken before and nothing new was made."""
    headers = {"Idempotent-Replayed": "true"} if again else None
    return Response(_ENCODER.encode(content), status_code=status, media_type="application/json", headers=headers)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    return str(value)


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
