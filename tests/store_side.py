"""Made-up files for tests of the store: few subjects, short words for taking rows in and reading them back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from jointsanction.model.subject import Listing
from jointsanction.registry.readers.report import Cover
from jointsanction.store import BatchOutcome, Delivery, Store
from jointsanction.store.instants import SHANGHAI

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from jointsanction.registry.protocol import Registry

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
    """Return the address of the store of a test."""
    return f"sqlite:///{folder / 'lists.db'}"


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
