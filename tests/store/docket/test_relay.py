"""The relay: what is due leaves by its receiver's way, is tried again when it fails, and is given up in the end."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import desk_side as d
import joint_side as j
import store_side as s
from jointsanction import JointSanctionError, hookimpl
from jointsanction.loop.pushing.messages import Occasion, make_message
from jointsanction.loop.pushing.relay import LEASE, Sent, next_try, retry, send_due
from jointsanction.loop.pushing.signing import verify_webhook
from jointsanction.loop.pushing.transports import hosts as host_rules
from jointsanction.plugins import plugin_manager
from jointsanction.store.docket.deliveries import Deliveries
from jointsanction.store.docket.docket import Docket
from jointsanction.store.docket.messages import claim, known, mark, write
from jointsanction.terms import MessageKind, MessageState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointsanction.loop.pushing.transports.parcel import Parcel
    from jointsanction.model.message import Message


def docket_with(folder: Path, count: int = 1, receiver: str = "somebody") -> Docket:
    """Open a docket in which messages wait."""
    docket = Docket.open(s.url(folder))
    waiting = [
        make_message(Occasion(MessageKind.NOTICE, f"TZ{at}", d.NOW), receiver, {"notice": f"TZ{at}"})
        for at in range(count)
    ]
    with docket.writing() as connection:
        write(connection, waiting)
    return docket


def messages(docket: Docket) -> tuple[Message, ...]:
    """Return all messages of a docket."""
    with docket.reading() as connection:
        return known(connection)


def http(receiver: j.Receiver, **more: Any) -> dict[str, Any]:
    """Return a route over HTTP to a receiver on this machine."""
    return {"http": {"url": f"http://{receiver.host}/in?a=1", "secrets": [{"env": "JS_TEST_SECRET"}], **more}}


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JS_TEST_SECRET", j.SECRET)


def test_files_and_tables_hold_each_key_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message sent twice lies there once; one that its receiver took is not put there again."""
    docket = docket_with(tmp_path, 3)
    folder, other = tmp_path / "out", s.url(tmp_path / "other")
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("JS_TEST_DATABASE", other)
    for way in ({"file": {"folder": str(folder)}}, {"table": {}}, {"table": {"database": {"env": "JS_TEST_DATABASE"}}}):
        routes = j.routes({"somebody": way})
        for again in (False, True):
            assert send_due(docket, routes, lambda: d.NOW) == Sent(delivered=3)
            assert send_due(docket, routes, lambda: d.NOW) == Sent()
            assert {each.state for each in messages(docket)} == {MessageState.DELIVERED}
            if again and folder.is_dir() and "file" in way:
                names = sorted(each.name for each in folder.glob("*.json"))
                (folder / "taken").mkdir()
                (folder / names[0]).rename(folder / "taken" / names[0])
            d.tell(tmp_path, "UPDATE docket_message SET state = 'pending'")
    assert send_due(docket, j.routes({"somebody": {"file": {"folder": str(folder)}}}), lambda: d.NOW).delivered == 3
    assert len(list(folder.glob("*"))) == 3  # two messages, and what was taken
    rows = d.tell(tmp_path, "SELECT key, receiver, event, body FROM docket_delivery ORDER BY key")
    assert [row[1:3] for row in rows] == [("somebody", "notice")] * 3
    assert {json.loads(row[3])["id"] for row in rows} == {row[0] for row in rows}
    put = Deliveries.open(other).put
    assert [put(rows[0][0], "notice", "x", body=b"{}", at=d.NOW), put("new", "notice", "x", body=b"{}", at=d.NOW)] == [
        False,
        True,
    ]


def test_a_signed_call_is_verified_by_its_receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over HTTP a message bears its id, and a signature for each secret by each algorithm."""
    (tmp_path / "older").write_text(j.OLDER + "\n", encoding="utf-8")
    docket = docket_with(tmp_path)
    with j.Receiver() as receiver:
        secrets = [{"env": "JS_TEST_SECRET"}, {"file": str(tmp_path / "older")}]
        route = http(receiver, secrets=secrets, algorithms=["sha256", "sm3"])
        routes = j.routes({"somebody": route}, hosts=(receiver.host,))
        assert send_due(docket, routes, lambda: d.NOW) == Sent(delivered=1)
    ((headers, body),) = receiver.came
    assert headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert len(headers["webhook-signature"].split()) == 4
    for secret in (j.SECRET, j.OLDER):
        assert verify_webhook(headers, body, secret, now=d.NOW)["id"] == headers["webhook-id"]
    (message,) = messages(docket)
    assert (message.state, message.attempts, message.delivered_at) == (MessageState.DELIVERED, 1, d.NOW)
    monkeypatch.delenv("JS_TEST_SECRET")
    sent = send_due(docket, routes, lambda: d.NOW)
    assert (sent.tried, sent.faults["somebody"].code) == (0, "loop.no_secret")
    assert "JS_TEST_SECRET" in sent.faults["somebody"].message


def test_one_receiver_holds_up_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret, no plugin, no database: what is for such a receiver waits untried, and all others get theirs."""
    docket = docket_with(tmp_path)
    monkeypatch.delenv("JS_TEST_SECRET")
    monkeypatch.setenv("JS_TEST_DATABASE", "nonsense://nowhere")
    broken = {
        "http": {"url": "http://127.0.0.1:9/", "secrets": [{"env": "JS_TEST_SECRET"}]},
        "plugin": {"name": "none-such"},
        "table": {"database": {"env": "JS_TEST_DATABASE"}},
    }
    for name, way in broken.items():
        routes = j.routes({"somebody": {name: way}}, hosts=("127.0.0.1:9",))
        sent = send_due(docket, routes, lambda: d.NOW)
        assert (sent.tried, list(sent.faults)) == (0, ["somebody"])
        assert [(each.state, each.attempts) for each in messages(docket)] == [(MessageState.PENDING, 0)]
    both = {"another": {"plugin": broken["plugin"]}, "somebody": {"file": {"folder": str(tmp_path / "out")}}}
    sent = send_due(docket, j.routes(both), lambda: d.NOW)
    assert (sent.delivered, {name: error.code for name, error in sent.faults.items()}) == (
        1,
        {"another": "loop.no_transport"},
    )


