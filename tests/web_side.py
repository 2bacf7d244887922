"""A service for tests: a store with one listed firm, the docket beside it, accounts with their keys, and a client."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import httpx

import store_side
from jointsanction.engine import Engine
from jointsanction.loop.access.accounts import open_account
from jointsanction.loop.desk import Desk
from jointsanction.model.caller import Account, Caller
from jointsanction.model.serving import ServiceSettings
from jointsanction.store.docket.docket import Docket
from jointsanction.store.instants import SHANGHAI
from jointsanction.terms import AccountRole
from jointsanction.web.app import create_app
from jointsanction.web.hosted import Hosted

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

NOW = datetime(2024, 6, 10, 10, tzinfo=SHANGHAI)
MATTER = "procurement"
ASKED = {"subject": store_side.FIRM, "matter": MATTER, "purpose": "资格审查", "coverage": "loaded"}
SETUP = Caller(account="setup", unit="测试", roles=frozenset({AccountRole.OPERATOR}))


class Client:
    """Sends requests to an application in this process, each in an event loop of its own."""

    def __init__(self, app: FastAPI) -> None:
        """Take the application."""
        self.app = app

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Send one request; an exception nobody caught comes back as the 500 that the server makes of it."""
        return asyncio.run(self._send(method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Ask for something."""
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        """Send something."""
        return self.request("POST", path, **more)

    async def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        async with self.opened() as client:
            return await client.request(method, path, **more)

    def opened(self) -> httpx.AsyncClient:
        """Return a client for several requests side by side."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://service.test")


@dataclass
class Served:
    """A service under test, with the keys of its accounts."""

    hosted: Hosted
    client: Client
    keys: dict[str, str] = field(default_factory=dict)

    def account(self, name: str, *roles: AccountRole, **more: Any) -> str:
        """Open an account and return its key; without a role it is a window's."""
        said = {"unit": "测试市政务服务中心", "roles": frozenset(roles or (AccountRole.WINDOW,)), **more}
        desk = self.hosted.desk
        key = open_account(desk.docket, Account(name=name, **said), SETUP, at=NOW, seal=desk.seal)
        self.keys[name] = key
        self.hosted.access.read()
        return key

    def post(self, path: str, body: object, *, by: str = "window", **headers: str) -> httpx.Response:
        """Send a body as an account and return what came back."""
        return self.client.post(f"/v1{path}", json=body, headers=self.headers(by) | headers)

    def get(self, path: str, *, by: str = "window", **query: Any) -> httpx.Response:
        """Ask for something as an account."""
        return self.client.get(f"/v1{path}", params=query or None, headers=self.headers(by))

    def headers(self, by: str = "window") -> dict[str, str]:
        """Return the headers by which an account is known."""
        if by not in self.keys:
            self.account(by)
        return {"Authorization": f"Bearer {self.keys[by]}"}


def served(folder: Path, **settings: Any) -> Served:
    """Return a service over a store of its own with one listed firm."""
    store = store_side.opened(folder)
    rows = [store_side.listing(list="BL.SXBZXR", instrument_no="（2024）测01执1号", row=1, name="测试甲有限公司")]
    store_side.take(store, rows, covers=["BL.SXBZXR"])
    return Served(hosted := hosted_in(folder, **settings), Client(create_app(hosted)))


def hosted_in(folder: Path, **settings: Any) -> Hosted:
    """Return what a service stands on, over the store in a folder."""
    url = store_side.url(folder)
    engine = Engine.open(url, clock=lambda: NOW)
    said = ServiceSettings(store=url, **settings)
    desk = Desk(engine, store_side.opened(folder), Docket.open(url), clock=lambda: NOW)
    return Hosted(desk, said, clock=lambda: NOW)
