"""Files of statutes → articles, paragraphs and items (法律文本): one text file an edition, `标题(YYYY-MM-DD).md`."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.draft.numerals import NUMERAL, in_chinese, read_numeral
from jointsanction.catalog.reading.dates import parse_day
from jointsanction.errors import CatalogError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STATE: Final = "中华人民共和国"
_SUFFIXES: Final = frozenset({".md", ".txt"})
_NAME: Final = re.compile(r"(.+?)(?:\((\d{4}-\d{2}-\d{2})\))?")
_YEAR: Final = re.compile(r"（\d{4}年[^（）]*）$")
_ARTICLE: Final = re.compile(f"第({NUMERAL})条(?:之({NUMERAL}))?[\\s\u3000]*(.*)")
_ITEM: Final = re.compile(f"[（(]\\s*({NUMERAL})\\s*[)）]")
_ASIDE: Final = ("#", "<!--")
_DIGITS: Final = 16


class Paragraph(NamedTuple):
    """One paragraph of an article (款): its own words, and its items by number (项)."""

    text: str
    items: dict[str, str]

    @property
    def whole(self) -> str:
        """Return the words of the paragraph with those of its items."""
        return "".join((self.text, *self.items.values()))


class Article(NamedTuple):
    """One article of an edition (条), paragraph by paragraph, its words without spaces."""

    number: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """Return all words of the article."""
        return "".join(paragraph.whole for paragraph in self.paragraphs)

    @property
    def fingerprint(self) -> str:
        """Return the sixteen digits by which a later text shows whether the words are the same (条文指纹)."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:_DIGITS]


class Edition:
    """One edition of a statute (文本): the day it was adopted, None where the file's name has none; read when asked."""

    def __init__(self, path: Path, day: date | None) -> None:
        """Keep where the text is."""
        self.path = path
        self.day = day

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Return the articles by number (`22`, `第120条之一`); of two of one number the first, the rest is annexed."""
        found: dict[str, Article] = {}
        for number, lines in _articles(self.path.read_text(encoding="utf-8-sig").splitlines()):
            found.setdefault(number, Article(number, tuple(_paragraphs(lines))))
        return found


class Library:
    """A folder of statute texts (法律文本库): editions by title, the oldest first."""

    def __init__(self, folder: Path) -> None:
        """Find the texts; none is read yet.

        Raises:
            CatalogError: `catalog.no_statutes` when there is no text under the folder.
        """
        self._editions: dict[str, list[Edition]] = {}
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = _NAME.fullmatch(path.stem)
            if path.suffix in _SUFFIXES and name is not None and not path.name.startswith(("_", "README")):
                edition = Edition(path, parse_day(name[2]) if name[2] else None)
                self._editions.setdefault(_title(name[1]), []).append(edition)
        for editions in self._editions.values():
            editions.sort(key=lambda edition: edition.day or date.min)
        if not self._editions:
            message = "没有法律文本；应为存放“标题(YYYY-MM-DD).md”文本文件的文件夹，每条以“第…条”起行。"
            raise CatalogError([Problem(str(folder), 1, 1, "catalog.no_statutes", message)])

    def editions(self, title: str) -> tuple[Edition, ...]:
        """Return the editions of a title, the oldest first; none when the title isn't there.

        The state's name before a title and the year of an edition after it make no difference.
        """
        return tuple(self._editions.get(_title(title), ()))

    def all(self) -> tuple[Edition, ...]:
        """Return every edition, in the order of titles and days."""
        return tuple(edition for _, editions in sorted(self._editions.items()) for edition in editions)


def plain(text: str) -> str:
    """Return words as they are compared: one width, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _title(title: str) -> str:
    return plain(_YEAR.sub("", title)).replace(_STATE, "")


def _articles(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    number, held = None, list[str]()
    for line in filter(None, map(str.strip, lines)):
        head = _ARTICLE.match(line)
        value = read_numeral(head[1]) if head else None
        if head is not None and value is not None:
            if number is not None:
                yield number, held
            number, held = _number(value, head[2]), [head[3]]
        elif not line.startswith(_ASIDE):
            held.append(line)
    if number is not None:
        yield number, held


def _number(value: int, branch: str | None) -> str:
    said = read_numeral(branch) if branch is not None else None
    return str(value) if said is None else f"第{value}条之{in_chinese(said)}"


def _paragraphs(lines: list[str]) -> Iterator[Paragraph]:
    """Yield the paragraphs; a line that begins with a number in brackets is an item of the one before."""
    paragraph: Paragraph | None = None
    for line in filter(None, lines):
        item = _ITEM.match(line)
        if item is not None and paragraph is not None:
            paragraph.items[str(read_numeral(item[1]))] = plain(line)
            continue
        if paragraph is not None:
            yield paragraph
        paragraph = Paragraph(plain(line), {})
    if paragraph is not None:
        yield paragraph
