"""Who is watched and what became of them (关注台账): a watch is looked at and ended, and no event is ever changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from jointsanction.errors import RegistryError
from jointsanction.model.touched import Cause
from jointsanction.model.watch import Watch, WatchEvent
from jointsanction.store.instants import first_instant, from_micros, to_micros
from jointsanction.store.sequence import instant_after
from jointsanction.store.tables import WATCH, WATCH_EVENT
from jointsanction.terms import Turn, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from jointsanction.model.watch import Look
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
            at = to_micros(recorded_at)
            looked = {"looked_at": instant_after(connection, at), "looked_on": from_micros(at).date()}
            connection.execute(insert(WATCH), said | looked | {"recorded_at": at})
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

    def tell(self, looks: Iterable[Look], *, recorded_at: datetime) -> tuple[WatchEvent, ...]:
        """Keep what looks at watches showed and how far they went, and return the events that were not told yet.

        A watch that somebody else looked at meanwhile, or ended, is left to him.

        Raises:
            RegistryError: `registry.busy`, `registry.naive`.
        """
        given, at, fresh = tuple(looks), to_micros(recorded_at), list[WatchEvent]()
        if not given:
            return ()
        with self._database.writing() as connection:
            for look in given:
                if not _is_first(connection, look):
                    continue
                new = [event for event in look.dated if not _is_announced(connection, event)]
                new = [event for event in (*new, *look.changes) if not _is_told(connection, event)]
                for event in new:
                    connection.execute(insert(WATCH_EVENT), _row_of(event) | {"recorded_at": at})
                fresh += new
        return tuple(fresh)

    def events(self) -> tuple[tuple[Watch, WatchEvent], ...]:
        """Return every event with its watch, the newest last, those of ended watches too (关注事件)."""
        with self._database.reading() as connection:
            watches = {row.id: _watch_of(row) for row in connection.execute(select(WATCH))}
            rows = connection.execute(select(WATCH_EVENT).order_by(WATCH_EVENT.c.id))
            return tuple((watches[row.watch], _event_of(row)) for row in rows)


def _is_told(connection: Connection, event: WatchEvent) -> bool:
    same = (WATCH_EVENT.c[name] == getattr(event, name) for name in ("watch", "version", "since"))
    return connection.execute(select(WATCH_EVENT.c.id).where(*same)).first() is not None


def _is_announced(connection: Connection, event: WatchEvent) -> bool:
    """Tell whether it was said before its day came that the answer would be this one from that day on."""
    day = to_micros(first_instant(event.since))
    said = WATCH_EVENT.c.watch == event.watch, WATCH_EVENT.c.since == event.since
    before = WATCH_EVENT.c.after == event.after.value, WATCH_EVENT.c.recorded_at < day
    return connection.execute(select(WATCH_EVENT.c.id).where(*said, *before)).first() is not None


def _is_first(connection: Connection, look: Look) -> bool:
    """Write how far a watch was looked at, and tell whether it still stood where the look began."""
    row = connection.execute(select(WATCH).where(WATCH.c.id == look.watch.id)).one()
    if _watch_of(row) != look.watch:
        return False
    looked = {"looked_at": to_micros(look.at), "looked_on": look.on}
    connection.execute(update(WATCH).where(WATCH.c.id == look.watch.id).values(looked))
    return True


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
        # One of before it was written how far: everything since it was made is still to be looked at.
        looked_at=from_micros(row.recorded_at if row.looked_at is None else row.looked_at),
        looked_on=from_micros(row.recorded_at).date() if row.looked_on is None else row.looked_on,
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
        causes=tuple(Cause(*said) for said in json.loads(row.causes)),
        recorded_at=from_micros(row.recorded_at),
    )
