"""All routes of the API as one router (接口路由): for our own application, and for a host's with its own sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Security
from fastapi.security import HTTPBearer

from jointsanction.home import default_store
from jointsanction.loop.desk import Desk
from jointsanction.model.serving import ServiceSettings
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
from jointsanction.web.api.catalogue import add_catalogue
from jointsanction.web.api.checks import add_checks
from jointsanction.web.api.joint import add_joint_actions
from jointsanction.web.api.lists import add_lists
from jointsanction.web.api.loop import add_loop
from jointsanction.web.api.notices import add_notices
from jointsanction.web.api.office import add_office
from jointsanction.web.api.receipts import add_receipts
from jointsanction.web.api.reports import add_reports
from jointsanction.web.api.room import Room
from jointsanction.web.door import Guard
from jointsanction.web.hosted import Hosted

if TYPE_CHECKING:
    from jointsanction.engine import Engine
    from jointsanction.web.door import Authenticate


def create_router(engine: Engine, *, store: str | None, authenticate: Authenticate) -> APIRouter:
    """Return the API for a host that knows its callers itself; see `jointsanction.web.create_router`.

    Raises:
        RegistryError: the store can't be opened.
        LoopError: `loop.approved_unreadable` when what was approved there doesn't fit the engine's catalogue.
    """
    address = store or default_store()
    desk = Desk(engine, Store.open(address, create=False), Docket.open(address))
    hosted = Hosted(desk, ServiceSettings(store=address), mounted=True)
    hosted.swapper.begin()
    return api_router(hosted, authenticate)


def api_router(hosted: Hosted, authenticate: Authenticate, *, by_key: bool = False) -> APIRouter:
    """Return every route of the API; `by_key` says that callers show a key of ours (接口路由)."""
    guard = Guard(authenticate, hosted)
    shown = [Security(HTTPBearer(auto_error=False, scheme_name="key", description="账户密钥，js_ 开头"))]
    router = APIRouter(route_class=guard.route_class(), dependencies=shown if by_key else [])
    room = Room(hosted)
    for add in (
        add_checks,
        add_receipts,
        add_loop,
        add_joint_actions,
        add_notices,
        add_lists,
        add_catalogue,
        add_office,
        add_reports,
    ):
        add(router, room)
    return router
