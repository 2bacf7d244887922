"""The words a basis cites (所引款项): of an article, a paragraph or an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.draft.numerals import read_numeral

if TYPE_CHECKING:
    from jointsanction.catalog.statutes.texts import Article, Paragraph
    from jointsanction.model.catalogue import Basis


def passage(article: Article, basis: Basis) -> str | None:
    """Return the words of the cited paragraph and item, None when the article has no such place.

    An item is read with the words of its paragraph, which say what follows from it. An item cited without a paragraph
    is looked for in all of them.
    """
    paragraphs = article.paragraphs
    if basis.paragraph is not None:
        paragraphs = paragraphs[basis.paragraph - 1 : basis.paragraph] if basis.paragraph > 0 else ()
    if basis.item is None:
        return "".join(paragraph.whole for paragraph in paragraphs) or None
    return "".join(_with_item(paragraph, basis.item) for paragraph in paragraphs) or None


def misplaced(article: Article, basis: Basis) -> str:
    """Return what an article has instead of the place cited, for a message."""
    items = [f"第{number}款有 {len(one.items)} 项" for number, one in enumerate(article.paragraphs, 1) if one.items]
    said = f"第{article.number}条共 {len(article.paragraphs)} 款"
    cited = f"第{basis.paragraph}款" if basis.paragraph is not None else ""
    cited += f"第（{basis.item}）项" if basis.item is not None else ""
    return "，".join((said, *items)) + f"；所引为{cited}。文本里每款、每项须各占一行。"


def _with_item(paragraph: Paragraph, item: str) -> str:
    number = read_numeral(item.strip("（）() "))
    words = paragraph.items.get(str(number))
    return "" if words is None else paragraph.text + words
