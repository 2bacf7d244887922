"""What was recorded since (变动记录): rows on either side of a batch or a day, and entries of the ledgers after it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from jointsanction.errors import RegistryError
from jointsanction.model.touched import Cause, Entry, Touched
from jointsanction.store.commitments import commitments_known
from jointsanction.store.instants import from_micros, to_micros
from jointsanction.store.portions import LOOKED_UP, portions
from jointsanction.store.repairs import events_known
from jointsanction.store.rows import COLUMNS, listings_of, with_listings
from jointsanction.store.tables import BATCH, LISTING
from jointsanction.store.verdicts import verdicts_known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from jointsanction.model.commitment import Commitment
    from jointsanction.model.subject import Listing


class _Said(NamedTuple):
    """An entry before the rows of its record are looked up (待查登记)."""

    keys: tuple[str, ...]
    record: str | None
    cause: Cause


def touched_since(connection: Connection, since: str | datetime | None) -> Touched:
    """Return what was recorded from a batch, the newest batch, or an instant on.

    Raises:
        RegistryError: `registry.no_such_batch`; `registry.naive`.
    """
    name, at = _beginning(connection, since)
    came = LISTING.c.recorded_at >= at, LISTING.c.superseded_at.is_(None)
    gone = LISTING.c.recorded_at < at, LISTING.c.superseded_at >= at
    rows = [listing for side in (gone, came) for listing in _rows(connection, *side)]
    entries = tuple(_entries(connection, at))
    return Touched(name, from_micros(at) - timedelta(microseconds=1), tuple(rows), entries)


def entered_after(connection: Connection, after: datetime) -> Touched:
    """Return what was entered into the ledgers after an instant."""
    return Touched(after.isoformat(), after, (), tuple(_entries(connection, to_micros(after) + 1)))


def _beginning(connection: Connection, since: str | datetime | None) -> tuple[str, int]:
    """Return what the change begins with, in words, and its instant."""
    if since is not None and not isinstance(since, str):
        return since.date().isoformat(), to_micros(since)
    wanted = select(BATCH.c.id, BATCH.c.recorded_at).order_by(BATCH.c.recorded_at.desc()).limit(1)
    found = connection.execute(wanted if since is None else wanted.where(BATCH.c.id == since)).first()
    if found is None:
        message = "名单库中还没有任何批次。" if since is None else f"名单库中没有批次 {since}。"
        raise RegistryError("registry.no_such_batch", message, "批次号见导入时的最后一行；也可以写日期 YYYY-MM-DD。")
    return f"批次 {found.id}", found.recorded_at


def _rows(connection: Connection, *among: ColumnElement[bool]) -> Iterator[Listing]:
    yield from listings_of(connection.execute(select(*COLUMNS).where(*among).order_by(LISTING.c.id)).all())


def _entries(connection: Connection, at: int) -> Iterator[Entry]:
    said = [*_decided(connection, at), *_promised(connection, at)]
    records = _of_records(connection, {each.record for each in said if each.record is not None})
    for keys, record, cause in said:
        yield Entry(keys, records.get(record, ()) if record is not None else (), cause)


def _decided(connection: Connection, at: int) -> Iterator[_Said]:
    """Yield steps of repair and objection, and verdicts on identity."""
    for event in events_known(connection):
        if event.recorded_at is not None and to_micros(event.recorded_at) >= at:
            words = f"{event.track.zh}：{event.state.zh}（{event.on}，{event.document or event.actor}）"
            yield _Said((), event.record, Cause(event.list, entry=words))
    for verdict in verdicts_known(connection):
        if verdict.recorded_at is not None and to_micros(verdict.recorded_at) >= at:
            words = f"身份核实：{verdict.outcome.zh}（{verdict.decided_on}，{verdict.author}）"
            yield _Said((verdict.subject,), verdict.record, Cause(verdict.list, entry=words))


def _promised(connection: Connection, at: int) -> Iterator[_Said]:
    """Yield commitments, what became of them, and talks."""
    known = commitments_known(connection)
    for each in known.made:
        for words, recorded_at in _history(each):
            if recorded_at is not None and to_micros(recorded_at) >= at:
                yield _Said(each.keys, None, Cause(entry=words))
    for talk in known.talks:
        if talk.recorded_at is not None and to_micros(talk.recorded_at) >= at:
            yield _Said(talk.keys, None, Cause(entry=f"{talk.kind.zh}：{talk.result.zh}（{talk.held_on}）"))


def _history(commitment: Commitment) -> Iterator[tuple[str, datetime | None]]:
    yield f"信用承诺 {commitment.id}：作出（{commitment.made_on}）", commitment.recorded_at
    for event in commitment.events:
        yield f"信用承诺 {commitment.id}：{event.state.zh}（{event.happened_on}，{event.actor}）", event.recorded_at


def _of_records(connection: Connection, records: Iterable[str]) -> dict[str, tuple[Listing, ...]]:
    """Return the rows believed now of some records, by the keys of these."""
    found: dict[str, tuple[Listing, ...]] = {}
    for portion in portions(sorted(records), LOOKED_UP):
        among = LISTING.c.natural_key.in_(portion), LISTING.c.superseded_at.is_(None)
        rows = connection.execute(select(LISTING.c.natural_key, *COLUMNS).where(*among).order_by(LISTING.c.id)).all()
        for (record,), listing in with_listings(rows):
            found[record] = (*found.get(record, ()), listing)
    return found
