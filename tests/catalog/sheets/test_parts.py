"""Corners of sheets: cells, the tree of matters, files, citations."""

from __future__ import annotations

from datetime import date

import pytest

from jointsanction.catalog.reading.shapes import Shape, shapes_of
from jointsanction.catalog.reading.yaml_text import ListNode, MapNode, Place, TextNode
from jointsanction.catalog.sheets.cells import CellError, cell_node, cell_text
from jointsanction.catalog.sheets.five import five_columns
from jointsanction.catalog.sheets.matter_tree import tree_of
from jointsanction.catalog.sheets.write import sheet_rows
from jointsanction.catalog.sheets.yaml_files import short, yaml_files
from jointsanction.model.catalogue import (
    Basis,
    Catalog,
    Derivation,
    Duration,
    Grants,
    IncentiveCondition,
    Instrument,
    ListType,
    Matter,
    Measure,
)
from jointsanction.terms import Carries, Level, MatterKind, Role, TextState

HERE = Place(3, 4)
YEARS = shapes_of(Duration)["years"]
SCOPE = shapes_of(ListType)["scope"]
VALUE = shapes_of(Derivation)["value"]


def matter(code: str, *parents: str, **more: object) -> Matter:
    """Return a matter."""
    said = {"title": code, "kind": MatterKind.RIGHT, "default_role": Role.APPLICANT, **more}
    return Matter.model_validate({"code": code, "parents": parents, **said})


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (3, YEARS, "3"),
        ([1, 3], YEARS, "1\n3"),
        ("national", SCOPE, "全国"),
        (["990000"], SCOPE, "990000"),
        (["990000", "990100"], SCOPE, "990000\n990100"),
        (True, VALUE, "true"),
        ("true", VALUE, '"true"'),
        (True, Shape(scalars=frozenset({"bool"})), "是"),
        ([], SCOPE, "（空）"),
    ],
)
def test_a_cell_says_which_of_several_forms_is_meant(value: object, shape: Shape, text: str) -> None:
    """One number or two, a word or a list of one: the text tells, and reads back as what it was."""
    assert cell_text(value, shape) == text
    node = cell_node(text, shape, HERE)
    assert node.place == HERE
    items = [item.text for item in node.items if isinstance(item, TextNode)] if isinstance(node, ListNode) else None
    if isinstance(value, list):
        assert items == [str(each) for each in value]
    else:
        assert isinstance(node, TextNode)
        assert node.text == (value if isinstance(value, str) else str(value).lower())


def test_yaml_in_a_cell_stands_where_the_cell_stands() -> None:
    """A part of a part is YAML of one line; whatever is wrong in it is wrong in the cell."""
    shape = shapes_of(Measure)["basis"]
    node = cell_node("{instrument: a, carries: sets}\n\n{instrument: b}", shape, HERE)
    assert isinstance(node, ListNode)
    first, second = node.items
    assert isinstance(first, MapNode)
    assert isinstance(second, MapNode)
    assert [entry.value.place for entry in (*first.entries.values(), *second.entries.values())] == [HERE] * 3
    assert cell_node("[]", shape, HERE) == ListNode((), HERE)
    for wrong in ("{", "{a: 1, a: 2}", "&a b"):
        with pytest.raises(CellError):
            cell_node(wrong, shape, HERE)


def test_the_tree_says_nothing_twice_and_inherits_nothing_by_mistake() -> None:
    """A node below one that grants, windows or gives roles can't be without them: it stands by itself then."""
    window = {"dates": ["notice"], "decides": "notice"}
    roles = {"agency": {"kind": "engagement", "granted_by": "law"}}
    one = matter("A", window=window, roles=roles, fields=["food"])
    same = matter("A.B", "A", "X", window=window, roles=roles, fields=["food"])
    other = matter("A.C", "A", kind=MatterKind.MARKET, window=window, fields=[], note="甲", roles={
        **roles, "bidder": {"kind": "right"}
    })  # fmt: skip
    tree = tree_of({one.code: one, same.code: same, other.code: other, "A.D": matter("A.D", "A")})
    assert list(tree) == ["A", "A.D"]
    assert tree["A"]["children"]["A.B"] == {"title": "A.B", "also_under": ["X"]}
    assert tree["A"]["children"]["A.C"] == {
        "title": "A.C", "kind": "market", "fields": [], "roles": {"bidder": {"kind": "right"}}, "note": "甲",
    }  # fmt: skip
    assert tree["A.D"]["also_under"] == ["A"]


