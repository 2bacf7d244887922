"""The listings of one file of a snapshot, as they are found (分段中的列入记录).

A row stands once, and slots of three tables point at it: under its numbers and those of who is tied to it, under its
names, and under what its masked numbers show. Under which of the keys of one hash it really stands, registry.entries
says of the row itself, as for every registry; its first text tells it at once of nearly all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.registry.snapshot.layout import hash_of, mask_hash, name_hash
from jointsanction.registry.snapshot.records import Decoder, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jointsanction.registry.snapshot.segment import Segment

TABLES: Final = ("numbers", "names", "masks", "closed")
"""The tables of a file of listings."""


class Marks(NamedTuple):
    """The hashes under which rows stand (检索项散列): of numbers, of names, of what masked numbers show."""

    numbers: memoryview
    names: memoryview
    masks: memoryview


class RowsFile:
    """The listings of one file, opened (记录分段)."""

    __slots__ = ("_masks", "_names", "closed", "decoder", "numbers", "shapes")

    def __init__(self, segment: Segment) -> None:
        """Take an opened file."""
        tables = segment.tables
        self.decoder = Decoder(segment.header["pool"])
        self.shapes = frozenset((front, back) for front, back in segment.header["masks"])
        self.numbers, self._names, self._masks = tables["numbers"], tables["names"], tables["masks"]
        self.closed = tables["closed"] if segment.header["closed"] else None

    def marks(self) -> Marks:
        """Return the hashes under which rows stand, of each table noughts between them; all are checked first.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        return Marks(self.numbers.marks(), self._names.marks(), self._masks.marks())

    def closes(self, number: int) -> bool:
        """Tell whether this file says of a row of an earlier one that it is believed no longer."""
        return self.closed is not None and self.closed.get(f"#:{number}") is not None

    def near(self, keys: tuple[str, ...], name_key: str | None, ends: Sequence[tuple[str, str]]) -> list[bytes]:
        """Return the records that may stand under some keys, a name key or the ends of a number, in their order."""
        found: list[bytes] = []
        for hashed in dict.fromkeys(map(hash_of, keys)):
            found += self.numbers.records(hashed)
        if name_key is not None:
            found += self.named(name_key)
        found += self.masked(ends)
        return sorted(dict.fromkeys(found), key=number_of)

    def named(self, name_key: str) -> list[bytes]:
        """Return the records that may stand under a name key."""
        return self._names.records(name_hash(name_key))

    def masked(self, ends: Iterable[tuple[str, str]]) -> list[bytes]:
        """Return the records that may show some ends of a number."""
        return [record for shown in ends for record in self._masks.records(mask_hash(shown))]
