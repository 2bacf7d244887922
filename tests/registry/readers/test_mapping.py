"""A mapping file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.mapping import FileMapping, load_mapping, read_mapping

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """\
list: BL.WAGE
columns:
  被列入单位: name
  信用码（18位）: uscc
defaults:
  designating_authority: 测试市人力资源和社会保障局
covers: [BL.WAGE, RL.TAXA]
regions: "990000"
covers_from: 2022-01-01
provider: 测试市信用办
"""


def test_a_mapping_says_how_a_file_is_read(tmp_path: Path) -> None:
    """One office's headers, defaults and declarations are data it writes itself."""
    path = tmp_path / "映射.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    assert load_mapping(path) == FileMapping(
        list="BL.WAGE",
        columns={"被列入单位": "name", "信用码18位": "uscc"},
        defaults={"designating_authority": "测试市人力资源和社会保障局"},
        covers=("BL.WAGE", "RL.TAXA"),
        regions=("990000",),
        covers_from=date(2022, 1, 1),
        provider="测试市信用办",
    )


def test_a_mapping_may_say_little() -> None:
    """Every key is optional."""
    assert read_mapping(b"provider: A\n", "m.yaml") == FileMapping(provider="A")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("colums: {}\n", "m.yaml:1:.*未知字段“colums”，您是否想写“columns”"),
        ("xyz: 1\n", "可用的有：list"),
        ("columns: {a: nam}\n", "“nam”不是可导入的列，您是否想写“name”"),
        ("defaults: {nam: a}\n", "您是否想写“name”"),
        ("columns: [a]\n", "映射"),
        ("list: [a]\n", "应为一个值"),
        ("regions: [9900]\n", "6 位"),
        ("covers_from: 2022年\n", "日期不完整"),
        ("list: a\nlist: b\n", "重复的键"),
        ("list: &a b\n", "锚点"),
        ("list: [\n", "m.yaml"),
        ("", "空"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, word: str) -> None:
    """A mapping decides what a column means, so nothing in it is guessed or passed over."""
    with pytest.raises(RegistryError, match=word) as caught:
        read_mapping(text.encode(), "m.yaml")
    assert caught.value.code == "registry.mapping"


def test_all_problems_are_told_at_once() -> None:
    """Whoever corrects the file corrects it once."""
    with pytest.raises(RegistryError) as caught:
        read_mapping(b"colums: {}\nregions: [9]\n", "m.yaml")
    assert len(caught.value.message.splitlines()) == 2


def test_a_mapping_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A path mistyped is an error and no empty mapping."""
    with pytest.raises(RegistryError, match="映射文件") as caught:
        load_mapping(tmp_path / "none.yaml")
    assert caught.value.code == "registry.no_file"
