"""A row becomes a draft that says what the row says and no more; the loader refuses it until its author has spoken."""

from __future__ import annotations

from pathlib import Path

import pytest

from jointsanction.catalog.draft.drafts import Drafts, draft
from jointsanction.catalog.draft.rows import COLUMNS, Source, read_rows
from jointsanction.catalog.draft.yaml_out import scalar
from jointsanction.catalog.load import load_over
from jointsanction.catalog.reading.yaml_text import TextNode, read_yaml
from jointsanction.errors import CatalogError
from jointsanction.model.catalogue import (
    Basis,
    Catalog,
    DatedAlias,
    Group,
    GroupMember,
    Instrument,
    ListType,
    Matter,
    MatterAlias,
)
from jointsanction.terms import Carries, Effect, Level, ListKind, MatterKind, Role, TextState

FOUNDS = (Basis(instrument="guofa-2016-33", carries=Carries.FOUNDS, text=TextState.VERIFIED),)
INSTRUMENTS = (
    ("trade-law", "中华人民共和国贸易法", None),
    ("company-law-2018", "中华人民共和国公司法（2018年修正）", None),
    ("company-law-2023", "中华人民共和国公司法（2023年修订）", None),
    ("safety-law-2014", "中华人民共和国安全法（2014年修正）", None),
    ("safety-law", "中华人民共和国安全法", None),
    ("sports-law-2022", "中华人民共和国体育法（2022年修订）", None),
    ("pub-regulation-2002", "营业场所管理条例（2002年）", "国务院令第363号"),
    ("pub-regulation-2022", "营业场所管理条例（2022年修订）", "国务院令第363号"),
    ("guofa-2016-33", "国务院关于建立完善守信联合激励和失信联合惩戒制度的指导意见", "国发〔2016〕33号"),
    ("caiku-2016-125", "关于查询及使用信用记录有关问题的通知", "财库〔2016〕125号"),
    ("cai-ku-2014-526", "关于报送信息记录的通知", "财库〔2014〕526号"),
    ("press-release", "新闻通稿", "（无）"),
)
CATALOG = Catalog(
    instruments={
        name: Instrument(id=name, title=title, document_number=number, level=Level.LAW)
        for name, title, number in INSTRUMENTS
    },
    lists={
        code: ListType(
            code=code,
            title=title,
            kind=ListKind.BLACK,
            authority=("虚构部",),
            aliases=tuple(DatedAlias(name=name) for name in aliases),
        )
        for code, title, aliases in (
            ("BL.SXBZXR", "失信被执行人名单", ("失信被执行人",)),
            ("BL.TAX", "重大税收违法失信主体", ("税收黑名单", "黑名单")),
            ("BL.WAGE", "欠薪、拖欠工资失信主体名单", ("黑名单",)),
        )
    },
    groups={
        "JOINT": Group(
            code="JOINT", title="失信联合惩戒对象", members=(GroupMember(list="BL.TAX", basis=FOUNDS),)
        )
    },
    matters={
        "GPC": Matter(
            code="GPC",
            title="政府采购",
            kind=MatterKind.RIGHT,
            default_role=Role.SUPPLIER,
            aliases=(MatterAlias(name="采购"), MatterAlias(name="政府采购活动")),
        )
    },
)  # fmt: skip
ROW = ("限制市场或行业准入", "不得参加政府采购活动", "失信被执行人", "《贸易法》第二十二条第一款第（五）项", "采购人")


def drafted(*rows: tuple[str, ...], effect: Effect = Effect.RESTRICTION) -> Drafts:
    """Return the drafts of a table whose first record stands in the second row."""
    return draft(read_rows(Source("表/清单.csv", COLUMNS[effect], tuple(enumerate(rows, 2)))), CATALOG)


def text_of(row: tuple[str, ...]) -> str:
    """Return the draft of a row."""
    return drafted(row).files["measures/restriction/TODO-002.yaml"]


def with_target(target: str) -> str:
    """Return the draft of a row for someone."""
    return text_of((*ROW[:2], target, *ROW[3:]))


def with_basis(basis: str) -> str:
    """Return the draft of a row on a basis."""
    return text_of((*ROW[:3], basis, ROW[4]))


