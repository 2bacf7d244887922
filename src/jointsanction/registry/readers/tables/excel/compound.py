"""A .xls as a container (复合文档, MS-CFB): the streams in it, of which `Workbook` is the table."""

from __future__ import annotations

import struct
from typing import Final

from jointsanction.registry.readers.tables.excel.archive import corrupt

_SECTORS: Final = {9: 512, 12: 4096}
_ENTRY: Final = 128
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks (end of chain, free, …), no sectors."""

_STREAM: Final = 2
_SMALL: Final = 4096
"""Streams below this size live in another place; Excel, WPS and LibreOffice fill the workbook up to it."""


class Compound:
    """The streams of a compound file (复合文档中的流)."""

    def __init__(self, raw: bytes) -> None:
        """Read the tables of the container.

        Raises:
            RegistryError: `registry.corrupt`.
        """
        self._raw = raw
        try:
            self._size = _SECTORS.get(struct.unpack_from("<H", raw, 30)[0], _SECTORS[9])
            self._fat = self._allocation()
            self._streams = self._directory()
        except (struct.error, ValueError) as error:
            raise corrupt() from error
        if not self._streams:
            raise corrupt()

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all streams."""
        return frozenset(self._streams)

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream.

        Raises:
            RegistryError: `registry.corrupt`.
        """
        first, size = self._streams[name]
        found = self._chain(first) if size >= _SMALL else b""
        if len(found) < size or not size:
            raise corrupt()
        return found[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._raw[start : start + self._size]

    def _allocation(self) -> tuple[int, ...]:
        """Return the table that names each sector's successor; its own sectors are named in the head and beyond."""
        first, count = struct.unpack_from("<2I", self._raw, 68)
        numbers = list(struct.unpack_from("<109I", self._raw, 76))
        for _ in range(min(count, len(self._raw) // self._size)):
            more = struct.unpack(f"<{self._size // 4}I", self._sector(first))
            numbers += more[:-1]
            first = more[-1]
        table = b"".join(self._sector(number) for number in numbers if number < _END)
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def _chain(self, number: int) -> bytes:
        found: list[bytes] = []
        while number < len(self._fat) and len(found) <= len(self._fat):
            found.append(self._sector(number))
            number = self._fat[number]
        return b"".join(found)

    def _directory(self) -> dict[str, tuple[int, int]]:
        listed = self._chain(struct.unpack_from("<I", self._raw, 48)[0])
        streams = {}
        for start in range(0, len(listed) - _ENTRY + 1, _ENTRY):
            entry = listed[start : start + _ENTRY]
            length = struct.unpack_from("<H", entry, 64)[0]
            if entry[66] == _STREAM:
                name = entry[: max(length - 2, 0)].decode("utf-16-le")
                streams[name] = struct.unpack_from("<2I", entry, 116)
        return streams
