"""Searching all entries (目录检索): ids, titles, other names, articles, document numbers, statutory words, notes.

What is searched is what `explain` says of an entry, so that whatever a reader can see he can find. Every word of the
query must be found; Chinese is compared by pairs of neighbouring characters, since no list of words knows the field's.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.explain import explain_entry
from jointsanction.catalog.wording import SECTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointsanction.catalog.files import Section
    from jointsanction.model.catalogue import Catalog

_WORD: Final = re.compile(r"[A-Za-z0-9_]+|[\u3400-\u9fff]+")
_HAN: Final = "\u3400"
_LABEL: Final = re.compile(r"- ([^：]+)：(.*)")
_NUMBERED: Final = re.compile(r"  \d+\. (.*)")

_CODE: Final = "代码"
_TITLE: Final = "名称"
_WEIGHTS: Final = {_CODE: 12, _TITLE: 10, "别名": 8, "文号": 8, "关键词": 6, "依据": 4, "处置": 3, "备注": 1}
_PLAIN: Final = 2
"""What a line is worth that is not named above."""

_WHOLE: Final = 3
"""How much more a word counts that stands there as typed, and not only its pairs of characters."""

_AROUND: Final = 16
_ORDER: Final = {section: place for place, section in enumerate(SECTION_WORDS)}


class Matched(NamedTuple):
    """Where a word was found (命中处): the line's label, and the words around."""

    label: str
    text: str


class SearchHit(NamedTuple):
    """One entry found (检索结果), the best first; `matched` says where each word was found at its best."""

    section: Section
    id: str
    title: str
    score: int
    matched: tuple[Matched, ...]


def pieces(text: str) -> list[str]:
    """Return what a text is compared by: Latin words in small letters, Chinese runs in pairs of characters.

    >>> pieces("失信被执行人 BL.TAX")
    ['失信', '信被', '被执', '执行', '行人', 'bl', 'tax']
    """
    found = []
    for word in _WORD.findall(unicodedata.normalize("NFKC", text)):
        paired = word[0] >= _HAN and len(word) > 1
        found += [word[at : at + 2] for at in range(len(word) - 1)] if paired else [word.lower()]
    return found


class SearchIndex:
    """What all entries of a catalogue say, ready to be searched (检索索引)."""

    def __init__(self, catalog: Catalog) -> None:
        """Read every entry once."""
        self._entries = tuple(
            _Entry(section, entry_id, entry.title, tuple(_lines(catalog, section, entry_id)))
            for section in SECTION_WORDS
            for entry_id, entry in getattr(catalog, section).items()
        )

    def find(self, query: str) -> tuple[SearchHit, ...]:
        """Return every entry in which all words of a query are found, the best first (目录检索)."""
        words = [word for word in query.split() if pieces(word)]
        hits = (hit for entry in self._entries if words and (hit := _hit(entry, words)) is not None)
        return tuple(sorted(hits, key=lambda hit: (-hit.score, _ORDER[hit.section], hit.id)))


class _Line(NamedTuple):
    """One line of an entry: its label, its text, and the text as it is compared."""

    label: str
    text: str
    folded: str


class _Entry(NamedTuple):
    """One entry and its lines."""

    section: Section
    id: str
    title: str
    lines: tuple[_Line, ...]


def search(catalog: Catalog, query: str) -> tuple[SearchHit, ...]:
    """Return every entry in which all words of a query are found, the best first (目录检索)."""
    return SearchIndex(catalog).find(query)


def _hit(entry: _Entry, words: Iterable[str]) -> SearchHit | None:
    found = []
    for word in words:
        best = _best(word, entry.lines)
        if best is None:
            return None
        found.append(best)
    matched = tuple(dict.fromkeys(place for _, place in found))
    return SearchHit(entry.section, entry.id, entry.title, sum(worth for worth, _ in found), matched)


def _lines(catalog: Catalog, section: Section, entry_id: str) -> Iterator[_Line]:
    """Yield the lines of an entry's text, each with its label; those of a numbered list have that of the list."""
    for label, text in _labelled(catalog, section, entry_id):
        yield _Line(label, text, _folded(text))


def _labelled(catalog: Catalog, section: Section, entry_id: str) -> Iterator[tuple[str, str]]:
    yield _CODE, entry_id
    yield _TITLE, getattr(catalog, section)[entry_id].title
    label = ""
    for line in explain_entry(catalog, section, entry_id).splitlines():
        if (said := _LABEL.fullmatch(line)) is not None:
            label = said[1]
            yield label, said[2]
        elif (numbered := _NUMBERED.fullmatch(line)) is not None:
            yield label, numbered[1]
        elif line.startswith("`"):
            yield "类别", line.partition(" · ")[2]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _best(word: str, lines: Iterable[_Line]) -> tuple[int, Matched] | None:
    """Return the line where a word is found best, with what that is worth."""
    wanted, whole = pieces(word), _folded(word)
    best: tuple[int, Matched] | None = None
    for label, text, folded in lines:
        if not all(piece in folded for piece in wanted):
            continue
        # As typed it counts for more, and the more so the more of the line it is.
        share = _WHOLE + _WHOLE * len(whole) / len(folded) if whole in folded else 1
        worth = round(100 * _WEIGHTS.get(label, _PLAIN) * share)
        if best is None or worth > best[0]:
            best = (worth, Matched(label, _around(text, whole if whole in folded else wanted[0])))
    return best


def _around(text: str, piece: str) -> str:
    """Return the words around the place where something was found."""
    at = max(_folded(text).find(piece), 0)
    start, end = max(at - _AROUND, 0), at + len(piece) + _AROUND
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def search_text(query: str, hits: tuple[SearchHit, ...], *, limit: int) -> str:
    """Return the entries found as a text (检索结果): kind, code, title, and where each word was found."""
    lines = [f"“{query}”：{len(hits)} 条" + (f"，列出前 {limit} 条" if len(hits) > limit else "")]
    for hit in hits[:limit]:
        lines += ["", f"{SECTION_WORDS[hit.section]} {hit.id} {hit.title}"]
        lines += [f"  {matched.label}：{matched.text}" for matched in hit.matched if matched.label != _TITLE]
    return "\n".join(lines)


def search_document(query: str, hits: tuple[SearchHit, ...], *, limit: int) -> Mapping[str, Any]:
    """Return the entries found as JSON values (检索结果文档); `count` is that of all found."""
    return {
        "query": query,
        "count": len(hits),
        "hits": [
            {**hit._asdict(), "kind": SECTION_WORDS[hit.section], "matched": [each._asdict() for each in hit.matched]}
            for hit in hits[:limit]
        ],
    }