def test_a_row_becomes_a_draft() -> None:
    """What the row says stands in the words of the catalogue, the rest is to be filled in; the text is recalled."""
    assert drafted(ROW).files == {
        "measures/restriction/TODO-002.yaml": """\
# yaml-language-server: $schema=../../schemas/measure.schema.json
# 草稿：由 清单.csv 第 2 行生成；写着 TODO 的都待补，补齐才能装载。
# 惩戒措施：限制市场或行业准入
# 惩戒内容：不得参加政府采购活动
# 惩戒对象：失信被执行人
# 法规政策依据：《贸易法》第二十二条第一款第（五）项
# 实施主体：采购人
id: TODO-002
title: 不得参加政府采购活动
item: market-access
class: TODO
degree: TODO
binding: TODO
trigger: TODO
targets: {lists: [BL.SXBZXR]}
bears: TODO
# 注意：内容中出现事项的名称：政府采购活动（GPC）、政府采购（GPC），未采用
matters: TODO
basis:
  - {instrument: trade-law, article: "22", paragraph: 1, item: "5", carries: TODO, text: recalled}
implementing_authority: [采购人]
duty: TODO
"""
    }


def test_the_heading_stands_in_the_draft() -> None:
    """The part of the table a row stands in often says of which class its measures are."""
    text = drafted(("二、其他组织自主实施", "", "", "", ""), ROW).files["measures/restriction/TODO-003.yaml"]
    assert "第 3 行生成；" in text
    assert "\n# 所在部分：二、其他组织自主实施\n# 惩戒措施：" in text


def test_an_incentive_has_neither_item_nor_class() -> None:
    """Incentives are no rows of the punishment list."""
    row = ("优先办理", "优先受理", "某名单", "《贸易法》", "")
    text = drafted(row, effect=Effect.INCENTIVE).files["measures/incentive/TODO-002.yaml"]
    assert "\n# 激励措施：优先办理\n# 激励内容：优先受理\n" in text
    assert "\nitem:" not in text
    assert "\nclass:" not in text
    assert "# 实施主体：（空）\n" in text
    assert "implementing_authority: [TODO]" in text


@pytest.mark.parametrize(
    ("measure", "line"),
    [
        ("（一）限制市场或行业准入", "item: market-access"),
        ("1. 限制市场或行业准入", "item: market-access"),
        ("二、限制任职", "item: post"),
        ("限制行业准入", "item: TODO"),
        ("约谈", "item: TODO"),
    ],
)
def test_the_item_goes_by_its_statutory_word(measure: str, line: str) -> None:
    """Numbers before the word don't matter, another word does: the nearest is named and not taken."""
    text = text_of((measure, *ROW[1:]))
    assert f"\n{line}\n" in text
    assert ("“限制行业准入”不是措施种类的名称；近似的有 market-access（限制市场或行业准入）" in text) == (
        measure == "限制行业准入"
    )


@pytest.mark.parametrize(
    ("target", "line", "words"),
    [
        ("失信被执行人名单。", "{lists: [BL.SXBZXR]}", None),
        ("1.失信被执行人；2.税收黑名单", "{lists: [BL.SXBZXR, BL.TAX]}", None),
        ("欠薪、拖欠工资失信主体名单；失信被执行人", "{lists: [BL.WAGE, BL.SXBZXR]}", None),
        ("失信被执行人、失信联合惩戒对象", "{lists: [BL.SXBZXR], groups: [JOINT]}", None),
        ("失信联合惩戒对象、某某人", "{lists: [TODO], groups: [JOINT]}", "“某某人”不是目录中名单的名称\n"),
        ("失信被执行主体", "TODO", "近似的有 BL.SXBZXR（失信被执行人名单），未采用"),
        ("联合惩戒对象", "TODO", "近似的有 JOINT（失信联合惩戒对象），未采用"),
        ("黑名单", "TODO", "“黑名单”可指 BL.TAX、BL.WAGE，未采用"),
        ("", "TODO", None),
    ],
)
def test_only_exact_names_of_lists_are_taken(target: str, line: str, words: str | None) -> None:
    """A near name is told to a person; what is not found leaves a TODO behind, so that nobody is forgotten."""
    text = with_target(target)
    assert f"\ntargets: {line}\n" in text
    assert ("# 注意：“" in text) is (words is not None)
    assert (words or "") in text


