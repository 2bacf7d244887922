"""A look ahead over the records of a .xls."""

from __future__ import annotations

import struct

import pytest
import xlwt

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.excel.records import record_scans
from jointsanction.registry.readers.tables.grid import Merge
from sheet_files import xls

BOOK = xls([("甲", 1, 2.5), ("乙", 3)])


def renamed(name: str) -> bytes:
    """Return a .xls whose only stream has another name."""
    before, after = ("Workbook\0".encode("utf-16-le"), (name + "\0").encode("utf-16-le"))
    at = BOOK.index(before.ljust(64, b"\0"))
    changed = bytearray(BOOK)
    changed[at : at + 64] = after.ljust(64, b"\0")
    changed[at + 64 : at + 66] = struct.pack("<H", len(after))
    return bytes(changed)


def patched(kind: int, place: int, content: bytes, *, raw: bytes = BOOK) -> bytes:
    """Return a .xls with some bytes of its first record of a kind changed."""
    changed, at = bytearray(raw), 512
    while struct.unpack_from("<H", changed, at)[0] != kind:
        at += 4 + struct.unpack_from("<H", changed, at + 2)[0]
    changed[at + 4 + place : at + 4 + place + len(content)] = content
    return bytes(changed)


def rekinded(kind: int, other: int) -> bytes:
    """Return a .xls in which the first record of a kind says that it is another."""
    return patched(kind, -4, struct.pack("<H", other))


def refused(raw: bytes) -> str:
    """Return the code with which a file is refused."""
    with pytest.raises(RegistryError) as caught:
        record_scans(raw)
    return caught.value.code


def test_sheets_and_their_extents_are_found() -> None:
    """Names, hidden sheets, numbers, runs of numbers and texts."""

    def more(book: xlwt.Workbook) -> None:
        other = book.add_sheet("other")
        other.write(6, 3, "x")
        other.visibility = 1

    found = record_scans(xls([("甲", 1, 2, 3), ("乙", 3)], more=more))
    assert [(sheet.name, sheet.hidden) for sheet in found] == [("名单", False), ("other", True)]
    assert [(sheet.scan.rows, sheet.scan.columns) for sheet in found] == [(2, 4), (7, 4)]


def test_failed_formulas_and_merged_ranges_are_found() -> None:
    """The library shows them as blank; an error may be a value of its own or the value of a formula."""

    def more(book: xlwt.Workbook) -> None:
        sheet = book.get_sheet(0)
        sheet.row(3).set_cell_error(1, 0x2A)
        sheet.row(3).set_cell_error(2, 0x07)
        sheet.row(3).set_cell_boolean(4, value=True)
        sheet.write(4, 0, xlwt.Formula("1+1"))
        sheet.write_merge(6, 7, 1, 2, "合")

    (sheet,) = record_scans(xls([("a",)], more=more))
    assert sheet.scan.odd == {(4, 2): "#N/A", (4, 3): "#DIV/0!"}
    assert sheet.scan.merges == [Merge(7, 1, 8, 2)]
    assert (sheet.scan.rows, sheet.scan.columns) == (7, 5)


def test_a_formula_that_failed_is_found() -> None:
    """In place of the number stand the kind of value, the code of the error, and a mark that it is no number."""
    book = bytearray(xls([("a",)], more=lambda book: book.get_sheet(0).write(1, 0, xlwt.Formula("1+1"))))
    at = 512
    while struct.unpack_from("<H", book, at)[0] != 6:
        at += 4 + struct.unpack_from("<H", book, at + 2)[0]
    book[at + 10 : at + 18] = b"\2\0\x17\0\0\0\xff\xff"
    (sheet,) = record_scans(bytes(book))
    assert sheet.scan.odd == {(2, 1): "#REF!"}


def test_a_chart_is_no_worksheet() -> None:
    """Only sheets of cells are read."""
    assert record_scans(patched(0x85, 5, b"\2")) == ()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (renamed("EncryptedPackage"), "registry.password"),
        (renamed("WordDocument"), "registry.format"),
        (renamed("Contents"), "registry.format"),
        (rekinded(0xE1, 0x2F), "registry.password"),
        (patched(0x85, 0, b"\1"), "registry.corrupt"),
        (patched(0x200, 0, b"\xff\0\0\0"), "registry.corrupt"),
        (patched(0x200, 4, b"\0\0\0\xff"), "registry.corrupt"),
        (patched(0x200, 10, b"\xff\xff"), "registry.corrupt"),
        (patched(0xFC, 4, b"\xff\xff\xff\x7f"), "registry.corrupt"),
        (rekinded(0xE1, 0x203), "registry.corrupt"),
    ],
)
def test_what_cannot_be_read_safely_is_refused(raw: bytes, code: str) -> None:
    """The library reserves memory for whatever these records say, and aborts the process."""
    assert refused(raw) == code


@pytest.mark.parametrize("name", ["Book", "WORKBOOK"])
def test_older_names_of_the_stream_are_known(name: str) -> None:
    """Excel 5 and some other programs name it otherwise."""
    assert len(record_scans(renamed(name))) == 1


def test_an_old_record_of_extents_is_read() -> None:
    """Excel 5 wrote shorter ones."""
    empty = patched(0x80, 4, b"\0", raw=BOOK)
    assert record_scans(patched(0x80, -4, b"\0\2", raw=empty)) == record_scans(BOOK)
