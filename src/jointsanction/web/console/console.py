"""The way into every page (页面入口): who is there, whether the form is his, what is told when something fails."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from jointsanction.errors import AccessError, JointSanctionError
from jointsanction.loop.access.permits import of_unit, permit, permit_whole
from jointsanction.loop.filing.sealing import deed_of
from jointsanction.model.audit import Deed
from jointsanction.steps.asking.days import read_day
from jointsanction.terms import AuditAction
from jointsanction.web.console.places import RECORDS
from jointsanction.web.console.rendering import HEADERS, Pages
from jointsanction.web.console.visiting import ConsoleRules, Doorman, Visit
from jointsanction.web.door import read_body
from jointsanction.web.problems import log_crash, status_of

if TYPE_CHECKING:
    from datetime import date

    from fastapi import APIRouter
    from starlette.datastructures import FormData
    from starlette.types import Message

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.filed import FiledCheck
    from jointsanction.terms import AccountRole
    from jointsanction.web.hosted import Hosted


COOKIE: Final = "jointsanction"
SMALL: Final = 1 << 20
"""How many bytes a form may have that brings no list file."""

_FIELDS: Final = 5_000
_LONGEST: Final = 512 * 1024


class Sent(NamedTuple):
    """What a form brings (表单): texts by name, several under one name, and at most a few files."""

    fields: FormData | None

    def text(self, name: str) -> str:
        """Return a field's text without blanks around it, empty when it was not sent."""
        return self.whole(name).strip()

    def whole(self, name: str) -> str:
        """Return a field's text as it was typed, empty when it was not sent."""
        value = "" if self.fields is None else self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    def day(self, name: str, title: str = "日期") -> date | None:
        """Return a field's day, None when it was left empty.

        Raises:
            QuestionError: `question.date`.
        """
        text = self.text(name)
        return read_day(text, title) if text else None

    def texts(self, name: str) -> list[str]:
        """Return all texts sent under a name."""
        values: Iterable[Any] = () if self.fields is None else self.fields.getlist(name)
        return [value.strip() for value in values if isinstance(value, str)]

    async def close(self) -> None:
        """Let go of what lies in files meanwhile."""
        if self.fields is not None:
            await self.fields.close()

    def file(self, name: str) -> UploadFile | None:
        """Return a file that was sent, None when none was chosen."""
        value = None if self.fields is None else self.fields.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None


Handler: TypeAlias = Callable[[Visit, Sent], Awaitable[Response]]
"""What makes one page, for somebody who may see it."""


