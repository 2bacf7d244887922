"""A .xlsx as a container."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.excel import archive
from jointsanction.registry.readers.tables.excel.archive import Archive
from sheet_files import HEADERS, repacked, xlsx

BOOK = xlsx([HEADERS])


def packed(**parts: bytes) -> bytes:
    """Return a zip file of some parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return written.getvalue()


def refused(raw: bytes) -> str:
    """Return the code with which a container is refused, be it when it is opened or when its parts are read."""
    with pytest.raises(RegistryError) as caught:
        read_all(raw)
    assert caught.value.hint
    return caught.value.code


def read_all(raw: bytes) -> None:
    """Read every part of a container."""
    opened = Archive(raw)
    for name in opened.names:
        opened.read(name)


def test_the_parts_of_a_workbook_are_read() -> None:
    """What is safe is handed on as it is; a part that isn't there is empty."""
    opened = Archive(BOOK)
    assert "xl/worksheets/sheet1.xml" in opened.names
    assert opened.read("xl/workbook.xml").startswith(b"<")
    assert opened.read("xl/none.xml") == b""


def test_parts_may_be_named_otherwise() -> None:
    """Some programs write backslashes and capitals."""
    before = zipfile.ZipFile(io.BytesIO(BOOK))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as after:
        for entry in before.infolist():
            renamed = zipfile.ZipInfo("x")
            renamed.filename = entry.filename.replace("/", "\\").upper()
            after.writestr(renamed, before.read(entry))
    assert "xl/workbook.xml" in Archive(written.getvalue()).names


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (packed(xl__workbook_dot_bin=b"x"), "xlsb"),
        (packed(word__document_dot_xml=b"x"), "Word"),
        (packed(content_dot_xml=b"x"), "ods"),
        (packed(list_dot_csv=b"x"), "压缩包"),
    ],
)
def test_another_container_is_told_for_what_it_is(raw: bytes, word: str) -> None:
    """A Word file or a zip of CSV files begins with the same bytes."""
    with pytest.raises(RegistryError, match=word) as caught:
        Archive(raw)
    assert caught.value.code == "registry.format"


@pytest.mark.parametrize("raw", [b"PK\x03\x04rest", BOOK[: len(BOOK) // 2], BOOK[:-30]])
def test_a_cut_off_file_is_corrupt(raw: bytes) -> None:
    """A download that stopped half way is told as such."""
    assert refused(raw) == "registry.corrupt"


def test_a_part_that_was_altered_is_corrupt() -> None:
    """The check sum of a part is looked at."""
    spoiled = bytearray(packed(xl__workbook_dot_xml=b"0123456789" * 9))
    spoiled[55] ^= 0xFF
    assert refused(bytes(spoiled)) == "registry.corrupt"


def test_two_parts_of_one_name_are_refused() -> None:
    """One reader would take the first and another the last."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        made.writestr("xl/workbook.xml", b"a")
        made.writestr("XL/workbook.xml", b"b")
    assert refused(written.getvalue()) == "registry.corrupt"


def test_an_encrypted_part_needs_a_password() -> None:
    """What a packer has locked cannot be read."""
    locked = bytearray(packed(xl__workbook_dot_xml=b"x"))
    directory = locked.index(b"PK\x01\x02")
    locked[directory + 8] |= 1
    assert refused(bytes(locked)) == "registry.password"


def test_a_part_that_unpacks_far_beyond_its_size_is_refused() -> None:
    """Nine megabytes of one letter pack into nine kilobytes: no list does that."""
    assert refused(packed(xl__workbook_dot_xml=b"x", xl__media=b"a" * (9 << 20))) == "registry.too_large"


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook has some dozens."""
    monkeypatch.setattr(archive, "MOST_ENTRIES", 5)
    assert refused(BOOK) == "registry.too_large"


def test_a_workbook_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is finite; the sizes the container tells are looked at first."""
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    assert refused(BOOK) == "registry.too_large"


def test_a_container_that_lies_about_its_sizes_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size in the directory is only a claim: a part is read to its true end, and counted."""
    content = bytes(range(256)) * 8
    raw = bytearray(packed(xl__workbook_dot_xml=content))
    directory = raw.index(b"PK\x01\x02")
    raw[directory + 24 : directory + 28] = (7).to_bytes(4, "little")
    assert Archive(bytes(raw)).read("xl/workbook.xml") == content
    with monkeypatch.context() as patched:
        patched.setattr(archive, "MOST_BYTES", 1000)
        assert refused(bytes(raw)) == "registry.too_large"
    raw[directory + 16 : directory + 20] = zlib.crc32(content[:7]).to_bytes(4, "little")
    assert refused(bytes(raw)) == "registry.corrupt"


def test_a_workbook_with_a_changed_part_is_still_one() -> None:
    """What the tests of worksheets rest on: repacking alone spoils nothing."""
    assert Archive(repacked(BOOK)).names == Archive(BOOK).names