@pytest.mark.parametrize(
    ("basis", "line", "words"),
    [
        ("《中华人民共和国贸易法》", "instrument: trade-law, carries", None),
        ("《贸易法》（主席令第1号）第一条", 'trade-law, article: "1"', None),
        ("《公司法》第一条", "instrument: TODO, article", "目录中同名的有 company-law-2018（"),
        ("《公司法》（2018年修正）第一条", "instrument: company-law-2018,", None),
        ("《公司法》（2013年修正）第一条", "instrument: TODO,", "版本不能确定，请选定"),
        ("《安全法》第一条", "instrument: TODO,", "safety-law（中华人民共和国安全法）"),
        ("《体育法》第一条", "instrument: sports-law-2022,", "目录中只有 sports-law-2022（"),
        ("《体育法》（2016年修正）第一条", "instrument: TODO,", "版本不能确定"),
        ("国发【2016】33号第（九）条", "instrument: guofa-2016-33, article: （九）", None),
        ("《关于建立完善守信联合激励和失信联合惩戒制度的指导意见》（国发〔2016〕33号）", "guofa-2016-33, c", None),
        ("《贸易法》（国发〔2016〕33号）", "instrument: TODO, carries", "文号是 guofa-2016-33（"),
        ("《营业场所管理条例（2022年修订）》（国务院令第363号）", "instrument: pub-regulation-2022,", None),
        ("《营业场所管理条例》（国务院令第363号）", "instrument: TODO,", "文号对应 pub-regulation-2002（"),
        ("《贸易法》（国务院令第363号）", "instrument: TODO,", "文号对应 pub-regulation-2002（"),
        ("国务院令第363号第一条", "instrument: TODO,", "文号对应 pub-regulation-2002（"),
    ],
)  # fmt: skip
def test_instruments_go_by_number_then_title(basis: str, line: str, words: str | None) -> None:
    """One document is taken when it is certain which; of several editions the author chooses."""
    text = with_basis(basis)
    assert line in text
    assert ("  # 注意：" in text) is (words is not None)
    assert (words or "") in text
    assert drafted((*ROW[:3], basis, ROW[4])).instruments == 0


def test_unknown_instruments_are_drafted_once() -> None:
    """Two ways of citing one document lead to one draft; its level nobody can tell from a table."""
    found = drafted(
        (*ROW[:3], "《关于对旅游领域的合作备忘录》第一条；《虚构法》（2020年修正）", ROW[4]),
        (*ROW[:3], "《关于对旅游领域的合作备忘录》（财库〔2018〕737号）；财库〔2018〕737号第二条", ROW[4]),
        (*ROW[:3], "财库〔2019〕1号；国办发〔2020〕1号；《贸易办法》", ROW[4]),
    )
    assert found.measures, found.instruments == (3, 5)
    drafts = {Path(name).name: text for name, text in found.files.items() if "/instruments/" in name}
    assert sorted(drafts) == ["TODO-1.yaml", "TODO-2.yaml", "TODO-3.yaml", "TODO-4.yaml", "TODO-5.yaml"]
    assert (
        drafts["TODO-1.yaml"]
        == """\
# yaml-language-server: $schema=../../schemas/instrument.schema.json
# 草稿：由 清单.csv 第 2、3 行生成；写着 TODO 的都待补，补齐才能装载。
# 注意：名称中有“备忘录”；是合作备忘录的，level 写 memorandum
id: TODO-1
title: 关于对旅游领域的合作备忘录
document_number: 财库〔2018〕737号
level: TODO
issuer: TODO
valid_from: TODO
dates: recalled
"""
    )
    assert "\ntitle: 虚构法（2020年修正）\nlevel: TODO\n" in drafts["TODO-2.yaml"]
    assert "\ntitle: TODO\ndocument_number: 财库〔2019〕1号\n" in drafts["TODO-3.yaml"]
    assert "目录中近似的有 trade-law（中华人民共和国贸易法），未采用" in drafts["TODO-5.yaml"]
    second = found.files["measures/restriction/TODO-003.yaml"]
    assert "  - {instrument: TODO-1, carries: TODO, text: recalled}\n" in second
    assert '  - {instrument: TODO-1, article: "2", carries: TODO, text: recalled}\n' in second


def test_an_id_follows_the_custom_of_the_catalogue() -> None:
    """国发 is guofa in the catalogue; where it writes an office in two ways, or not at all, nobody can know."""
    found = drafted((*ROW[:3], "国发〔2014〕21号；财库〔2018〕1号；国务院令第1号", ROW[4]))
    names = [Path(name).name for name in found.files if "/instruments/" in name]
    assert names == ["guofa-2014-21.yaml", "TODO-1.yaml", "TODO-2.yaml"]


def test_a_basis_is_written_once() -> None:
    """The same place cited twice is one basis; words that were not understood are kept beside."""
    text = with_basis("《贸易法》第一条；《贸易法》第一条第五目；《贸易法》第一条")
    assert text.count("instrument: trade-law") == 1
    assert "  # 依据栏中未识别的：第五目\n" in text


@pytest.mark.parametrize(
    ("content", "title"),
    [("甲" * 60, "甲" * 60), ("甲" * 61, "TODO"), ("", "TODO"), ("a: b\n#c", '"a: b #c"')],
)
def test_a_long_content_is_no_title(content: str, title: str) -> None:
    """A title is one short line."""
    assert f"\ntitle: {title}\n" in text_of((ROW[0], content, *ROW[2:]))


