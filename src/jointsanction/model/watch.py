"""Who is watched, and what became of him (关注、关注事件)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime

    from jointsanction.terms import Turn, Verdict

_Row: TypeAlias = tuple[str, str | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A subject that somebody watches in a matter (关注), until he ends it."""

    number: str = field(repr=False)
    matter: str
    author: str
    kind: str | None = None
    region: str | None = None
    reason: str | None = None
    id: int | None = None
    recorded_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchEvent:
    """What a change of the lists did to the answer about a watched subject (关注事件).

    `version` is that of the store after the change, `since` the first day on which the answer is another, `causes` the
    rows that came, changed or went, as (list, batch, row).
    """

    watch: int
    version: str
    turn: Turn
    since: date
    before: Verdict
    after: Verdict
    causes: tuple[_Row, ...] = ()
    recorded_at: datetime | None = None
