"""One file of a snapshot, opened for reading (快照分段): memory-mapped, so opening reads a hundredth of it."""

from __future__ import annotations

import json
import mmap
import sys
from itertools import pairwise
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zlib import crc32

from jointsanction.registry.snapshot.faults import corrupt
from jointsanction.registry.snapshot.layout import (
    ALIGNED,
    CHECKED,
    MAGIC,
    PREAMBLE,
    PREAMBLE_SIZE,
    SAYS,
    SEVERAL,
    SOUND,
    WORD,
    WORD_SIZE,
    hash_of,
    key_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TRUSTED: Final = 1e-3
"""Seconds for which a file seen whole is taken to be: to ask the system costs as much as half a look-up."""


class Segment:
    """A file of records, and of tables of where they stand (快照分段). Safe between threads."""

    __slots__ = ("_map", "_read", "header", "path", "tables")

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
        records = Records(self._map, path)
        self._read = records.at
        places = self.header["tables"].items()
        self.tables = {name: Table(self._map, path, Place(*at), records) for name, at in places}

    def _read_header(self) -> dict[str, Any]:
        preamble = self._map[:PREAMBLE_SIZE]
        if len(preamble) < PREAMBLE_SIZE or preamble[: len(MAGIC)] != MAGIC:
            raise corrupt(self.path, "不是快照文件，或者由别的版本写成")
        _, start, length, checksum = PREAMBLE.unpack_from(preamble)
        told = crc32(preamble[: PREAMBLE.size]).to_bytes(WORD_SIZE, "little")
        if told != preamble[PREAMBLE.size : PREAMBLE.size + WORD_SIZE]:
            raise corrupt(self.path, "文件开头校验不符")
        if len(self._map) != start + length:
            raise corrupt(self.path, "文件长度不符")
        text = self._map[start:]
        if crc32(text) != checksum:
            raise corrupt(self.path, "文件头校验不符")
        header: dict[str, Any] = json.loads(text)
        return header

    def verify(self) -> None:
        """Read every mark and every record, each in the order it lies in.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        for table in self.tables.values():
            table.verify()
        for begin, end in self.header["stretches"]:
            at = begin >> ALIGNED
            while at < end >> ALIGNED:
                at += len(self._read(at)) >> ALIGNED


class Place(NamedTuple):
    """Where the marks of a table begin (表的位置), how many, how many bits a hash is cut by, the checksum of checks."""

    begin: int
    marks: int
    cut: int
    checksum: int


class Records:
    """The records of a file (快照记录): each carries its checksum, on top of its place."""

    __slots__ = ("_map", "_path", "words")

    def __init__(self, mapped: mmap.mmap, path: Path) -> None:
        """Take a mapped file."""
        self._map, self._path = mapped, path
        self.words = memoryview(mapped)[: len(mapped) // WORD_SIZE * WORD_SIZE].cast(WORD)

    def at(self, place: int) -> bytes:
        """Return the record at a place: its length, what it says, and at its end what fills it up and its checksum.

        Raises:
            RegistryError: `registry.snapshot_corrupt`, when it isn't what was written.
        """
        begin = place << ALIGNED
        record = self._map[begin : begin + self.words[begin >> 2]]
        if crc32(record, place) != SOUND:
            raise corrupt(self._path, "数据校验不符")
        return record


class Table:
    """Which records stand under which hash (快照表): marks in the order of hashes, and where their records are."""

    __slots__ = (
        "_checked",
        "_checks",
        "_cut",
        "_map",
        "_marks",
        "_path",
        "_places",
        "_record",
        "_whole_until",
        "_words",
    )

    def __init__(self, mapped: mmap.mmap, path: Path, place: Place, records: Records) -> None:
        """Take the mapped file, where the table stands in it, and its records.

        Raises:
            RegistryError: `registry.snapshot_corrupt`, when its checks aren't what was written.
        """
        self._map, self._path, self._cut = mapped, path, place.cut
        self._record, self._words = records.at, records.words
        self._whole_until = 0.0
        ends = [place.begin + place.marks * WORD_SIZE * times for times in (0, 1, 2)]
        ends.append(ends[-1] + (place.marks >> CHECKED) * WORD_SIZE)
        whole = memoryview(mapped)
        self._marks, self._places, self._checks = (whole[begin:end].cast(WORD) for begin, end in pairwise(ends))
        if crc32(self._checks) != place.checksum:
            raise corrupt(path, "索引校验不符")
        self._checked = bytearray(len(self._checks))

    def record(self, hashed: int) -> bytes | None:
        """Return the record under a hash, or the list of several; None is as certain as any.

        Raises:
            RegistryError: `registry.snapshot_corrupt`, when what stands there isn't what was written.
        """
        if monotonic() > self._whole_until:
            self._look()
        at = hashed >> self._cut
        if not self._checked[at >> CHECKED]:
            self._check(at >> CHECKED)
        mark = self._marks[at]
        # Marks stand in their order: at an empty one, or beyond a greater one, there is none.
        while mark:
            if mark >= hashed:
                if mark != hashed:
                    return None
                # As `Records.at` does, without a call: this is where a look-up spends its time.
                place = self._places[at]
                begin = place << ALIGNED
                record = self._map[begin : begin + self._words[begin >> 2]]
                return record if crc32(record, place) == SOUND else self._record(place)
            at += 1
            if not self._checked[at >> CHECKED]:
                self._check(at >> CHECKED)
            mark = self._marks[at]
        return None

    def records(self, hashed: int) -> list[bytes]:
        """Return the records under a hash, in the order they were written.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        record = self.record(hashed)
        return [] if record is None else self.several(record)

    def several(self, record: bytes) -> list[bytes]:
        """Return the records of a list, or the record itself when it is none.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        if not record.startswith(SEVERAL, WORD_SIZE):
            return [record]
        places = memoryview(record)[WORD_SIZE + len(SEVERAL) : -WORD_SIZE].cast(WORD)
        return [self._record(place) for place in places if place]

    def get(self, key: str) -> bytes | None:
        """Return what stands under a key in a table of keys, None when nothing does.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        named = key_bytes(key) + SAYS
        found = (each for each in self.records(hash_of(key)) if each.startswith(named, WORD_SIZE))
        return next((each[WORD_SIZE + len(named) : -WORD_SIZE].rstrip(b"\0") for each in found), None)

    def keys(self) -> Iterator[str]:
        """Yield every key of a table of keys.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        self.verify()
        for mark in self._marks:
            for each in self.records(mark) if mark else ():
                yield each[WORD_SIZE:].partition(SAYS)[0].decode(errors="surrogatepass")

    def marks(self) -> memoryview:
        """Return the hashes under which something stands, in their order, noughts between them; all are checked first.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        self.verify()
        return self._marks

    def verify(self) -> None:
        """Check all marks anew.

        Raises:
            RegistryError: `registry.snapshot_corrupt`.
        """
        for at in range(len(self._checks)):
            self._check(at)

    def _look(self) -> None:
        """See that the file is still whole: to read what somebody cut off would end the process (文件被截短)."""
        if self._map.size() < len(self._map):
            raise corrupt(self._path, "文件长度不符")
        self._whole_until = monotonic() + _TRUSTED

    def _check(self, at: int) -> None:
        self._look()
        some = slice(at << CHECKED, at + 1 << CHECKED)
        if crc32(self._places[some], crc32(self._marks[some])) != self._checks[at]:
            raise corrupt(self._path, "索引校验不符")
        self._checked[at] = 1
