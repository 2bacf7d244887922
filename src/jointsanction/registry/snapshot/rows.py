"""The listings of one file of a snapshot, as they are found (分段中的列入记录).

A row stands whole under its first key, its home. Elsewhere a reference stands: home, the row's number, and which of
those tied to it is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from jointsanction.registry.protocol import Hit
from jointsanction.registry.snapshot.layout import ENTRY, NEXT, SAYS
from jointsanction.registry.snapshot.records import Decoder, number_of

if TYPE_CHECKING:
    from jointsanction.registry.snapshot.segment import Segment, Table

REFERENCE: Final = b"@"
"""What a reference begins with; a row begins with its number."""

SAME: Final = b"="
"""What stands before a key under which the very same stands, in the same bucket."""

BOTH: Final = b"&"
"""What stands before all that stands under a code when the very same stands under the organisation code inside it."""

WITHIN: Final = b"\x1f"
"""What stands between the parts of a reference; a row's number ends with it too."""

SHOWN: Final = b"\x1c"
"""What stands between a masked number and the reference to its row."""


_PAIR: Final = 2


class Found(NamedTuple):
    """Something that stands under a key (查得项): a row's number, which of those tied to it, its record, its file."""

    number: int
    tie: int | None
    record: bytes
    file: RowsFile

    def hit(self, *, by_name: bool = False) -> Hit:
        """Return the hit, its listing decoded."""
        listing = self.file.decoder.listing(self.record)
        return Hit(listing, None if self.tie is None else listing.related[self.tie], by_name)


class RowsFile:
    """The listings of one file, opened (记录分段)."""

    __slots__ = ("_closed", "_masks", "_names", "_numbers", "decoder", "shapes")

    def __init__(self, segment: Segment) -> None:
        """Take an opened file."""
        tables = segment.tables
        self.decoder = Decoder(segment.header["pool"])
        self.shapes = frozenset((front, back) for front, back in segment.header["masks"])
        self._numbers, self._names, self._masks = tables["numbers"], tables["names"], tables["masks"]
        self._closed = tables["closed"] if segment.header["closed"] else None

    def closes(self, number: int) -> bool:
        """Tell whether this file says of a row of an earlier one that it is believed no longer."""
        return self._closed is not None and self._closed.get(closed_key(number)) is not None

    def by_number(self, keys: tuple[str, ...]) -> list[tuple[int, list[bytes]]]:
        """Return what stands under each of some keys of numbers, by its place among them, where anything does.

        What is known to stand under two alike is given for the first of them alone.
        """
        if len(keys) == _PAIR and keys[1][2:] == keys[0][10:19] and keys[0][:2] == "u:":
            # A code and the organisation code inside it are asked for most: one hash, and one entry tells of both.
            group = self._numbers.group(crc32(key_bytes(keys[1][2:])))
            if not group:
                return []
            named = ENTRY + key_bytes(keys[0]) + SAYS + BOTH
            if group.startswith(named):
                end = group.find(ENTRY, len(named))
                return [(0, group[len(named) : end if end > 0 else None].split(NEXT))]
        found = enumerate([self._under(key_bytes(key)) for key in keys])
        return [(at, said.split(NEXT)) for at, said in found if said is not None]

    def _under(self, key: bytes) -> bytes | None:
        said = self._numbers.get(key)
        if said is not None and said[:1] == SAME:
            said = self._numbers.get(said[1:])
        return said if said is None or said[:1] != BOTH else said[1:]

    def found(self, item: bytes) -> Found:
        """Return what something under a key is: a row, or a reference to one."""
        if item[:1] != REFERENCE:
            return Found(number_of(item), None, item, self)
        home, number, tie = item[1:].rsplit(WITHIN, 2)
        table: Table = self._names if home.startswith(b"n:") else self._numbers
        named = number + WITHIN
        record = next(each for each in (table.get(home) or b"").lstrip(BOTH).split(NEXT) if each.startswith(named))
        return Found(int(number), int(tie) if tie else None, record, self)

    def by_name(self, key: bytes) -> list[Found]:
        """Return the candidates that stand under a name key."""
        said = self._names.get(key)
        return [] if said is None else [self.found(item) for item in said.split(NEXT)]

    def by_mask(self, ends: tuple[str, str]) -> list[tuple[str, Found]]:
        """Return the masked numbers that show some ends, each with its row."""
        said = self._masks.get(mask_key(ends))
        shown = [] if said is None else [each.partition(SHOWN) for each in said.split(NEXT)]
        return [(pattern.decode(errors="surrogatepass"), self.found(item)) for pattern, _, item in shown]


def key_bytes(key: str) -> bytes:
    """Return a key as it stands in a file; anything may be asked for, half a character too."""
    return key.encode(errors="surrogatepass")


def mask_key(ends: tuple[str, str]) -> bytes:
    """Return the key of what a masked number shows at its ends."""
    return key_bytes("m:" + "\x1e".join(ends))


def closed_key(number: int) -> bytes:
    """Return the key of a row that is believed no longer."""
    return b"#:%d" % number
