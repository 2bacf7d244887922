"""Running the service (运行服务): under uvicorn, in one process or several, until it is told to stop.

Each process opens lists, docket and catalogue for itself; what they share is the database, and a snapshot's pages.
The settings travel to the processes in the environment.
"""

from __future__ import annotations

import errno
import os
import socket
from typing import TYPE_CHECKING, Any, Final

import uvicorn

from jointsanction.engine import open_catalog
from jointsanction.errors import QuestionError
from jointsanction.home import default_store, snapshot_folder
from jointsanction.loop.access.accounts import all_accounts
from jointsanction.model.serving import ServiceSettings
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
from jointsanction.store.docket.in_force import law_of
from jointsanction.web import app
from jointsanction.web.hosted import Hosted
from jointsanction.web.logs import log_settings

if TYPE_CHECKING:
    from fastapi import FastAPI

VARIABLE: Final = "JOINTSANCTION_SERVICE"
"""Environment variable that brings the settings to the processes, as JSON."""

_FACTORY: Final = "jointsanction.web.serving:application"
_KEEP_ALIVE: Final = 75
"""Seconds: longer than the sixty of the usual proxies, so that it is they who hang up."""


def application() -> FastAPI:
    """Return the service that the environment describes, for one process (服务进程)."""
    settings = ServiceSettings.model_validate_json(os.environ.get(VARIABLE, "{}"))
    return app.create_app(Hosted.open(settings))


def prepare(settings: ServiceSettings) -> bool:
    """Make lists, docket and snapshot where there are none yet, and tell whether anybody has an account (启动前准备).

    Before the processes start: all of them would make them at once, and each would fail for itself.

    Raises:
        RegistryError: what opening them raises.
        CatalogError: a catalogue that can't be read.
        LoopError: `loop.approved_unreadable` when what was approved doesn't fit it.
    """
    url = settings.store or default_store()
    lists = Store.open(url)
    law_of(url, open_catalog(settings.catalogues))
    if settings.snapshot:
        lists.snapshot(snapshot_folder(url))
    return bool(all_accounts(Docket.open(url)))


def refuse_taken(host: str, port: int) -> None:
    """Refuse to start where nobody could listen (端口检查): uvicorn would say so in English, and end.

    Raises:
        QuestionError: `request.port_in_use`, `request.port_forbidden`, `request.host`.
    """
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, _, _, _, address in places:
            _listen(family, address)
    except (OSError, UnicodeError) as error:  # a name that can be none is no OSError
        raise _no_listening(error, host, port) from error


def _listen(family: int, address: Any) -> None:  # noqa: ANN401 - an address is what its family says
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        probe.bind(address)


def _no_listening(error: OSError | UnicodeError, host: str, port: int) -> QuestionError:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        hint = "请停止占用它的程序（也许是先前启动的本服务），或者用 --port 换一个端口。"
        return QuestionError("request.port_in_use", f"{host} 的端口 {port} 已被别的程序占用，服务没有启动。", hint)
    if isinstance(error, PermissionError):
        message = f"运行服务的用户不能使用端口 {port}，服务没有启动。"
        return QuestionError("request.port_forbidden", message, "1024 以下的端口留给系统；请用 --port 换一个。")
    message = f"本机没有监听地址 {host}，服务没有启动。"
    return QuestionError("request.host", message, "请核对 --host：只供本机写 127.0.0.1，对外写本机的地址。")


def serve(settings: ServiceSettings) -> None:
    """Serve until told to stop; then nothing new is taken, and what was begun is finished and filed (运行).

    Raises:
        QuestionError: as `refuse_taken`.
    """
    refuse_taken(settings.host, settings.port)
    os.environ[VARIABLE] = settings.model_dump_json()
    uvicorn.run(
        _FACTORY,
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        server_header=False,
        access_log=False,  # it would hold paths and addresses; web.logs writes our own
        log_config=log_settings(),
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=settings.stop_seconds,
    )
