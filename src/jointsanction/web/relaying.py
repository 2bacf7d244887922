"""Messages sent while the service runs (随服务推送): each process takes what is due and no other has taken."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool

from jointsanction.errors import JointSanctionError
from jointsanction.loop.pushing.announcing import announce_watched
from jointsanction.loop.pushing.relay import send_due
from jointsanction.loop.pushing.routes import load_routes

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.loop.desk import Desk

_LOG: Final = logging.getLogger("jointsanction.relaying")
_PAUSE: Final = 1.0
"""Seconds between two looks when nothing was due."""


class Relay:
    """Sends what is due, again and again (随服务推送)."""

    def __init__(self, desk: Desk, routes: Path) -> None:
        """Take the docket, and the file that says where messages go; it is read anew each time.

        Raises:
            LoopError: `loop.routes`, `loop.no_routes`.
        """
        self._desk = desk
        self._routes = routes
        self.fault: str | None = None
        """The code of what keeps messages from being sent, None while they are."""
        load_routes(routes)

    def send(self) -> bool:
        """Send what is due, and tell whether there was anything (推送一轮)."""
        try:
            announce_watched(self._desk.lists, self._desk.docket)
            sent = send_due(self._desk.docket, load_routes(self._routes), self._desk.clock)
        except JointSanctionError as error:
            if error.code != self.fault:
                _LOG.error("messages can't be sent: %s", error.code)
            self.fault = error.code
            return False
        self.fault = None
        if sent.failed or sent.dead:
            _LOG.warning("delivered %d, to be tried again %d, given up %d", sent.delivered, sent.failed, sent.dead)
        return bool(sent.delivered)

    async def watch(self) -> None:
        """Send again and again, until cancelled (持续推送)."""
        while True:
            if not await run_in_threadpool(self.send):
                await asyncio.sleep(_PAUSE)