@pytest.mark.parametrize(
    "text",
    [
        *("22", "no", "true", "null", "~", "2016-08-30", "a: b", "- a", "[a]", "{a}", "甲，乙", "甲, 乙", '"', "'"),
        *("#甲", "*a", "&a", "!a", "%a", "@a", "`a", "|", ">", "甲:", "《法》", "（九）", "\\n", "TODO-002"),
        *("甲 乙", "甲\u2028乙"),
    ],
)  # fmt: skip
def test_every_text_is_read_back_as_it_was(text: str) -> None:
    """What a cell holds comes out of our own strict reader as it went in, between brackets too."""
    for written in (f"key: {scalar(text)}\n", f"key: [{scalar(text)}, b]\n"):
        document = read_yaml(written.encode(), "x.yaml")
        assert document.problems == ()
        assert document.root is not None
        node = document.root.entries["key"].value
        item = node if isinstance(node, TextNode) else node.items[0]
        assert isinstance(item, TextNode)
        assert item.text == text
        assert not item.is_null


@pytest.mark.parametrize(
    ("effect", "headers", "words"),
    [
        (None, ("措施", "内容", "对象", "依据", "实施主体"), "请加 --effect"),
        (Effect.INCENTIVE, COLUMNS[Effect.RESTRICTION], "表头写的是惩戒措施，与 --effect incentive 不符"),
    ],
)
def test_the_direction_must_be_known(effect: Effect | None, headers: tuple[str, ...], words: str) -> None:
    """Whether a measure punishes or rewards is never guessed."""
    table = read_rows(Source("清单.csv", headers, ((2, ROW),)))
    with pytest.raises(CatalogError, match=words) as caught:
        draft(table, CATALOG, effect)
    assert caught.value.code == "catalog.table_effect"


def test_the_direction_may_be_given() -> None:
    """Where the header leaves it open the author says it."""
    table = read_rows(Source("清单.csv", ("措施", "内容", "对象", "依据", "实施主体"), ((2, ROW),)))
    assert list(draft(table, CATALOG, Effect.INCENTIVE).files) == ["measures/incentive/TODO-002.yaml"]


def test_rows_without_a_readable_basis_are_all_told() -> None:
    """No basis, no measure: each such row is named with its number and the column, and nothing is drafted."""
    with pytest.raises(CatalogError) as caught:
        drafted(ROW, (*ROW[:3], "", ROW[4]), (*ROW[:3], "贸易法第一条", ROW[4]), ("\ufffd", *ROW[1:]))
    assert [(one.line, one.column, one.code) for one in caught.value.problems] == [
        (3, 4, "catalog.row_basis"),
        (4, 4, "catalog.row_basis"),
        (5, 1, "catalog.row_damaged"),
    ]
    assert "第 3 行的依据：没有《》括起的文件名称" in caught.value.problems[0].message


def test_a_draft_is_refused_until_every_gap_is_filled(tmp_path: Path) -> None:
    """The loader names every TODO by its place, says nothing else, and takes the measure once all are filled in."""
    found = drafted((*ROW[:3], "《贸易法》第一条；《虚构法》第二条；《公司法》第三条", ROW[4]))
    for name, text in found.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_over(CATALOG, [tmp_path])
    assert {one.code for one in caught.value.problems} == {"catalog.todo"}
    assert len(caught.value.problems) == found.open == 16
    filled = {
        "id: TODO-002": "id: refuse-trade",
        "id: TODO-1": "id: made-up-law",
        "instrument: TODO-1": "instrument: made-up-law",
        "instrument: TODO,": "instrument: company-law-2023,",
        "class: TODO": "class: adverse",
        "degree: TODO": "degree: prohibit",
        "binding: TODO": "binding: must",
        "trigger: TODO": "trigger: listing",
        "bears: TODO": "bears: [self]",
        "matters: TODO": "matters: [GPC]",
        "carries: TODO": "carries: sets",
        "duty: TODO": "duty: 不予采购。",
        "level: TODO": "level: law",
        "issuer: TODO": "issuer: 虚构部",
        "valid_from: TODO": "valid_from: 2020-01-01",
    }
    for name, renamed in (("TODO-002", "refuse-trade"), ("TODO-1", "made-up-law")):
        (path,) = tmp_path.rglob(f"{name}.yaml")
        text = path.read_text(encoding="utf-8")
        for old, new in filled.items():
            text = text.replace(old, new)
        path.with_name(f"{renamed}.yaml").write_text(text, encoding="utf-8")
        path.unlink()
    measure = load_over(CATALOG, [tmp_path]).measures["refuse-trade"]
    assert [basis.text for basis in measure.basis] == [TextState.RECALLED] * 3
