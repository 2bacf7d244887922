"""Joint actions of a made-up city: three departments, a catalogue that says which measure is whose, and receivers."""

from __future__ import annotations

import base64
import json
import threading
from datetime import date, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import TYPE_CHECKING, Any, Self

import desk_side as d
import store_side as s
from jointsanction.engine import Engine, open_catalog
from jointsanction.loop.desk import Desk, DeskRules
from jointsanction.loop.joint.initiation import JointActions, Wanted
from jointsanction.loop.pushing.notices import Notices
from jointsanction.loop.pushing.routes import read_routes
from jointsanction.model.caller import Caller
from jointsanction.model.catalogue import Department
from jointsanction.model.initiation import Addressees, Initiation
from jointsanction.model.subject import Subject
from jointsanction.store.docket.docket import Docket
from jointsanction.store.docket.messages import known
from jointsanction.terms import AccountRole, InitiationState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jointsanction.model.catalogue import Catalog
    from jointsanction.model.message import Message
    from jointsanction.model.routes import Routes

COURT, BUYER, TRADER, COUNTY = "city-court", "city-procurement", "city-trading", "county-procurement"
PROCUREMENT, BIDDING = d.PROCUREMENT, d.BIDDING
DUE = d.NOW.date() + timedelta(days=20)
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
OLDER = "whsec_" + base64.b64encode(bytes(range(1, 33))).decode()


def department(id_: str, authority: str, region: str = "990100") -> Department:
    """Make a department."""
    return Department(id=id_, title=f"虚构{id_}", region=region, authorities=(authority,))


def catalog() -> Catalog:
    """Return the shipped catalogue with the departments of a made-up city."""
    shipped = _shipped()
    bidding = shipped.measures[BIDDING].implementing_authority[0]
    named = [
        department(COURT, "法院"),
        department(BUYER, "采购人"),
        department(COUNTY, "采购人", "990122"),
        department(TRADER, bidding),
    ]
    departments = {each.id: each for each in named}
    return shipped.model_copy(update={"departments": departments, "measures": dict(shipped.measures)})


@cache
def _shipped() -> Catalog:
    return open_catalog()


def caller(unit: str, account: str = "window-1") -> Caller:
    """Return somebody of a department."""
    return Caller(account=account, unit=unit, roles=frozenset({AccountRole.WINDOW}), officer="经办甲")


class City:
    """The desk of a city with its joint actions and notices."""

    def __init__(self, folder: Path) -> None:
        """Open an empty store and the docket of it."""
        store, self.clock, numbers = s.opened(folder), d.Clock(), count(1)
        s.take(store, [s.listing(d.DEFAULTER, list="BL.SXBZXR", instrument_no="（2024）虚01执1号", row=1)])
        engine = Engine(catalog(), store.registry(), store=store, clock=self.clock)

        def draw(_bits: int) -> int:
            return next(numbers)

        self.docket = Docket.open(s.url(folder))
        self.desk = Desk(engine, store, self.docket, rules=DeskRules(audit_key=b"test"), clock=self.clock, draw=draw)
        self.joint, self.notices = JointActions(self.desk, draw=draw), Notices(self.desk, draw=draw)

    def initiate(self, *, by: str = COURT, **more: Any) -> Initiation:
        """Initiate a joint action; what is said replaces what is usual."""
        due_on: date = more.pop("due_on", DUE)
        to = Addressees(due_on, more.pop("departments", ()), more.pop("dues", {}))
        key = more.pop("key", None)
        return self.joint.initiate(asked(**more), caller(by), to, key=key)

    def step(self, made: Initiation, state: str, by: str, **more: Any) -> Initiation:
        """Take a step."""
        key = more.pop("key", None)
        return self.joint.advance(Wanted(number=made.number, state=InitiationState(state), **more), caller(by), key=key)

    def messages(self) -> tuple[Message, ...]:
        """Return all messages."""
        with self.docket.reading() as connection:
            return known(connection)


def asked(**more: Any) -> Initiation:
    """Return what is asked when a joint action is initiated."""
    plain: dict[str, Any] = {
        "title": "对失信被执行人实施联合惩戒",
        "initiators": (COURT,),
        "subject": Subject(uscc=d.DEFAULTER, name="虚构甲有限公司"),
        "fact": "有履行能力而拒不履行",
        "instrument_no": "（2024）虚01执1号",
        "list": "BL.SXBZXR",
        "measures": (PROCUREMENT, BIDDING),
        "region": "990100",
    }
    return Initiation(**(plain | more))


class Receiver:
    """A receiver on this machine: it answers as it is told to, and keeps what came."""

    def __init__(self) -> None:
        """Begin to listen."""
        self.status, self.wait, self.headers = 204, 0.0, dict[str, str]()
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    @property
    def host(self) -> str:
        """Return where it listens."""
        return f"127.0.0.1:{self.server.server_port}"

    def ids(self) -> list[str]:
        """Return the ids of what came."""
        return [headers["webhook-id"] for headers, _ in self.came]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def _handler_of(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            receiver.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def routes(receivers: dict[str, Any], *, hosts: tuple[str, ...] = (), attempts: int = 12) -> Routes:
    """Return routes as they are read from a file: JSON is YAML too."""
    said = {
        "source": "https://credit.example.gov.cn/",
        "attempts": attempts,
        "hosts": list(hosts),
        "receivers": receivers,
    }
    return read_routes(json.dumps(said, ensure_ascii=False).encode(), "routes.yaml")


def bodies(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the messages in a folder."""
    for file in sorted(folder.glob("*.json")):
        yield json.loads(file.read_bytes())
