"""Tables of web pages become grids."""

from __future__ import annotations

import pytest

from jointsanction.errors import RegistryError
from jointsanction.registry.readers.tables import html_table
from jointsanction.registry.readers.tables.grid import Merge
from jointsanction.registry.readers.tables.html_table import html_grids


def rows(text: str) -> list[tuple[str, ...]]:
    """Return the rows of the only table of a page."""
    (grid,) = html_grids(text)
    return [cells for _, cells in grid.rows]


def test_rows_and_cells_are_read() -> None:
    """Space is one space, a line break stays one, entities are characters, a short row is filled up."""
    page = "<table><tr><th>名\n 称<th>号&nbsp;码</tr><tr><td> A&amp;B<br>公司 </td></tr></table>"
    assert rows(page) == [("名 称", "号 码"), ("A&B\n公司", "")]


def test_end_tags_may_be_missing() -> None:
    """Pages that were never meant to be read by a program leave them out."""
    assert rows("<table><tr><td>甲<td>乙<tr><td>丙<td>丁") == [("甲", "乙"), ("丙", "丁")]
    assert rows("<table><td>甲</table></td></table>") == [("甲",)]


def test_spans_are_merged_ranges() -> None:
    """Colspan and rowspan are what a workbook calls merged; the text stands in the first cell only."""
    page = (
        "<table><tr><td rowspan=2>名称<td colspan='2'>列入<td>备注</tr><tr><td>日期<td>机关<td></tr>"
        "<tr><td rowspan='3'>甲<td>1<td>2<td>3</tr><tr><td>4</tr></table>"
    )
    (grid,) = html_grids(page)
    assert [cells for _, cells in grid.rows] == [
        ("名称", "列入", "", "备注"),
        ("", "日期", "机关", ""),
        ("甲", "1", "2", "3"),
        ("", "4", "", ""),
    ]
    assert grid.merges == (Merge(1, 0, 2, 0), Merge(1, 1, 1, 2), Merge(3, 0, 5, 0))


@pytest.mark.parametrize("span", ["0", "x", "", "-1", "99999999999999999999"])
def test_a_span_that_is_none_is_one(span: str) -> None:
    """What a page says of itself need not be so."""
    assert rows(f'<table><tr><td colspan="{span}">甲<td>乙</table>') == [("甲", "乙")]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    """Pages are laid out with tables; the list is one of those inside."""
    outer, inner = html_grids("<table><tr><td>外<table><tr><td>内</table>后</table>")
    assert (outer.name, [cells for _, cells in outer.rows]) == ("表格1", [("外后",)])
    assert (inner.name, [cells for _, cells in inner.rows]) == ("表格2", [("内",)])


def test_what_is_no_text_of_a_table_is_left_out() -> None:
    """Scripts and styles are nobody's data, nor is what stands outside."""
    inside = "<tr>空<td>甲<script>var a = '<td>';</script><style>b</style>"
    assert rows(f"<p>外</p><tr><td>散</td><br><table>{inside}</table></table>") == [("甲",)]


def test_a_page_without_a_table_is_refused() -> None:
    """Excel may have saved the table into another file beside it."""
    with pytest.raises(RegistryError, match="没有表格") as caught:
        html_grids("<html><frameset><frame src='sheet001.htm'></frameset></html>")
    assert caught.value.code == "registry.format"


def test_a_page_that_claims_millions_of_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One cell may claim a thousand columns."""
    monkeypatch.setattr(html_table, "MOST_CELLS", 10)
    with pytest.raises(RegistryError) as caught:
        html_grids("<table><tr><td colspan=9>甲<td colspan=9>乙</table>")
    assert caught.value.code == "registry.extent"
