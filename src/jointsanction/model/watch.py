"""Who is watched, and what became of him (关注、关注事件)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

    from jointsanction.model.touched import Cause
    from jointsanction.terms import Turn, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A subject that somebody watches in a matter (关注), until he ends it.

    `looked_at` is the instant up to which the lists were looked at, `looked_on` the last day.
    """

    number: str = field(repr=False)
    matter: str
    author: str
    kind: str | None = None
    region: str | None = None
    reason: str | None = None
    id: int | None = None
    recorded_at: datetime | None = None
    ended_at: datetime | None = None
    looked_at: datetime | None = None
    looked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchEvent:
    """How the answer about a watched subject came to be another (关注事件): by a change of the lists, or by its date.

    `version` is that of the store after the change, `since` the first day on which the answer is another, `causes` the
    rows that came, changed or went, the entries of ledgers, or the rows whose term ended.
    """

    watch: int
    version: str
    turn: Turn
    since: date
    before: Verdict
    after: Verdict
    causes: tuple[Cause, ...] = ()
    recorded_at: datetime | None = None


class Look(NamedTuple):
    """What a look at a watched subject showed (一次查看): up to which instant and day, and the events, in their order.

    `dated` came of the days that went by, and may have been announced before; `changes` came of what was recorded.
    """

    watch: Watch
    at: datetime
    on: date
    dated: tuple[WatchEvent, ...] = ()
    changes: tuple[WatchEvent, ...] = ()
