"""Search in Chinese pages (全文检索): words of two characters, the same way in the index and in the browser.

Chinese is written without spaces, and no list of words knows the terms of this field. Every two neighbouring characters
are a word: whoever types 失信被执行人 finds the pages that hold 失信, 信被, 被执, 执行 and 行人.
"""

from __future__ import annotations

from sphinx.search import SearchLanguage

from jointsanction.catalog.search import pieces


class ChineseSearch(SearchLanguage):
    """Splits Latin words at whatever is no letter, and Chinese runs into pairs of characters."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = """
var pairs = (word) => [...Array(word.length - 1).keys()].map((at) => word.slice(at, at + 2));
var splitQuery = (query) => (query.match(/[A-Za-z0-9_]+|[\\u3400-\\u9fff]+/g) || []).flatMap(
  (word) => (word[0] < "\\u3400" || word.length < 2 ? [word] : pairs(word))
);
"""

    def split(self, input: str) -> list[str]:  # noqa: A002 - Sphinx names it so
        """Return the words of a text."""
        return pieces(input)

    def stem(self, word: str) -> str:
        """Return the word as the browser asks for it: Latin letters small."""
        return word.lower()