def test_what_fails_is_tried_again_and_given_up(tmp_path: Path) -> None:
    """Later and later, under the same id; after the last attempt it is dead, until somebody lets it be tried again."""
    docket, clock = docket_with(tmp_path), d.Clock()
    with j.Receiver() as receiver:
        receiver.status = 503
        routes = j.routes({"somebody": http(receiver)}, hosts=(receiver.host,), attempts=3)
        assert send_due(docket, routes, clock) == Sent(failed=1)
        assert send_due(docket, routes, clock) == Sent()
        clock.move(seconds=30)
        assert send_due(docket, routes, clock) == Sent(failed=1)
        clock.move(seconds=60)
        assert send_due(docket, routes, clock) == Sent(dead=1)
        (message,) = messages(docket)
        assert (message.state, message.attempts, message.fault) == (MessageState.DEAD, 3, "接收方应答 HTTP 503")
        clock.move(days=1)
        assert send_due(docket, routes, clock) == Sent()
        receiver.status = 200
        assert [each.key for each in retry(docket, message.key, clock())] == [message.key]
        assert retry(docket, None, clock()) == ()
        assert send_due(docket, routes, clock) == Sent(delivered=1)
        assert len(set(receiver.ids())) == 1
    with pytest.raises(JointSanctionError) as refusal:
        retry(docket, message.key, clock())
    assert refusal.value.code == "loop.no_such_message"
    assert [(next_try(each, d.NOW) - d.NOW).total_seconds() for each in (1, 2, 5, 99)] == [30, 60, 480, 21600]


def test_a_claim_ends_by_itself(tmp_path: Path) -> None:
    """Whoever took messages and died gives them back; two relays at once don't take the same."""
    docket = docket_with(tmp_path, 3)
    span = (d.NOW, d.NOW + LEASE)
    with docket.sharing() as connection:
        mine = claim(connection, ["somebody"], span, 2)
    with docket.sharing() as connection:
        other = claim(connection, ["somebody"], span, 2)
        assert claim(connection, ["nobody"], span, 2) == ()
    assert (len(mine), len(other)) == (2, 1)
    later = (d.NOW + LEASE, d.NOW + 2 * LEASE)
    with docket.sharing() as connection:
        assert len(claim(connection, ["somebody"], later, 9)) == 3


def test_what_was_delivered_stays_delivered(tmp_path: Path) -> None:
    """A slower relay that fails afterwards changes nothing."""
    docket = docket_with(tmp_path)
    (message,) = messages(docket)
    with docket.sharing() as connection:
        mark(connection, replace(message, state=MessageState.DELIVERED, attempts=1, delivered_at=d.NOW))
        mark(connection, replace(message, state=MessageState.DEAD, attempts=9, fault="x"))
    assert messages(docket)[0].state is MessageState.DELIVERED


def test_a_receiver_without_a_route_waits(tmp_path: Path) -> None:
    """Its messages stay pending; others' leave."""
    docket = docket_with(tmp_path)
    routes = j.routes({"other": {"table": {}}})
    assert send_due(docket, routes, lambda: d.NOW) == Sent()
    assert messages(docket)[0].state is MessageState.PENDING


def test_a_relay_stops_before_its_claim_ends(tmp_path: Path) -> None:
    """Slow receivers don't make it send what another relay has taken by then."""
    docket = docket_with(tmp_path, 3)
    clock = d.Clock()

    def slow() -> datetime:
        clock.move(minutes=3)
        return clock()

    assert send_due(docket, j.routes({"somebody": {"table": {}}}), slow).delivered < 3


