"""What sort of file it is."""

from __future__ import annotations

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.sniff import format_of, is_disguised, workbook_format


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("list,name\n", "csv"),
        ('\n [{"list": "BL.TAX"}]', "json"),
        ('{"list": "BL.TAX"}', "json"),
        ('{"data":\n {"list": []}}', "json"),
        ('{"list": "BL.TAX"}\n{"list": "BL.TAX"}\n', "jsonl"),
        ("  <html><table>", "html"),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', "html"),
        ('<meta charset="gb2312"><TABLE border=1>', "html"),
        ('<html xmlns:x="urn:schemas-microsoft-com:office:spreadsheet"><table>', "html"),
        ('<?xml version="1.0"?><DATA><ROW/></DATA>', "xml"),
    ],
)
def test_the_content_tells_the_format(text: str, form: str) -> None:
    """Files are named at will; only what is in them counts."""
    assert format_of(text) == form


@pytest.mark.parametrize(
    ("raw", "form"), [(b"PK\x03\x04rest", "xlsx"), (b"\xd0\xcf\x11\xe0rest", "xls"), (b"list,name\n", None)]
)
def test_a_workbook_is_known_by_its_first_bytes(raw: bytes, form: str | None) -> None:
    """A workbook renamed to .csv is a workbook."""
    assert workbook_format(raw) == form


@pytest.mark.parametrize(
    ("raw", "code", "word"),
    [
        (b"", "registry.empty", "空"),
        (b"\xef\xbb\xbf \r\n", "registry.empty", "空"),
        (b"%PDF-1.7", "registry.format", "PDF"),
        (b"Rar!\x1a\x07\x01", "registry.format", "RAR"),
        (b"\x89PNG\r\n", "registry.format", "图片"),
        (b"{\\rtf1", "registry.format", "RTF"),
        (b"MIME-Version: 1.0", "registry.format", "mht"),
    ],
)
def test_what_holds_no_table_is_refused(raw: bytes, code: str, word: str) -> None:
    """A scan, a print or an archive is told for what it is."""
    with pytest.raises(RegistryError, match=word) as caught:
        workbook_format(raw)
    assert caught.value.code == code


def test_an_xml_spreadsheet_is_told_for_what_it_is() -> None:
    """Excel 2003 could write its sheets as XML; what its cells mean is not read from there."""
    text = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table>'
    with pytest.raises(RegistryError, match="2003") as caught:
        format_of(text)
    assert caught.value.code == "registry.format"


@pytest.mark.parametrize(
    ("ending", "form", "disguised"),
    [
        (".xls", "html", True),
        (".XLSX", "csv", True),
        (".xlsx", "xlsx", False),
        (".json", "jsonl", False),
        (".txt", "csv", False),
        ("", "xls", False),
    ],
)
def test_a_name_that_promises_something_else_is_noticed(ending: str, form: str, disguised: bool) -> None:  # noqa: FBT001
    """Only an ending that promises a format can break its promise."""
    assert is_disguised(ending, form) is disguised
