"""The registries a store gives (由名单库得到的名单): the present in memory, an earlier instant answered by SQL."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import select

from jointsanction.model.identity_verdict import by_candidate
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.store.commitments import commitments_known
from jointsanction.store.history import PastRegistry
from jointsanction.store.portions import STREAMED
from jointsanction.store.rows import COLUMNS, listings_of
from jointsanction.store.state import state_of
from jointsanction.store.tables import LISTING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection

    from jointsanction.model.subject import Listing
    from jointsanction.store.database import Database


def in_memory(connection: Connection) -> MemoryRegistry:
    """Return all that is believed now, in memory (当前名单库)."""
    state = state_of(connection)
    return MemoryRegistry(
        believed(connection),
        chain.from_iterable(state.editions.values()),
        verdicts=state.verdicts,
        commitments=commitments_known(connection),
        repairs=state.repairs,
        version=state.version,
    )


def by_sql(connection: Connection, database: Database, at: int) -> PastRegistry:
    """Return what was believed at an instant in microseconds, each look-up a query of its own."""
    state = state_of(connection, at)
    return PastRegistry(
        database=database,
        batch=state.batch,
        version=state.version,
        known_at=state.known_at,
        editions=state.editions,
        verdicts=by_candidate(state.verdicts),
        repairs=state.repairs,
    )


def believed(connection: Connection, *among: ColumnElement[bool]) -> Iterator[Listing]:
    """Yield the rows believed now, in the order they were taken in, a portion in memory at a time."""
    wanted = select(*COLUMNS).where(LISTING.c.superseded_at.is_(None), *among).order_by(LISTING.c.id)
    with connection.execute(wanted.execution_options(**STREAMED)) as rows:
        for portion in rows.partitions():
            yield from listings_of(portion)
