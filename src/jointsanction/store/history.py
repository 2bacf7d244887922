"""The lists as they were known at an earlier instant (历史名单库), answered by SQL."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from jointsanction.model.commitment import NO_COMMITMENTS
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.store.commitments import commitments_under
from jointsanction.store.failures import unreachable
from jointsanction.store.instants import to_micros
from jointsanction.store.keys import listings_under
from jointsanction.store.tables import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from jointsanction.model.commitment import Commitments
    from jointsanction.model.identity_verdict import Verdicts
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Edition
    from jointsanction.registry.protocol import Hit
    from jointsanction.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRegistry:
    """The lists as they were known at an instant (历史名单库).

    `known_at` is the instant of a batch, so no later one changes what is answered; None before the first. `batch` is
    the newest of then: a store that knows it not has taken the place of the one asked.
    """

    database: Database
    batch: str | None
    version: str
    known_at: datetime | None
    editions: Mapping[str, tuple[Edition, ...]]
    verdicts: Verdicts
    repairs: Mapping[str, tuple[RepairEvent, ...]]

    def commitments(self, keys: tuple[str, ...]) -> Commitments:
        """Return the commitments of the subject of the keys and the talks with it; `NO_COMMITMENTS` when none."""
        if self.known_at is None:
            return NO_COMMITMENTS
        with self._reading() as connection:
            return commitments_under(connection, keys, to_micros(self.known_at))

    def lookup(self, keys: tuple[str, ...], name_key: str | None) -> tuple[Hit, ...]:
        """Return the listings under any of the keys, exact ones first, then candidates that share the name key."""
        if self.known_at is None:
            return ()
        with self._reading() as connection:
            found = listings_under(connection, keys, name_key=name_key, at=to_micros(self.known_at))
        # What makes a hit, and of what sort, is decided in one place for every registry.
        return MemoryRegistry(found).lookup(keys, name_key)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Give a connection to the store that was asked before, and to no other one."""
        with self.database.reading() as connection:
            known = select(BATCH.c.id).where(BATCH.c.id == self.batch)
            if self.batch is not None and connection.execute(known).first() is None:
                raise unreachable(self.database.dialect.shown, "已被另一个名单库取代")
            yield connection
