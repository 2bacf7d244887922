"""A relay that is killed again and again loses nothing: each message arrives, in files and tables once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import desk_side as d
import joint_side as j
import store_side as s
from jointsanction.engine import shanghai_now
from jointsanction.loop.pushing import relay
from jointsanction.loop.pushing.messages import Occasion, make_message
from jointsanction.loop.pushing.routes import load_routes
from jointsanction.store.docket.docket import Docket
from jointsanction.store.docket.messages import known, write
from jointsanction.terms import MessageKind, MessageState

if TYPE_CHECKING:
    from jointsanction.loop.pushing.relay import Sent
    from jointsanction.model.message import Message

COUNT, KILLS = 60, 8
LEASE = timedelta(milliseconds=400)
WAYS = ("file", "table", "http")


def wait_for(docket: Docket) -> None:
    """Let messages to each receiver wait."""
    now = shanghai_now()
    waiting = [
        make_message(Occasion(MessageKind.NOTICE, f"TZ{at}", now), way, {"notice": f"TZ{at}"})
        for at in range(COUNT)
        for way in WAYS
    ]
    with docket.writing() as connection:
        write(connection, waiting)


def sent(docket: Docket, routes: Path) -> Sent:
    """Send with claims that end soon."""
    relay.LEASE, relay._SPARE = LEASE, timedelta()  # type: ignore[misc]
    return relay.send_due(docket, load_routes(routes), shanghai_now, 9)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on this system")
def test_a_killed_relay_loses_nothing_and_doubles_no_key(tmp_path: Path) -> None:
    """Whenever it dies: claiming, delivering, marking. At the end all is delivered, and each key is one message."""
    docket, moments = Docket.open(s.url(tmp_path)), random.Random(8)  # noqa: S311 - moments, no secrets
    wait_for(docket)
    with j.Receiver() as receiver:
        routes = tmp_path / "routes.yaml"
        routes.write_text(_routes(tmp_path / "out", receiver.host), encoding="utf-8")
        for _ in range(KILLS):
            _kill_in_the_middle(routes, s.url(tmp_path), moments.uniform(0, 0.3))
        delivered = sum(each.state is MessageState.DELIVERED for each in _messages(docket))
        assert delivered, "killed before anything was sent"
        until = time.monotonic() + 60
        while any(each.state is not MessageState.DELIVERED for each in _messages(docket)):
            assert time.monotonic() < until
            sent(docket, routes)
            time.sleep(0.05)
    keys = {way: {each.key for each in _messages(docket) if each.receiver == way} for way in WAYS}
    assert {way: len(found) for way, found in keys.items()} == dict.fromkeys(WAYS, COUNT)
    assert {each["id"] for each in j.bodies(tmp_path / "out")} == keys["file"]
    assert {path.name for path in (tmp_path / "out").glob("*.json")} == {f"{key}.json" for key in keys["file"]}
    assert sorted(key for (key,) in d.tell(tmp_path, "SELECT key FROM docket_delivery")) == sorted(keys["table"])
    assert set(receiver.ids()) == keys["http"]
    told = Counter((headers["webhook-id"], body) for headers, body in receiver.came)
    assert len(told) == COUNT  # what came twice under a key came in the same words


def _messages(docket: Docket) -> tuple[Message, ...]:
    with docket.reading() as connection:
        return known(connection)


def _routes(folder: Path, host: str) -> str:
    ways = {
        "file": {"file": {"folder": str(folder)}},
        "table": {"table": {}},
        "http": {"http": {"url": f"http://{host}/", "secrets": [{"env": "JS_TEST_SECRET"}]}},
    }
    os.environ["JS_TEST_SECRET"] = j.SECRET
    return json.dumps({"source": "urn:test", "hosts": [host], "receivers": ways})


def _kill_in_the_middle(routes: Path, address: str, later: float) -> None:
    """Let another process send, and kill it some time after it began."""
    command = [sys.executable, __file__, address, str(routes)]
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings, text=True) as sender:  # noqa: S603 - this very file
        assert sender.stdout is not None
        sender.stdout.readline()
        time.sleep(later)
        sender.kill()


if __name__ == "__main__":
    there = Docket.open(sys.argv[1])
    print("begins", flush=True)  # noqa: T201 - to the test
    while True:
        sent(there, Path(sys.argv[2]))
