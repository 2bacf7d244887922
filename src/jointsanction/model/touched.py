"""What was recorded since an instant (变动): rows that came and went, entries of the ledgers, and causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from jointsanction.model.subject import Listing


class Cause(NamedTuple):
    """Why an answer is another (变动原因): a row that came, changed or went, or an entry of a ledger.

    A row is told by `list`, `batch` and `row`; `entry` says what was entered, about a record of `list` if about one.
    """

    list: str | None = None
    batch: str | None = None
    row: int | None = None
    entry: str | None = None

    def __str__(self) -> str:
        """Return it in words."""
        if self.entry is None:
            return f"{self.list} 批次 {self.batch} 第 {self.row} 行"
        return self.entry if self.list is None else f"{self.list} {self.entry}"


class Entry(NamedTuple):
    """An entry of a ledger (台账登记): repair, objection, identity verdict, commitment, talk.

    `keys` are those of the subject it names, empty where it is about whoever stands in the records; `listings` are the
    rows of the record it is about, as they are believed now.
    """

    keys: tuple[str, ...]
    listings: tuple[Listing, ...]
    cause: Cause


class Touched(NamedTuple):
    """What was recorded from an instant on (变动记录).

    `known_at` is the last instant before; `listings` are the rows that were believed then and no longer are, and those
    believed now that were not then; `entries` are those of the ledgers. `since` is the batch or the day it begins with.
    """

    since: str
    known_at: datetime
    listings: tuple[Listing, ...] = ()
    entries: tuple[Entry, ...] = ()


def cause_of(listing: Listing) -> Cause:
    """Return a row as a cause."""
    return Cause(listing.list, listing.batch, listing.row)
