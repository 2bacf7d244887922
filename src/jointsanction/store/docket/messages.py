"""Messages to other systems (待推送消息): written in the transaction of what they tell of, claimed, marked, kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, or_, select, update

from jointsanction.errors import LoopError
from jointsanction.model.message import Message
from jointsanction.store.docket.tables import MESSAGE
from jointsanction.store.instants import from_micros, to_micros
from jointsanction.terms import MessageKind, MessageState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Row

_AT_ONCE: Final = 500
"""So many keys are asked for in one query: databases limit how many parameters there may be."""


def write(connection: Connection, messages: Iterable[Message]) -> int:
    """Keep messages beside what they tell of, to be sent from when they are recorded on (写入待推送消息).

    Returned is how many are new. One whose key is there already with the same words is left as it is: it was told.

    Raises:
        LoopError: `loop.message_differs` when it is there with other words: a key was made of too little.
    """
    new = {message.key: _row_of(message) for message in messages}
    keys = sorted(new)
    for start in range(0, len(keys), _AT_ONCE):
        among = MESSAGE.c.key.in_(keys[start : start + _AT_ONCE])
        for row in connection.execute(select(MESSAGE).where(among)):
            said = new.pop(row.key)
            if any(getattr(row, name) != said[name] for name in ("event", "receiver", "about", "body")):
                message = f"消息 {row.key} 已经写入，内容却不同。"
                raise LoopError("loop.message_differs", message, "同一个键只能是同一条消息。")
    if new:
        connection.execute(insert(MESSAGE), list(new.values()))
    return len(new)


def claim(
    connection: Connection, receivers: Collection[str], span: tuple[datetime, datetime], limit: int
) -> tuple[Message, ...]:
    """Take the messages that are due for some receivers, the longest due first, from an instant until another (领取).

    Whoever took them and died has given them back by then; others take others meanwhile.
    """
    now, until = map(to_micros, span)
    due = MESSAGE.c.next_at <= now, MESSAGE.c.state == MessageState.PENDING.value
    free = or_(MESSAGE.c.claimed_until.is_(None), MESSAGE.c.claimed_until <= now)
    wanted = select(MESSAGE).where(*due, free, MESSAGE.c.receiver.in_(sorted(receivers)))
    # On a server a relay at work holds its rows, and the next one takes the rows behind them instead of waiting.
    locked = wanted.order_by(MESSAGE.c.next_at, MESSAGE.c.key).limit(limit).with_for_update(skip_locked=True)
    taken = tuple(map(_message_of, connection.execute(locked)))
    keys = [each.key for each in taken]
    connection.execute(update(MESSAGE).where(MESSAGE.c.key.in_(keys)).values(claimed_until=until))
    return taken


def mark(connection: Connection, message: Message) -> None:
    """Keep what became of a message that was sent, and give it back (登记推送结果).

    What was delivered stays so, whatever a slower relay found afterwards.
    """
    said: dict[str, Any] = {
        "state": message.state.value,
        "attempts": message.attempts,
        "fault": message.fault,
        "claimed_until": None,
    }
    for name in ("next_at", "delivered_at"):
        instant = getattr(message, name)
        if instant is not None:
            said[name] = to_micros(instant)
    undelivered = MESSAGE.c.key == message.key, MESSAGE.c.state != MessageState.DELIVERED.value
    connection.execute(update(MESSAGE).where(*undelivered).values(said))


def known(connection: Connection, state: MessageState | None = None, key: str | None = None) -> tuple[Message, ...]:
    """Return messages in the order they were written: all, those in one state, or the one of a key (消息)."""
    wanted = select(MESSAGE).order_by(MESSAGE.c.recorded_at, MESSAGE.c.key)
    if state is not None:
        wanted = wanted.where(MESSAGE.c.state == state.value)
    if key is not None:
        wanted = wanted.where(MESSAGE.c.key == key)
    return tuple(map(_message_of, connection.execute(wanted)))


def counts(connection: Connection) -> dict[tuple[str, MessageState], int]:
    """Return how many messages there are by receiver and state (消息数)."""
    by = MESSAGE.c.receiver, MESSAGE.c.state
    rows = connection.execute(select(*by, func.count()).group_by(*by).order_by(*by))
    return {(receiver, MessageState(state)): count for receiver, state, count in rows}


def _row_of(message: Message) -> dict[str, Any]:
    at = to_micros(message.recorded_at)
    return {
        "key": message.key,
        "event": message.event.value,
        "receiver": message.receiver,
        "about": message.about,
        "body": json.dumps(message.body, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "state": MessageState.PENDING.value,
        "attempts": 0,
        "next_at": at,
        "recorded_at": at,
    }


def _message_of(row: Row[Any]) -> Message:
    return Message(
        key=row.key,
        event=MessageKind(row.event),
        receiver=row.receiver,
        about=row.about,
        body=json.loads(row.body),
        state=MessageState(row.state),
        attempts=row.attempts,
        recorded_at=from_micros(row.recorded_at),
        next_at=from_micros(row.next_at),
        delivered_at=None if row.delivered_at is None else from_micros(row.delivered_at),
        fault=row.fault,
    )
