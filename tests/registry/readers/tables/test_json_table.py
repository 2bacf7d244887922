"""JSON and JSONL become rows of text."""

from __future__ import annotations

import pytest

from jointsanction.errors import RegistryError
from jointsanction.model.mapping import FileMapping
from jointsanction.registry.readers.tables.json_table import read_json, read_jsonl

KNOWN = frozenset({"list", "name", "uscc", "related"}).__contains__


def test_numbers_stay_as_written() -> None:
    """Eighteen digits are more than a float holds: no digit of an identifier may be lost."""
    table = read_json('[{"name": "甲", "uscc": 911299001234567890, "rate": 1.10, "ok": true, "none": null}]', KNOWN)
    assert table.headers == ("name", "uscc", "rate", "ok", "none")
    assert table.rows == ((1, ("甲", "911299001234567890", "1.10", "true", "")),)


def test_objects_need_not_have_equal_keys() -> None:
    """A key that an object leaves out says nothing."""
    table = read_json('[{"name": "甲"}, {"list": "BL.TAX"}]', KNOWN)
    assert [cells for _, cells in table.rows] == [("甲", ""), ("", "BL.TAX")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('{"code": 200, "data": {"list": [{"name": "甲"}, {"name": "乙"}], "total": 2}}', 2),
        ("[]", 0),
        ('{"list": "BL.TAX", "name": "甲", "related": [{"relation": "principal", "name": "乙"}]}', 1),
        ('{"iname": "甲"}', 1),
        ('{"code": 200, "page": {"now": 1}, "data": [{"name": "甲"}]}', 1),
        ('{"columns": [{"id": 1}, {"id": 2}, {"id": 3}], "data": [{"name": "甲", "uscc": "乙"}]}', 1),
    ],
)
def test_the_array_is_found_where_registers_put_it(text: str, rows: int) -> None:
    """Registers wrap their rows; an object with our headers is a row itself and its related are no table."""
    assert len(read_json(text, KNOWN).rows) == rows


def test_related_stay_json() -> None:
    """A list inside a row is a cell of JSON text."""
    table = read_json('[{"name": "甲", "related": [{"relation": "principal", "id": 990000199001011239}]}]', KNOWN)
    assert table.rows[0][1][1] == '[{"relation": "principal", "id": "990000199001011239"}]'


def test_lines_carry_their_numbers() -> None:
    """A row of JSONL is found by its line."""
    table = read_jsonl('{"name": "甲"}\n\n{"name": "乙"}\n', KNOWN)
    assert [number for number, _ in table.rows] == [1, 3]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('[{"name": "甲"}', "第 1 行第 1[0-9] 列"),
        ('[{"name": "甲", "name": "乙"}]', "重复的键“name”"),
        ("[" * 100_000, "嵌套过深"),
    ],
)
def test_what_is_no_whole_json_is_refused(text: str, word: str) -> None:
    """A cut-off download is no list; of two equal keys nobody knows which is meant."""
    with pytest.raises(RegistryError, match=word) as caught:
        read_json(text, KNOWN)
    assert caught.value.code == "registry.json"


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [{"x": 1}], "b": [{"y": 2}]}',
        "[1, 2]",
        '{"a": {"b": {"c": {"d": {"name": "甲", "list": "乙"}}}}}',
        '"甲"',
    ],
)
def test_what_is_no_list_of_objects_is_refused(text: str) -> None:
    """Nobody guesses which of two arrays is the list, and a list of numbers is none."""
    with pytest.raises(RegistryError, match="没有记录数组") as caught:
        read_json(text, KNOWN)
    assert caught.value.code == "registry.no_records"


@pytest.mark.parametrize(
    ("text", "word"), [('{"name": "甲"}\n{"na', "第 2 行第"), ('{"name": "甲"}\n[1]', "第 2 行不是")]
)
def test_a_broken_line_is_refused_with_its_number(text: str, word: str) -> None:
    """The last line of a cut-off file is never whole."""
    with pytest.raises(RegistryError, match=word):
        read_jsonl(text, KNOWN)


def test_an_answer_of_a_failed_interface_is_no_empty_list() -> None:
    """An empty table inside an object is what a failed interface sends: it must not declare that nobody is listed."""
    with pytest.raises(RegistryError) as refused:
        read_json('{"code": 500, "message": "error", "data": []}', lambda header: header == "name")
    assert refused.value.code == "registry.empty"


def test_half_a_character_is_refused() -> None:
    """A lone surrogate can be read and never written again."""
    with pytest.raises(RegistryError) as refused:
        read_json('[{"name": "\\ud800甲"}]', lambda header: header == "name")
    assert refused.value.code == "registry.json"


def nested(**more: object) -> FileMapping:
    """Return a mapping that says where the records are."""
    return FileMapping.model_validate(more)


def test_a_mapping_says_where_the_records_are() -> None:
    """A path names the last steps to the records; arrays on the way add none, names are compared by their letters."""
    text = '[{"Data": {"list": [{"name": "甲"}]}}, {"data": {"list": [{"name": "乙"}], "other": [{"name": "丙"}]}}]'
    table = read_json(text, KNOWN, nested(records="data.list"))
    assert [cells for _, cells in table.rows] == [("甲",), ("乙",)]


def test_records_inherit_what_stands_above_them() -> None:
    """A register prints list and batch once, above its records; a record's own word goes before."""
    text = '{"list": "BL.TAX", "page": 1, "rows": [{"name": "甲"}, {"name": "乙", "list": "BL.GPC"}]}'
    table = read_json(text, KNOWN, nested(records="rows", inherit="LIST"))
    assert table.headers == ("list", "name")
    assert [cells for _, cells in table.rows] == [("BL.TAX", "甲"), ("BL.GPC", "乙")]


def test_nothing_where_the_mapping_points_is_no_empty_list() -> None:
    """A wrong path, or an answer without records, must not declare that nobody is listed."""
    with pytest.raises(RegistryError, match=r"“data\.rows”处没有任何记录") as refused:
        read_json('{"data": {"list": [{"name": "甲"}]}}', KNOWN, nested(records="data.rows"))
    assert refused.value.code == "registry.empty"


def test_the_walk_ends_somewhere() -> None:
    """A file nested for ever is no reason to be."""
    with pytest.raises(RegistryError, match="没有任何记录"):
        read_json('{"a": ' * 50 + '{"rows": {"name": "甲"}}' + "}" * 50, KNOWN, nested(records="rows"))


def test_titled_contents_become_columns() -> None:
    """Registers keep further items of a record as titles with contents; what has no title is nobody's."""
    text = (
        '[{"name": "甲", "items": [{"title": "uscc ", "content": "乙"}, {"title": "", "content": "丙"}, "丁"]},'
        ' {"name": "戊", "items": {"title": "uscc", "content": "己"}}]'
    )
    pairs = {"each": "items", "name": "title", "content": "content"}
    table = read_json(text, KNOWN, nested(pairs=pairs))
    assert (table.headers, [cells for _, cells in table.rows]) == (("name", "uscc"), [("甲", "乙"), ("戊", "己")])
    assert read_jsonl('{"name": "甲", "items": []}', KNOWN, nested(pairs=pairs)).headers == ("name",)


def test_a_part_is_read_under_its_whole() -> None:
    """A party of a record has its name under `party.name`, when that is a header we know; other parts stay JSON."""
    known = frozenset({"party.name"}).__contains__
    table = read_json('[{"party": {"name": "甲", "age": 1}, "more": {"x": 1}}]', known)
    assert table.headers == ("party.name", "party.age", "more")
    assert table.rows[0][1] == ("甲", "1", '{"x": "1"}')
