"""Whatever a reader can see of an entry he can find; what stands in the title comes before what stands in a note."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import worlds as w
from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.search import SearchIndex, pieces, search, search_document, search_text
from jointsanction.model.catalogue import Forbidden

if TYPE_CHECKING:
    from jointsanction.model.catalogue import Catalog

CATALOG = w.world(
    w.measure("bar-trade", title="不得从事食品经营", duty="查询后不予受理。", note="见失信被执行人名单"),
    w.measure("other", title="拒绝参与政府采购活动", ask="向法院核实"),
    w.list_type("BL.B", title="失信被执行人名单", aliases=["老赖名单"]),
    w.list_type("BL.C", title="重大税收违法失信主体名单"),
    w.instrument("rule", "department-rule", title="办法", document_number="财库〔2016〕125号"),
).model_copy(
    update={
        "forbidden": {
            "f": Forbidden.model_validate({"id": "f", "title": "闯红灯", "words": ["闯红灯"], "basis": [w.basis()]})
        }
    }
)


def found(query: str) -> list[str]:
    """Return the ids found, the best first."""
    return [hit.id for hit in search(CATALOG, query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("失信被执行人", "BL.B"),
        ("老赖", "BL.B"),
        ("bl.b", "BL.B"),
        ("财库[2016]125号", "rule"),
        ("财库 125", "rule"),
        ("食品 经营", "bar-trade"),
        ("bar-trade", "bar-trade"),
        ("BAR", "bar-trade"),
        ("不予受理", "bar-trade"),
        ("部门规章", "rule"),
        ("限制市场或行业准入", "bar-trade"),
        ("法院", "other"),
        ("政府", "other"),
        ("law 第2条", "bar-trade"),
        ("闯红灯", "f"),
        ("人", "BL.B"),
    ],
)
def test_found_by_any_word_it_shows(query: str, first: str) -> None:
    """Ids, titles, other names, document numbers, articles, duties, notes, statutory words."""
    assert found(query)[0] == first


def test_all_words_must_be_there_and_pairs_count_less_than_the_whole() -> None:
    """税收主体 is no word of the title, but every pair of it is somewhere; nothing is found for nothing."""
    assert "bar-trade" not in found("食品 采购")
    assert found("税收违法主体名单") == []
    assert found("违法失信 重大税收") == ["BL.C"]
    assert found("") == found("！？") == []


def test_it_says_where_each_word_was_found() -> None:
    """The label of the line, and the words around; a title is shown anyway."""
    (hit,) = search(CATALOG, "食品 受理")
    assert [matched.label for matched in hit.matched] == ["名称", "处置"]
    text = search_text("食品 受理", (hit,), limit=20)
    assert text.splitlines() == ["“食品 受理”：1 条", "", "措施 bar-trade 不得从事食品经营", "  处置：查询后不予受理。"]


def test_only_the_first_are_listed_and_all_are_counted() -> None:
    """`count` is what there is, whatever is shown."""
    hits = search(CATALOG, "名单")
    assert len(hits) > 1
    assert search_text("名单", hits, limit=1).splitlines()[0] == f"“名单”：{len(hits)} 条，列出前 1 条"
    document = search_document("名单", hits, limit=1)
    assert (document["count"], len(document["hits"])) == (len(hits), 1)
    assert document["hits"][0]["kind"] in ("对象清单", "措施")


def test_words_around_long_lines_are_cut() -> None:
    """A line of a hundred characters shows the place only."""
    catalog = w.world(w.measure(note="甲" * 60 + "特别之处" + "乙" * 60))
    (hit,) = search(catalog, "特别之处")
    assert hit.matched[0].text == "…" + "甲" * 16 + "特别之处" + "乙" * 16 + "…"


@cache
def default_catalog_once() -> Catalog:
    """Read the shipped catalogue once."""
    return default_catalog()


@cache
def index() -> SearchIndex:
    """Index the shipped catalogue once."""
    return SearchIndex(default_catalog_once())


@given(st.deferred(lambda: st.sampled_from(sorted(default_catalog_once().measures))), st.data())
def test_every_measure_is_found_by_its_title(name: str, data: st.DataObject) -> None:
    """Any stretch of a title finds the entry, and so does its id."""
    title = default_catalog_once().measures[name].title
    start = data.draw(st.integers(0, len(title) - 1))
    stretch = title[start : start + data.draw(st.integers(2, 12))]
    if pieces(stretch):
        assert name in {hit.id for hit in index().find(stretch)}
    assert index().find(name)[0].id == name
