"""Writing a file of a snapshot (写出快照分段): in bounded memory, whole or not at all.

What comes in is spread over 256 spills by the hash of its key, in memory while it is little and in temporary files
beyond that; then spill after spill is put in order and written. So ten million rows need no more memory than some
hundred thousand.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias
from zlib import crc32

from jointsanction.registry.snapshot.faults import unwritable
from jointsanction.registry.snapshot.layout import (
    ALIGNED,
    CHECK,
    CHECKED,
    CRC_SIZE,
    ENTRY,
    GROUP,
    MAGIC,
    NEXT,
    PREAMBLE,
    PREAMBLE_SIZE,
    ROOM,
    SAYS,
    SLOT,
    hash_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Tidy: TypeAlias = Callable[[dict[bytes, list[bytes]]], None]
"""Puts in order what stands under the keys of one place."""

_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))
_SPILLS: Final = 256
_IN_MEMORY: Final = 48 << 20
"""Bytes kept in memory before they go to temporary files."""


class Spills:
    """What is to go into one table, by the hash of its key (分拣)."""

    def __init__(self, folder: Path, name: str) -> None:
        """Begin with nothing; temporary files go into the folder."""
        self._paths = [folder / f"{name}-{number:02x}" for number in range(_SPILLS)]
        self._kept: list[list[bytes]] = [[] for _ in range(_SPILLS)]
        self._bytes = 0
        self.entries = 0

    def add(self, key: bytes, said: bytes) -> None:
        """Put something under a key; things under one key stay in the order they came in."""
        self._kept[hash_of(key) >> 24].append(key + SAYS + said)
        self.entries += 1
        self._bytes += len(said) + 80  # the texts, and about what Python spends on them
        if self._bytes > _IN_MEMORY:
            self._spill()

    def drain(self) -> Iterator[list[bytes]]:
        """Yield what came in, hash by hash, and forget it."""
        for path, kept in zip(self._paths, self._kept, strict=True):
            spilt = path.read_bytes().split(ENTRY)[1:] if path.exists() else []
            path.unlink(missing_ok=True)
            yield spilt + kept
            kept.clear()

    def _spill(self) -> None:
        for path, kept in zip(self._paths, self._kept, strict=True):
            if kept:
                with path.open("ab") as file:
                    file.write(ENTRY + ENTRY.join(kept))
                kept.clear()
        self._bytes = 0


class SegmentWriter:
    """Writes tables into one file, one after another (分段写出)."""

    def __init__(self, file: IO[bytes]) -> None:
        """Take a file to be written from its beginning."""
        self._file = file
        self._file.write(bytes(PREAMBLE_SIZE))
        self._at = PREAMBLE_SIZE
        self._tables: dict[str, tuple[int, int, int, int]] = {}

    def table(self, name: str, spills: Spills, tidy: Tidy | None = None) -> None:
        """Write a table; `tidy` may put in order what stands under the keys of one hash."""
        with tempfile.TemporaryFile(dir=Path(self._file.name).parent) as groups:
            count = 0
            for entries in spills.drain():
                found = sorted(_by_hash(entries).items())
                array(SLOT, [self._group(hashed, keyed, tidy) for hashed, keyed in found]).tofile(groups)
                count += len(found)
            groups.seek(0)
            self._tables[name] = self._slots(groups, round(count * ROOM) + 1)

    def _group(self, hashed: int, keyed: dict[bytes, list[bytes]], tidy: Tidy | None) -> int:
        """Write what stands under the keys of one hash, and return its slot."""
        if tidy is not None:
            tidy(keyed)
        data = b"".join([ENTRY + key + SAYS + NEXT.join(said) for key, said in keyed.items()])
        self._write(bytes(-self._at & (1 << ALIGNED) - 1))
        slot = hashed << 32 | self._at >> ALIGNED
        self._write(GROUP.pack(crc32(data, hashed), len(data)) + data)
        return slot

    def _slots(self, groups: IO[bytes], spread: int) -> tuple[int, int, int, int]:
        """Write the slots of the groups, each as near as may be to where its hash belongs, and their checks."""
        self._write(bytes(-self._at & (1 << ALIGNED) - 1))
        begin, slots, free = self._at, _Slots(self._write), 0
        while portion := array(SLOT, groups.read(1 << 20)):
            for slot in portion:
                at = max(free, (slot >> 32) * spread >> 32)
                slots.put(at, slot)
                free = at + 1
        # One slot beyond the last is empty, so that every search ends.
        slots.end(max(free, spread) + 1)
        checks = slots.checks.tobytes()
        self._write(checks)
        return begin, slots.count, spread, crc32(checks)

    def finish(self, about: Mapping[str, Any]) -> None:
        """Write the header, and see to it that everything is on the disk."""
        header = _ENCODER.encode({**about, "byteorder": sys.byteorder, "tables": self._tables}).encode()
        begin = self._at
        self._write(header)
        preamble = PREAMBLE.pack(MAGIC, begin, len(header), crc32(header))
        self._file.seek(0)
        self._file.write(preamble + crc32(preamble).to_bytes(CRC_SIZE, "little"))
        self._file.flush()
        os.fsync(self._file.fileno())

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)


class _Slots:
    """The slots of a table while they are written (槽位), so many at a time as one check is of."""

    def __init__(self, write: Callable[[bytes], None]) -> None:
        self._write = write
        self._some = bytearray(8 << CHECKED)
        self.checks = array(CHECK)
        self.count = 0

    def put(self, at: int, slot: int) -> None:
        """Put a slot in its place, which lies beyond that of the one before."""
        self.end(at >> CHECKED << CHECKED)
        begin = at - self.count << 3
        self._some[begin : begin + 8] = slot.to_bytes(8, sys.byteorder)

    def end(self, at: int) -> None:
        """Write all slots before a place."""
        while self.count < at:
            self.checks.append(crc32(self._some))
            self._write(bytes(self._some))
            self.count += 1 << CHECKED
            self._some = bytearray(8 << CHECKED)


@contextmanager
def written(path: Path) -> Iterator[tuple[SegmentWriter, Path]]:
    """Give a writer and a folder for its temporary files; the file appears under its name when all is well.

    Raises:
        RegistryError: `registry.snapshot_unwritable`.
    """
    part = path.with_suffix(".part")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".spill-") as spilt, part.open("wb") as file:
            yield SegmentWriter(file), Path(spilt)
        part.replace(path)
    except OSError as error:
        raise unwritable(path.parent, error.strerror or "文件系统不允许") from error
    finally:
        part.unlink(missing_ok=True)


def _by_hash(entries: list[bytes]) -> dict[int, dict[bytes, list[bytes]]]:
    found: defaultdict[int, dict[bytes, list[bytes]]] = defaultdict(dict)
    for each in entries:
        key, _, said = each.partition(SAYS)
        found[hash_of(key)].setdefault(key, []).append(said)
    return found
