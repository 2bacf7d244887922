"""All pages of the console (控制台), as one router for the service, or for a host of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastapi import APIRouter
from starlette.responses import Response

from jointsanction.web.console.arriving import Arriving
from jointsanction.web.console.auditing import Auditing
from jointsanction.web.console.browsing import Browsing
from jointsanction.web.console.checking import Checking
from jointsanction.web.console.console import Console, sealed
from jointsanction.web.console.figures import Figuring
from jointsanction.web.console.following import Following
from jointsanction.web.console.rendering import asset
from jointsanction.web.console.reporting import Reporting
from jointsanction.web.console.reviewing import Reviewing
from jointsanction.web.console.signing import SigningIn
from jointsanction.web.console.tendering import Tendering
from jointsanction.web.console.visiting import ConsoleRules
from jointsanction.web.console.workshop import Workshop

if TYPE_CHECKING:
    from jointsanction.web.hosted import Hosted

_KEPT: Final = "public, max-age=31536000, immutable"


def create_console(hosted: Hosted, rules: ConsoleRules | None = None) -> APIRouter:
    """Return the pages that stand on a service (控制台): mounted at the root, beside the API."""
    router, chosen = APIRouter(), rules or ConsoleRules()
    console = Console(hosted, router, chosen)
    SigningIn(console, router, chosen)
    for room in (Checking, Following, Tendering, Browsing, Arriving, Workshop, Reviewing, Figuring, Auditing):
        room(console)
    Reporting(console, router)
    router.add_api_route("/static/{name}", _static, methods=["GET"], include_in_schema=False, response_model=None)
    return router


async def _static(name: str) -> Response:
    """Return a file of the console; its address names its content, so that browsers keep it."""
    found = asset(name)
    if found is None:
        return sealed(Response(status_code=404))
    return sealed(Response(found.content, media_type=found.media_type, headers={"Cache-Control": _KEPT}))
