"""Which state a store is in, or was in at an instant (名单库状态): its version, and what stands beside the listings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.store.batch_log import editions_known, newest_batch
from jointsanction.store.commitment_ledger import newest_entry, version_with_commitments
from jointsanction.store.fingerprints import EMPTY
from jointsanction.store.instants import from_micros, to_micros
from jointsanction.store.repairs import by_record, events_known, version_after
from jointsanction.store.verdicts import verdicts_known, version_with

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from jointsanction.model.identity_verdict import IdentityVerdict
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Edition


class State(NamedTuple):
    """A state of a store without its listings and commitments, which may be many (名单库状态)."""

    batch: str | None
    version: str
    known_at: datetime | None
    editions: Mapping[str, tuple[Edition, ...]]
    verdicts: tuple[IdentityVerdict, ...]
    repairs: Mapping[str, tuple[RepairEvent, ...]]


def state_of(connection: Connection, at: int | None = None) -> State:
    """Return the state a store is in, or was in at an instant."""
    then, verdicts = newest_batch(connection, at), verdicts_known(connection, at)
    state = 0 if then is None or then.known_at is None else then.known_at
    promised, steps = newest_entry(connection, at), events_known(connection, at)
    given = [each.recorded_at for each in verdicts] + [each.recorded_at for each in steps]
    entered = 0 if promised is None else promised.recorded_at
    newest = max([state, entered, *(to_micros(one) for one in given if one is not None)])
    version = version_with(EMPTY if then is None or not state else then.version, verdicts)
    return State(
        batch=None if then is None else then.id,
        version=version_after(version_with_commitments(version, promised), steps),
        known_at=from_micros(newest) if newest else None,
        editions=editions_known(connection, state) if state else {},
        verdicts=verdicts,
        repairs=by_record(steps),
    )
