"""What is told to other systems (推送消息): one message to one receiver, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jointsanction.terms import MessageState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from jointsanction.terms import MessageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one receiver (推送消息): sent again under the same `key` it is the same message.

    `about` is the number of what it tells of, `recorded_at` when that happened. `body` is the data of the CloudEvents
    envelope: numbers, codes and links, and nothing of persons.
    """

    key: str
    event: MessageKind
    receiver: str
    about: str
    body: Mapping[str, Any] = field(repr=False)
    recorded_at: datetime
    state: MessageState = MessageState.PENDING
    attempts: int = 0
    next_at: datetime | None = None
    delivered_at: datetime | None = None
    fault: str | None = None
