"""Taking a file into the store (导入), all of it in the one transaction that it is handed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.store.batch_log import newest_batch, standing_repeat, write_batch
from jointsanction.store.batches import BatchOutcome
from jointsanction.store.beliefs import Moment, believed_rows, write_changes
from jointsanction.store.changes import compare, refuse_shrunken
from jointsanction.store.failures import clock_behind
from jointsanction.store.fingerprints import EMPTY, batch_id, delivery_digest, next_version
from jointsanction.store.instants import from_micros
from jointsanction.store.sequence import instant_after

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from jointsanction.store.batches import Delivery
    from jointsanction.store.beliefs import Progress
    from jointsanction.store.changes import Changes
    from jointsanction.store.fingerprints import Arrival

_SKEW: Final = 5 * 60 * 1_000_000
"""How far, in microseconds, the clocks of two importing machines may differ before something is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A file about to be taken in (待导入文件). `clock` is the caller's, in microseconds."""

    delivery: Delivery
    arrivals: tuple[Arrival, ...]
    clock: int
    accept_shrink: bool = False
    progress: Progress | None = None


class _Plan(NamedTuple):
    """What taking in a file would write (导入方案); nothing but the outcome when it is a repeat."""

    outcome: BatchOutcome
    record: dict[str, Any] | None = None
    changes: Changes | None = None


def take_in(connection: Connection, intake: Intake) -> BatchOutcome:
    """Write what a file changes, and return it.

    Raises:
        RegistryError: `registry.shrunken` or `registry.clock`; nothing is written then.
    """
    outcome, record, changes = _plan(connection, intake)
    if record is not None and changes is not None:
        write_batch(connection, record, intake.delivery.covers)
        moment = Moment(outcome.batch, record["recorded_at"], from_micros(record["recorded_at"]).date())
        write_changes(connection, changes, moment=moment, progress=intake.progress)
    return outcome


def rehearse(connection: Connection, intake: Intake) -> BatchOutcome:
    """Return what a file would change, and write nothing; it raises what `take_in` would."""
    return _plan(connection, intake).outcome


def _plan(connection: Connection, intake: Intake) -> _Plan:
    covers = intake.delivery.covers
    same = delivery_digest(intake.delivery, intake.arrivals)
    lists = {declared.list for declared in covers} | {arrival.listing.list for arrival in intake.arrivals}
    repeated = standing_repeat(connection, same, lists)
    if repeated is not None:
        return _Plan(_unchanged(repeated, intake.arrivals))
    last = newest_batch(connection)
    instant = instant_after(connection, _clock(last, intake.clock))
    day = from_micros(instant).date()
    changes = compare(intake.arrivals, believed_rows(connection, intake.arrivals, covers), covers=covers, day=day)
    if not intake.accept_shrink:
        refuse_shrunken(changes, covers, day=day)
    version = next_version(EMPTY if last is None else last.version, same, instant)
    outcome = _outcome(batch_id(version), changes)
    state = {"version": version, "known_at": instant} if changes.any or covers else _state(last)
    return _Plan(outcome, _record(intake, outcome) | state | {"same": same, "recorded_at": instant}, changes)


def _clock(last: Row[Any] | None, clock: int) -> int:
    """Return the caller's clock, unless it is well behind that of the last batch."""
    if last is not None and last.recorded_at - clock > _SKEW:
        raise clock_behind(from_micros(last.recorded_at).isoformat(), from_micros(clock).isoformat())
    return clock


def _state(last: Row[Any] | None) -> dict[str, Any]:
    """Return the state of the store after a batch that neither changed nor declared anything: that of before.

    So a file that says nothing new leaves version, and with it every receipt, as they are.
    """
    return (
        {"version": EMPTY, "known_at": None} if last is None else {"version": last.version, "known_at": last.known_at}
    )


def _record(intake: Intake, outcome: BatchOutcome) -> dict[str, Any]:
    return {
        "id": outcome.batch,
        "sha256": intake.delivery.sha256,
        "file_name": intake.delivery.file_name,
        "provider": intake.delivery.provider,
        "rows": len(intake.arrivals),
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "missing": outcome.missing,
    }


def _outcome(batch: str, changes: Changes) -> BatchOutcome:
    return BatchOutcome(
        batch=batch,
        added=len(changes.added),
        changed=len(changes.changed),
        unchanged=changes.unchanged,
        missing=len(changes.missing),
        duplicates=changes.duplicates,
    )


def _unchanged(batch: str, arrivals: tuple[Arrival, ...]) -> BatchOutcome:
    rows = len({(arrival.natural_key, arrival.content) for arrival in arrivals})
    return BatchOutcome(batch=batch, unchanged=rows, duplicates=len(arrivals) - rows, repeated=True)
