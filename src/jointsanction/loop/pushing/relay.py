"""Sending what is due (推送): claimed for a while, delivered outside of any transaction, and marked.

A relay that dies gives its messages back when the time is over; so one may come twice, always under its key.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import JointSanctionError, LoopError
from jointsanction.loop.pushing.messages import envelope_of
from jointsanction.loop.pushing.transports.choose import ways_of
from jointsanction.loop.pushing.transports.parcel import Parcel
from jointsanction.store.docket.messages import claim, known, mark
from jointsanction.terms import MessageState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from jointsanction.loop.pushing.transports.choose import Sender
    from jointsanction.model.message import Message
    from jointsanction.model.routes import Routes
    from jointsanction.store.docket.docket import Docket

LEASE: Final = timedelta(minutes=10)
_SPARE: Final = timedelta(minutes=2)
"""So long before its claim ends a relay begins nothing more: no delivery takes longer than a minute."""
_FIRST_WAIT: Final = timedelta(seconds=30)
_LONGEST_WAIT: Final = timedelta(hours=6)


class Sent(NamedTuple):
    """What became of the messages that were due (推送结果)."""

    delivered: int = 0
    failed: int = 0
    dead: int = 0
    faults: Mapping[str, JointSanctionError] = {}
    """Why some receivers could not be reached at all; their messages wait, and no attempt was counted."""

    @property
    def tried(self) -> int:
        """Return how many were tried."""
        return self.delivered + self.failed + self.dead

    def then(self, other: Sent) -> Sent:
        """Return what became of them together with what became of others later."""
        counts = (self.delivered + other.delivered, self.failed + other.failed, self.dead + other.dead)
        return Sent(*counts, {**self.faults, **other.faults})


def send_due(docket: Docket, routes: Routes, clock: Callable[[], datetime], limit: int = 100) -> Sent:
    """Send messages that are due to receivers with a route, at most so many, and return what became of them (推送).

    What can't be delivered is tried again: half a minute later, then after twice the time before, six hours at most;
    after as many attempts as the routes allow it is dead, until somebody looks into it. A receiver whose secret,
    plugin or database is missing holds up nobody else: it stands in `faults`, and what is for it waits.

    Raises:
        RegistryError: `registry.busy`, `registry.unreachable`.
    """
    ways, now = ways_of(routes, docket), clock()
    until, outcome = now + LEASE, Sent(faults=ways.faults)
    with docket.sharing() as connection:
        messages = claim(connection, ways.senders, (now, until), limit)
    for message in messages:
        if clock() > until - _SPARE:
            break  # the others come back by themselves
        tried = _tried(message, ways.senders, routes, clock)
        with docket.sharing() as connection:
            mark(connection, tried)
        outcome = _counted(outcome, tried.state)
    return outcome


def next_try(attempts: int, now: datetime) -> datetime:
    """Return when a message that failed so often is tried again (下次推送时刻)."""
    return now + min(_FIRST_WAIT * (1 << min(attempts - 1, 20)), _LONGEST_WAIT)


def retry(docket: Docket, key: str | None, now: datetime) -> tuple[Message, ...]:
    """Let a dead message, or all of them, be tried again from now on, and return them (重新推送).

    Raises:
        LoopError: `loop.no_such_message` when there is none such.
    """
    with docket.sharing() as connection:
        dead = known(connection, MessageState.DEAD, key)
        if key is not None and not dead:
            message = "没有这条推送失败的消息。"
            raise LoopError("loop.no_such_message", message, "用 jointsanction outbox list 核对键。")
        again = tuple(replace(each, state=MessageState.PENDING, attempts=0, next_at=now) for each in dead)
        for each in again:
            mark(connection, each)
    return again


def _tried(message: Message, senders: Mapping[str, Sender], routes: Routes, clock: Callable[[], datetime]) -> Message:
    """Return a message after one attempt to deliver it."""
    body = envelope_of(message, routes.source)
    parcel = Parcel(message.key, message.event.value, message.receiver, body, clock())
    try:
        senders[message.receiver](parcel)
    except Exception as error:  # noqa: BLE001 - a plugin raises what it likes; that it failed, and how, is kept
        attempts, fault = message.attempts + 1, _fault(error)
        if attempts >= routes.attempts:
            return replace(message, state=MessageState.DEAD, attempts=attempts, fault=fault)
        return replace(message, attempts=attempts, fault=fault, next_at=next_try(attempts, clock()))
    attempts = message.attempts + 1
    return replace(message, state=MessageState.DELIVERED, attempts=attempts, delivered_at=clock(), fault=None)


def _fault(error: Exception) -> str:
    """Return why a delivery failed: in our words, or by the kind of error, for others' words may quote anything."""
    return error.message if isinstance(error, JointSanctionError) else type(error).__name__


def _counted(outcome: Sent, state: MessageState) -> Sent:
    names = {MessageState.DELIVERED: "delivered", MessageState.PENDING: "failed", MessageState.DEAD: "dead"}
    return outcome._replace(**{names[state]: getattr(outcome, names[state]) + 1})
