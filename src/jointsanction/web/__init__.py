"""The service (联网服务): the HTTP API, the console, and what keeps both running; extra `web`.

What stands behind this door needs the extra and is imported when the door is opened.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from jointsanction.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import APIRouter, FastAPI

    from jointsanction.engine import Engine
    from jointsanction.model.serving import ServiceSettings
    from jointsanction.web.door import Authenticate


def create_app(settings: ServiceSettings | None = None) -> FastAPI:
    """Return the whole service as an ASGI application (整个服务).

    Raises:
        MissingExtraError: `request.no_web`.
        RegistryError, CatalogError: what it would answer from can't be opened.
        LoopError: `loop.approved_unreadable` when what was approved doesn't fit the catalogue.
    """
    with installed():
        from jointsanction.web import app  # noqa: PLC0415 - an extra
        from jointsanction.web.hosted import Hosted  # noqa: PLC0415 - an extra
    return app.create_app(Hosted.open(settings or _defaults()))


def create_router(engine: Engine, *, store: str | None = None, authenticate: Authenticate) -> APIRouter:
    """Return the API as a router, for a host that mounts it in its own application (供宿主应用挂载的接口).

    `engine` answers, from the lists at the URL `store`, beside which everything is filed. `authenticate` is given each
    request and says who asks; it raises `AccessError` for nobody who may. Changes of the catalogue that were approved
    in the store are laid over the engine's own, now and whenever one is approved.

    Raises:
        MissingExtraError: `request.no_web`.
        RegistryError: the store can't be opened.
        LoopError: `loop.approved_unreadable` when what was approved doesn't fit the engine's catalogue.
    """
    with installed():
        from jointsanction.web import router  # noqa: PLC0415 - an extra
    return router.create_router(engine, store=store, authenticate=authenticate)


@contextmanager
def installed() -> Iterator[None]:
    """Say what to install when the extra is not there.

    Raises:
        MissingExtraError: `request.no_web`.
    """
    try:
        yield
    except ImportError as error:
        code, message = "request.no_web", "没有安装联网服务所需的组件。"
        raise MissingExtraError(code, message, "运行 pip install 'jointsanction[web]'。") from error


def _defaults() -> ServiceSettings:
    from jointsanction.model.serving import ServiceSettings  # noqa: PLC0415 - pydantic takes a while

    return ServiceSettings()
