"""Which record of a list a listing is (自然键): the same record in a later batch has the same key."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jointsanction.identity.folding import bare
from jointsanction.identity.keys import name_keys_of, own_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointsanction.model.subject import Listing

_DIGEST: Final = 16
_BRACKETS: Final = str.maketrans("【(〔〖{「】)〕〗}」", "[[[[[[]]]]]]", " ")


def record_key(listing: Listing, keys: tuple[str, ...] | None = None) -> str:
    """Return the digest of which record it is (自然键): list, best identifier else name, document number, day listed.

    `keys` are the listing's own keys, where they were worked out already. A masked number stands beside the name: two
    persons of one name in one case are not to become one.
    """
    who = (own_keys(listing) if keys is None else keys)[:1] or printed_as(listing)
    return digest_of((listing.list, *who, document_key(listing.instrument_no), f"{listing.listed_on}"))


@lru_cache(maxsize=16_384)  # it is asked for twice a row, and one document lists many
def document_key(number: str | None) -> str:
    """Return a document number as it is compared: 国办发【2020】49号 and 国办发〔2020〕49号 are one document."""
    return "" if number is None else unicodedata.normalize("NFKC", number).translate(_BRACKETS)


def digest_of(said: Sequence[object]) -> str:
    """Return a digest of some words."""
    # Unlike repr, ascii writes rare characters the same whichever edition of Unicode a Python knows.
    return digest_of_bytes(ascii(said).encode())


def digest_of_bytes(text: bytes) -> str:
    """Return the digest of some words that are put together already."""
    return hashlib.blake2b(text, digest_size=_DIGEST).hexdigest()


def new_digest() -> hashlib.blake2b:
    """Return an empty digest of the sort that tells records apart."""
    return hashlib.blake2b(digest_size=_DIGEST)


def printed_as(listing: Listing) -> Sequence[str]:
    """Return who it is as printed, of somebody without a number that can be compared."""
    printed = (listing.uscc, listing.resident_id, listing.other_id)
    names = name_keys_of(listing)[:1] or (bare(listing.name or ""),)
    return ["n:" + names[0], *("" if number is None else bare(number) for number in printed)]
