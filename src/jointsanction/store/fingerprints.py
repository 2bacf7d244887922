"""Which record a listing is, and what it says, as digests (自然键、内容摘要); and the chain of batches (批次链)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.identity.keys import own_keys
from jointsanction.identity.record_key import digest_of, record_key
from jointsanction.store.rows import SAYS, said_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointsanction.model.subject import Listing
    from jointsanction.store.batches import Delivery

EMPTY: Final = "sha256:" + hashlib.sha256().hexdigest()
"""The version of a store that took in nothing yet."""


class Arrival(NamedTuple):
    """A row as a file brings it (送达记录), with the keys of its subject and its two digests."""

    listing: Listing
    own_keys: tuple[str, ...]
    natural_key: str
    content: str

    def __repr__(self) -> str:
        """Show list and row only."""
        return f"Arrival({self.listing!r})"


def arrival_of(listing: Listing) -> Arrival:
    """Return a row with its keys and digests."""
    keys = own_keys(listing)
    return Arrival(listing, keys, record_key(listing, keys), content_of(listing))


def content_of(listing: Listing) -> str:
    """Return the digest of what a row says.

    Only what is said counts: a column that a later version adds leaves the digests of older rows as they are.
    """
    return digest_of([said for said in zip(SAYS, said_by(listing), strict=True) if said[1] is not None])


def delivery_digest(delivery: Delivery, arrivals: Iterable[Arrival]) -> str:
    """Return a digest that is equal for the same file, declarations and rows.

    The rows belong to it: read anew with a corrected mapping, the same file says something else.
    """
    declared = sorted(f"{covers.list} {sorted(covers.regions)} {covers.covers_from}" for covers in delivery.covers)
    rows = [(arrival.natural_key, arrival.content, arrival.listing.row) for arrival in arrivals]
    return digest_of((delivery.sha256, declared, rows))


def next_version(version: str, same: str, recorded_at: int) -> str:
    """Return the version of the store after one more batch (批次链).

    The instants are part of it, because they decide what an earlier `known_at` is answered: stores of one version
    answer every question alike. File name and provider decide nothing and are left out.
    """
    return "sha256:" + hashlib.sha256(f"{version} {same} {recorded_at}".encode()).hexdigest()


def batch_id(version: str) -> str:
    """Return the id of the batch that makes a version of the store (批次号)."""
    return version.removeprefix("sha256:")[:16]
