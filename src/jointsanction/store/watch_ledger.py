"""Who is watched and what became of them (关注台账): appended; a watch is ended, and no event is ever changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from jointsanction.errors import RegistryError
from jointsanction.model.watch import Watch, WatchEvent
from jointsanction.store.instants import from_micros, to_micros
from jointsanction.store.tables import WATCH, WATCH_EVENT
from jointsanction.terms import Turn, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from jointsanction.store.database import Database


class WatchLedger:
    """Watches and their events (关注台账), behind the door of the store."""

    def __init__(self, database: Database) -> None:
        """Take the database of a store."""
        self._database = database

    def add(self, watch: Watch, *, recorded_at: datetime) -> Watch:
        """Keep a watch and return it with its number; one that is open already in all its words is returned as it is.

        Raises:
            RegistryError: `registry.busy`, `registry.naive`.
        """
        with self._database.writing() as connection:
            same = [WATCH.c[name] == getattr(watch, name) for name in ("number", "matter", "region", "author")]
            there = connection.execute(select(WATCH).where(*same, WATCH.c.ended_at.is_(None))).first()
            if there is not None:
                return _watch_of(there)
            said = {name: getattr(watch, name) for name in ("number", "kind", "matter", "region", "author", "reason")}
            connection.execute(insert(WATCH), said | {"recorded_at": to_micros(recorded_at)})
            newest = select(WATCH).order_by(WATCH.c.id.desc()).limit(1)
            return _watch_of(connection.execute(newest).one())

    def end(self, watch: int, *, recorded_at: datetime) -> Watch:
        """End a watch and return it; what it told stays (取消关注).

        Raises:
            RegistryError: `registry.no_such_watch`; `registry.busy`, `registry.naive`.
        """
        with self._database.writing() as connection:
            among = select(WATCH).where(WATCH.c.id == watch)
            there = connection.execute(among.where(WATCH.c.ended_at.is_(None))).first()
            if there is None:
                message = f"没有第 {watch} 项关注，或者已经取消。"
                raise RegistryError("registry.no_such_watch", message, "请用 jointsanction watch list 核对编号。")
            connection.execute(update(WATCH).where(WATCH.c.id == watch).values(ended_at=to_micros(recorded_at)))
            return _watch_of(connection.execute(among).one())

    def watches(self) -> tuple[Watch, ...]:
        """Return the watches that are open, the newest last (关注)."""
        with self._database.reading() as connection:
            rows = connection.execute(select(WATCH).where(WATCH.c.ended_at.is_(None)).order_by(WATCH.c.id))
            return tuple(map(_watch_of, rows))

    def tell(self, events: Iterable[WatchEvent], *, recorded_at: datetime) -> tuple[WatchEvent, ...]:
        """Keep events that were not told yet, and return them: once for a watch and a state of the store.

        Raises:
            RegistryError: `registry.busy`, `registry.naive`.
        """
        given = tuple(events)
        if not given:
            return ()
        with self._database.writing() as connection:
            fresh = tuple(event for event in given if not _is_told(connection, event))
            rows = [_row_of(event) | {"recorded_at": to_micros(recorded_at)} for event in fresh]
            if rows:
                connection.execute(insert(WATCH_EVENT), rows)
        return fresh

    def events(self) -> tuple[tuple[Watch, WatchEvent], ...]:
        """Return every event with its watch, the newest last, those of ended watches too (关注事件)."""
        with self._database.reading() as connection:
            watches = {row.id: _watch_of(row) for row in connection.execute(select(WATCH))}
            rows = connection.execute(select(WATCH_EVENT).order_by(WATCH_EVENT.c.id))
            return tuple((watches[row.watch], _event_of(row)) for row in rows)


def _is_told(connection: Connection, event: WatchEvent) -> bool:
    same = WATCH_EVENT.c.watch == event.watch, WATCH_EVENT.c.version == event.version
    return connection.execute(select(WATCH_EVENT.c.id).where(*same)).first() is not None


def _watch_of(row: Row[Any]) -> Watch:
    return Watch(
        id=row.id,
        number=row.number,
        kind=row.kind,
        matter=row.matter,
        region=row.region,
        author=row.author,
        reason=row.reason,
        recorded_at=from_micros(row.recorded_at),
        ended_at=None if row.ended_at is None else from_micros(row.ended_at),
    )


def _row_of(event: WatchEvent) -> dict[str, Any]:
    return {
        "watch": event.watch,
        "version": event.version,
        "how": event.turn.value,
        "since": event.since,
        "before": event.before.value,
        "after": event.after.value,
        "causes": json.dumps(event.causes),
    }


def _event_of(row: Row[Any]) -> WatchEvent:
    return WatchEvent(
        watch=row.watch,
        version=row.version,
        turn=Turn(row.how),
        since=row.since,
        before=Verdict(row.before),
        after=Verdict(row.after),
        causes=tuple((code, batch, number) for code, batch, number in json.loads(row.causes)),
        recorded_at=from_micros(row.recorded_at),
    )