class Broker:
    """A made-up message broker."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.held: list[tuple[str, str]] = []
        self.down = False

    def deliver(self, parcel: Parcel, settings: Mapping[str, str]) -> None:
        """Take a message into a queue."""
        if self.down:
            message = "personal data may stand here"
            raise OSError(message)
        self.held.append((settings["queue"], parcel.key))

    @hookimpl
    def jointsanction_transports(self) -> dict[str, Broker]:
        """Give the broker."""
        return {"made-up-broker": self}


@pytest.fixture
def broker() -> Iterator[Broker]:
    """Install the broker for one test."""
    plugin = Broker()
    plugin_manager().register(plugin)
    yield plugin
    plugin_manager().unregister(plugin)


def test_brokers_are_plugins(tmp_path: Path, broker: Broker) -> None:
    """A plugin delivers with its own settings; what it raises is kept by its kind alone."""
    docket = docket_with(tmp_path)
    route = {"plugin": {"name": "made-up-broker", "settings": {"queue": "credit"}}}
    broker.down = True
    assert send_due(docket, j.routes({"somebody": route}), lambda: d.NOW) == Sent(failed=1)
    assert messages(docket)[0].fault == "OSError"
    broker.down = False
    assert send_due(docket, j.routes({"somebody": route}), lambda: d.NOW + timedelta(days=1)) == Sent(delivered=1)
    assert broker.held == [("credit", messages(docket)[0].key)]
    sent = send_due(docket, j.routes({"somebody": {"plugin": {"name": "made-up-brokr"}}}), lambda: d.NOW)
    fault = sent.faults["somebody"]
    assert fault.code == "loop.no_transport"
    assert "made-up-brokr" in fault.message
    assert "made-up-broker" in fault.hint


@pytest.mark.sqlite
def test_redirects_are_not_followed(tmp_path: Path) -> None:
    """A receiver can't send a call on to a host that is not on the list."""
    docket = docket_with(tmp_path)
    with j.Receiver() as receiver, j.Receiver() as hidden:
        receiver.status, receiver.headers = 307, {"Location": f"http://{hidden.host}/"}
        send_due(docket, j.routes({"somebody": http(receiver)}, hosts=(receiver.host,)), lambda: d.NOW)
        assert (len(receiver.came), hidden.came) == (1, [])
    assert messages(docket)[0].fault == "接收方应答 HTTP 307"


@pytest.mark.sqlite
def test_nobody_answers(tmp_path: Path) -> None:
    """A host that is down, one that says nothing, one that talks for ever, one that talks nonsense, one without TLS."""
    docket = docket_with(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        for scheme in ("http", "https"):
            route = {"url": f"{scheme}://{host}", "secrets": [{"env": "JS_TEST_SECRET"}], "timeout": 1}
            d.tell(tmp_path, "UPDATE docket_message SET state = 'pending', next_at = 0")
            send_due(docket, j.routes({"somebody": {"http": route}}, hosts=(host,)), lambda: d.NOW)
            assert messages(docket)[0].fault == "1 秒内没有应答"
    d.tell(tmp_path, "UPDATE docket_message SET next_at = 0")
    send_due(docket, j.routes({"somebody": {"http": route}}, hosts=(host,)), lambda: d.NOW)
    assert messages(docket)[0].fault == "连接中断或者应答不合规：ConnectionRefusedError"


@pytest.mark.sqlite
def test_a_host_that_turns_elsewhere_is_not_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host let through by its domain may not lie in here; one with its own name may; none at the cloud's own."""
    docket = docket_with(tmp_path)
    with j.Receiver() as receiver:
        port = receiver.server.server_port

        def told(_host: str, _port: int, *_: object, **__: object) -> list[Any]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        address = "127.0.0.1"
        monkeypatch.setattr(host_rules.socket, "getaddrinfo", told)
        route = {"http": {"url": f"http://a.example.cn:{port}", "secrets": [{"env": "JS_TEST_SECRET"}]}}
        wild, named = (f"*.example.cn:{port}",), (f"a.example.cn:{port}",)
        send_due(docket, j.routes({"somebody": route}, hosts=wild), lambda: d.NOW)
        assert messages(docket)[0].fault == "主机 a.example.cn 的地址不允许访问"
        d.tell(tmp_path, "UPDATE docket_message SET next_at = 0")
        assert send_due(docket, j.routes({"somebody": route}, hosts=named), lambda: d.NOW) == Sent(delivered=1)
        address = "169.254.169.254"
        d.tell(tmp_path, "UPDATE docket_message SET state = 'pending', next_at = 0")
        assert send_due(docket, j.routes({"somebody": route}, hosts=named), lambda: d.NOW) == Sent(failed=1)
        assert len(receiver.came) == 1


@pytest.mark.sqlite
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """The message stays, and why is told."""
    docket = docket_with(tmp_path)
    (tmp_path / "file").touch()
    routes = j.routes({"somebody": {"file": {"folder": str(tmp_path / "file" / "out")}}})
    assert send_due(docket, routes, lambda: d.NOW) == Sent(failed=1)
    assert (messages(docket)[0].fault or "").startswith("写入文件夹失败")
    assert Path(tmp_path / "file").is_file()
