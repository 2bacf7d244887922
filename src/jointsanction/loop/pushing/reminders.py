"""Reminding of what is owed (催办): some days before it is due, when it is late, and on and on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.loop.pushing.messages import Occasion, make_message
from jointsanction.store.docket.feedback import pending
from jointsanction.store.docket.initiations import tasks_owed
from jointsanction.store.docket.messages import write
from jointsanction.terms import MessageKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from sqlalchemy import Connection

    from jointsanction.model.message import Message
    from jointsanction.store.docket.docket import Docket


class Rhythm(NamedTuple):
    """When to remind (催办时间): so many days before the last day, then from the day after it, every so many days."""

    before: int = 3
    every: int = 7


USUAL: Final = Rhythm()
"""Three days before, and every week once it is late."""


def remind(docket: Docket, now: datetime, rhythm: Rhythm = USUAL) -> int:
    """Write a reminder for all that owes feedback and is due for one; return how many are new (催办).

    The unit that filed a check, and each department whose part of a joint action is open, is reminded once for each day
    that feedback is due and each count of reminders, so that a second run on the same day, or after a crash, sends
    nothing twice.
    """
    with docket.writing() as connection:
        return write(connection, [*_of_checks(connection, now, rhythm), *_of_tasks(connection, now, rhythm)])


def _of_checks(connection: Connection, now: datetime, rhythm: Rhythm) -> Iterator[Message]:
    owed = {(each.check, each.due_on): each for each in pending(connection)}
    for (check, due_on), each in owed.items():
        count = how_often(due_on, now.date(), rhythm)
        if count:
            said = {"check": check, "matter": each.matter, "due_on": due_on.isoformat(), "reminder": count}
            yield make_message(_occasion(check, due_on, count, now), each.unit, said)


def _of_tasks(connection: Connection, now: datetime, rhythm: Rhythm) -> Iterator[Message]:
    for number, department, due_on in tasks_owed(connection):
        count = how_often(due_on, now.date(), rhythm)
        if count:
            said = {"initiation": number, "department": department, "due_on": due_on.isoformat(), "reminder": count}
            yield make_message(_occasion(number, due_on, count, now), department, said)


def _occasion(about: str, due_on: date, count: int, now: datetime) -> Occasion:
    return Occasion(MessageKind.FEEDBACK_REQUESTED, about, now, f"{due_on} {count}")


def how_often(due_on: date, today: date, rhythm: Rhythm) -> int:
    """Return how many reminders there should have been by a day (应催办次数).

    >>> from datetime import date
    >>> [how_often(date(2026, 3, 10), date(2026, 3, day), Rhythm()) for day in (6, 7, 10, 11, 17, 18)]
    [0, 1, 1, 2, 2, 3]
    """
    late = (today - due_on).days
    if late > 0:
        return 2 + (late - 1) // rhythm.every
    return int(late >= -rhythm.before)
