"""The ledger of repair and objection (修复、异议台账): what was done about listings, appended and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.store.instants import to_micros
from jointsanction.store.repairs import append_events, events_known, listings_of_instrument

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing
    from jointsanction.store.database import Database


class RepairLedger:
    """What was done about listings (修复、异议台账), behind the door of the store."""

    def __init__(self, database: Database) -> None:
        """Take the database of a store."""
        self._database = database

    def append(self, events: Iterable[RepairEvent], *, recorded_at: datetime) -> tuple[RepairEvent, ...]:
        """Add steps, all or none, and return them as kept: a first of two consents as `endorsed` (办理).

        Raises:
            RegistryError: `repair.order`, `repair.backdated`, `repair.future`, `repair.one_office`,
                `repair.incomplete`; `registry.busy`, `registry.naive`.
        """
        with self._database.writing() as connection:
            return append_events(connection, events, to_micros(recorded_at))

    def events(self, records: Collection[str] | None = None) -> tuple[RepairEvent, ...]:
        """Return every step, or those about some records by their keys, the newest last (办理记录)."""
        with self._database.reading() as connection:
            return events_known(connection, records=records)

    def of_instrument(self, number: str) -> tuple[Listing, ...]:
        """Return the rows believed now that rest on an instrument, however its number is printed (同一文书的记录)."""
        with self._database.reading() as connection:
            return listings_of_instrument(connection, number)
