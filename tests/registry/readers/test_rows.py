"""A row of text becomes a listing, or is refused with every reason at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointsanction.model.mapping import FileMapping
from jointsanction.model.subject import Listing, Related
from jointsanction.registry.readers.headers import header_words
from jointsanction.registry.readers.layout import Layout
from jointsanction.registry.readers.lists import ListFinder
from jointsanction.registry.readers.rows import RowReader
from jointsanction.terms import Field as FieldTerm
from jointsanction.terms import Ground, Relation, Severity, Size, SubjectKind, SubjectStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.model.catalogue import Catalog
    from jointsanction.registry.readers.rows import RowReading

SOUND = "91990000MA0000001B"
PERSON = "990000199001011239"
WHOLE = {
    "list": "拖欠农民工工资失信联合惩戒对象名单",
    "name": "恒泰物流有限公司",
    "uscc": SOUND,
    "listed_on": "2024年3月1日",
    "instrument_no": "测人社列字〔2024〕1号",
    "instrument_date": "20240301",
    "designating_authority": "测试市人力资源和社会保障局",
}


def read(
    catalog: Catalog,
    cells: Mapping[str, str],
    *,
    only: str | None = None,
    defaults: Mapping[str, str] | None = None,
    **plan: object,
) -> RowReading:
    """Read one row of the cells given."""
    reader = RowReader(
        laid_out(*cells, defaults=dict(defaults or {}), **plan),
        ListFinder(catalog),
        only_list=None if only is None else catalog.lists[only],
        values=header_words().values,
    )
    return reader.read(7, list(cells.values()))


def laid_out(*columns: str, **plan: object) -> Layout:
    """Return the layout of a file that has these columns in this order, and a mapping."""
    return Layout(
        columns={column: (place,) for place, column in enumerate(columns)}, plan=FileMapping.model_validate(plan)
    )


def codes(reading: RowReading, level: str = "error") -> list[str]:
    """Return the codes of the problems of a level."""
    return [problem.code for problem in reading.problems if problem.level == level]


def listing(reading: RowReading) -> Listing:
    """Return the listing, which there must be."""
    assert reading.listing is not None
    return reading.listing


def test_every_column_arrives(catalog: Catalog) -> None:
    """The canonical columns become the listing, each in its own type, with the row it came from."""
    further = {
        "subject_kind": "企业",
        "resident_id": "",
        "other_id": "/",
        "announced_on": "2024-02-01",
        "valid_to": "2027.2.28",
        "removed_on": "2025/6/1",
        "removal_reason": "信用修复",
        "removal_authority": "测试市人社局",
        "published_on": "2024-03-02",
        "publishing_authority": "信用中国（测试）",
        "region": "990000",
        "severity": "严重",
        "field": "labour",
        "ground": "弄虚作假",
        "size": "large",
        "subject_status": "存续（在营、开业、在册）",
        "grade": "D",
        "related": '[{"relation": "principal", "name": "张三"}]',
        "source": "信用中国（测试）",
        "former_names": "恒昌物流有限公司；恒顺物流有限公司",
    }
    reading = read(catalog, WHOLE | further)
    assert reading.problems == ()
    assert listing(reading) == Listing(
        list="BL.WAGE",
        subject_kind=SubjectKind.ENTERPRISE,
        name="恒泰物流有限公司",
        uscc=SOUND,
        announced_on=date(2024, 2, 1),
        listed_on=date(2024, 3, 1),
        valid_to=date(2027, 2, 28),
        removed_on=date(2025, 6, 1),
        removal_reason="信用修复",
        removal_authority="测试市人社局",
        published_on=date(2024, 3, 2),
        publishing_authority="信用中国（测试）",
        instrument_no="测人社列字〔2024〕1号",
        instrument_date=date(2024, 3, 1),
        designating_authority="测试市人力资源和社会保障局",
        region="990000",
        severity=Severity.SERIOUS,
        field=FieldTerm.LABOUR,
        ground=Ground.FRAUD,
        size=Size.LARGE,
        subject_status=SubjectStatus.IN_OPERATION,
        grade="D",
        related=(Related(relation=Relation.PRINCIPAL, name="张三"),),
        source="信用中国（测试）",
        former_names=("恒昌物流有限公司", "恒顺物流有限公司"),
        row=7,
    )


def test_a_status_that_nobody_knows_stays_unknown(catalog: Catalog) -> None:
    """登记状态 restricts nobody: a word for it that could mean anything is told, never guessed, and refuses no row."""
    for text in ("正常", "吊消", "\ufffd"):
        reading = read(catalog, WHOLE | {"subject_status": text})
        assert listing(reading).subject_status is None
        assert codes(reading, "warning") == ["row.status_unknown"]
    assert listing(read(catalog, WHOLE | {"subject_status": "/"})).subject_status is None


def test_every_reason_is_told_at_once(catalog: Catalog) -> None:
    """Whoever corrects a row corrects it once."""
    reading = read(catalog, WHOLE | {"list": "无名榜单", "uscc": "9.1E+17", "listed_on": "2024年3月"})
    assert reading.listing is None
    assert sorted(codes(reading)) == ["date.incomplete", "id.lost_precision", "list.unknown"]
    assert {problem.row for problem in reading.problems} == {7}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"name": "", "uscc": ""}, "row.nobody"),
        ({"name": "", "uscc": "91990000MA0000001"}, "row.nobody"),
        ({"listed_on": ""}, "row.undated"),
        ({"valid_to": "2024-02-29"}, "row.date_order"),
        ({"removed_on": "2024-02-29"}, "row.date_order"),
        ({"list": ""}, "row.no_list"),
        ({"list": "养犬名单"}, "list.forbidden"),
        ({"legal_representative_id": "99000019900101123"}, "related.id"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused(catalog: Catalog, cells: dict[str, str], code: str) -> None:
    """A row about nobody, of no day, ended before it began, or of no list would answer wrongly or never."""
    reading = read(catalog, WHOLE | cells)
    assert reading.listing is None
    assert codes(reading) == [code]


def test_a_removal_on_the_day_of_listing_is_possible(catalog: Catalog) -> None:
    """`removed_on` is the first day free: a listing undone the same day never bound."""
    assert listing(read(catalog, WHOLE | {"removed_on": "2024-03-01"})).removed_on == date(2024, 3, 1)


def test_a_prior_notice_is_taken_in(catalog: Catalog) -> None:
    """事前告知: announced is not listed, and is told apart later; the row is no error."""
    row = listing(read(catalog, WHOLE | {"listed_on": "", "announced_on": "2024-02-01"}))
    assert (row.announced_on, row.listed_on) == (date(2024, 2, 1), None)


def test_a_row_without_a_document_is_taken_in_and_told(catalog: Catalog) -> None:
    """国办发〔2020〕49号: without a document of legal effect a row may be held but is no ground for a measure."""
    bare = WHOLE | {"instrument_no": "", "instrument_date": "", "designating_authority": ""}
    reading = read(catalog, bare)
    assert listing(reading).instrument_no is None
    assert codes(reading, "warning") == ["row.unsupported", "row.no_instrument_date", "row.no_authority"]
    assert "不得作为惩戒依据" in reading.problems[0].message
    red = read(catalog, bare | {"list": "RL.TAXA", "designating_authority": "测试市税务局"})
    assert codes(red, "warning") == []


def test_a_row_signed_by_another_authority_is_refused(catalog: Catalog) -> None:
    """谁监管、谁认定: a list of the labour authority is not a court's to enter anybody on."""
    cells = WHOLE | {"designating_authority": "测试市人民法院"}
    reader = RowReader(laid_out(*cells), ListFinder(catalog))
    readings = [reader.read(row, list(cells.values())) for row in (2, 3)]
    assert [(each.listing, codes(each, "error")) for each in readings] == [(None, ["row.other_authority"])] * 2
    assert "公示单位" in readings[0].problems[0].message


