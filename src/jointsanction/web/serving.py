"""Running the service (运行服务): under uvicorn, in one process or several, until it is told to stop.

Each process opens lists, docket and catalogue for itself; what they share is the database, and a snapshot's pages.
The settings travel to the processes in the environment.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import uvicorn

from jointsanction.home import default_store, snapshot_folder
from jointsanction.loop.access.accounts import all_accounts
from jointsanction.model.serving import ServiceSettings
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
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

    Before the processes start: all of them would make them at once.

    Raises:
        RegistryError: what opening them raises.
    """
    url = settings.store or default_store()
    lists = Store.open(url)
    if settings.snapshot:
        lists.snapshot(snapshot_folder(url))
    return bool(all_accounts(Docket.open(url)))


def serve(settings: ServiceSettings) -> None:
    """Serve until told to stop; then nothing new is taken, and what was begun is finished and filed (运行)."""
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
