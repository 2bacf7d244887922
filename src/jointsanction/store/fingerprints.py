"""Which record a listing is, and what it says, as digests (自然键、内容摘要); and the chain of batches (批次链)."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.identity.keys import own_keys
from jointsanction.identity.record_key import digest_of, digest_of_bytes, new_digest, record_key
from jointsanction.store.failures import unstorable
from jointsanction.store.rows import SAYS, said_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jointsanction.model.subject import Listing
    from jointsanction.store.batches import Delivery

_NAMED: Final = tuple(f"('{name}', '" for name in SAYS)
_QUOTES: Final = 4  # of our own, a pair
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")

EMPTY: Final = "sha256:" + hashlib.sha256().hexdigest()
"""The version of a store that took in nothing yet."""


class Arrival(NamedTuple):
    """A row as a file brings it (送达记录), with the keys of its subject, its two digests, and what it says."""

    listing: Listing
    own_keys: tuple[str, ...]
    natural_key: str
    content: str
    said: tuple[Any, ...]

    def __repr__(self) -> str:
        """Show list and row only."""
        return f"Arrival({self.listing!r})"


def arrival_of(listing: Listing) -> Arrival:
    """Return a row with its keys and digests."""
    keys = own_keys(listing)
    said = said_by(listing)
    return Arrival(listing, keys, record_key(listing, keys), _content_of(listing, said), tuple(said))


def content_of(listing: Listing) -> str:
    """Return the digest of what a row says.

    Only what is said counts: a column that a later version adds leaves the digests of older rows as they are.
    """
    return _content_of(listing, said_by(listing))


def refuse_unstorable(listing: Listing, text: str) -> None:
    """Refuse what a database can't hold as text: NUL, and halves of characters.

    Raises:
        RegistryError: `registry.unstorable`.
    """
    if not text.isprintable() and _UNSTORABLE.search(text):
        raise unstorable(listing.list, listing.row)


def _content_of(listing: Listing, said: Sequence[str | None]) -> str:
    """Return the digest of the list of pairs of column and value, as `ascii` writes it: so older stores have it."""
    pairs = [f"{name}{value}')" for name, value in zip(_NAMED, said, strict=True) if value is not None]
    text = f"[{', '.join(pairs)}]"
    # Without quotes, backslashes and control characters a text is written as it stands, which takes a third of the
    # time: all that `ascii` then does to it is what encoding it does.
    if text.count("'") == _QUOTES * len(pairs) and "\\" not in text and text.isprintable():
        return digest_of_bytes(text.encode("ascii", "backslashreplace"))
    refuse_unstorable(listing, text)
    return digest_of([(name, value) for name, value in zip(SAYS, said, strict=True) if value is not None])


class DeliveryDigest:
    """A digest that is equal for the same file, declarations and rows (送达摘要), made row by row.

    The rows belong to it: read anew with a corrected mapping, the same file says something else.
    """

    def __init__(self, delivery: Delivery) -> None:
        """Begin with the file and what it declares."""
        declared = sorted(f"{covers.list} {sorted(covers.regions)} {covers.covers_from}" for covers in delivery.covers)
        self._between = b""
        self._hash = new_digest()
        # The text of a tuple of three, the last of which is a list of tuples, a row at a time.
        self._hash.update(ascii((delivery.sha256, declared)).removesuffix(")").encode() + b", [")

    def add(self, arrivals: Iterable[Arrival]) -> None:
        """Add rows."""
        # As `ascii` writes a tuple of the three; digests hold nothing that it would write in another way.
        rows = [f"('{each.natural_key}', '{each.content}', {each.listing.row})" for each in arrivals]
        if rows:
            self._hash.update(self._between + ", ".join(rows).encode())
            self._between = b", "

    def hexdigest(self) -> str:
        """Return the digest of all that was added."""
        whole = self._hash.copy()
        whole.update(b"])")
        return whole.hexdigest()


def next_version(version: str, same: str, recorded_at: int) -> str:
    """Return the version of the store after one more batch (批次链).

    The instants are part of it, because they decide what an earlier `known_at` is answered: stores of one version
    answer every question alike. File name and provider decide nothing and are left out.
    """
    return "sha256:" + hashlib.sha256(f"{version} {same} {recorded_at}".encode()).hexdigest()


def batch_id(version: str) -> str:
    """Return the id of the batch that makes a version of the store (批次号)."""
    return version.removeprefix("sha256:")[:16]
