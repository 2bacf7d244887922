"""The desk that a command works at (窗口): the store named, its docket, and who sits at this machine."""

from __future__ import annotations

from getpass import getuser
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.engine import Engine
from jointsanction.home import default_store
from jointsanction.loop.desk import Desk
from jointsanction.model.caller import Caller
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
from jointsanction.terms import AccountRole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class At(NamedTuple):
    """Where somebody works, and for whom (办理处所)."""

    store: str | None
    catalogues: tuple[Path, ...] = ()
    unit: str | None = None
    officer: str | None = None

    def desk(self) -> Desk:
        """Return the desk."""
        return open_desk(self.store, self.catalogues)

    def caller(self) -> Caller:
        """Return who works there."""
        return caller_of(self.unit, self.officer)


def open_desk(store: str | None, catalogues: Sequence[Path] | None = None) -> Desk:
    """Return the desk of a store, the user's own when none is named (办事窗口).

    Raises:
        RegistryError: `registry.no_store` with the command to type.
    """
    address = store or default_store()
    engine = Engine.open(address, catalogues or ())
    return Desk(engine, Store.open(address, create=False), Docket.open(address))


def caller_of(unit: str | None, officer: str | None) -> Caller:
    """Return who works at this machine (经办): the account of the system, which may do everything here."""
    account = getuser()
    return Caller(account=account, unit=unit or account, roles=frozenset(AccountRole), officer=officer)
