"""Messages delivered into a table (库表推送): each key once, in the docket's own database or in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from jointsanction.store.database import Database
from jointsanction.store.docket.tables import DELIVERY, SHAPE
from jointsanction.store.instants import to_micros

if TYPE_CHECKING:
    from datetime import datetime


class Deliveries:
    """The table that receivers read (推送库表)."""

    def __init__(self, database: Database) -> None:
        """Take a database that has the table."""
        self._database = database

    @classmethod
    def open(cls, url: str) -> Deliveries:
        """Open another database by its URL; the table is made where there is none.

        Raises:
            RegistryError: `registry.unreachable`, `registry.url`, `registry.busy`.
        """
        database = Database(url, wait=30.0, shape=SHAPE)
        database.dialect.reach(create=True)
        with database.writing() as connection:
            DELIVERY.create(connection, checkfirst=True)
        return cls(database)

    def put(self, key: str, event: str, receiver: str, *, body: bytes, at: datetime) -> bool:
        """Write a message down, and tell whether it is new: one whose key is there is left (递送到库表)."""
        with self._database.writing() as connection:
            if connection.execute(select(DELIVERY.c.key).where(DELIVERY.c.key == key)).first() is not None:
                return False
            row = {
                "key": key,
                "event": event,
                "receiver": receiver,
                "body": body.decode(),
                "delivered_at": to_micros(at),
            }
            connection.execute(insert(DELIVERY), row)
            return True
