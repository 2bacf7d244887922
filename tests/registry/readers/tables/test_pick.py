"""Which sheet of a workbook is the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables.grid import Grid
from jointsanction.registry.readers.tables.pick import Page, pick

if TYPE_CHECKING:
    from jointsanction.registry.readers.tables.table import Table

KNOWN = frozenset({"名称", "列入日期", "统一社会信用代码"}).__contains__
LIST = (("名称", "列入日期", "统一社会信用代码"), ("甲", "2024-03-01", "1"))
SHORT = (("名称", "列入日期"), ("乙", "2024-03-01"))
PROSE = (("填报说明",), ("一、",))


def page(name: str, rows: tuple[tuple[str, ...], ...], *, hidden: bool = False) -> Page:
    """Return a sheet of some rows."""
    return Page(name, lambda: Grid(rows=tuple(enumerate(rows, 1)), name=name), hidden)


def picked(*pages: Page, wanted: str | None = None) -> Table:
    """Return the table of the sheet that is picked."""
    return pick(pages, KNOWN, wanted=wanted, lettered=True)


def told(table: Table) -> list[tuple[str, str]]:
    """Return the sheets that were left aside, with what is told of them."""
    return [(note.column, note.message) for note in table.notes if note.code == "sheet.unread"]


def test_the_sheet_with_the_best_header_is_read() -> None:
    """Explanations come first in a template; what was left aside is told."""
    table = picked(page("说明", PROSE), page("名单", LIST))
    assert (table.found.sheet, table.found.lettered, table.found.rivals) == ("名单", True, ())
    assert told(table) == [("说明", "未读取（没有更合适的表头）。")]


def test_a_second_list_is_a_rival() -> None:
    """法人 on one sheet and 自然人 on the next: the file no longer speaks for the whole list."""
    table = picked(page("自然人", SHORT), page("法人", LIST))
    assert (table.found.sheet, table.found.rivals) == ("法人", ("自然人",))
    assert told(table) == [("自然人", "未读取（也有名单表格）；需要时请用 --sheet 自然人 单独导入。")]


def test_a_sheet_with_a_header_only_is_no_rival() -> None:
    """An empty form says nothing of anybody."""
    assert (
        picked(page("名单", LIST), page("空表", SHORT[:1]), page("只有名称", (("名称",), ("甲",)))).found.rivals == ()
    )


def test_a_hidden_sheet_is_not_read_unasked() -> None:
    """Hidden sheets hold old data and the choices of drop-downs."""
    table = picked(page("旧名单", LIST, hidden=True), page("名单", SHORT))
    assert table.found.sheet == "名单"
    assert told(table) == [("旧名单", "未读取（已隐藏）；需要时请用 --sheet 旧名单 单独导入。")]


@pytest.mark.parametrize("wanted", ["旧名单", " 旧名单 "])
def test_a_sheet_may_be_asked_for(wanted: str) -> None:
    """Whoever names a sheet has chosen: hidden or not, and without rivals."""
    table = picked(page("名单", SHORT), page("旧名单", LIST, hidden=True), wanted=wanted)
    assert (table.found.sheet, table.found.rivals) == ("旧名单", ())


@pytest.mark.parametrize(
    ("pages", "wanted", "code", "word"),
    [
        ((page("名单", LIST),), "明单", "registry.sheet", "没有名为“明单”的工作表；文件中有：名单"),
        ((), "名单", "registry.sheet", "文件中有：无"),
        ((page("说明", PROSE), page("附录", PROSE)), None, "registry.header", "2 个工作表的前 10 行"),
        ((page("说明", PROSE),), "说明", "registry.header", "没有能识别的表头"),
        ((), None, "registry.header", "（空）"),
        ((page("名单", LIST, hidden=True),), None, "registry.header", "隐藏的工作表（名单）未查看"),
    ],
)
def test_a_workbook_without_a_list_is_refused(
    pages: tuple[Page, ...], wanted: str | None, code: str, word: str
) -> None:
    """What is there is named, so that the right sheet can be asked for."""
    with pytest.raises(RegistryError) as caught:
        picked(*pages, wanted=wanted)
    assert caught.value.code == code
    assert word in caught.value.message + caught.value.hint
