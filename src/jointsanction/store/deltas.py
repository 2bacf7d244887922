"""Deltas in the store (增量): whose turn it is, which rows they may touch, and what comes of them, staged."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, insert, select

from jointsanction.identity.keys import name_keys_of, own_keys
from jointsanction.identity.record_key import record_key
from jointsanction.registry.delta import Change, Known, apply, mismatched
from jointsanction.registry.serials import Taken, refuse_older, repeated, undeclared
from jointsanction.store.beliefs import standing
from jointsanction.store.changes import Tally, stands
from jointsanction.store.fingerprints import DeliveryDigest, arrival_of
from jointsanction.store.portions import portions
from jointsanction.store.rows import COLUMNS, edition_of, with_listings
from jointsanction.store.staging import LEAVING, PORTION, stage
from jointsanction.store.tables import EDITION, KEY, LISTING, SERIAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy import Connection, Select

    from jointsanction.model.subject import Edition, Listing
    from jointsanction.registry.delta import Effect
    from jointsanction.registry.serials import Serial
    from jointsanction.store.batches import Declaration, Delivery
    from jointsanction.store.dialects.protocol import Dialect
    from jointsanction.store.taking_in import Intake


class Applied(NamedTuple):
    """A file staged for writing (待写内容), or the batch that it repeats. `covers` are editions it makes or renews."""

    same: str
    rows: int
    tally: Tally
    covers: Sequence[Declaration] = ()
    repeats: str | None = None


def stage_delta(connection: Connection, intake: Intake, day: date) -> Applied:
    """Stage what a delta comes to, when its turn has come.

    Raises:
        RegistryError: `registry.delta_undeclared`, `registry.delta_order`, `registry.delta_mismatch`.
    """
    delivery, listings = intake.delivery, tuple(intake.listings)
    serial, operations = delivery.serial, delivery.operations or ()
    if serial is None or serial.number is None:
        raise undeclared()
    same, taken = _same_of(delivery, listings), taken_of(connection, serial)
    before = repeated(serial, taken, same)
    if before is not None:
        stage(connection, intake, (), day=day)
        return Applied(same, len(listings), Tally(unchanged=len(listings)), repeats=before.batch)
    changes = tuple(map(Change, operations, listings))
    effect = apply(changes, _known(connection, listings, intake.dialect), accept_mismatch=delivery.accept_mismatch)
    if effect.mismatches and not delivery.accept_mismatch:
        raise mismatched(effect.mismatches)
    _stage_effect(connection, intake, effect, day)
    covers = tuple(_editions_of(connection, taken[-1].batch)) if taken else ()
    return Applied(same, len(listings), _tally(connection, effect, day), covers)


def taken_of(connection: Connection, serial: Serial) -> tuple[Taken, ...]:
    """Return the deliveries of a stream, the newest last."""
    rows = select(SERIAL.c.number, SERIAL.c.batch, SERIAL.c.same).where(SERIAL.c.stream == serial.stream)
    return tuple(Taken(*row) for row in connection.execute(rows.order_by(SERIAL.c.id)))


def is_next(connection: Connection, delivery: Delivery) -> bool:
    """Tell whether a complete file brings its stream to another delivery than the newest taken in.

    Raises:
        RegistryError: `registry.delta_order`.
    """
    if delivery.serial is None or not delivery.covers:
        return False
    taken = taken_of(connection, delivery.serial)
    refuse_older(delivery.serial, taken)
    return delivery.serial.number is not None and (not taken or taken[-1].number != delivery.serial.number)


def write_serial(connection: Connection, serial: Serial | None, batch: str, same: str) -> None:
    """Write that a delivery was taken in."""
    if serial is not None and serial.number is not None:
        told = {"stream": serial.stream, "number": serial.number, "batch": batch, "same": same}
        connection.execute(insert(SERIAL), told)


def _same_of(delivery: Delivery, listings: Iterable[Listing]) -> str:
    """Return what is equal for deltas that say the same, whatever file they come in."""
    digest = DeliveryDigest(replace(delivery, sha256=""))
    digest.add(map(arrival_of, listings))
    said = (delivery.serial, [operation.value for operation in delivery.operations or ()], digest.hexdigest())
    return hashlib.blake2b(ascii(said).encode(), digest_size=16).hexdigest()


def _known(connection: Connection, listings: Sequence[Listing], dialect: Dialect) -> tuple[Known, ...]:
    """Return the rows believed that a delta may touch: those of its subjects on its lists."""
    asked = sorted({key for each in listings for key in own_keys(each) or name_keys_of(each)})
    records = sorted({record_key(each) for each in listings})
    believed = select(LISTING.c.id, *COLUMNS).where(
        LISTING.c.superseded_at.is_(None), LISTING.c.list.in_(sorted({each.list for each in listings}))
    )
    found: dict[int, Listing] = {}
    for portion in portions(asked, PORTION):
        under = select(KEY.c.listing_id).where(dialect.among(KEY.c.key, portion), KEY.c.how != "related")
        found |= _fetched(connection, believed.where(LISTING.c.id.in_(under)))
    for portion in portions(records, PORTION):
        found |= _fetched(connection, believed.where(dialect.among(LISTING.c.natural_key, portion)))
    return tuple(Known(number, found[number]) for number in sorted(found))


def _fetched(connection: Connection, wanted: Select[Any]) -> dict[int, Listing]:
    return {number: listing for (number,), listing in with_listings(connection.execute(wanted).all())}


def _stage_effect(connection: Connection, intake: Intake, effect: Effect, day: date) -> None:
    coming = sorted((*effect.added, *(listing for _, listing in effect.changed)), key=lambda each: each.row or 0)
    stage(connection, intake, coming, day=day)
    leaving = [(before.id, 0) for before, _ in effect.changed] + [(before.id, 1) for before in effect.missing]
    intake.dialect.insert_many(connection, LEAVING, leaving)
    intake.dialect.looked_over(connection, LEAVING)


def _tally(connection: Connection, effect: Effect, day: date) -> Tally:
    """Count what changes; of lists from which somebody leaves also how many stand, before and after."""
    tally = Tally(
        added=len(effect.added),
        changed=len(effect.changed),
        unchanged=effect.unchanged,
        missing=len(effect.missing),
        unfit=len(effect.mismatches),
    )
    gone = [before.listing.list for before, now in effect.changed if stands(before.listing, day) > stands(now, day)]
    gone += [before.listing.list for before in effect.missing if stands(before.listing, day)]
    for code in set(gone):
        standing_now = select(func.count()).where(
            LISTING.c.list == code, LISTING.c.superseded_at.is_(None), standing(day)
        )
        tally.before[code] = connection.execute(standing_now).scalar_one()
        tally.now[code] = tally.before[code] - gone.count(code)
    return tally


def _editions_of(connection: Connection, batch: str) -> Iterator[Edition]:
    yield from map(edition_of, connection.execute(select(EDITION).where(EDITION.c.batch == batch)))
