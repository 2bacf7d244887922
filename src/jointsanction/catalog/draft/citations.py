"""What a cell cites (法规政策依据): title, document number and places of each instrument, as far as can be told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.draft import document_number, places
from jointsanction.catalog.draft.document_number import fold_number
from jointsanction.catalog.draft.places import Place, Places, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER: Final = re.compile(document_number.PRINTED)
_PLACE: Final = re.compile(places.PRINTED)
_LONGEST: Final = 500
"""No title is longer; an open bracket must not make the rest of a cell be searched over and over."""

_QUOTED: Final = re.compile("“[^”]*”")
_PAIRS: Final = {"《": "》", "（": "）", "(": ")", "【": "】", "［": "］", "[": "]", "〔": "〕"}
_EDITION: Final = re.compile("[0-9０-９]{4}\\s*(?:年.*|修[正订].*|版|本)?")
_SAYS_NOTHING: Final = re.compile(
    "(?:[\\s、，,；;。．.:：]|等|以及|及|和|与|或|的|中|有关|相关|规定|条款|要求|依据|根据|按照|[0-9]+[.．、)）]|[（(][0-9]+[)）])*"
)


class Document(NamedTuple):
    """An instrument as cited (所引文件): title as printed, folded number, what is said of its edition."""

    title: str | None = None
    number: str | None = None
    edition: str | None = None


class Citation(NamedTuple):
    """One place of one instrument (一条依据)."""

    document: Document
    place: Place


class Cited(NamedTuple):
    """What a cell cites, what of it was not understood, and why it can't be used at all if so (依据栏)."""

    citations: tuple[Citation, ...]
    unread: tuple[str, ...] = ()
    fault: str | None = None


def read_citations(text: str) -> Cited:
    """Return what a cell cites (拆分依据).

    >>> [citation.place.article for citation in read_citations("《虚构法》第五十三条至第五十五条").citations]
    ['53', '54', '55']
    """
    reader = _Reader()
    try:
        for kind, printed in _tokens(text):
            reader.take(kind, printed)
    except UnreadableError as error:
        return Cited((), (), f"“{error}”的条、款、项读不出来或不知属于哪个文件；文件名称请用《》括起，条号请写全")
    if not reader.citations():
        return Cited((), (), "没有《》括起的文件名称，也没有文号")
    return Cited(tuple(reader.citations()), tuple(reader.unread))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a cell in order: title, bracket, number, place, quoted words, and anything between them."""
    at, between = 0, 0
    while at < len(text):
        kind, end = _at(text, at)
        if not kind:
            at += 1
            continue
        if between < at:
            yield "other", text[between:at]
        yield kind, text[at:end]
        at = between = end
    if between < len(text):
        yield "other", text[between:]


def _at(text: str, at: int) -> tuple[str, int]:
    """Return what begins at a place of a text and where it ends."""
    for kind, pattern in (("place", _PLACE), ("number", _NUMBER), ("quoted", _QUOTED)):
        found = pattern.match(text, at)
        if found is not None:
            return kind, found.end()
    if text[at] in _PAIRS:
        end = _closing(text, at)
        return ("title" if text[at] == "《" else "bracket", end) if end else ("", at)
    return "", at


def _closing(text: str, at: int) -> int:
    """Return the end of what a bracket opens, nought when nothing closes it; brackets may stand within their like."""
    opening, closing, depth = text[at], _PAIRS[text[at]], 0
    for place in range(at, min(at + _LONGEST, len(text))):
        depth += (text[place] == opening) - (text[place] == closing)
        if depth == 0:
            return place + 1
    return 0


class _Reader:
    """Reads the parts of a cell in order and knows to which instrument a place belongs."""

    def __init__(self) -> None:
        self.unread: list[str] = []
        self._read: list[tuple[Document, Places]] = []
        self._lost = True
        self._fresh = False
        self._up_to = False

    def citations(self) -> list[Citation]:
        """Return what was cited; an instrument without a place is cited as a whole."""
        return [Citation(document, place) for document, found in self._read for place in found.found or [Place()]]

    def take(self, kind: str, printed: str) -> None:
        """Take in the next part.

        Raises:
            UnreadableError: when a place can't be read, or nobody can tell of which instrument it is.
        """
        {
            "title": self._title,
            "number": self._number,
            "bracket": self._bracket,
            "place": self._place,
            "quoted": self.unread.append,
            "other": self._other,
        }[kind](printed)

    def _begin(self, document: Document) -> None:
        self._read.append((document, Places()))
        self._lost, self._fresh, self._up_to = False, True, False

    def _title(self, printed: str) -> None:
        self._begin(Document("".join(printed[1:-1].split())))

    def _number(self, printed: str) -> None:
        number = fold_number(printed)
        if self._fresh and self._read[-1][0].number is None:
            self._know(number=number)
        else:
            self._begin(Document(number=number))

    def _bracket(self, printed: str) -> None:
        inside = printed[1:-1].strip()
        number = fold_number(inside)
        if not self._fresh:
            self.unread.append(printed)
        elif number is not None:
            self._know(number=number)
        elif _EDITION.fullmatch(inside) is not None:
            self._know(edition="".join(inside.split()))
        else:
            self.unread.append(printed)

    def _know(self, **facts: str | None) -> None:
        document, found = self._read[-1]
        self._read[-1] = (document._replace(**facts), found)

    def _place(self, printed: str) -> None:
        if self._lost:
            raise UnreadableError(printed)
        self._fresh = False
        found = self._read[-1][1]
        found.add(printed, up_to=self._up_to)
        self.unread += found.unread
        found.unread.clear()
        self._up_to = False

    def _other(self, printed: str) -> None:
        self._up_to = places.RANGE.fullmatch(printed) is not None
        self._fresh = self._fresh and not printed.strip()
        if self._up_to or _SAYS_NOTHING.fullmatch(printed) is not None:
            return
        self.unread.append(printed.strip())
        self._lost = True
