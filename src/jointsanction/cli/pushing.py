"""Messages at the command line (推送)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointsanction.cli.checking import write_document
from jointsanction.cli.screen import show
from jointsanction.engine import shanghai_now
from jointsanction.home import default_store
from jointsanction.loop.pushing.announcing import announce_watched
from jointsanction.loop.pushing.relay import Sent, retry, send_due
from jointsanction.loop.pushing.reminders import Rhythm, remind
from jointsanction.loop.pushing.routes import load_routes
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
from jointsanction.store.docket.messages import known
from jointsanction.telling.page import Grid, Headline
from jointsanction.terms import MessageState

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.message import Message


def send(path: Path, limit: int, store: str | None) -> None:
    """Send everything that is due, so many at a time, what watches told included (推送).

    Raises:
        LoopError, RegistryError: what keeps a receiver from being reached, once all others were.
    """
    routes, docket = load_routes(path), _docket(store)
    announce_watched(Store.open(store or default_store(), create=False), docket)
    all_of_it = Sent()
    while (sent := send_due(docket, routes, shanghai_now, limit)).tried:
        all_of_it = all_of_it.then(sent)
    faults = all_of_it.then(sent).faults
    text = f"已送达 {all_of_it.delivered} 条，稍后重试 {all_of_it.failed} 条，推送失败 {all_of_it.dead} 条。"
    show([Headline(text), *(Headline(f"没有推送给 {name}：{error.message}") for name, error in sorted(faults.items()))])
    for _, error in sorted(faults.items()):
        raise error


def list_all(path: Path | None, store: str | None, *, delivered: bool, as_json: bool) -> None:
    """Show messages, and the receivers that no route leads to (推送情况)."""
    with _docket(store).reading() as connection:
        found = [each for each in known(connection) if delivered or each.state is not MessageState.DELIVERED]
    routed = None if path is None else load_routes(path).receivers
    waiting = {each.receiver for each in found if each.state is not MessageState.DELIVERED}
    unrouted = sorted(waiting - set(routed)) if routed is not None else []
    if as_json:
        write_document({"messages": [_document(each) for each in found], "unrouted": unrouted})
        return
    heads = [Headline(f"没有推送路由的接收方：{'、'.join(unrouted)}。")] if unrouted else []
    headers = ("键", "事件", "接收方", "编号", "状态", "次数", "下次", "原因")
    show([*heads, Grid(f"消息（{len(found)} 条）", headers, tuple(map(_row, found)))])


def retry_dead(key: str | None, store: str | None) -> None:
    """Let dead messages be tried again (重新推送)."""
    again = retry(_docket(store), key, shanghai_now())
    show([Headline(f"重新排队 {len(again)} 条；下一次 outbox send 推送。")])


def remind_all(before: int, every: int, store: str | None) -> None:
    """Write reminders of feedback that is owed (催办)."""
    new = remind(_docket(store), shanghai_now(), Rhythm(before, every))
    show([Headline(f"新写催办 {new} 条；下一次 outbox send 推送。")])


def _docket(store: str | None) -> Docket:
    """Return the docket of a store that is there."""
    address = store or default_store()
    Store.open(address, create=False)
    return Docket.open(address)


def _row(message: Message) -> tuple[str, ...]:
    due = message.next_at if message.state is MessageState.PENDING else message.delivered_at
    return (
        message.key,
        message.event.zh,
        message.receiver,
        message.about,
        message.state.zh,
        str(message.attempts),
        "" if due is None else due.isoformat(sep=" ", timespec="minutes"),
        message.fault or "",
    )


def _document(message: Message) -> dict[str, Any]:
    instants = ("recorded_at", "next_at", "delivered_at")
    said = {name: getattr(message, name) for name in instants}
    return {
        "key": message.key,
        "event": message.event,
        "receiver": message.receiver,
        "about": message.about,
        "state": message.state,
        "attempts": message.attempts,
        "fault": message.fault,
        **{name: None if at is None else at.isoformat() for name, at in said.items()},
    }
