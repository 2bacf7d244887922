"""What other systems are told (推送消息), and the envelope it leaves in: CloudEvents 1.0, structured JSON.

A message holds numbers, codes and days, and where to read the rest; who it is about stands nowhere in it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, urljoin

from jointsanction.model.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from jointsanction.terms import MessageKind

_DIGEST_BYTES: Final = 8
_PREFIX: Final = "jointsanction."

_PLACES: Final = {"initiation": "v1/initiations/", "notice": "v1/notices/", "check": "v1/checks/"}
"""Where the service shows what a message tells of, by the number the message holds."""

MEDIA_TYPE: Final = "application/cloudevents+json; charset=utf-8"
"""What a message in its envelope is."""


class Occasion(NamedTuple):
    """What happened (事由): to the number of what, when, and, where it happens several times, which time it was."""

    event: MessageKind
    about: str
    at: datetime
    turn: str = ""


def make_message(occasion: Occasion, receiver: str, said: Mapping[str, Any]) -> Message:
    """Return the message about an occasion for a receiver; made again of the same it has the same key (消息)."""
    told = json.dumps([occasion.event.value, receiver, occasion.turn], ensure_ascii=False)
    key = f"{occasion.about}.{hashlib.blake2b(told.encode(), digest_size=_DIGEST_BYTES).hexdigest()}"
    body = {name: value for name, value in said.items() if value is not None}
    return Message(
        key=key, event=occasion.event, receiver=receiver, about=occasion.about, body=body, recorded_at=occasion.at
    )


def envelope_of(message: Message, source: str) -> bytes:
    """Return a message as it leaves (CloudEvents 1.0 信封), from a source by its URI: eight attributes, no more."""
    document = {
        "specversion": "1.0",
        "id": message.key,
        "source": source,
        "type": _PREFIX + message.event.value,
        "subject": message.about,
        "time": message.recorded_at.isoformat(),
        "datacontenttype": "application/json",
        "data": {**message.body, **_link(message, source)},
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _link(message: Message, source: str) -> dict[str, str]:
    """Return where a receiver who may can read the rest, when the source is the address of a service."""
    told = next((name for name in _PLACES if name in message.body), None)
    if told is None or not source.startswith(("https:", "http:")):
        return {}
    return {"link": urljoin(source, _PLACES[told] + quote(str(message.body[told]), safe=""))}
