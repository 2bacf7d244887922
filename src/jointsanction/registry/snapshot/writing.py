"""Writing a file of a snapshot (写出快照分段): in bounded memory, whole or not at all.

Records are written as they come in. Where each stands is spread over 256 portions by the hash of its key, in memory
while they are few and in a temporary file beyond that; then portion after portion is put in order and written. So ten
million rows need no more memory than some hundred thousand.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import sys
import tempfile
from array import array
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from zlib import crc32

from jointsanction.registry.snapshot.faults import unwritable
from jointsanction.registry.snapshot.layout import (
    ALIGNED,
    CHECKED,
    MAGIC,
    PLACE,
    PREAMBLE,
    PREAMBLE_SIZE,
    ROOM,
    SEVERAL,
    WORD,
    WORD_SIZE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))
_PORTIONS: Final = 256
_IN_MEMORY: Final = 1 << 21
"""Slots of a table kept in memory before they go to a temporary file."""

_WINDOW: Final = 1 << 12
"""Marks put in place before they are written."""

_SLOT: Final = "Q"
"""A hash, and below it where its record stands."""

_EMPTY: Final = bytes(4 * _WINDOW)


class Spread:
    """Which record stands under which hash, for one table (分拣), on the way into the order of the hashes."""

    def __init__(self, spilt: IO[bytes]) -> None:
        """Begin with nothing; what there is no room for in memory goes into the file."""
        self._spilt = spilt
        self._kept = [array(_SLOT) for _ in range(_PORTIONS)]
        self._pieces: list[tuple[int, ...]] = []
        self._room = _IN_MEMORY
        self.count = 0

    def add(self, slot: int) -> None:
        """Take in a slot: a hash, and where its record stands."""
        self._kept[slot >> 56].append(slot)
        self.count += 1
        self._room -= 1
        if not self._room:
            self._spill()

    def drain(self) -> Iterator[list[int]]:
        """Yield the slots in their order, portion by portion, and forget them."""
        begins = [0, *(sum(piece) for piece in self._pieces)]
        for portion, kept in enumerate(self._kept):
            for at, piece in enumerate(self._pieces):
                self._spilt.seek(8 * (sum(begins[: at + 1]) + sum(piece[:portion])))
                kept.frombytes(self._spilt.read(8 * piece[portion]))
            yield sorted(kept)
            del kept[:]

    def _spill(self) -> None:
        for kept in self._kept:
            self._spilt.write(kept.tobytes())
        self._pieces.append(tuple(map(len, self._kept)))
        self._kept = [array(_SLOT) for _ in range(_PORTIONS)]
        self._room = _IN_MEMORY


class SegmentWriter:
    """Writes records, and tables of where they stand, into one file (分段写出)."""

    def __init__(self, file: IO[bytes], stack: ExitStack) -> None:
        """Take a file to be written from its beginning, and what closes temporary ones."""
        self._file, self._stack = file, stack
        self._file.write(bytes(PREAMBLE_SIZE))
        self._at = PREAMBLE_SIZE
        self._tables: dict[str, tuple[int, int, int, int]] = {}
        self._stretches = [(PREAMBLE_SIZE, PREAMBLE_SIZE)]

    def spread(self) -> Spread:
        """Return what a table is gathered in."""
        return Spread(self._temporary())

    def record(self, data: bytes) -> int:
        """Write a record and return its place; all records come before the first table."""
        place, extra = self._at >> ALIGNED, 2 * WORD_SIZE
        size = -(-(len(data) + extra) >> ALIGNED) << ALIGNED
        record = b"".join((size.to_bytes(WORD_SIZE, sys.byteorder), data, bytes(size - extra - len(data))))
        self._write(record + crc32(record, place).to_bytes(WORD_SIZE, "little"))
        return place

    def table(self, name: str, spread: Spread) -> None:
        """Write a table."""
        self._stretch()
        marks = _Marks(self._temporary(), self._temporary(), spread.count)
        for portion in spread.drain():
            marks.put(self._listed(portion))
        self._stretch()
        begin, checks = self._at, marks.end()
        self._at += marks.copy_to(self._file)
        self._write(checks)
        self._write(bytes(-self._at & (1 << ALIGNED) - 1))
        self._stretches.append((self._at, self._at))
        self._tables[name] = begin, marks.count, marks.cut, crc32(checks)

    def finish(self, about: Mapping[str, Any]) -> None:
        """Write the header, and see to it that everything is on the disk."""
        self._stretch()
        told = {"byteorder": sys.byteorder, "tables": self._tables, "stretches": self._stretches}
        header = _ENCODER.encode({**about, **told}).encode()
        begin = self._at
        self._write(header)
        preamble = PREAMBLE.pack(MAGIC, begin, len(header), crc32(header))
        self._file.seek(0)
        self._file.write(preamble + crc32(preamble).to_bytes(WORD_SIZE, "little"))
        self._file.flush()
        os.fsync(self._file.fileno())

    def _listed(self, slots: list[int]) -> Iterable[int]:
        """Return slots, those of one hash put into a list."""
        if len({slot >> 32 for slot in slots}) == len(slots):
            return slots
        found = []
        for hashed, alike in groupby(slots, _hash):
            first, *others = alike
            if others:
                places = array(WORD, [slot & PLACE for slot in (first, *others)])
                first = hashed << 32 | self.record(SEVERAL + places.tobytes())
            found.append(first)
        return found

    def _stretch(self) -> None:
        """Note up to where records stand one after another."""
        self._stretches[-1] = self._stretches[-1][0], self._at

    def _temporary(self) -> IO[bytes]:
        return self._stack.enter_context(tempfile.TemporaryFile(dir=Path(self._file.name).parent))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)


class _Marks:
    """The marks of a table and their places while they are written: each as near as may be to where it belongs."""

    def __init__(self, marks: IO[bytes], places: IO[bytes], count: int) -> None:
        self._files = marks, places
        bits = max(CHECKED, math.ceil(math.log2(count * ROOM + 1)))
        self.cut = 32 - bits
        self._least = 1 << bits
        self._marks, self._places = array(WORD, _EMPTY), array(WORD, _EMPTY)
        self._checks = array(WORD)
        self._free = 0
        self.count = 0

    def put(self, slots: Iterable[int]) -> None:
        """Put hashes and places where they belong; they come in their order, and each hash once."""
        free, cut, begin = self._free, self.cut + 32, self.count
        marks, places = self._marks, self._places
        for slot in slots:
            at = slot >> cut
            at = max(at, free)
            while at - begin >= _WINDOW:
                self._flush(_WINDOW)
                marks, places, begin = self._marks, self._places, self.count
            marks[at - begin] = slot >> 32
            places[at - begin] = slot & PLACE
            free = at + 1
        self._free = free

    def end(self) -> bytes:
        """Write what is left, and return the checks; one mark beyond the last is empty, so that every search ends."""
        end = max(self._free, self._least) + 1
        while self.count + _WINDOW < end:
            self._flush(_WINDOW)
        self._flush(-(-(end - self.count) >> CHECKED) << CHECKED)
        return self._checks.tobytes()

    def copy_to(self, file: IO[bytes]) -> int:
        """Copy marks and places, and return how many bytes they are."""
        for each in self._files:
            each.seek(0)
            shutil.copyfileobj(each, file, 1 << 20)
        return 2 * WORD_SIZE * self.count

    def _flush(self, count: int) -> None:
        marks, places = self._marks[:count].tobytes(), self._places[:count].tobytes()
        size = WORD_SIZE << CHECKED
        begins = range(0, len(marks), size)
        self._checks.extend([crc32(places[at : at + size], crc32(marks[at : at + size])) for at in begins])
        for file, data in zip(self._files, (marks, places), strict=True):
            file.write(data)
        self.count += count
        self._marks, self._places = array(WORD, _EMPTY), array(WORD, _EMPTY)


@contextmanager
def written(path: Path) -> Iterator[SegmentWriter]:
    """Give a writer; the file appears under its name when all is well.

    Raises:
        RegistryError: `registry.snapshot_unwritable`.
    """
    part = path.with_suffix(".part")
    try:
        with ExitStack() as stack:
            yield SegmentWriter(stack.enter_context(part.open("wb")), stack)
        part.replace(path)
    except OSError as error:
        raise unwritable(path.parent, error.strerror or "文件系统不允许") from error
    finally:
        part.unlink(missing_ok=True)


def _hash(slot: int) -> int:
    return slot >> 32
