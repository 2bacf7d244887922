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
_ALL: Final = ""
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
        self.faults: dict[str, str] = {}
        """The codes of what keeps messages from being sent, by the receiver they are for; under "" from all."""
        load_routes(routes)

    @property
    def fault(self) -> str | None:
        """Return the code of what keeps messages from being sent to somebody, None while nothing does (推送故障)."""
        return next((code for _, code in sorted(self.faults.items())), None)

    def send(self) -> bool:
        """Send what is due, and tell whether there was anything (推送一轮)."""
        try:
            announce_watched(self._desk.lists, self._desk.docket)
            sent = send_due(self._desk.docket, load_routes(self._routes), self._desk.clock)
        except JointSanctionError as error:
            self._note({_ALL: error.code})
            return False
        self._note({receiver: error.code for receiver, error in sent.faults.items()})
        if sent.failed or sent.dead:
            _LOG.warning("delivered %d, to be tried again %d, given up %d", sent.delivered, sent.failed, sent.dead)
        return bool(sent.delivered)

    def _note(self, faults: dict[str, str]) -> None:
        """Keep what is wrong, and log what was not wrong a moment ago."""
        for receiver, code in faults.items():
            if self.faults.get(receiver) != code:
                _LOG.error("messages to %s can't be sent: %s", receiver or "anybody", code)
        self.faults = faults

    async def watch(self) -> None:
        """Send again and again, until cancelled (持续推送)."""
        while True:
            if not await run_in_threadpool(self.send):
                await asyncio.sleep(_PAUSE)
