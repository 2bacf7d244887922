"""Strict YAML: what an editor's schema can't see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.catalog.reading.dates import parse_day
from jointsanction.catalog.reading.yaml_text import (
    MAX_BYTES,
    MAX_NODES,
    ListNode,
    MapNode,
    Place,
    TextNode,
    node_at,
    place_of,
    read_yaml,
)
from jointsanction.errors import MissingExtraError

if TYPE_CHECKING:
    from jointsanction.catalog.reading.yaml_text import Document


def read(text: str) -> Document:
    """Read a text as an author's file."""
    return read_yaml(text.encode(), "a.yaml")


@pytest.mark.parametrize("word", ["NO", "off", "010", "12:30", "0123456789", "1.10", "2016-08-30", "91990000E12345678"])
def test_nothing_is_guessed_from_a_text(word: str) -> None:
    """A code of digits stays a code, a `no` stays a word."""
    root = read(f"a: {word}").root
    assert root is not None
    assert root.entries["a"].value == TextNode(word, True, Place(1, 4))  # noqa: FBT003 - plain


def test_every_key_and_value_has_its_place() -> None:
    """Lines and columns count from one, columns in characters and not in bytes."""
    root = read("名称: 甲\nb:\n  - 丙\n  - {丁: 戊}\n").root
    assert root is not None
    assert root.entries["名称"].key == Place(1, 1)
    assert root.entries["名称"].value.place == Place(1, 5)
    assert place_of(root, ("b", 1, "丁")) == Place(4, 9)
    assert isinstance(root.entries["b"].value, ListNode)
    assert isinstance(node_at(root, ("b", 1))[0], MapNode)
    assert place_of(root, ("b", 7, "nothing")) == Place(3, 3)


@pytest.mark.parametrize("text", ["a:", "a: ~", "a: null"])
def test_only_what_is_plainly_absent_is_absent(text: str) -> None:
    """A quoted `~` is a text."""
    root = read(text).root
    quoted = read("a: '~'").root
    assert root is not None
    assert quoted is not None
    assert isinstance(root.entries["a"].value, TextNode)
    assert isinstance(quoted.entries["a"].value, TextNode)
    assert root.entries["a"].value.is_null
    assert not quoted.entries["a"].value.is_null


def test_a_byte_order_mark_is_no_mistake() -> None:
    """Editors on Windows write one."""
    document = read_yaml(b"\xef\xbb\xbfa: 1\n", "a.yaml")
    assert document.root is not None
    assert document.root.entries["a"].key == Place(1, 1)


def test_another_encoding_is_refused_at_its_byte() -> None:
    """A file in GBK would read as garbage."""
    raw = b"id: x\ntitle: " + "法".encode("gbk")
    (problem,) = read_yaml(raw, "a.yaml").problems
    assert (problem.code, problem.line, problem.column) == ("catalog.encoding", 2, 8)
    assert "第 13 字节" in problem.message


def test_an_empty_file_is_refused() -> None:
    """A file that says nothing is a file half written."""
    assert [problem.code for problem in read("# 只有注释\n").problems] == ["catalog.empty_file"]


def test_caps_end_the_reading() -> None:
    """No file of a catalogue is as large as that."""
    assert [problem.code for problem in read_yaml(b"#" * (MAX_BYTES + 1), "a.yaml").problems] == ["catalog.too_large"]
    flood = "a: [" + "1," * MAX_NODES + "]"
    assert [problem.code for problem in read(flood).problems] == ["catalog.too_many_nodes"]


def test_an_alias_bomb_ends_at_its_first_alias() -> None:
    """Aliases are refused before anything could be multiplied."""
    bomb = "a: &a [1, 1]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    codes = [problem.code for problem in read(bomb).problems]
    assert codes == ["catalog.anchor", "catalog.anchor", "catalog.alias"]


@given(st.text(alphabet="ab:：-[]{}'\"#&*!|>%@~, \t\n", max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever an editor leaves behind comes out as nodes or as problems with a place."""
    document = read(text)
    assert document.root is not None or document.problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in document.problems)


def test_an_unknown_complaint_is_passed_on() -> None:
    """What the parser says and nobody foresaw still names a line."""
    (problem,) = read("a: 1\n... x\n").problems
    assert (problem.code, problem.line) == ("catalog.yaml_syntax", 2)


def test_the_slow_parser_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without libyaml loading would take six times as long, and nobody would see why."""
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    with pytest.raises(MissingExtraError) as caught:
        read("a: 1")
    assert caught.value.code == "catalog.no_libyaml"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-12-16", date(2021, 12, 16)),
        ("2021年12月16日", date(2021, 12, 16)),
        ("2021年1月6日", date(2021, 1, 6)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-02-29", None),
        ("20190430", None),
        ("2019-4-30", None),
        ("2019/04/30", None),
        ("1600000000", None),
        ("二〇二一年", None),
    ],
)
def test_a_day_is_written_out_or_refused(text: str, day: date | None) -> None:
    """Eight digits may be a document number, ten an epoch; neither is a day."""
    assert parse_day(text) == day