def test_an_authority_of_an_unknown_trade_is_told_once(catalog: Catalog) -> None:
    """Nobody can say whose trade 测试局 is of: worth one look, not ten thousand lines."""
    cells = WHOLE | {"designating_authority": "测试局"}
    reader = RowReader(laid_out(*cells), ListFinder(catalog))
    told = [codes(reader.read(row, list(cells.values())), "warning") for row in (2, 3)]
    assert told == [["row.authority"], []]


def test_a_row_belongs_to_the_list_asked_for(catalog: Catalog) -> None:
    """--list names the list of rows that name none; a row that names another one is a mistake of somebody."""
    cells = {column: text for column, text in WHOLE.items() if column != "list"}
    assert listing(read(catalog, cells, only="BL.WAGE")).list == "BL.WAGE"
    assert codes(read(catalog, WHOLE, only="BL.SXBZXR")) == ["row.other_list"]
    unknown = read(catalog, WHOLE | {"list": "无名榜单"}, only="BL.WAGE")
    assert (unknown.list, codes(unknown)) == ("BL.WAGE", ["list.unknown"])


@pytest.mark.parametrize(
    ("cells", "kind", "told"),
    [
        ({"subject_kind": "企业"}, SubjectKind.ENTERPRISE, []),
        ({"subject_kind": ""}, SubjectKind.ENTERPRISE, []),
        ({"subject_kind": "法人"}, SubjectKind.ENTERPRISE, []),
        ({"subject_kind": "自然人"}, SubjectKind.ENTERPRISE, ["row.kind_differs"]),
        ({"subject_kind": "企业", "uscc": "", "resident_id": PERSON}, SubjectKind.PERSON, ["row.kind_differs"]),
        ({"subject_kind": "个体工商户", "uscc": "", "resident_id": PERSON}, SubjectKind.INDIVIDUAL_BUSINESS, []),
        ({"subject_kind": "企业", "uscc": ""}, SubjectKind.ENTERPRISE, []),
        ({"uscc": ""}, None, []),
        ({"uscc": "", "list": "RL.TAXA", "designating_authority": "税务局"}, SubjectKind.ENTERPRISE, []),
        ({"uscc": "", "list": "BL.SXBZXR", "designating_authority": "测试市人民法院"}, None, []),
    ],
)
def test_the_kind_comes_from_column_number_or_list(
    catalog: Catalog, cells: dict[str, str], kind: SubjectKind | None, told: list[str]
) -> None:
    """The column says the kind, else the number, else a list that takes one kind only; a contradiction is told."""
    reading = read(catalog, WHOLE | cells)
    assert listing(reading).subject_kind is kind
    assert codes(reading, "warning") == told


