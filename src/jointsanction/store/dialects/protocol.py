"""What a store asks of its database (数据库接口)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection, Engine, Table

    from jointsanction.errors import RegistryError


class Dialect(Protocol):
    """One kind of database (数据库): how it is reached, locked and filled, and what its failures mean."""

    @property
    def engine(self) -> Engine:
        """Return the engine; none of its connections outlives its transaction."""

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """Return what the driver itself raises, where rows go past SQLAlchemy."""

    @property
    def shown(self) -> str:
        """Return what messages call the store: its path, or its address without the password."""

    @property
    def address(self) -> str:
        """Return the URL as it may be shown: what a user types to name this store, without the password."""

    @property
    def upgrades_itself(self) -> bool:
        """Tell whether a store of an earlier layout is brought up to date by whoever opens it (自动升级)."""

    def stay_open(self) -> None:
        """Keep ready between transactions what each would have to set up anew; for a service."""

    def let_go(self) -> None:
        """Give up what is kept ready."""

    def reach(self, *, create: bool) -> None:
        """See to it that there is something to connect to.

        Raises:
            RegistryError: `registry.no_store` when there is nothing and `create` is false; `registry.unreachable`.
        """

    def begin_reading(self, connection: Connection) -> None:
        """Begin a transaction that sees one state of the store throughout."""

    def begin_writing(self, connection: Connection) -> None:
        """Begin the one transaction that may write, or fail as busy after the time to wait."""

    def begin_sharing(self, connection: Connection) -> None:
        """Begin a transaction that writes a few rows while others write others; it locks them itself."""

    def settle(self, connection: Connection) -> None:
        """Set, outside of any transaction, what the database remembers about itself."""

    def is_settled(self, connection: Connection) -> bool:
        """Tell whether there is nothing to set."""

    def told(self, error: BaseException | None) -> RegistryError | None:
        """Return what a failure means for its user, None when it is a bug of ours."""

    def fit_to_show(self, error: Exception) -> Exception:
        """Return a bug of ours without what it may quote of a row."""

    def among(self, column: ColumnElement[str], values: list[str]) -> ColumnElement[bool]:
        """Return the condition that a column holds one of many values, handed over as one parameter."""

    def insert_many(self, connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows given in the order of the table's columns; columns they leave out at its end stay empty."""

    def looked_over(self, connection: Connection, table: Table) -> None:
        """Let the database count a table that was just filled, where it plans badly without."""

    def filled(self, connection: Connection, table: Table) -> None:
        """Let the database count on from numbers that rows brought with them."""

    def may_rebuild(self, there: int, coming: int) -> bool:
        """Tell whether indexes are better built anew than kept up, given the rows there and those to come."""
