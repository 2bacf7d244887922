"""The way into every route of the API (接口入口): who asks, how much he sends, and what is told if it fails.

It is the routes' own class and no middleware, so that it comes along into the application of a host.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from jointsanction.errors import JointSanctionError
from jointsanction.model.audit import Deed
from jointsanction.terms import AuditAction
from jointsanction.web.access import RateError
from jointsanction.web.problems import HEADERS, crashed, http_problem, malformed, not_taken, problem_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from starlette.responses import Response
    from starlette.types import Message

    from jointsanction.model.caller import Caller
    from jointsanction.web.hosted import Hosted

Authenticate: TypeAlias = "Callable[[Request], Awaitable[Caller]]"
"""Who asks: raises `AccessError` for nobody who may."""

_Handler: TypeAlias = "Callable[[Request], Coroutine[Any, Any, Response]]"

REQUEST_ID: Final = "x-request-id"
_GIVEN: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_CALLER: Final = "jointsanction.caller"
_REQUEST: Final = "jointsanction.request"
_JSON: Final = "application/json"
_REFUSED: Final = frozenset({"access.role", "access.matter", "access.unit", "access.audience"})


def request_number(request: Request) -> str:
    """Return the number of a request (请求编号): the caller's own where he gives a fit one, else a new one."""
    number: str | None = request.scope.get(_REQUEST)
    if number is None:
        given = request.headers.get(REQUEST_ID, "")
        number = given if _GIVEN.fullmatch(given) else secrets.token_hex(16)
        request.scope[_REQUEST] = number
    return number


def caller_at(request: Request) -> Caller:
    """Return who asks, as `Authenticate` said (经办)."""
    caller: Caller = request.scope[_CALLER]
    return caller


class Guard:
    """Stands before every route (接口守卫)."""

    def __init__(self, authenticate: Authenticate, hosted: Hosted) -> None:
        """Take who says who asks, and what the service stands on."""
        self._authenticate = authenticate
        self._hosted = hosted
        self._limit = hosted.settings.body_bytes

    def route_class(self) -> type[APIRoute]:
        """Return the class of the routes behind this guard."""
        guard = self

        class Door(APIRoute):
            """A route behind the guard."""

            def get_route_handler(self) -> _Handler:
                """Return the handler, guarded."""
                model = self._only_body()
                inner = super().get_route_handler() if model is None else _plain(self.endpoint, model)
                return guard.around(inner, takes_json=self.body_field is not None)

            def _only_body(self) -> TypeAdapter[Any] | None:
                """Return what reads the body of a route that takes nothing else."""
                taken = self.dependant
                if len(taken.body_params) != 1 or taken.path_params or taken.query_params or taken.header_params:
                    return None
                return TypeAdapter[Any](taken.body_params[0].field_info.annotation or dict)

        return Door

    def around(self, inner: _Handler, *, takes_json: bool) -> _Handler:
        """Return a handler that asks who it is first, and that never fails but in a problem document."""

        async def guarded(request: Request) -> Response:
            number = request_number(request)
            try:
                caller = request.scope[_CALLER] = await self._authenticate(request)
                self._hosted.rates.count(caller)
                if takes_json:
                    request = await self._taken(request)
                response = await inner(request)
            except JointSanctionError as error:
                response = await self._refused(request, error)
            except RequestValidationError as error:
                response = malformed(error.errors(), number)
            except ValidationError as error:
                response = malformed(error.errors(include_url=False, include_input=False), number, ("body",))
            except HTTPException as error:
                response = http_problem(error.status_code, number, error.headers)
            except ClientDisconnect:
                raise
            except Exception as error:  # noqa: BLE001 - nothing of it may reach the caller
                response = crashed(error, number)
            response.headers.update({**HEADERS, "X-Request-Id": number})
            return response

        return guarded

    async def _refused(self, request: Request, error: JointSanctionError) -> Response:
        """Return what is told of an error of ours; that somebody known wanted what he may not, the audit keeps."""
        number = request_number(request)
        caller: Caller | None = request.scope.get(_CALLER)
        if caller is None:
            return problem_of(error, number)
        if error.code in _REFUSED:
            route = request.scope["route"].path
            deed = Deed(action=AuditAction.REFUSED, caller=replace(caller, request=number), about=route,
                        detail={"code": error.code})  # fmt: skip
            await self._hosted.run(self._hosted.desk.note, deed)
        return problem_of(error, number, wait=error.wait if isinstance(error, RateError) else None)

    async def _taken(self, request: Request) -> Request:
        """Return a request whose body is read and is no larger than allowed, and says that it is JSON."""
        kind = request.headers.get("content-type", "")
        if kind.partition(";")[0].strip().lower() != _JSON:
            raise not_taken(_JSON)
        body = await read_body(request, self._limit)

        async def again() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        return Request(request.scope, again)


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body of a request that is no longer than allowed; the rest of one that is, is never read."""
    said = request.headers.get("content-length", "")
    if said.isdigit() and int(said) > limit:
        raise HTTPException(413)
    parts, size = list[bytes](), 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise HTTPException(413)
        parts.append(part)
    return b"".join(parts)


def _plain(endpoint: Callable[..., Coroutine[Any, Any, Response]], model: TypeAdapter[Any]) -> _Handler:
    """Return a handler that reads the body and nothing else: what FastAPI does around it costs more than a check."""

    async def plain(request: Request) -> Response:
        return await endpoint(request, model.validate_json(await request.body()))

    return plain