def test_a_legal_representative_of_his_own_columns_is_related(catalog: Catalog) -> None:
    """双公示 tables print 法定代表人 and his number in columns of their own; his number then finds the unit's row."""
    cells = {
        "related": '[{"relation": "实际控制人", "name": "李四"}]',
        "legal_representative": "张三",
        "legal_representative_id": PERSON,
    }
    row = listing(read(catalog, WHOLE | cells))
    assert row.related == (
        Related(relation=Relation.ACTUAL_CONTROLLER, name="李四"),
        Related(relation=Relation.LEGAL_REPRESENTATIVE, kind=SubjectKind.PERSON, name="张三", id=PERSON),
    )


def test_others_of_their_own_columns_are_related(catalog: Catalog) -> None:
    """安全生产 names the 主要负责人, 税务 whoever is directly responsible for the accounts."""
    cells = {"principal": "张三", "principal_id": PERSON, "directly_responsible": "李四"}
    assert listing(read(catalog, WHOLE | cells)).related == (
        Related(relation=Relation.PRINCIPAL, kind=SubjectKind.PERSON, name="张三", id=PERSON),
        Related(relation=Relation.DIRECTLY_RESPONSIBLE, kind=SubjectKind.PERSON, name="李四"),
    )
    assert codes(read(catalog, WHOLE | {"principal_id": "99000019900101123"})) == ["related.id"]


LISTED, GONE = date(2024, 3, 1), date(2024, 9, 1)