def test_the_tree_does_not_nest_without_end() -> None:
    """The reader refuses files nested too deep, so what lies lower names its place."""
    codes = ["A", "A.B", "A.B.C", "A.B.C.D", "A.B.C.D.E", "A.B.C.D.E.F", "A.B.C.D.E.F.G"]
    chain = {code: matter(code, *([code.rpartition(".")[0]] if "." in code else [])) for code in codes}
    tree = tree_of(chain)
    assert list(tree) == ["A", "A.B.C.D.E.F"]
    assert tree["A.B.C.D.E.F"]["also_under"] == ["A.B.C.D.E"]
    assert list(tree["A.B.C.D.E.F"]["children"]) == ["A.B.C.D.E.F.G"]


def test_short_forms_leave_nothing_out() -> None:
    """A word for a mapping only where the mapping says no more."""
    shape = shapes_of(Measure)["conditions"]
    conditions = [
        IncentiveCondition.model_validate(each)
        for each in ({"condition": "commitment"}, {"condition": "clean-period", "years": 3}, {
            "condition": "meets", "years": 1, "text": "甲"
        })
    ]  # fmt: skip
    said = [each.model_dump(mode="json", exclude_defaults=True) for each in conditions]
    assert short(said, shape) == [
        "commitment", {"clean-period": 3}, {"condition": "meets", "years": 1, "text": "甲"},
    ]  # fmt: skip


def test_an_incentive_that_gives_nothing_in_figures_stays_one() -> None:
    """An empty mapping is not none: the first of its columns says so."""
    measure = Measure.model_validate(
        {
            "id": "a", "title": "甲", "effect": "incentive", "degree": "simplify", "binding": "may",
            "trigger": "commitment", "targets": {}, "grants": {}, "bears": [], "matters": ["A"], "basis": [],
            "implementing_authority": ["乙"], "duty": "丙", "layer": "990000",
        }
    )  # fmt: skip
    heads, row = sheet_rows({"measures": [measure]})["措施清单"]
    said = dict(zip(heads, row, strict=True))
    assert [head for head, text in said.items() if text == "（空）"] == ["惩戒、激励对象·名单", "激励参数·办理时限系数"]
    assert said["地方目录"] == "990000"
    assert measure.grants == Grants()
    (path,) = yaml_files({"measures": [measure]})
    assert path == "measures/local/990000/incentive/a.yaml"
    assert yaml_files({"groups": [], "matters": []}) == {}


@pytest.mark.parametrize(
    ("basis", "cited"),
    [
        ({}, "《甲》（国办发〔2020〕1号）"),
        ({"article": "22", "paragraph": 1, "item": "5"}, "《甲》（国办发〔2020〕1号）第二十二条第一款第（五）项"),
        ({"article": "22", "item": "甲"}, "《甲》（国办发〔2020〕1号）第二十二条第甲项"),
        ({"article": "二（三）5"}, "《甲》（国办发〔2020〕1号）第二部分第（三）项第5目"),
        ({"article": "（十一）"}, "《甲》（国办发〔2020〕1号）第（十一）条"),
        ({"article": "三"}, "《甲》（国办发〔2020〕1号）第三部分"),
        ({"article": "附件1"}, "《甲》（国办发〔2020〕1号）附件1"),
    ],
)
def test_places_are_printed_as_instruments_are_cited(basis: dict[str, object], cited: str) -> None:
    """The fourth column is for lawyers, and `catalog draft` reads it."""
    instrument = Instrument(
        id="a", title="甲", document_number="国办发〔2020〕1号", level=Level.LAW, valid_from=date(2020, 1, 1)
    )
    resting = Basis.model_validate({"instrument": "a", "carries": Carries.SETS, "text": TextState.VERIFIED, **basis})
    measure = Measure.model_validate(
        {
            "id": "m", "title": "乙", "effect": "restriction", "item": "market-access", "degree": "prohibit",
            "binding": "must", "trigger": "act", "targets": {"acts": ["criminal-sentence"]}, "bears": ["self"],
            "matters": [], "basis": [resting.model_dump()], "implementing_authority": ["丙", "丁"], "duty": "戊",
        }
    )  # fmt: skip
    rows = five_columns([measure], Catalog(instruments={"a": instrument}))["惩戒措施清单"]
    assert rows[1][3:] == [cited, "丙、丁"]