class Console:
    """What all pages stand on (控制台): the service, the templates, the door."""

    def __init__(self, hosted: Hosted, router: APIRouter, rules: ConsoleRules) -> None:
        """Take the service that the console is a door of, and the router that its pages go into."""
        self.hosted = hosted
        self.pages = Pages()
        self.doorman = Doorman(hosted.desk, rules)
        self._router = router

    @property
    def catalog(self) -> Catalog:
        """Return the catalogue that answers are given by."""
        return self.hosted.engine.tables.catalog

    def shows(self, path: str, handler: Handler, roles: frozenset[AccountRole]) -> None:
        """Put a page in place, for whoever has one of some roles."""
        self._place(path, handler, roles, "GET", SMALL)

    def takes(self, path: str, handler: Handler, roles: frozenset[AccountRole], *, limit: int = SMALL) -> None:
        """Put what a form is sent to in place; `limit` is how many bytes it may have."""
        self._place(path, handler, roles, "POST", limit)

    def _place(self, path: str, handler: Handler, roles: frozenset[AccountRole], method: str, limit: int) -> None:
        async def guarded(request: Request) -> Response:
            visit: Visit | None = None
            try:
                visit = await self.visit(request)
                response = await self._answer(request, visit, handler, (roles, limit))
            except JointSanctionError as error:
                response = await self._refused(request, visit, error)
            except HTTPException as error:
                response = self._failed(visit, error.status_code)
            except Exception as error:  # noqa: BLE001 - nothing of it may reach the page
                log_crash(f"console {path}", error)
                response = self._failed(visit, HTTPStatus.INTERNAL_SERVER_ERROR)
            return sealed(response)

        self._router.add_api_route(path, guarded, methods=[method], include_in_schema=False, response_model=None)

    async def visit(self, request: Request) -> Visit | None:
        """Return who is there (登录人)."""
        token = request.cookies.get(COOKIE)
        if not token:
            return None
        return await self.hosted.run(self.doorman.visit, token, address_of(request))

    async def _answer(
        self, request: Request, visit: Visit | None, handler: Handler, place: tuple[frozenset[AccountRole], int]
    ) -> Response:
        roles, limit = place
        if visit is None:
            return to_sign_in(request)
        permit(visit.caller, *sorted(roles))
        if roles <= RECORDS:
            permit_whole(visit.caller)
        if request.method == "GET":
            return await handler(visit, Sent(None))
        sent = await form_of(request, limit)
        try:
            return await self._taken(request, visit, sent, handler)
        finally:
            await sent.close()

    async def _taken(self, request: Request, visit: Visit, sent: Sent, handler: Handler) -> Response:
        given = sent.text("csrf") or request.headers.get("x-csrf", "")
        if not from_here(request) or not hmac.compare_digest(given.encode(), visit.csrf.encode()):
            raise AccessError("access.form", "表单已过期，或者不是从本系统发出的。", "请返回页面重新填写。")
        return await handler(visit, sent)

    async def _refused(self, request: Request, visit: Visit | None, error: JointSanctionError) -> Response:
        """Return the page of an error of ours; that somebody was refused is in the audit."""
        if visit is not None and isinstance(error, AccessError):
            detail = {"code": error.code, "path": request.url.path}
            deed = Deed(action=AuditAction.REFUSED, caller=visit.caller, detail=detail)
            await self.hosted.run(self.hosted.desk.note, deed)
        return self.problem(visit, error)

    async def filed(self, visit: Visit, number: str) -> FiledCheck:
        """Return a filed check of somebody's own unit, whole (核查归档).

        Raises:
            LoopError: `loop.no_such_check`, for one of another unit too: whether there is one is none of his business.
        """
        check = await self.hosted.run(self.hosted.desk.filed, number)
        return of_unit(check, visit.caller.unit)

    async def read(self, visit: Visit, number: str) -> FiledCheck:
        """Return a filed check as `filed` does; that somebody looked at it is in the audit (查阅留痕).

        Raises:
            LoopError: `loop.no_such_check`.
        """
        check = await self.filed(visit, number)
        await self.note_read(visit, number, check)
        return check

    async def note_read(self, visit: Visit, number: str, check: FiledCheck | None = None) -> None:
        """Put into the audit that somebody looked at what was filed under a number (查阅留痕)."""
        deed = deed_of(AuditAction.READ, visit.caller, check, about=number)
        await self.hosted.run(self.hosted.desk.note, deed)

    def matter_title(self, code: str) -> str:
        """Return a matter as pages name it, its code where the catalogue has it no longer."""
        matter = self.catalog.matters.get(code)
        return code if matter is None else f"{matter.title}（{code}）"

    def problem(self, visit: Visit | None, error: JointSanctionError) -> Response:
        """Return the page of an error of ours: what is wrong and what to do (出错页面)."""
        return self.pages.page("problem.html", visit, status=int(status_of(error)), error=error)

    def _failed(self, visit: Visit | None, status: int) -> Response:
        text, hint = _FAILURES.get(status, ("请求没有被接受。", "请返回页面重新填写。"))
        error = JointSanctionError(f"request.http_{status}", text, hint)
        return self.pages.page("problem.html", visit, status=status, error=error)


_FAILURES: Final = {
    404: ("没有这个页面。", "请从左侧栏目进入。"),
    413: ("提交的内容超过允许的大小。", "请分几次提交，或者请运维人员用命令行办理。"),
    500: ("系统内部出错，没有完成。", "请重试；仍不行的，请告知运维人员出错的时间。"),
}


def sealed(response: Response) -> Response:
    """Return a response with what every page says about itself (安全响应头)."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def to_sign_in(request: Request) -> Response:
    """Return the way to the sign-in page; htmx is told to go there with the whole page."""
    if request.headers.get("hx-request"):
        return Response(status_code=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": "/sign-in"})
    return RedirectResponse("/sign-in", status_code=HTTPStatus.SEE_OTHER)


def from_here(request: Request) -> bool:
    """Tell whether a form was sent by a page of our own, as far as the browser says (来源核对)."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        return False
    return site in {"same-origin", "none"}


def address_of(request: Request) -> str | None:
    """Return from where a request comes."""
    return None if request.client is None else request.client.host


async def form_of(request: Request, limit: int) -> Sent:
    """Return what a form brings, no larger than allowed.

    Raises:
        HTTPException: 413 when it is larger.
    """
    body = await read_body(request, limit)

    async def again() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    read = Request(request.scope, again)
    return Sent(await read.form(max_files=2, max_fields=_FIELDS, max_part_size=_LONGEST))
