"""How a file of a snapshot is laid out (快照文件的格式).

::

    preamble   64 bytes: magic, where the header stands, its length and checksum, the checksum of these
    records    one after another: length, what it says, its checksum
    lists      of each table: where the records of one hash stand, when there are several
    marks      of each table: hashes in their order, each as near as may be to where it belongs, nought for none
    places     of each table: where the record of each mark stands
    checks     of each table: the checksum of every 64 marks and their places
    header     JSON: counts, texts kept once, where each table stands and the checksum of its checks

Opening checks preamble, header and checks; 64 marks are checked when one of them is first read, a record whenever it
is. So a piece that was changed is never taken for "nothing found", as a damaged tree of a database would be.
"""

from __future__ import annotations

from struct import Struct
from typing import Final
from zlib import crc32

MAGIC: Final = b"JSSNAP04"
PREAMBLE: Final = Struct("<8sQQI")
"""Magic, where the header begins, its length, its checksum; a checksum of these follows."""

PREAMBLE_SIZE: Final = 64
WORD: Final = "I"
"""What marks, places, checks and lengths are: four bytes."""

WORD_SIZE: Final = 4
ALIGNED: Final = 4
"""A record begins where these many low bits are nought, so 32 bits say its place in 64 GiB."""

PLACE: Final = (1 << 32) - 1
CHECKED: Final = 6
"""One check is of two to the power of so many marks."""

ROOM: Final = 1.5
"""So many marks a record at least: with fewer a search takes more steps, with more the file grows."""

SOUND: Final = 0x2144DF1C
"""The checksum of anything that ends with its own checksum: so what is read need not be taken apart."""

SEVERAL: Final = b"\xff\0\0\0"
"""What a list of places begins with, and no other record does: four bytes each follow."""

SAYS: Final = b"\xfe"
"""What stands between a key and what stands under it."""

NAMED: Final = "n:"
SHOWN: Final = "m:"
"""What the key of a name begins with, and that of what a masked number shows."""

WITHIN: Final = "\x1e"
"""What stands between the ends of a masked number."""

_USCC: Final = 20  # the length of a key `u:` with eighteen signs


def key_bytes(key: str) -> bytes:
    """Return a key as it stands in a file; anything may be asked for, half a character too."""
    return key.encode(errors="surrogatepass")


def is_code(key: str) -> bool:
    """Tell whether a key is that of a 统一社会信用代码."""
    return len(key) == _USCC and key[:2] == "u:"


def hash_of(key: str) -> int:
    """Return where the key of a number belongs, of 2³² places; nought is none of them.

    A 统一社会信用代码 stands with the 组织机构代码 inside it: both are asked for together, and found at once.

    >>> hash_of("u:91990000MA0000001B") == hash_of("o:MA0000001")
    True
    """
    if len(key) == _USCC and key[:2] == "u:":
        key = "o:" + key[10:19]
    return crc32(key.encode(errors="surrogatepass")) or 1


def name_hash(name_key: str) -> int:
    """Return where the key of a name belongs."""
    return hash_of(NAMED + name_key)


def mask_hash(ends: tuple[str, str]) -> int:
    """Return where what a masked number shows at its ends belongs."""
    return hash_of(SHOWN + WITHIN.join(ends))
