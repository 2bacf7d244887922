"""Statutes are read article by article, paragraph by paragraph."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.statutes.texts import Library
from jointsanction.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_title_is_found_with_and_without_the_state_and_the_year(library: Library) -> None:
    """中华人民共和国 and （2000年修正） make no difference to a title."""
    titles = ("虚构贸易法", "中华人民共和国虚构贸易法", "虚构贸易法（2000年修正）")
    assert {edition.day for title in titles for edition in library.editions(title)} == {date(2000, 1, 1)}
    assert library.editions("虚构运输法") == ()


def test_files_that_are_no_statutes_are_left_out(library: Library) -> None:
    """An index and a README hold no law."""
    assert [edition.path.stem for edition in library.all()] == [
        "虚构杂法", "中华人民共和国虚构贸易法(2000-01-01)"
    ]  # fmt: skip


def test_articles_have_paragraphs_and_items(library: Library) -> None:
    """款 are the lines, 项 begin with a number in brackets and belong to the 款 before."""
    article = library.editions("虚构贸易法")[0].articles["22"]
    first, second = article.paragraphs
    assert (first.text, sorted(first.items)) == ("参加大宗贸易的,应当具备下列条件:", ["1", "2"])
    assert second.items == {}
    assert second.text.startswith("列入严重失信主体名单的")
    assert article.text == first.whole + second.whole


def test_an_annex_does_not_hide_an_article(library: Library) -> None:
    """Of two articles of one number the first is meant; an inserted one has a number of its own."""
    articles = library.editions("虚构贸易法")[0].articles
    assert articles["1"].text == "为了规范贸易活动,制定本法。"
    assert articles["第120条之一"].text.startswith("本条是后来加的")


def test_a_fingerprint_is_of_the_words_alone(statutes: Path) -> None:
    """Spaces make no difference, one other word does."""
    path = statutes / "虚构杂法.md"
    before = Library(statutes).editions("虚构杂法")[0].articles["1"].fingerprint
    path.write_text(path.read_text(encoding="utf-8").replace("应当依法", "应当　依法", 1), encoding="utf-8")
    same = Library(statutes).editions("虚构杂法")[0].articles["1"].fingerprint
    path.write_text(path.read_text(encoding="utf-8").replace("不得一", "可以一", 1), encoding="utf-8")
    other = Library(statutes).editions("虚构杂法")[0].articles["1"].fingerprint
    assert (before == same, before == other, len(before)) == (True, False, 16)


def test_a_text_without_articles_has_none(statutes: Path) -> None:
    """A heading alone is no article, and an item without an article belongs to nothing."""
    (statutes / "虚构空法(1999-01-01).txt").write_text("总则\n（一）没有条\n", encoding="utf-8")
    (statutes / "虚构项法.md").write_text("第一条\n（一）只有项\n第二条\n", encoding="utf-8")
    library = Library(statutes)
    assert library.editions("虚构空法")[0].articles == {}
    first, second = library.editions("虚构项法")[0].articles.values()
    assert (first.paragraphs[0].text, second.paragraphs) == ("(一)只有项", ())


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_folder_without_texts_is_refused(tmp_path: Path, name: str) -> None:
    """Nothing to compare with is an error, or all citations would seem read elsewhere."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(CatalogError) as caught:
        Library(tmp_path / name)
    assert caught.value.code == "catalog.no_statutes"
