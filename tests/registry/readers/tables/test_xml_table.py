"""XML becomes rows of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.xml_table import decode_declared, read_xml

if TYPE_CHECKING:
    from conftest import Import

KNOWN = frozenset({"name", "code", "listed_on", "code.type"}).__contains__
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;">]><rows><row><name>&c;</name></row></rows>'
)
OUTSIDE = '<!DOCTYPE rows [<!ENTITY x SYSTEM "file:///etc/hostname">]><rows><row><name>&x;</name></row></rows>'


def test_the_repeated_element_is_a_row() -> None:
    """Exports of databases repeat one element; attributes and children are its columns, prefixes say nothing."""
    table = read_xml(
        '<?xml version="1.0" encoding="UTF-8"?>\n<x:RECORDS xmlns:x="urn:a"><total>2</total>'
        '<x:RECORD id="7"><x:name> 甲\n</x:name><code type="1">A</code></x:RECORD>'
        "<x:RECORD><x:name>乙</x:name><code/></x:RECORD></x:RECORDS>",
        KNOWN,
    )
    assert table.headers == ("id", "name", "code.type", "code")
    assert table.rows == ((1, ("7", "甲", "1", "A")), (2, ("", "乙", "", "")))


def test_one_record_is_a_row_too() -> None:
    """A list of one has nothing that repeats; its headers tell it."""
    assert read_xml("<list><row><name>甲</name><code>A</code></row></list>", KNOWN).rows == ((1, ("甲", "A")),)


def test_an_element_that_repeats_is_a_list() -> None:
    """Three of one name are a list of three; mixed text beside children is nobody's."""
    table = read_xml("<l><row>x<name>甲</name><code>A</code><tel>1</tel><tel>2</tel><tel>3</tel></row></l>", KNOWN)
    assert table.rows == ((1, ("甲", "A", '["1", "2", "3"]')),)


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, "<!DOCTYPE rows><rows/>"])
def test_a_document_type_is_refused_before_anything_is_expanded(text: str) -> None:
    """Entities could fill the memory or fetch any file: no list needs them."""
    with pytest.raises(RegistryError, match="DOCTYPE") as refused:
        read_xml(text, KNOWN)
    assert refused.value.code == "registry.xml"
    assert "aaaa" not in refused.value.message


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("<rows><row>", "第 1 行第 12 列"),
        ("<rows>\n<row></rows>", "第 2 行"),
        ("<rows>&name;</rows>", "不是合法的 XML"),
        ("<a>" * 100, "嵌套超过 64 层"),
    ],
)
def test_what_is_no_whole_xml_is_refused(text: str, word: str) -> None:
    """A cut-off file is no list."""
    with pytest.raises(RegistryError, match=word) as refused:
        read_xml(text, KNOWN)
    assert refused.value.code == "registry.xml"


@pytest.mark.parametrize(("text", "code"), [("<rows/>", "registry.no_records"), ("<r>甲</r>", "registry.no_records")])
def test_xml_without_records_is_told(text: str, code: str) -> None:
    """An answer without rows must not declare that nobody is listed."""
    with pytest.raises(RegistryError) as refused:
        read_xml(text, KNOWN)
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["GBK", "gb2312", "GB18030", "UTF-8", "Big5"])
def test_the_declaration_says_the_encoding(name: str) -> None:
    """A file says in its first line how it is written; GBK is read as GB18030, which holds it."""
    text = f'<?xml version="1.0" encoding="{name}"?><r>甲</r>'
    assert decode_declared(text.encode(name)) == (text, name.upper())


def test_without_a_declaration_the_ladder_decides() -> None:
    """Most files declare nothing."""
    assert decode_declared("<r>甲</r>".encode("gbk")).encoding == "GB18030"


@pytest.mark.parametrize(("name", "raw"), [("EBCDIC", b"<r/>"), ("UTF-8", "<r>甲</r>".encode("gbk"))])
def test_a_wrong_declaration_is_told(name: str, raw: bytes) -> None:
    """A file that is not written as it says is damaged, or mixed."""
    with pytest.raises(RegistryError, match=f"编码是 {name}") as refused:
        decode_declared(f'<?xml version="1.0" encoding="{name}"?>'.encode() + raw)
    assert refused.value.code == "registry.encoding"


def test_an_xml_file_is_read_like_any_other(imported: Import) -> None:
    """From the bytes of a GBK file to a listing."""
    text = (
        '<?xml version="1.0" encoding="GBK"?><RECORDS><RECORD><名单>欠薪名单</名单><名称>恒泰物流有限公司</名称>'
        "<统一社会信用代码>91990000MA0000001B</统一社会信用代码><列入日期>2023年3月1日</列入日期></RECORD></RECORDS>"
    )
    report = imported(text.encode("gbk"), name="名单.xml")
    assert (report.format, report.encoding) == ("xml", "GBK")
    assert [(row.list, row.uscc) for row in report.listings] == [("BL.NEW", "91990000MA0000001B")]
