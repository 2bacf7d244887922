"""登录、退出: the one page that is shown to nobody in particular."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request  # noqa: TC002 - FastAPI reads the annotations of handlers
from starlette.responses import RedirectResponse, Response

from jointsanction.errors import AccessError, JointSanctionError
from jointsanction.web.console.console import COOKIE, SMALL, Sent, address_of, form_of, from_here, sealed
from jointsanction.web.console.places import places_of
from jointsanction.web.console.visiting import ConsoleRules, Signing
from jointsanction.web.problems import status_of

if TYPE_CHECKING:
    from fastapi import APIRouter

    from jointsanction.web.console.console import Console
    from jointsanction.web.console.visiting import Visit


class SigningIn:
    """The pages of signing in and out (登录、退出)."""

    def __init__(self, console: Console, router: APIRouter, rules: ConsoleRules) -> None:
        """Put the pages in place."""
        self._console = console
        self._rules = rules
        for path, handler, method in (
            ("/", self.first, "GET"),
            ("/sign-in", self.form, "GET"),
            ("/sign-in", self.sign_in, "POST"),
            ("/sign-out", self.sign_out, "POST"),
        ):
            router.add_api_route(path, handler, methods=[method], include_in_schema=False, response_model=None)

    async def first(self, request: Request) -> Response:
        """Lead to the first page that somebody sees."""
        visit = await self._console.visit(request)
        if visit is None:
            return self._go("/sign-in")
        places = places_of(visit.caller)
        if places:
            return self._go(places[0].path)
        error = AccessError("access.role", "该账户没有任何岗位。", "请运维人员为账户设置岗位。")
        return sealed(self._console.problem(visit, error))

    async def form(self, _: Request) -> Response:
        """Show the form (登录)."""
        return self._form(Signing("", "", ""))

    async def sign_in(self, request: Request) -> Response:
        """Let somebody in, or say that account and key don't belong together."""
        try:
            sent = await form_of(request, SMALL)
        except HTTPException:
            return self._form(Signing("", "", ""), AccessError("access.form", "登录信息过长。", "请重新填写。"))
        typed = Signing(sent.text("account"), sent.text("key"), sent.text("officer"), address_of(request))
        try:
            if not from_here(request):
                raise AccessError("access.form", "登录表单不是从本系统发出的。", "请在本页重新登录。")
            token = await self._console.hosted.run(self._console.doorman.sign_in, typed)
        except JointSanctionError as error:
            return self._form(typed, error)
        response = self._go("/")
        response.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session (退出)."""
        visit = await self._console.visit(request)
        sent = await form_of(request, SMALL)
        if visit is not None and from_here(request) and _own(visit, sent):
            await self._console.hosted.run(self._console.doorman.sign_out, visit.session.digest)
        response = self._go("/sign-in")
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    def _form(self, typed: Signing, error: JointSanctionError | None = None) -> Response:
        said = {"typed": typed.name, "officer": typed.officer, "error": error}
        idle = int(self._rules.idle.total_seconds() // 60)
        status = 200 if error is None else int(status_of(error))
        return sealed(self._console.pages.page("sign_in.html", None, status=status, idle=idle, **said))

    def _go(self, path: str) -> Response:
        return sealed(RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER))


def _own(visit: Visit, sent: Sent) -> bool:
    return sent.text("csrf") == visit.csrf
