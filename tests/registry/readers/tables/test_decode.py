"""Bytes become text by a ladder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.decode import decode

TEXT = "名单,名称\n失信被执行人,𬭚㐂䶮物流有限公司\n"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 (BOM)"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")],
)
def test_the_encodings_of_offices_are_read(codec: str, encoding: str) -> None:
    """GB 18030 is the national standard; GBK would lose rare characters of names."""
    assert decode(TEXT.encode(codec)) == (TEXT, encoding)


def test_both_orders_of_utf_16_are_read() -> None:
    """A byte order mark says which byte comes first."""
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT


@pytest.mark.parametrize(
    ("raw", "code", "word"),
    [
        (b"name\n\xff\xff\n", "registry.encoding", "第 6 字节"),
        (TEXT.encode("utf-16-le"), "registry.encoding", "UTF-16"),
        (b"\xef\xbb\xbf\xff", "registry.encoding", r"UTF-8 \(BOM\)"),
        (TEXT.encode()[:-3], "registry.truncated", "中间结束"),
    ],
)
def test_what_fits_no_encoding_is_told_with_its_place(raw: bytes, code: str, word: str) -> None:
    """A file that is damaged or cut off is refused whole: half a list must not release anybody."""
    with pytest.raises(RegistryError, match=word) as caught:
        decode(raw)
    assert caught.value.code == code


def test_short_gb18030_is_no_cut_off_utf_8() -> None:
    """Two bytes of GB18030 after ASCII look like the beginning of a longer UTF-8 character."""
    assert decode("name,涓".encode("gb18030")) == ("name,涓", "GB18030")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff")))
def test_utf_8_is_always_read_as_utf_8(text: str) -> None:
    """No detector is asked, so no file is read differently because of what else stands in it."""
    assert decode(text.encode()) == (text, "UTF-8")
