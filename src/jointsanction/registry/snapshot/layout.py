"""How a file of a snapshot is laid out (快照文件的格式).

::

    preamble   64 bytes: magic, where the header stands, its length and checksum, the checksum of these
    groups     table after table: what stands under the keys of one hash, with its length and checksum
    slots      of each table, by hash: the hash and where its group stands, eight bytes, nought for none
    checks     of each table: the checksum of every 64 slots
    header     JSON: counts, texts kept once, where each table stands and the checksum of its checks

Opening checks preamble, header and checks; 64 slots are checked when one of them is first read, a group whenever it is.
So a piece that was changed is never taken for "nothing found", as a damaged tree of a database would be.
"""

from __future__ import annotations

from struct import Struct
from typing import Final
from zlib import crc32

MAGIC: Final = b"JSSNAP01"
PREAMBLE: Final = Struct("<8sQQI")
"""Magic, where the header begins, its length, its checksum; a checksum of these follows."""

PREAMBLE_SIZE: Final = 64
CRC_SIZE: Final = 4
GROUP: Final = Struct("=II")
"""What a group begins with: its checksum, worked out on top of its hash, and its length."""

ALIGNED: Final = 4
"""A group begins where these many low bits are nought, so 32 bits say where in 64 GiB it is."""

SLOT: Final = "Q"
CHECK: Final = "I"
CHECKED: Final = 6
"""One check is of two to the power of so many slots."""

ROOM: Final = 1.8
"""So many slots a hash: with fewer a search takes more steps, with more the file grows."""

ENTRY: Final = b"\xff"
"""What an entry begins with: its key follows."""

SAYS: Final = b"\xfe"
"""What stands between a key and what stands under it."""

NEXT: Final = b"\xfd"
"""What stands between two things under one key."""

_USCC: Final = 20  # the length of a key `u:` with eighteen signs


def hash_of(key: bytes) -> int:
    """Return where a key belongs, of 2³² places.

    A 统一社会信用代码 stands with the 组织机构代码 inside it: both are asked for together, and found at once.
    """
    return crc32(key[10:19] if len(key) == _USCC and key[:2] == b"u:" else key[2:])
