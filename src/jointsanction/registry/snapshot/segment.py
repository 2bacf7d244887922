"""One file of a snapshot, opened for reading (快照分段): memory-mapped, so opening reads a hundredth of it."""

from __future__ import annotations

import json
import mmap
import sys
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

from jointsanction.registry.snapshot.faults import corrupt
from jointsanction.registry.snapshot.layout import (
    ALIGNED,
    CHECK,
    CHECKED,
    CRC_SIZE,
    ENTRY,
    GROUP,
    MAGIC,
    PREAMBLE,
    PREAMBLE_SIZE,
    SAYS,
    SLOT,
    hash_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_GROUP: Final = GROUP.unpack_from


class Segment:
    """A file of tables from keys to what stands under them (快照分段). Safe between threads."""

    __slots__ = ("_map", "header", "path", "tables")

    def __init__(self, path: Path) -> None:
        """Open a file; check its header and checks.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
            FileNotFoundError: it isn't there.
        """
        self.path = path
        with path.open("rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise corrupt(path, "文件是空的") from error
        self.header: dict[str, Any] = self._read_header()
        if self.header["byteorder"] != sys.byteorder:
            raise corrupt(path, "由另一种机器写成")
        self.tables = {name: Table(self._map, path, Place(*at)) for name, at in self.header["tables"].items()}

    def _read_header(self) -> dict[str, Any]:
        preamble = self._map[:PREAMBLE_SIZE]
        if len(preamble) < PREAMBLE_SIZE or preamble[: len(MAGIC)] != MAGIC:
            raise corrupt(self.path, "不是快照文件，或者由别的版本写成")
        _, start, length, checksum = PREAMBLE.unpack_from(preamble)
        told = crc32(preamble[: PREAMBLE.size]).to_bytes(CRC_SIZE, "little")
        if told != preamble[PREAMBLE.size : PREAMBLE.size + CRC_SIZE]:
            raise corrupt(self.path, "文件开头校验不符")
        if len(self._map) != start + length:
            raise corrupt(self.path, "文件长度不符")
        text = self._map[start:]
        if crc32(text) != checksum:
            raise corrupt(self.path, "文件头校验不符")
        header: dict[str, Any] = json.loads(text)
        return header


class Place(NamedTuple):
    """Where the slots of a table begin (表的位置), how many, over how many the hashes are spread, the checksum."""

    begin: int
    slots: int
    spread: int
    checksum: int


class Table:
    """What stands under keys (快照表): slots in the order of hashes, and what they point at."""

    __slots__ = ("_checked", "_checks", "_map", "_path", "_slots", "_spread")

    def __init__(self, mapped: mmap.mmap, path: Path, place: Place) -> None:
        """Take the mapped file, and where the table stands in it.

        Raises:
            RegistryError: `registry.snapshot_corrupt`, when its checks aren't what was written.
        """
        self._map, self._path, self._spread = mapped, path, place.spread
        end = place.begin + (place.slots << 3)
        count = place.slots >> CHECKED
        whole = memoryview(mapped)
        self._slots = whole[place.begin : end].cast(SLOT)
        checks = whole[end : end + (count << 2)]
        if crc32(checks) != place.checksum:
            raise corrupt(path, "索引校验不符")
        self._checks = checks.cast(CHECK)
        self._checked = bytearray(count)

    def get(self, key: bytes) -> bytes | None:
        """Return what stands under a key, None when nothing does.

        Raises:
            RegistryError: `registry.snapshot_corrupt`, when what stands there isn't what was written.
        """
        return entry(self.group(hash_of(key)), key)

    def group(self, hashed: int) -> bytes:
        """Return the entries of all keys of a hash (同位项), empty when there are none.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        at = hashed * self._spread >> 32
        while True:
            if not self._checked[at >> CHECKED]:
                self._check(at >> CHECKED)
            slot = self._slots[at]
            # Slots stand in the order of their hashes: beyond a greater one, or at an empty one, there is none.
            if slot >> 32 > hashed or not slot:
                return b""
            if slot >> 32 == hashed:
                begin = (slot & 0xFFFFFFFF) << ALIGNED
                checksum, length = _GROUP(self._map, begin)
                group = self._map[begin + 8 : begin + 8 + length]
                if crc32(group, hashed) != checksum:
                    raise corrupt(self._path, "数据校验不符")
                return group
            at += 1

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield every key and what stands under it; every piece of the table is checked anew.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        for at in range(len(self._checks)):
            self._check(at)
        for slot in self._slots:
            for each in self.group(slot >> 32).split(ENTRY)[1:] if slot else ():
                key, _, said = each.partition(SAYS)
                yield key, said

    def _check(self, at: int) -> None:
        if crc32(self._slots[at << CHECKED : at + 1 << CHECKED]) != self._checks[at]:
            raise corrupt(self._path, "索引校验不符")
        self._checked[at] = 1


def entry(group: bytes, key: bytes) -> bytes | None:
    """Return what stands under a key in a group, None when nothing does."""
    named = ENTRY + key + SAYS
    begin = group.find(named)
    if begin < 0:
        return None
    begin += len(named)
    end = group.find(ENTRY, begin)
    return group[begin:] if end < 0 else group[begin:end]
