"""What sort of file it is."""

from __future__ import annotations

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.sniff import format_of, refuse_foreign


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("list,name\n", "csv"),
        ('\n [{"list": "BL.TAX"}]', "json"),
        ('{"list": "BL.TAX"}', "json"),
        ('{"data":\n {"list": []}}', "json"),
        ('{"list": "BL.TAX"}\n{"list": "BL.TAX"}\n', "jsonl"),
    ],
)
def test_the_content_tells_the_format(text: str, form: str) -> None:
    """Files are named at will; only what is in them counts."""
    assert format_of(text) == form


@pytest.mark.parametrize(
    ("raw", "code", "word"),
    [
        (b"", "registry.empty", "空"),
        (b"\xef\xbb\xbf \r\n", "registry.empty", "空"),
        (b"PK\x03\x04rest", "registry.format", "xlsx"),
        (b"\xd0\xcf\x11\xe0rest", "registry.format", "xls"),
        (b"%PDF-1.7", "registry.format", "PDF"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, code: str, word: str) -> None:
    """A workbook renamed to .csv is told for what it is."""
    with pytest.raises(RegistryError, match=word) as caught:
        refuse_foreign(raw)
    assert caught.value.code == code


def test_a_web_page_is_no_list() -> None:
    """Some offices' .xls are web pages inside."""
    with pytest.raises(RegistryError, match="网页"):
        format_of("  <html><table>")
    refuse_foreign(b"list,name\n")
