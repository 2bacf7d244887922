"""Whether the service lives, and whether it can answer (存活与就绪): for what watches over it and sends it requests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter
from starlette.responses import Response

from jointsanction.errors import JointSanctionError, RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.web.hosted import Hosted

_HEADERS: Final = {"Cache-Control": "no-store"}


def health_router(hosted: Hosted) -> APIRouter:
    """Return `/healthz` and `/readyz`, which ask nobody's key and tell codes alone (存活与就绪)."""
    router = APIRouter()

    @router.get("/healthz", include_in_schema=False)
    async def alive() -> Response:
        return _said(200, {"status": "alive"})

    @router.get("/readyz", include_in_schema=False)
    async def ready() -> Response:
        faults = await hosted.run(lambda: dict(_faults(hosted)))
        engine = hosted.engine
        versions = {"lists": engine.registry.version, "catalogue": engine.tables.version}
        degraded = {} if hosted.relay is None or hosted.relay.fault is None else {"relay": hosted.relay.fault}
        said = {
            "status": "not-ready" if faults else "ready",
            "faults": faults,
            "degraded": degraded,  # messages wait and checks go on: nobody is to be sent elsewhere for that
            "versions": versions,
        }
        return _said(503 if faults else 200, said)

    return router


def _faults(hosted: Hosted) -> Iterator[tuple[str, str]]:
    """Yield what can't be reached or renewed, each with the code of why."""
    try:
        hosted.lists.version()
    except RegistryError as error:
        yield "lists", error.code
    try:
        with hosted.docket.reading():
            pass
    except RegistryError as error:
        yield "docket", error.code
    try:
        hosted.swapper.require()
    except JointSanctionError as error:
        yield "swapping", error.code
    else:
        if hosted.swapper.fault is not None:
            yield "swapping", hosted.swapper.fault


def _said(status: int, body: object) -> Response:
    content = json.dumps(body, ensure_ascii=False).encode()
    return Response(content, status_code=status, media_type="application/json", headers=_HEADERS)
