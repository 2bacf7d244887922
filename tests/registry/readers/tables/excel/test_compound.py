"""A .xls as a container."""

from __future__ import annotations

import struct

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.excel.compound import Compound
from sheet_files import HEADERS, xls

FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
STREAM = bytes(range(256)) * 20


def entry(name: str, kind: int, first: int, size: int) -> bytes:
    """Return a directory entry."""
    encoded = (name + "\0").encode("utf-16-le")
    return encoded.ljust(64, b"\0") + struct.pack("<HB49x3I", len(encoded), kind, first, size, 0)


def compound(*, kind: int = 2, size: int = len(STREAM), beyond: bool = False, version: int = 3) -> bytes:
    """Return a compound file of one stream; `beyond` names its allocation table outside the head."""
    sector = 512 if version == 3 else 4096
    count = -(-len(STREAM) // sector)
    chain = [*range(1, count), END]  # the stream, then the directory, the table, and what names the table
    fat = [*chain, END, 0xFFFFFFFD, 0xFFFFFFFC]
    table, named = count + 1, count + 2
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    struct.pack_into("<H", head, 30, 9 if version == 3 else 12)
    struct.pack_into("<I", head, 48, count)
    struct.pack_into("<2I", head, 68, named if beyond else END, 1 if beyond else 0)
    struct.pack_into("<109I", head, 76, *([FREE] if beyond else [table]), *[FREE] * 108)
    directory = entry("Root Entry", 5, END, 0) + entry("Workbook", kind, 0, size)
    more = struct.pack(f"<{sector // 4}I", table, *[FREE] * (sector // 4 - 2), END)
    parts = (STREAM.ljust(count * sector, b"\0"), directory, struct.pack(f"<{len(fat)}I", *fat), more)
    return bytes(head).ljust(sector, b"\0") + b"".join(
        part.ljust(-(-len(part) // sector) * sector, b"\xff" if at == 2 else b"\0") for at, part in enumerate(parts)
    )


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize("beyond", [False, True])
def test_a_stream_is_read_along_its_chain(version: int, beyond: bool) -> None:  # noqa: FBT001
    """Sectors of 512 or 4096 bytes; the allocation table of a large file is named outside the head."""
    container = Compound(compound(version=version, beyond=beyond))
    assert container.names == {"Workbook"}
    assert container.stream("Workbook") == STREAM


def test_what_a_program_writes_is_read() -> None:
    """A .xls made by a library has its table in the stream Workbook."""
    assert Compound(xls([HEADERS])).stream("Workbook").startswith(b"\x09\x08")


@pytest.mark.parametrize("size", [0, 100, len(STREAM) * 2])
def test_a_stream_that_is_not_there_is_corrupt(size: int) -> None:
    """Cut off, empty, or in the place of small streams, where no program puts a workbook."""
    with pytest.raises(RegistryError) as caught:
        Compound(compound(size=size)).stream("Workbook")
    assert caught.value.code == "registry.corrupt"


@pytest.mark.parametrize(
    "raw",
    [
        b"\xd0\xcf\x11\xe0rest",
        b"\xd0\xcf\x11\xe0".ljust(512, b"\xff"),
        compound(kind=1),
        b"\xd0\xcf\x11\xe0".ljust(30, b"\0") + b"\x09\x00".ljust(482, b"\xff"),
    ],
)
def test_a_damaged_container_is_corrupt(raw: bytes) -> None:
    """Whatever its numbers say, no loop is endless and no memory is asked for."""
    with pytest.raises(RegistryError) as caught:
        Compound(raw).stream("Workbook")
    assert caught.value.code == "registry.corrupt"