@pytest.mark.parametrize(
    ("cells", "removed", "reason", "told"),
    [
        ({"status": "正常"}, None, None, []),
        ({"status": "异议"}, None, None, ["row.noted"]),
        ({"status": "撤消"}, LISTED, "撤销", ["row.revoked"]),
        ({"status": "撤销", "removal_reason": "复议"}, LISTED, "复议", ["row.revoked"]),
        ({"status": "撤销", "removed_on": "2024-09-01"}, GONE, None, []),
        ({"status": "注销", "status_on": "2024-09-01"}, GONE, None, ["row.ended"]),
        ({"status": "注销", "valid_to": "2024-09-01"}, None, None, []),
        ({"status": "已移出", "removed_on": "2024-09-01", "status_on": "去年"}, GONE, None, []),
        ({"status": "正常", "status_on": "去年"}, None, None, []),
    ],
)
def test_a_status_becomes_an_end(
    catalog: Catalog, cells: dict[str, str], removed: date | None, reason: str | None, told: list[str]
) -> None:
    """行政处罚法48: what was revoked is withdrawn and never had effect; what ended did so on a day."""
    reading = read(catalog, WHOLE | cells)
    assert (listing(reading).removed_on, listing(reading).removal_reason) == (removed, reason)
    assert codes(reading, "warning") == told


@pytest.mark.parametrize("cells", [{"status": "已移出"}, {"status": "已移出", "status_on": "去年"}])
def test_an_end_without_a_day_is_refused(catalog: Catalog, cells: dict[str, str]) -> None:
    """Taken for standing it would bind whoever is free, taken for ended since ever it would free whoever was bound."""
    assert codes(read(catalog, WHOLE | cells)) == ["row.removal_undated"]


def test_a_revoked_notice_was_never_a_listing(catalog: Catalog) -> None:
    """事前告知 withdrawn: there is no day of listing for it to end on."""
    cells = {"listed_on": "", "announced_on": "2024-02-01", "status": "撤销", "valid_to": "2024-09-01"}
    assert listing(read(catalog, WHOLE | cells)).removed_on is None


@pytest.mark.parametrize(
    ("code", "said", "refused"),
    [
        ("BL.WAGE", "黑名单", []),
        ("BL.SXBZXR", "失信惩戒", []),
        ("BL.WAGE", "重点关注", []),
        ("RL.TAXA", "红名单", []),
        ("BL.WAGE", "守信激励", ["row.list_kind"]),
        ("RL.TAXA", "黑名单", ["row.list_kind"]),
        ("BL.WAGE", "行政处罚", ["row.list_kind"]),
        ("BL.WAGE", "蓝名单", ["cell.unknown_word"]),
    ],
)
def test_a_red_row_belongs_on_no_black_list(catalog: Catalog, code: str, said: str, refused: list[str]) -> None:
    """信用中国 prints red, black and watched rows in one form: the class and the list must agree."""
    assert codes(read(catalog, WHOLE | {"list": code, "list_kind": said, "designating_authority": ""})) == refused


def test_the_sort_of_a_row_of_no_list_says_nothing(catalog: Catalog) -> None:
    """An unknown list is one reason enough."""
    assert codes(read(catalog, WHOLE | {"list": "无名榜单", "list_kind": "红名单"})) == ["list.unknown"]


def test_defaults_fill_what_a_row_leaves_empty(catalog: Catalog) -> None:
    """A mapping says once what holds for every row; what a row says itself goes before."""
    defaults = {"designating_authority": "测试市人社局", "region": "990000", "list": "BL.WAGE"}
    row = listing(read(catalog, WHOLE | {"list": "无", "region": "--"}, defaults=defaults))
    assert (row.designating_authority, row.region) == (WHOLE["designating_authority"], "990000")


def test_the_first_cell_that_says_something_counts(catalog: Catalog) -> None:
    """Several headers may hold other numbers; an empty one is passed over."""
    layout = Layout(columns={"name": (0,), "other_id": (1, 2), "listed_on": (3,)})
    reader = RowReader(layout, ListFinder(catalog), only_list=catalog.lists["RL.TAXA"])
    assert listing(reader.read(2, ["张三", "无", "E12345678", "2024-01-01"])).other_id == "E12345678"


def test_messages_show_nobody(catalog: Catalog) -> None:
    """No identity number and no name may leave through a report."""
    cells = WHOLE | {
        "uscc": "91990000MA0000001C",
        "resident_id": "990000199001011230",
        "list": "张三丰",
        "severity": "张三丰",
    }
    reading = read(catalog, cells)
    text = "\n".join(map(str, reading.problems))
    assert not any(secret in text for secret in ("91990000MA0000001C", "990000199001011230", "张三丰", "恒泰"))
