"""Made-up files for tests of the store: few subjects, short words for taking rows in and reading them back."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from jointsanction.model.subject import Listing
from jointsanction.registry.readers.report import Cover
from jointsanction.store import BatchOutcome, Delivery, Store
from jointsanction.store.database import Database
from jointsanction.store.instants import SHANGHAI
from jointsanction.store.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlalchemy import Engine

    from jointsanction.registry.protocol import Registry

DATABASE = {"kind": "sqlite"}
"""Which database the stores of the running test lie in; the tests of the store set it, all others use files."""

FIRM = "91990000MA0000001B"
PARTNER = "91990000MA0000002E"
PERSON = "990000199001010017"
START = datetime(2024, 6, 1, 9, tzinfo=SHANGHAI)
DAY = START.date()
LISTED = date(2024, 3, 1)


def day(number: int) -> datetime:
    """Return the instant of the n-th import: one a day."""
    return START + timedelta(days=number)


def listing(uscc: str | None = FIRM, **more: Any) -> Listing:
    """Make a row of the list BL.TAX about a firm."""
    plain = {"list": "BL.TAX", "uscc": uscc, "listed_on": LISTED, "instrument_no": "测税〔2024〕1号"}
    return Listing(**(plain | more))


def numbered(count: int, **more: Any) -> list[Listing]:
    """Make rows that differ by document number."""
    return [listing(instrument_no=f"测税〔2024〕{number}号", row=number, **more) for number in range(1, count + 1)]


def opened(folder: Path, **more: Any) -> Store:
    """Open the store of a test."""
    return Store.open(url(folder), **more)


def url(folder: Path) -> str:
    """Return the address of the store of a test: a file in its folder, or a database named for the folder."""
    if DATABASE["kind"] == "sqlite":
        return f"sqlite:///{folder / 'lists.db'}"
    import postgres_side  # noqa: PLC0415 - only where a test asks for it

    name = "js" + hashlib.blake2b(str(folder).encode(), digest_size=12).hexdigest()
    DATABASE["made"] = f"{DATABASE.get('made', '')} {name}".strip()
    return postgres_side.address_of(name)


def told(folder: Path, *statements: str) -> list[tuple[Any, ...]]:
    """Say something to the database of a test behind the back of the store, and return what the last one finds."""
    with engine_of(folder).begin() as connection:
        done = [connection.exec_driver_sql(statement) for statement in statements][-1]
        return [tuple(row) for row in done] if done.returns_rows else []


def engine_of(folder: Path) -> Engine:
    """Return the database of a test itself."""
    address = url(folder).replace("postgresql:", "postgresql+psycopg:")
    return create_engine(address, poolclass=NullPool)


def uncounted(folder: Path, *statements: str) -> None:
    """Make the store of a test one of before layouts were counted, and say something to it."""
    Database(url(folder), wait=5).migrate("0001")
    told(folder, "DROP TABLE alembic_version", *statements)


def dump(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything in the tables of a test, and see that they are sound."""
    if DATABASE["kind"] == "sqlite":
        assert told(folder, "PRAGMA integrity_check") == [("ok",)]
        assert told(folder, "PRAGMA foreign_key_check") == []
    # By name: what a step adds stands at the end of a table that was there before.
    said = {
        f'"{name}"': ", ".join(f'"{column.name}"' for column in METADATA.tables[name].columns)
        for name in sorted(METADATA.tables)
    }
    return {name: sorted(told(folder, f"SELECT {columns} FROM {name}"), key=repr) for name, columns in said.items()}  # noqa: S608 - our tables


def delivery(sha256: str = "1", covers: Iterable[str | Cover] = ()) -> Delivery:
    """Make a file; lists named in `covers` are whole."""
    whole = tuple(Cover(each) if isinstance(each, str) else each for each in covers)
    return Delivery(sha256=sha256, file_name="名单.csv", provider="某税务局", covers=whole)


def take(store: Store, rows: Iterable[Listing], number: int = 0, **more: Any) -> BatchOutcome:
    """Take in rows as the file of the n-th day."""
    sent = delivery(more.pop("sha256", str(number)), more.pop("covers", ()))
    return store.commit(sent, rows, recorded_at=more.pop("recorded_at", day(number)), **more)


def counts(outcome: BatchOutcome) -> tuple[int, int, int, int]:
    """Return what changed: added, changed, unchanged, missing."""
    return outcome.added, outcome.changed, outcome.unchanged, outcome.missing


def found(registry: Registry, uscc: str = FIRM) -> list[Listing]:
    """Return the listings under a code, by document number."""
    rows = [hit.listing for hit in registry.lookup((f"u:{uscc}",), None)]
    return sorted(rows, key=lambda row: row.instrument_no or "")
