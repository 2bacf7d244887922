"""What the service writes down about itself (运行日志): a line of JSON a request, and no word of what was asked.

This is no audit: that is in the docket. A line has the number of the request, its route as it is declared, the status
and the milliseconds; no path as it was sent, no query, no address, no header.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from starlette.datastructures import Headers
from starlette.requests import Request

from jointsanction.steps.asking.days import SHANGHAI
from jointsanction.tracing import span
from jointsanction.web.door import request_number

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LIBRARY: Final = "jointsanction"
REQUESTS: Final = logging.getLogger(f"{LIBRARY}.requests")
logging.getLogger(LIBRARY).addHandler(logging.NullHandler())

_FIELDS: Final = "jointsanction_fields"
_QUIET: Final = frozenset({"/healthz", "/readyz"})
"""What is asked every few seconds by machines that watch: no line unless it fails."""

_FAILED: Final = 500


class JsonLines(logging.Formatter):
    """One line of JSON a record (日志格式). Of an exception the kind alone: its text may hold anything."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, SHANGHAI).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, _FIELDS, {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            said["exception"] = record.exc_info[0].__qualname__
        return json.dumps(said, ensure_ascii=False)


def log_settings() -> dict[str, Any]:
    """Return how a served process logs (日志设置): everything as JSON on stderr, uvicorn's own lines too."""
    plain = {"handlers": ["stderr"], "level": "INFO", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLines}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "loggers": {LIBRARY: plain, "uvicorn": plain},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
    }


class RequestLog:
    """Writes a line and a span about each request (请求日志)."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through and note how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), _FAILED

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with span("request", Headers(scope=scope)) as current:
            try:
                await self._app(scope, receive, noted)
            finally:
                route = _route(scope)
                if current is not None:
                    current.update_name(f"{scope['method']} {route or 'unknown'}")
                    current.set_attributes({"http.route": route or "unknown", "http.response.status_code": status})
                if route not in _QUIET or status >= _FAILED:
                    _note(scope, route, status, time.perf_counter() - began)


def _route(scope: Scope) -> str | None:
    """Return the route of a request as it is declared, None when no route took it; never the path that was sent."""
    whole = scope.get("fastapi", {}).get("effective_route_context")  # with the prefix it is included under
    return getattr(whole or scope.get("route"), "path", None)


def _note(scope: Scope, route: str | None, status: int, seconds: float) -> None:
    if not REQUESTS.isEnabledFor(logging.INFO):
        return
    fields = {
        "request": request_number(Request(scope)),
        "method": scope["method"],
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 2),
    }
    REQUESTS.info("request", extra={_FIELDS: fields})
