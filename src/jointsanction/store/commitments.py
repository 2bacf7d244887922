"""Commitments and talks kept in the store (承诺台账): added to and never changed, read as known at an instant."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from jointsanction.model.commitment import NO_COMMITMENTS, Commitment, CommitmentEvent, Commitments, Talk
from jointsanction.store.instants import from_micros
from jointsanction.store.tables import COMMITMENT, COMMITMENT_EVENT, COMMITMENT_KEY, TALK
from jointsanction.terms import CommitmentState, CommitmentType, TalkKind, TalkResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, Row, Table


def commitments_under(connection: Connection, keys: tuple[str, ...], at: int | None = None) -> Commitments:
    """Return the commitments and talks under any of the keys, as known now or at an instant."""
    found = select(COMMITMENT_KEY.c.of).where(COMMITMENT_KEY.c.key.in_(keys)).distinct()
    ids = tuple(connection.execute(found).scalars())
    return commitments_known(connection, at, only=ids) if ids else NO_COMMITMENTS


def commitments_known(
    connection: Connection, at: int | None = None, *, only: tuple[str, ...] | None = None
) -> Commitments:
    """Return the commitments and talks known now, or at an instant; all of them, or only some by their ids."""
    made = _rows(connection, COMMITMENT, at, ("id", only))
    talks = _rows(connection, TALK, at, ("id", only))
    if not made and not talks:
        return NO_COMMITMENTS
    keys, events = _keys(connection, only), defaultdict[str, list[CommitmentEvent]](list)
    for row in _rows(connection, COMMITMENT_EVENT, at, ("commitment", only)):
        events[row.commitment].append(_event_of(row))
    return Commitments(
        tuple(_commitment_of(row, keys, tuple(events.get(row.id, ()))) for row in made),
        tuple(_talk_of(row, keys) for row in talks),
    )


def _rows(
    connection: Connection, table: Table, at: int | None, among: tuple[str, Iterable[str] | None]
) -> tuple[Row[Any], ...]:
    column, only = among
    wanted = select(table).order_by(table.c.recorded_at)
    if only is not None:
        wanted = wanted.where(table.c[column].in_(only))
    if at is not None:
        wanted = wanted.where(table.c.recorded_at <= at)
    return tuple(connection.execute(wanted))


def _keys(connection: Connection, only: Iterable[str] | None) -> dict[str, tuple[str, ...]]:
    wanted = select(COMMITMENT_KEY).order_by(COMMITMENT_KEY.c.place)
    if only is not None:
        wanted = wanted.where(COMMITMENT_KEY.c.of.in_(only))
    keys = defaultdict[str, list[str]](list)
    for row in connection.execute(wanted):
        keys[row.of].append(row.key)
    return {of: tuple(found) for of, found in keys.items()}


def _commitment_of(
    row: Row[Any], keys: Mapping[str, tuple[str, ...]], events: tuple[CommitmentEvent, ...]
) -> Commitment:
    return Commitment(
        id=row.id,
        keys=keys[row.id],
        type=CommitmentType(row.type),
        content=row.content,
        made_on=row.made_on,
        matter=row.matter,
        due=row.due,
        public=row.public,
        authority=row.authority,
        source=row.source,
        measure=row.measure,
        recorded_at=from_micros(row.recorded_at),
        events=events,
    )


def _event_of(row: Row[Any]) -> CommitmentEvent:
    return CommitmentEvent(
        state=CommitmentState(row.state),
        actor=row.actor,
        happened_on=row.happened_on,
        reason=row.reason,
        evidence=row.evidence,
        recorded_at=from_micros(row.recorded_at),
    )


def _talk_of(row: Row[Any], keys: Mapping[str, tuple[str, ...]]) -> Talk:
    return Talk(
        id=row.id,
        keys=keys[row.id],
        kind=TalkKind(row.kind),
        held_on=row.held_on,
        authority=row.authority,
        reason=row.reason,
        result=TalkResult(row.result),
        commitment=row.commitment,
        recorded_at=from_micros(row.recorded_at),
    )
