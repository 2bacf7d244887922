"""The whole service as one application (整个服务): the API under `/v1`, further doors, the console."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException

from jointsanction.web.access import bearer_of
from jointsanction.web.console import create_console
from jointsanction.web.door import request_number
from jointsanction.web.doors import further_doors
from jointsanction.web.health import health_router
from jointsanction.web.logs import RequestLog
from jointsanction.web.openapi import describe
from jointsanction.web.problems import crashed, http_problem
from jointsanction.web.router import api_router

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from jointsanction.web.hosted import Hosted

TITLE: Final = "信用联合奖惩核查"


def create_app(hosted: Hosted) -> FastAPI:
    """Return the service that stands on what is hosted (整个服务)."""
    # Without the pages of Swagger and Redoc: they fetch scripts from elsewhere, and an intranet has no elsewhere.
    app = FastAPI(
        title=TITLE,
        version=version("jointsanction"),
        lifespan=_life,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.hosted = hosted
    app.include_router(api_router(hosted, bearer_of(hosted.access), by_key=True), prefix="/v1")
    for router in further_doors(hosted):
        app.include_router(router)
    app.include_router(health_router(hosted))
    if hosted.settings.console:
        app.include_router(create_console(hosted))
    app.add_middleware(RequestLog)
    app.add_exception_handler(HTTPException, _not_reached)
    app.add_exception_handler(Exception, _failed)
    describe(app)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    """Watch what changes while the service runs, and let what was begun be ended when it stops."""
    hosted: Hosted = app.state.hosted
    await hosted.run(hosted.swapper.begin)  # without what was approved nothing is served
    tasks = [asyncio.create_task(each.watch()) for each in (hosted.swapper, hosted.relay) if each is not None]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    hosted.end_reading()
    await hosted.run(hosted.close)


async def _not_reached(request: Request, error: Exception) -> Response:
    """Answer what no route took: an unknown path, a wrong method."""
    if not isinstance(error, HTTPException):  # pragma: no cover - Starlette hands over nothing else
        raise error
    return http_problem(error.status_code, request_number(request), error.headers)


async def _failed(request: Request, error: Exception) -> Response:
    return crashed(error, request_number(request))
