"""The order of what is recorded (登记先后): whatever comes in later was recorded later, whichever clock says so.

An answer names the instant up to which it knew; nothing may slip in before that instant afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from jointsanction.store.tables import BATCH, COMMITMENT, COMMITMENT_EVENT, REPAIR, TALK, VERDICT

if TYPE_CHECKING:
    from sqlalchemy import Connection

_RECORDED: Final = (BATCH, VERDICT, COMMITMENT, COMMITMENT_EVENT, TALK, REPAIR)


def instant_after(connection: Connection, clock: int) -> int:
    """Return the instant of a new entry: the caller's, in microseconds, but after all that is recorded (登记时刻)."""
    newest = (connection.execute(select(func.max(table.c.recorded_at))).scalar() for table in _RECORDED)
    return max(clock, *((at or 0) + 1 for at in newest))
