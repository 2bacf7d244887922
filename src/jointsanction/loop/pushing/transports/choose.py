"""Each receiver's way (接收方的推送方式), made ready from its route: secrets read, plugins found."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jointsanction.catalog.nearest import nearest
from jointsanction.errors import JointSanctionError, LoopError
from jointsanction.loop.pushing.routes import secret_text, target_of, where_of
from jointsanction.loop.pushing.signing import read_secret
from jointsanction.loop.pushing.transports.files import to_folder
from jointsanction.loop.pushing.transports.http import Endpoint, post
from jointsanction.loop.pushing.transports.parcel import Parcel
from jointsanction.plugins import plugin_manager
from jointsanction.store.docket.deliveries import Deliveries

if TYPE_CHECKING:
    from jointsanction.loop.pushing.transports.parcel import Transport
    from jointsanction.model.routes import HttpRoute, PluginRoute, Receiver, Routes, TableRoute
    from jointsanction.store.docket.docket import Docket

Sender: TypeAlias = Callable[[Parcel], object]
"""What delivers a message to one receiver, or raises why not."""


class Ways(NamedTuple):
    """How receivers are reached (推送方式), and why others can't be: each stands for itself alone."""

    senders: dict[str, Sender]
    faults: dict[str, JointSanctionError]


def ways_of(routes: Routes, docket: Docket) -> Ways:
    """Return how each receiver is reached (接收方的推送方式).

    A receiver's fault is `loop.no_secret`, `loop.secret` or `loop.no_transport`, or that of a database of its own.
    """
    ways = Ways({}, {})
    for name, receiver in routes.receivers.items():
        try:
            ways.senders[name] = _sender(receiver, routes, docket)
        except JointSanctionError as error:
            ways.faults[name] = error
    return ways


def _sender(receiver: Receiver, routes: Routes, docket: Docket) -> Sender:
    if receiver.http is not None:
        return partial(post, _endpoint(receiver.http, routes))
    if receiver.file is not None:
        return partial(to_folder, Path(receiver.file.folder))
    if receiver.plugin is not None:
        return _plugged(receiver.plugin)
    return partial(_into, _table(receiver.table, docket))


def _endpoint(route: HttpRoute, routes: Routes) -> Endpoint:
    host, port = target_of(route.url)
    return Endpoint(
        url=route.url,
        host=host,
        port=port,
        hosts=routes.hosts,
        secrets=tuple(read_secret(secret_text(each), where_of(each)) for each in route.secrets),
        algorithms=route.algorithms,
        timeout=route.timeout,
        ca=route.ca,
    )


def _table(route: TableRoute | None, docket: Docket) -> Deliveries:
    if route is None or route.database is None:
        return docket.deliveries
    return Deliveries.open(secret_text(route.database))


def _into(table: Deliveries, parcel: Parcel) -> None:
    table.put(parcel.key, parcel.event, parcel.receiver, body=parcel.body, at=parcel.at)


def _plugged(route: PluginRoute) -> Sender:
    known = plugged()
    if route.name not in known:
        hint = nearest(route.name, known).lstrip("，；") or "没有安装任何推送插件。"
        raise LoopError("loop.no_transport", f"没有名为 {route.name} 的推送插件。", hint)
    return partial(known[route.name].deliver, settings=route.settings)


def plugged() -> dict[str, Transport]:
    """Return the transports that plugins give, by their names (推送插件)."""
    found = plugin_manager().hook.jointsanction_transports()
    return {name: transport for each in found for name, transport in each.items()}
