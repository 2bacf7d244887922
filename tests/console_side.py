"""A console to look at: the shipped fictional lists in a store, an account for each post, a clock that can be set."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import uvicorn
from fastapi import FastAPI

import store_side
from jointsanction.catalog.bundle import default_catalog
from jointsanction.engine import Engine
from jointsanction.loop.access.accounts import open_account
from jointsanction.loop.arriving.arrival import Arrival, delivery_of, read_arrival
from jointsanction.loop.desk import Desk
from jointsanction.model.caller import Account, Caller
from jointsanction.model.serving import ServiceSettings
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
from jointsanction.store.instants import SHANGHAI
from jointsanction.terms import AccountRole
from jointsanction.web.console import create_console
from jointsanction.web.hosted import Hosted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.web.console.visiting import ConsoleRules

SAMPLES = Path(__file__).parents[1] / "samples"
NOW = datetime(2026, 6, 10, 9, 30, tzinfo=SHANGHAI)
DEFAULTER = "91990000MA0DEM0138"
UNIT = "示例市公共资源交易中心"
POSTS = {
    "window": (AccountRole.WINDOW,),
    "author": (AccountRole.AUTHOR,),
    "reviewer": (AccountRole.AUTHOR, AccountRole.REVIEWER),
    "auditor": (AccountRole.AUDITOR,),
    "operator": (AccountRole.OPERATOR,),
}


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, now: datetime = NOW) -> None:
        """Begin at an instant."""
        self.now = now

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.now

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


class World:
    """A service with lists, accounts and their keys."""

    repository = SAMPLES.parent

    @staticmethod
    def today() -> date:
        """Return the day of the tests."""
        return NOW.date()

    def __init__(self, folder: Path, rules: ConsoleRules | None = None) -> None:
        """Lay everything out in a folder, or in the database that the test runs on."""
        self.clock = Clock()
        url = store_side.url(folder)
        store = Store.open(url)
        arrival = Arrival(file=SAMPLES / "lists.csv", store=url, mapping=SAMPLES / "lists.mapping.yaml")
        report, catalog = _sample_lists(), default_catalog()
        store.commit(delivery_of(report, arrival, catalog), report.listings, recorded_at=NOW - timedelta(days=1))
        self.docket = Docket.open(url)
        engine = Engine(catalog, store.registry(), store=store, clock=self.clock)
        self.desk = Desk(engine, store, self.docket, clock=self.clock)
        by = Caller(account="setup", unit="示例市信用中心")
        self.keys = {
            name: open_account(
                self.docket,
                Account(name=name, unit=UNIT, roles=frozenset(roles), region="410182"),
                by,
                at=NOW,
                seal=self.desk.seal,
            )
            for name, roles in POSTS.items()
        }
        self.hosted = Hosted(self.desk, ServiceSettings(store=url), clock=self.clock)
        self.app = FastAPI(openapi_url=None)
        self.app.include_router(create_console(self.hosted, rules))

    def caller(self, name: str = "window", **more: Any) -> Caller:
        """Return an account as whoever acts through it."""
        return Caller(account=name, unit=UNIT, roles=frozenset(POSTS[name]), officer="王经办", **more)


@cache
def _sample_lists() -> Any:  # noqa: ANN401 - a report, read once
    return read_arrival(Arrival(file=SAMPLES / "lists.csv", mapping=SAMPLES / "lists.mapping.yaml"), default_catalog())


@contextmanager
def served(world: World) -> Iterator[str]:
    """Serve a console on this machine while a test looks at it, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(world.app, host="127.0.0.1", port=port, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            thread.join(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
        world.hosted.close()


class Person:
    """Somebody at the console, without a browser: signs in, opens pages, sends forms."""

    def __init__(self, world: World) -> None:
        """Come with no cookie."""
        transport = httpx.ASGITransport(app=world.app, client=("192.0.2.7", 1234))
        self.client = httpx.AsyncClient(transport=transport, base_url="http://console.test")
        self.world = world
        self.csrf = ""

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Send any request."""
        return asyncio.run(self.client.request(method, path, **more))

    def sign_in(self, name: str = "window", key: str | None = None, officer: str = "王经办") -> httpx.Response:
        """Sign in by account and key, and keep what forms have to bring back."""
        said = {"account": name, "key": key or self.world.keys[name], "officer": officer}
        answer = self.ask("POST", "/sign-in", data=said)
        if answer.status_code == 303:
            page = self.get(self.get("/").headers["location"]).text
            self.csrf = re.findall(r'name="csrf" value="([^"]+)"', page)[0]
        return answer

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.ask("GET", path)

    def send(self, path: str, /, **said: Any) -> httpx.Response:
        """Send a form, with what it has to bring back unless the test says otherwise."""
        return self.ask("POST", path, data={"csrf": self.csrf, **said})
