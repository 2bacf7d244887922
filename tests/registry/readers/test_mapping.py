"""A mapping file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.schema import schemas
from jointsanction.errors import RegistryError
from jointsanction.registry.readers.mapping import (
    FileMapping,
    load_mapping,
    read_mapping,
    ready_mappings,
    refuse_unsound,
)
from jointsanction.terms import Column

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
        columns={"被列入单位": (Column.NAME,), "信用码（18位）": (Column.USCC,)},
        defaults={Column.DESIGNATING_AUTHORITY: "测试市人力资源和社会保障局"},
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
        ("colums: {}\n", "m.yaml:1:1: registry.mapping 未知字段 'colums'，您是否想写 'columns'"),
        ("xyz: 1\n", "未知字段 'xyz'"),
        ("columns: {a: nam}\n", "m.yaml:1:14: .*取值 'nam' 不在词表中，您是否想写 'name'（名称）"),
        ("columns: {a: [name, nam]}\n", "m.yaml:1:21: "),
        ("defaults: {nam: a}\n", "您是否想写 'name'"),
        ("defaults: {region: '99'}\n", r"m.yaml:1:20: .*defaults\.region：行政区划应为 6 位代码"),
        ("values: {subject_kind: {'1': persn}}\n", r"m.yaml:1:30: .*values\.subject_kind\.1：.*person"),
        ("columns: [a]\n", "映射"),
        ("list: [a]\n", "应为单个值"),
        ("regions: [9900]\n", "m.yaml:1:11: .*6 位"),
        ("covers_from: 2022年\n", "应为日期"),
        ("assessed: {begins: 02-29}\n", "每年都有这一天"),
        ("assessed: {begins: 4月}\n", "月-日"),
        ("assessed: {begins: 13-01}\n", "月-日"),
        ("assessed: {after: 1}\n", "缺少必填字段 'begins'"),
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
        read_mapping("colums: {}\ncovers_from: 2022年\n".encode(), "m.yaml")
    assert len(caught.value.message.splitlines()) == 2


def test_a_mapping_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A path mistyped is an error and no empty mapping."""
    with pytest.raises(RegistryError, match="映射文件") as caught:
        load_mapping(tmp_path / "none.yaml")
    assert caught.value.code == "registry.no_file"


def test_a_mapping_made_in_a_program_is_held_to_the_same() -> None:
    """A wrong default would be wrong in every row, whoever wrote it."""
    refuse_unsound(FileMapping(values={Column.LIST: {"8": "无"}, Column.SUBJECT_KIND: {"1": "unit"}}))
    with pytest.raises(RegistryError, match=r"defaults\.listed_on：日期不完整") as caught:
        refuse_unsound(FileMapping(defaults={Column.LISTED_ON: "2024年"}))
    assert caught.value.code == "registry.mapping"


@pytest.mark.parametrize("name", ready_mappings())
def test_every_ready_mapping_is_read_by_its_name(name: str) -> None:
    """The files that ship with the package are whole, say what they are for, and answer to either spelling."""
    found = load_mapping(name)
    assert found.title
    assert found.columns
    assert load_mapping(name.upper().replace("_", "-")) == found


@pytest.mark.parametrize(
    ("name", "word"), [("court-shixn-json", "您是否想写：court_shixin_json"), ("完全不同", "随附的有：ccgp_crlist、")]
)
def test_an_unknown_name_names_the_nearest(name: str, word: str) -> None:
    """Whoever mistypes a name is told the names there are, and how a file of his own is given."""
    with pytest.raises(RegistryError) as caught:
        load_mapping(name)
    assert caught.value.code == "registry.unknown_mapping"
    assert word in caught.value.hint
    assert "映射.yaml" in caught.value.hint


def test_the_spellings_of_headers_are_no_mapping() -> None:
    """headers.yaml lies beside the mappings and is none."""
    assert "headers" not in ready_mappings()


def test_a_file_of_that_name_goes_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is there is what was meant."""
    (tmp_path / "gsxt_jyyc").write_text("provider: 甲\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_mapping("gsxt_jyyc").provider == "甲"


def test_editors_know_the_words_of_a_mapping() -> None:
    """The schema is made from what the loader reads by."""
    properties = schemas()["mapping"]["properties"]
    assert set(properties) == set(FileMapping.model_fields)
    assert "published_on" in str(properties["columns"])
