"""A service killed under load (SIGKILL) has lost nothing that it acknowledged, and delivered nothing twice."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

import store_side
from cli_side import DEFAULTER, NOBODY, SAMPLES
from jointsanction.catalog.bundle import default_catalog
from jointsanction.cli.importing import Wanted, run_import
from jointsanction.engine import Engine, shanghai_now
from jointsanction.loop.access.accounts import open_account
from jointsanction.loop.desk import Desk
from jointsanction.loop.filing.auditing import Audit
from jointsanction.model.caller import Account, Caller
from jointsanction.model.serving import ServiceSettings
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
from jointsanction.store.docket.messages import known
from jointsanction.terms import AccountRole, MessageState
from jointsanction.web.serving import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on this system")

KILLS, BETWEEN, ASKERS = 3, 1.0, 4
CALLER = Caller(account="test", unit="测试单位")
ROUTES = "source: urn:test\nreceivers:\n  center:\n    file: {{folder: {}}}\n"
START = (
    "import uvicorn; uvicorn.run('jointsanction.web.serving:application', factory=True, port={port}, log_level='error')"
)


@dataclass
class Seen:
    """What clients were told: every number acknowledged, by the key it was asked under."""

    checks: dict[str, str] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    feedback: dict[str, str] = field(default_factory=dict)
    again: int = 0
    wrong: list[str] = field(default_factory=list)


class Served:
    """A service in a process of its own, killed and started again at the same port."""

    def __init__(self, settings: ServiceSettings) -> None:
        """Start it."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._env = os.environ | {VARIABLE: settings.model_dump_json(), "PYTHONPATH": os.pathsep.join(sys.path)}
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-c", START.format(port=self.port)]
        self.process = subprocess.Popen(command, env=self._env, start_new_session=True)  # noqa: S603 - our own
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(asked):
                asked.request("GET", "/readyz")
                if asked.getresponse().status == 200:
                    return
            time.sleep(0.05)
        pytest.fail("the service does not start")

    def kill(self) -> None:
        """Kill it as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)


class Asker(threading.Thread):
    """A calling system: it asks, feeds back, and sends again, under the same key, whatever was not answered."""

    def __init__(self, port: int, key: str, number: int, seen: Seen) -> None:
        """Take where to ask, and where to note what was told."""
        super().__init__(daemon=True)
        self.port, self.key, self.seen = port, key, seen
        self.drawn, self.stopping, self.at, self.number = random.Random(number), threading.Event(), 0, number  # noqa: S311

    def run(self) -> None:
        """Ask until told to stop."""
        try:
            while not self.stopping.is_set():
                self.once()
        except Exception as error:  # noqa: BLE001 - told by the test
            self.seen.wrong.append(repr(error))

    def once(self) -> None:
        """Check, feed back, and now and then send one again that was answered."""
        self.at += 1
        subject = DEFAULTER if self.at % 2 else NOBODY
        asked = {"subject": subject, "matter": "procurement", "purpose": "测试", "as_of": "2026-06-10"}
        key = f"check-{self.number}-{self.at}"
        check = self.sent("/v1/checks", asked, key)
        self.seen.checks[key] = check["number"]
        self.seen.receipts[check["number"]] = check["receipt"]
        if subject == DEFAULTER:
            plan = self.sent(f"/v1/checks/{check['number']}/plan", None, "")
            self.tell(check["number"], plan["items"])
        if self.drawn.random() < 0.3:
            again = self.sent("/v1/checks", asked, key)
            self.seen.again += 1
            if again["number"] != check["number"]:
                self.seen.wrong.append(f"{key}: {again['number']} after {check['number']}")

    def tell(self, number: str, items: list[dict[str, Any]]) -> None:
        """Feed back the first thing that the law orders."""
        item = next(each for each in items if each["automatic"])
        told = {
            "check": number, "item": item["item"], "basis_instrument": item["basis"][0][0],
            "basis_article": item["basis"][0][1], "handling": "applied", "result": "未通过资格审查",
            "done_on": shanghai_now().date().isoformat(), "department": "采购部门", "officer": "经办岗",
        }  # fmt: skip
        key = f"feedback-{number}"
        self.seen.feedback[key] = self.sent("/v1/feedback", told, key)["number"]

    def sent(self, path: str, said: dict[str, Any] | None, key: str) -> dict[str, Any]:
        """Send a request until it is answered."""
        head = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        if key:
            head["Idempotency-Key"] = key
        while True:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                line.request("GET" if said is None else "POST", path, said and json.dumps(said).encode(), head)
                answer = line.getresponse()
                content = json.loads(answer.read())
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.05)
                continue
            finally:
                line.close()
            if answer.status == 200:
                done: dict[str, Any] = content
                return done
            if answer.status != 503:
                message = f"{path}: {answer.status} {content}"
                raise AssertionError(message)
            time.sleep(0.1)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the address of a store with the sample lists, on each database."""
    kind = {"kind": request.param}
    monkeypatch.setattr(store_side, "DATABASE", kind)
    url = store_side.url(tmp_path)
    run_import(Wanted(SAMPLES / "lists.csv", url, mapping=SAMPLES / "lists.mapping.yaml"), default_catalog())
    yield url
    if "made" in kind:
        import postgres_side  # noqa: PLC0415 - only where a test asks for it

        for name in kind["made"].split():
            postgres_side.drop(name)


