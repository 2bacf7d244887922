"""The door of the docket (办理台账): filed checks, executions, feedback, joint actions, messages, the audit chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.errors import RegistryError
from jointsanction.home import docket_address
from jointsanction.store.database import Database
from jointsanction.store.docket.deliveries import Deliveries
from jointsanction.store.docket.tables import SHAPE

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection


class Docket:
    """What follows the checks made from one store of lists (办理台账). Safe between threads and processes."""

    def __init__(self, database: Database) -> None:
        """Take a database that `open` prepared."""
        self._database = database

    @classmethod
    def open(cls, store: str, *, wait: float = 30.0) -> Docket:
        """Open the docket of a store of lists by the URL of that store; one that isn't there is made.

        Raises:
            RegistryError: `registry.unreachable`, `registry.schema`, `registry.url`.
        """
        database = Database(docket_address(store), wait=wait, shape=SHAPE)
        database.prepare(create=True)
        return cls(database)

    @classmethod
    def existing(cls, store: str, *, wait: float = 30.0) -> Docket | None:
        """Open the docket of a store of lists where there is one, else return None; none is made.

        Raises:
            RegistryError: `registry.unreachable`, `registry.schema`, `registry.url`.
        """
        database = Database(docket_address(store), wait=wait, shape=SHAPE)
        try:
            database.prepare(create=False)
        except RegistryError as error:
            if error.code == "registry.no_store":
                return None
            raise
        return cls(database)

    def stay_open(self) -> None:
        """Keep the way to the database open between acts: a service has one after another (常驻)."""
        self._database.stay_open()

    def let_go(self) -> None:
        """Keep it open no longer (不再常驻)."""
        self._database.let_go()

    @property
    def address(self) -> str:
        """Return the URL of the docket as it may be shown, without a password (台账地址)."""
        return self._database.dialect.address

    def writing(self) -> AbstractContextManager[Connection]:
        """Give the one connection that may write: all that one act did is kept or, after any exception, nothing."""
        return self._database.writing()

    def sharing(self) -> AbstractContextManager[Connection]:
        """Give a connection that writes rows it locked itself; on a server it waits for no other writer."""
        return self._database.sharing()

    @property
    def deliveries(self) -> Deliveries:
        """Return the table that receivers of messages read (推送库表)."""
        return Deliveries(self._database)

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection that sees one state of the docket throughout."""
        return self._database.reading()
