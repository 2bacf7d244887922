"""Taking a file into the store (导入), all of it in the one transaction that it is handed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.store.batch_log import is_older_than, newest_batch, standing_repeat, write_batch
from jointsanction.store.batches import BatchOutcome
from jointsanction.store.beliefs import Moment, compare_staged, write_staged
from jointsanction.store.changes import Tally, refuse_shrunken
from jointsanction.store.deltas import Applied, is_next, stage_delta, write_serial
from jointsanction.store.failures import clock_behind
from jointsanction.store.fingerprints import EMPTY, batch_id, next_version
from jointsanction.store.instants import from_micros
from jointsanction.store.sequence import instant_after
from jointsanction.store.staging import clear, distinct, stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import Connection, Row

    from jointsanction.model.subject import Listing
    from jointsanction.store.batches import Declaration, Delivery
    from jointsanction.store.beliefs import Progress
    from jointsanction.store.dialects.protocol import Dialect

_SKEW: Final = 5 * 60 * 1_000_000
"""How far, in microseconds, the clocks of two importing machines may differ before something is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A file about to be taken in (待导入文件). `clock` is the caller's, in microseconds."""

    delivery: Delivery
    listings: Iterable[Listing]
    clock: int
    dialect: Dialect
    accept_shrink: bool = False
    progress: Progress | None = None


class _Plan(NamedTuple):
    """What taking in a file would write (导入方案); nothing but the outcome when it is a repeat."""

    outcome: BatchOutcome
    record: dict[str, Any] | None = None
    covers: Sequence[Declaration] = ()


def take_in(connection: Connection, intake: Intake) -> BatchOutcome:
    """Write what a file changes, and return it.

    Raises:
        RegistryError: `registry.shrunken`, `registry.clock`, `registry.delta_order` or `registry.delta_mismatch`;
            nothing is written then.
    """
    outcome, record, covers = _plan(connection, intake)
    if record is not None:
        write_batch(connection, record, covers)
        write_serial(connection, intake.delivery.serial, outcome.batch, record["same"])
        moment = Moment(outcome.batch, record["recorded_at"], from_micros(record["recorded_at"]).date())
        write_staged(connection, moment, dialect=intake.dialect, progress=intake.progress)
    clear(connection)
    return outcome


def rehearse(connection: Connection, intake: Intake) -> BatchOutcome:
    """Return what a file would change, and write nothing; it raises what `take_in` would."""
    outcome = _plan(connection, intake).outcome
    clear(connection)
    return outcome


def _plan(connection: Connection, intake: Intake) -> _Plan:
    last = newest_batch(connection)
    instant = instant_after(connection, intake.clock)
    day = from_micros(instant).date()
    staging = _stage_whole if intake.delivery.operations is None else stage_delta
    applied = staging(connection, intake, day)
    tally = applied.tally
    if applied.repeats is not None:
        return _Plan(_outcome(applied.repeats, tally, repeated=True))
    _refuse_behind(last, intake.clock)
    if not intake.accept_shrink:
        lists = tally.before.keys() | {declared.list for declared in applied.covers}
        refuse_shrunken(tally, lists, intake.delivery.floors)
    version = next_version(EMPTY if last is None else last.version, applied.same, instant)
    renewed = () if tally.any else tuple(sorted({declared.list for declared in applied.covers}))
    outcome = _outcome(batch_id(version), tally, renewed=renewed)
    state = {"version": version, "known_at": instant} if tally.any or applied.covers else _state(last)
    record = _record(intake, outcome, applied.rows) | state | {"same": applied.same, "recorded_at": instant}
    return _Plan(outcome, record, applied.covers)


def _stage_whole(connection: Connection, intake: Intake, day: date) -> Applied:
    """Stage the rows of a file that is no delta, compared with what is believed."""
    delivery, covers = intake.delivery, intake.delivery.covers
    is_later = is_next(connection, delivery)
    staged = stage(connection, intake, intake.listings, day=day)
    lists = staged.lists | {declared.list for declared in covers}
    repeats = standing_repeat(connection, staged.same, lists)
    # Fetched again on a later day, an edition that says the same is as new as that day.
    if repeats is not None and not is_later and not is_older_than(connection, covers, day):
        rows = distinct(connection)
        return Applied(staged.same, staged.rows, Tally(unchanged=rows, duplicates=staged.rows - rows), repeats=repeats)
    tally = compare_staged(connection, covers, day=day, dialect=intake.dialect)
    return Applied(staged.same, staged.rows, tally, covers)


def _refuse_behind(last: Row[Any] | None, clock: int) -> None:
    """Refuse a clock that is well behind that of the last batch."""
    if last is not None and last.recorded_at - clock > _SKEW:
        raise clock_behind(from_micros(last.recorded_at).isoformat(), from_micros(clock).isoformat())


def _state(last: Row[Any] | None) -> dict[str, Any]:
    """Return the state of the store after a batch that neither changed nor declared anything: that of before.

    So a file that says nothing new leaves version, and with it every receipt, as they are.
    """
    return (
        {"version": EMPTY, "known_at": None} if last is None else {"version": last.version, "known_at": last.known_at}
    )


def _record(intake: Intake, outcome: BatchOutcome, rows: int) -> dict[str, Any]:
    return {
        "id": outcome.batch,
        "sha256": intake.delivery.sha256,
        "file_name": intake.delivery.file_name,
        "provider": intake.delivery.provider,
        "rows": rows,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "missing": outcome.missing,
    }


def _outcome(batch: str, tally: Tally, *, renewed: tuple[str, ...] = (), repeated: bool = False) -> BatchOutcome:
    return BatchOutcome(
        batch=batch,
        added=tally.added,
        changed=tally.changed,
        unchanged=tally.unchanged,
        missing=tally.missing,
        duplicates=tally.duplicates,
        unfit=tally.unfit,
        renewed=renewed,
        repeated=repeated,
    )