def desk_of(url: str) -> Desk:
    """Return a desk on a store."""
    return Desk(Engine.open(url), Store.open(url), Docket.open(url))


def test_nothing_acknowledged_is_lost_when_the_service_is_killed(address: str, tmp_path: Path) -> None:
    """No check, no feedback, no message; none is there twice under one key, and the audit holds together."""
    (tmp_path / "routes.yaml").write_text(ROUTES.format(tmp_path / "sent"), encoding="utf-8")
    settings = ServiceSettings(
        store=address,
        receivers=str(tmp_path / "routes.yaml"),
        tell={"check.hit": ("center",), "feedback.received": ("center",)},  # type: ignore[dict-item]
    )
    desk = desk_of(address)
    account = Account(name="test", unit="测试单位", roles=frozenset(AccountRole))
    key = open_account(desk.docket, account, CALLER, at=shanghai_now(), seal=desk.seal)
    seen, served = Seen(), Served(settings)
    askers = [Asker(served.port, key, number, seen) for number in range(ASKERS)]
    try:
        for asker in askers:
            asker.start()
        for _ in range(KILLS):
            time.sleep(BETWEEN)
            served.kill()
            served.start()
        time.sleep(BETWEEN)
        for asker in askers:
            asker.stopping.set()
        for asker in askers:
            asker.join(60)
        served.kill()
    finally:
        with contextlib.suppress(ProcessLookupError):
            served.kill()
    assert not seen.wrong
    assert len(seen.checks) > 10
    assert seen.feedback
    assert seen.again
    verify(desk_of(address), seen, settings, tmp_path)


def verify(desk: Desk, seen: Seen, settings: ServiceSettings, folder: Path) -> None:
    """Hold what is kept against what was told."""
    for number, receipt in seen.receipts.items():
        assert desk.filed(number).receipt == receipt
    assert len(set(seen.checks.values())) == len(seen.checks)
    with desk.docket.reading() as connection:
        told = {message.about for message in known(connection)}
    assert set(seen.feedback.values()) <= told
    assert Audit(desk.docket, desk.seal).verify().broken is None
    # What was claimed by a killed process comes back when its time is over: sent in the end, and once a key.
    relay(desk, settings)
    with desk.docket.reading() as connection:
        messages = known(connection)
    assert {message.state for message in messages} == {MessageState.DELIVERED}
    files = [json.loads(file.read_text(encoding="utf-8")) for file in (folder / "sent").glob("*.json")]
    assert sorted(each["id"] for each in files) == sorted(message.key for message in messages)


def relay(desk: Desk, settings: ServiceSettings) -> None:
    """Send what is left, an hour later."""
    from datetime import timedelta  # noqa: PLC0415 - here alone
    from pathlib import Path  # noqa: PLC0415 - here alone

    from jointsanction.loop.pushing.relay import send_due  # noqa: PLC0415 - here alone
    from jointsanction.loop.pushing.routes import load_routes  # noqa: PLC0415 - here alone

    later = shanghai_now() + timedelta(hours=1)
    while send_due(desk.docket, load_routes(Path(str(settings.receivers))), lambda: later).tried:
        continue
