"""Sheets filled in wrongly (三清单有误): what is wrong is told by sheet, row and column, and nothing is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.load import load_catalog
from jointsanction.catalog.sheets.book import Sheet
from jointsanction.catalog.sheets.plan import SHEETS
from jointsanction.catalog.sheets.read import read_sheets
from jointsanction.catalog.sheets.write import sheet_rows
from jointsanction.errors import CatalogError
from jointsanction.model.catalogue import Catalog, Grants
from jointsanction.terms import Degree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.errors import Problem

WORLD = Path(__file__).parents[1] / "world"
BUREAU = """\
id: trade-bureau
title: 虚构市贸易局
region: "990000"
authorities: [虚构部]
sections:
  - {id: first, title: 一科, officers: [{post: 受理岗, contact: 0990-0000001}]}
powers:
  - {code: 990000-XK-001, title: 贸易许可, level: city, kind: licence, matters: TRADE.LIC, section: first}
"""


@pytest.fixture
def tables(world: Path) -> dict[str, list[list[str]]]:
    """Return the small catalogue with a department as rows of sheets."""
    (world / "measures" / "departments").mkdir()
    (world / "measures" / "departments" / "trade-bureau.yaml").write_text(BUREAU, encoding="utf-8")
    catalog = load_catalog([world])
    return sheet_rows({section: list(getattr(catalog, section).values()) for section in SHEETS})


def told(tables: Mapping[str, list[list[str]]], odd: dict[tuple[int, int], str] | None = None) -> tuple[Problem, ...]:
    """Return what is wrong with sheets; `odd` are cells of the first that a spreadsheet could not work out."""
    sheets = [Sheet(title, list(enumerate(rows, 1))) for title, rows in tables.items()]
    sheets[0] = sheets[0]._replace(odd=odd or {})
    try:
        read_sheets("清单.xlsx", sheets, Catalog())
    except CatalogError as error:
        return error.problems
    return ()


def place(tables: Mapping[str, list[list[str]]], sheet: str, name: str, head: str) -> tuple[int, int]:
    """Return where the cell of an entry stands, both from nought."""
    rows = tables[sheet]
    at = rows[0].index(head)
    return next(number for number, row in enumerate(rows) if name in row), at


@pytest.mark.parametrize(
    ("sheet", "name", "head", "text", "code", "words"),
    [
        ("措施清单", "refuse-trade", "惩戒、激励尺度", "禁只", "catalog.unknown_value", "栏：取值 '禁只'"),
        ("措施清单", "refuse-trade", "措施方向", "奖惩", "catalog.unknown_value", "应写 惩戒措施或激励措施"),
        ("措施清单", "refuse-trade", "措施方向", "", "catalog.unknown_value", "应写 "),
        ("措施清单", "refuse-trade", "经办人要做的事", "", "catalog.missing_key", "没有填“经办人要做的事”。"),
        ("措施清单", "refuse-trade", "经办人要做的事", '"甲', "catalog.sheet_cell", "双引号不成对"),
        ("措施清单", "refuse-trade", "事项", "TRADE.LIX", "catalog.unknown_matter", "您是否想写 'TRADE.LIC'"),
        ("措施清单", "refuse-trade", "惩戒、激励对象·名单", "", "catalog.missing_key", "没有填“惩戒、激励对象·名单”。"),
        ("措施清单", "refuse-trade", "编号", "", "catalog.sheet_key", "没有写“编号”"),
        ("措施清单", "refuse-trade", "编号", "Refuse", "catalog.sheet_orphan", "“措施清单”中没有 'refuse-trade'"),
        ("措施清单", "refuse-trade", "编号", "favour-trade", "catalog.duplicate_id", "前面已经写过"),
        ("措施清单", "withhold-fast-lane", "地方目录", "990100", "catalog.region_mismatch", ""),
        ("措施清单·法规政策依据", "refuse-trade", "依据文件编号", "trade-lew", "catalog.unknown_instrument", "-law"),
        ("措施清单·法规政策依据", "refuse-trade", "款", "第一", "catalog.wrong_type", "“款”栏：字段 'paragraph' 的"),
        ("措施清单·法规政策依据", "refuse-trade", "依据作用", "", "catalog.missing_key", "没有填“依据作用”。"),
        ("措施清单·法规政策依据", "refuse-trade", "措施编号", "", "catalog.sheet_key", "没有写“措施编号”"),
        ("推导规则", "suspend-incentives", "条件", "{listing: {", "catalog.sheet_cell", "“条件”栏："),
        ("推导规则", "suspend-incentives", "条件", "{listing: {kind: {xx: a}}}", "catalog.unknown_value", "“条件”栏："),
        ("权责清单", "990000-XK-001", "科室编号", "firstt", "catalog.unknown_section", "您是否想写 'first'"),
        ("权责清单", "990000-XK-001", "权力事项编码", "TRADE.LIC", "catalog.alias_clash", "已是事项 'TRADE.LIC' 的"),
        ("权责清单", "990000-XK-001", "行使层级", "部级", "catalog.unknown_value", "“行使层级”栏"),
        ("科室", "trade-bureau", "业务岗位", "{post: 受理岗}", "catalog.missing_key", "'contact'"),
        ("部门", "trade-bureau", "措施中的哪些实施主体就是它", "（空）", "catalog.empty_list", "authorities 为空"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_where_it_is(  # noqa: PLR0913, PLR0917 - the table of what is filled in how
    tables: dict[str, list[list[str]]], sheet: str, name: str, head: str, text: str, code: str, words: str
) -> None:
    """Sheet, row and column, and the head a person sees above the cell."""
    row, column = place(tables, sheet, name, head)
    tables[sheet][row][column] = text
    found = [problem for problem in told(tables) if problem.code == code]
    assert found, told(tables)
    assert words in found[0].message
    if code not in {"catalog.sheet_orphan", "catalog.missing_key", "catalog.sheet_key", "catalog.duplicate_id"}:
        where = (f"清单.xlsx!{sheet}", row + 1)
        assert (found[0].file, found[0].line) == where
    if code in {"catalog.unknown_matter", "catalog.sheet_cell", "catalog.wrong_type", "catalog.unknown_instrument"}:
        assert found[0].column == column + 1


def test_whatever_is_wrong_comes_at_once(tables: dict[str, list[list[str]]]) -> None:
    """Several sheets, several mistakes: one list."""
    for sheet, name, head in (("措施清单", "refuse-trade", "触发条件"), ("依据文件", "trade-law", "效力层级")):
        row, column = place(tables, sheet, name, head)
        tables[sheet][row][column] = "甲"
    assert {problem.file for problem in told(tables)} == {"清单.xlsx!措施清单", "清单.xlsx!依据文件"}


def test_an_entry_without_any_part_is_sent_to_the_sheet_of_parts(tables: dict[str, list[list[str]]]) -> None:
    """No basis, no measure: and a basis has a sheet of its own."""
    title = "措施清单·法规政策依据"
    tables[title] = [row for row in tables[title] if row[0] != "refuse-trade"]
    (found,) = told(tables)
    assert (found.code, found.message) == ("catalog.missing_key", f"没有一行“{title}”；请在那张工作表里写。")


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (("编号", "编码"), "catalog.sheet_head", "应有“编号”一栏"),
        (("名称", "名 称"), "catalog.sheet_column", "栏目“名 称”不是“措施清单”的栏目"),
        (("备注", "名称"), "catalog.sheet_column", "栏目“名称”重复。"),
        (("名称", ""), "catalog.sheet_column", "这一列没有表头，却填了内容"),
    ],
)
def test_heads_are_those_of_the_export(
    tables: dict[str, list[list[str]]], change: tuple[str, str], code: str, words: str
) -> None:
    """A column nobody would read is no column to fill in."""
    heads = tables["措施清单"][0]
    heads[heads.index(change[0])] = change[1]
    found = [problem for problem in told(tables) if problem.code == code]
    assert found[0].file == "清单.xlsx!措施清单"
    assert words in found[0].message


def test_a_title_may_stand_above_and_other_sheets_beside(tables: dict[str, list[list[str]]]) -> None:
    """Offices put a title above a table and an explanation beside it; blank rows say nothing."""
    tables["对象清单"].insert(0, ["示例市对象清单（虚构）", ""])
    tables["对象清单"].append(["", " "])
    sheets = [Sheet(f" {title} ", list(enumerate(rows, 1))) for title, rows in tables.items()]
    found = read_sheets("清单.xlsx", [*sheets, Sheet("说明", [(1, ["略"])]), Sheet("空", [])], Catalog())
    assert found.unread == ("说明", "空")
    assert {entry.section for entry in found.entries} == set(SHEETS)


def test_a_workbook_of_something_else_is_none_of_ours() -> None:
    """Whoever picks the wrong file is told which sheets there should be."""
    (found,) = told({"Sheet1": [["甲"]]})
    assert (found.file, found.code) == ("清单.xlsx", "catalog.sheet_none")
    assert "措施清单" in found.message


def test_what_a_spreadsheet_spoiled_is_not_taken(tables: dict[str, list[list[str]]]) -> None:
    """A failed formula, a number that lost its last digits."""
    (found,) = told(tables, {(2, 2): "是没有算出结果的公式；请填写文字。"})
    assert (found.file, found.line, found.column, found.code) == ("清单.xlsx!对象清单", 2, 2, "catalog.sheet_cell")
    assert found.message == "“名称”栏：是没有算出结果的公式；请填写文字。"


def test_a_part_may_be_filled_in_alone(tables: dict[str, list[list[str]]], world: Path) -> None:
    """A city that has only its power list names the matters of the catalogue below."""
    alone = {title: rows for title, rows in tables.items() if title in {"部门", "科室", "权责清单"}}
    sheets = [Sheet(title, list(enumerate(rows, 1))) for title, rows in alone.items()]
    found = read_sheets("清单.xlsx", sheets, load_catalog([world]))
    assert [entry.id for entry in found.entries] == ["trade-bureau"]
    assert {problem.code for problem in told(alone)} == {"catalog.unknown_matter"}


def test_english_words_and_yaml_of_an_editor_are_read_too(tables: dict[str, list[list[str]]]) -> None:
    """Whoever knows the words of the files may write them; an empty condition of its own stays one."""
    row, column = place(tables, "措施清单", "refuse-trade", "惩戒、激励尺度")
    tables["措施清单"][row][column] = "prohibit"
    row, column = place(tables, "措施清单", "favour-trade", "激励参数·办理时限系数")
    tables["措施清单"][row][column] = "（空）"
    sheets = [Sheet(title, list(enumerate(rows, 1))) for title, rows in tables.items()]
    values = {entry.id: entry.value for entry in read_sheets("清单.xlsx", sheets, Catalog()).entries}
    assert getattr(values["refuse-trade"], "degree", None) is Degree.PROHIBIT
    assert getattr(values["favour-trade"], "grants", None) == Grants()
