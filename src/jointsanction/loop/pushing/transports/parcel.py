"""What a transport is handed (待递送消息), and what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from jointsanction.errors import LoopError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Parcel(NamedTuple):
    """A message on its way (待递送消息): its envelope as bytes, and the key it has however often it is sent."""

    key: str
    event: str
    receiver: str
    body: bytes
    at: datetime


class Transport(Protocol):
    """A way for messages to leave (推送方式), as a plugin gives it: one for a message broker, say."""

    def deliver(self, parcel: Parcel, settings: Mapping[str, str]) -> None:
        """Deliver a message, or raise whatever says why not; it is tried again later, under the same key."""


def undelivered(reason: str) -> LoopError:
    """Return why a message was not delivered (未送达); the reason holds nothing of what was sent or answered."""
    return LoopError("loop.undelivered", reason, "稍后自动重试；用 jointsanction outbox list 查看。")
