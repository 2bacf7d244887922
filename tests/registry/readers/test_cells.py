"""How each column is read."""

from __future__ import annotations

from datetime import date

import pytest

from jointsanction.model.subject import Related
from jointsanction.registry.readers.authorities import is_authority_of
from jointsanction.registry.readers.cells import cell_readers
from jointsanction.registry.readers.headers import header_words
from jointsanction.registry.readers.report import Fault
from jointsanction.terms import ListKind, Relation, RowStatus, Severity, SubjectKind, SubjectStatus

READERS = cell_readers(header_words().values)
PERSON = "990000199001011239"


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("severity", "serious", Severity.SERIOUS),
        ("severity", "严重", Severity.SERIOUS),
        ("severity", "一般失信", Severity.GENERAL),
        ("subject_kind", "个体工商户", SubjectKind.INDIVIDUAL_BUSINESS),
        ("subject_kind", "个体户", SubjectKind.INDIVIDUAL_BUSINESS),
        ("subject_kind", "Person", SubjectKind.PERSON),
        ("subject_kind", "法人及非法人组织", "unit"),
        ("subject_kind", "unit", "unit"),
        ("region", "９９００００", "990000"),
        ("name", " 恒泰物流（集团）有限公司 ", "恒泰物流（集团）有限公司"),
        ("former_names", "恒昌物流；恒顺物流;", ("恒昌物流", "恒顺物流")),
        ("valid_to", "长期", None),
        ("listed_on", "2024年3月1日", date(2024, 3, 1)),
        ("assessed_year", "２０２３ 年度", 2023),
        ("assessed_year", "2023", 2023),
        ("list_kind", "红名单", ListKind.RED),
        ("status", "撤消", RowStatus.REVOKED),
        ("subject_status", "吊销，未注销", SubjectStatus.REVOKED),
        ("subject_status", "吊销，已注销", SubjectStatus.DEREGISTERED),
        ("subject_status", "注销", SubjectStatus.DEREGISTERED),
        ("subject_status", "在营（开业）企业", SubjectStatus.IN_OPERATION),
        ("subject_status", "责令关闭", SubjectStatus.ORDERED_TO_CLOSE),
        ("subject_status", "撤销", SubjectStatus.CANCELLED),
        ("subject_status", "停业", SubjectStatus.SUSPENDED),
        ("subject_status", "moved-out", SubjectStatus.MOVED_OUT),
    ],
)
def test_a_cell_has_a_value(column: str, text: str, value: object) -> None:
    """Closed columns take our word or the statutory one; text stays as printed."""
    assert READERS[column](text) == value


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("severity", "seriuos", "cell.unknown_word"),
        ("severity", "非常可怕", "cell.unknown_word"),
        ("field", "非常可怕", "cell.unknown_word"),
        ("region", "41城", "cell.region"),
        ("name", "恒泰\ufffd有限公司", "cell.damaged"),
        ("former_names", "恒泰\ufffd", "cell.damaged"),
        ("assessed_year", "去年", "cell.year"),
        ("assessed_year", "1823", "cell.year"),
        ("status", "也许有效", "cell.unknown_word"),
    ],
)
def test_a_cell_that_says_something_else_is_told(column: str, text: str, code: str) -> None:
    """A word nobody knows is an error that does not repeat the cell."""
    found = READERS[column](text)
    assert isinstance(found, Fault)
    assert found.code == code
    assert text not in found.message


def test_a_near_word_is_offered() -> None:
    """A typing error gets the word that was probably meant."""
    found = READERS["severity"]("seriuos")
    assert isinstance(found, Fault)
    assert "“serious”（严重）" in found.message


def test_related_are_read() -> None:
    """The related column names who is tied to the listed, with the number by which he is found."""
    text = (
        '[{"relation": "legal-representative", "kind": "自然人", "name": "张三", "id": 990000199001011239,'
        ' "personally_responsible": true}, {"relation": "实际控制人", "name": "李四", "personally_responsible": "否"}]'
    )
    assert READERS["related"](text) == (
        Related(
            relation=Relation.LEGAL_REPRESENTATIVE,
            kind=SubjectKind.PERSON,
            name="张三",
            id=PERSON,
            personally_responsible=True,
        ),
        Related(relation=Relation.ACTUAL_CONTROLLER, name="李四", personally_responsible=False),
    )
    assert READERS["related"]("[]") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("法定代表人：张三", "related.json"),
        ('{"relation": "principal"}', "related.json"),
        ("[1]", "related.json"),
        ('[{"relation": "principal", "nom": "张三"}]', "related.key"),
        ('[{"name": "张三"}]', "related.relation"),
        ('[{"relation": "self", "name": "张三"}]', "related.relation"),
        ('[{"relation": "cousin", "name": "张三"}]', "related.relation"),
        ('[{"relation": "principal", "kind": "alien", "name": "张三"}]', "cell.unknown_word"),
        ('[{"relation": "principal"}]', "related.empty"),
        ('[{"relation": "principal", "id": "9.1E+17"}]', "id.lost_precision"),
        ('[{"relation": "principal", "id": "99000019900101123"}]', "related.id"),
        ('[{"relation": "principal", "kind": "person", "id": "91990000MA0000001B"}]', "related.id"),
    ],
)
def test_related_that_could_never_be_found_are_told(text: str, code: str) -> None:
    """A tie that can't be looked up would let somebody come out clear."""
    found = READERS["related"](text)
    assert isinstance(found, Fault)
    assert found.code == code
    assert "张三" not in found.message


@pytest.mark.parametrize(
    ("printed", "authority", "same"),
    [
        ("荥阳市人力资源和社会保障局", "县级以上人力资源社会保障行政部门", True),
        ("荥阳市人社局", "县级以上人力资源社会保障行政部门", True),
        ("国家税务总局荥阳市税务局", "税务机关", True),
        ("河南省荥阳市人民法院", "各级人民法院", True),
        ("荥阳市财政局", "财政部", True),
        ("测试市综合执法局", "地方政府", True),
        ("荥阳市税务局", "河南省有关国家机关", True),
        ("郑州海关", "海关总署", True),
        ("荥阳市税务局", "各级人民法院", False),
        ("荥阳市人民政府", "税务机关", False),
    ],
)
def test_an_authority_is_known_by_its_trade(printed: str, authority: str, same: bool) -> None:  # noqa: FBT001
    """谁认定: an office is named in full, in short and by its place; only another trade is worth a word."""
    assert is_authority_of(printed, [authority]) is same


def test_a_list_without_authority_says_nothing() -> None:
    """In doubt no warning."""
    assert is_authority_of("荥阳市税务局", [])
