"""Refused records of an XML file go back as XML (退回 XML): what was taken in is cut out, all else is untouched."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from jointsanction.registry.readers.covers import PROBLEM_COLUMN
from jointsanction.registry.readers.headers import header_words
from jointsanction.registry.readers.layout import HeaderReader
from jointsanction.registry.readers.rejects.text_rows import encoded
from jointsanction.registry.readers.tables.tree_table import records_of
from jointsanction.registry.readers.tables.xml_table import (
    CODECS,
    TreeBuilder,
    built,
    decode_declared,
    split_declaration,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.registry.readers.report import ImportReport
    from jointsanction.registry.readers.tables.tree_table import Record

_FIRST_TAG: Final = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*/>\Z""")
_BEFORE: Final = re.compile(f"<{PROBLEM_COLUMN}>.*?</{PROBLEM_COLUMN}>|<{PROBLEM_COLUMN}/>".encode(), re.DOTALL)


def xml_back(raw: bytes, report: ImportReport, said: Mapping[int, str]) -> bytes:
    """Return an XML document with the refused records only, and whatever stood around them."""
    text, encoding = decode_declared(raw)
    declaration, body = split_declaration(text)
    builder = _Places()
    whole = built(text, builder)
    records = records_of(whole, HeaderReader(report.plan, header_words()), report.plan)
    places = sorted((builder.of(record), said.get(number)) for number, record in enumerate(records, 1))
    source, changed, done = body.encode(), [declaration.encode()], 0
    for (start, inner), words in places:
        closed = _closes_itself(source, start, inner)
        end = inner if closed else source.index(b">", inner) + 1
        element = source[start:end]
        changed += [source[done:start], b"" if words is None else _told(element, inner - start, words, closed=closed)]
        done = end
    found = b"".join([*changed, source[done:]]).decode()
    codec = CODECS.get(encoding.casefold())
    return encoded(found, encoding, raw) if codec is None else found.encode(codec, "xmlcharrefreplace")


def _closes_itself(source: bytes, start: int, inner: int) -> bool:
    """Tell whether an element is one tag only: the parser then names its end as the place of its end tag."""
    return source[inner - 2 : inner] == b"/>" and _FIRST_TAG.match(source, start, inner) is not None


def _told(element: bytes, inner: int, words: str, *, closed: bool) -> bytes:
    """Return an element with one child more, that says what is wrong; what an earlier one said goes."""
    problem = f"<{PROBLEM_COLUMN}>{html.escape(words, quote=False)}</{PROBLEM_COLUMN}>".encode()
    if not closed:
        return _BEFORE.sub(b"", element[:inner]) + problem + element[inner:]
    name = element[1:-2].split(maxsplit=1)[0]
    return element[:-2].rstrip() + b">" + problem + b"</" + name + b">"


class _Places(TreeBuilder):
    """Builds the tree of a text and remembers where each element stands in it."""

    def __init__(self) -> None:
        """Start before the first element."""
        super().__init__()
        self._starts: list[int] = []
        self._found: dict[int, tuple[Record, int, int]] = {}

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._starts.append(self.parser.CurrentByteIndex)
        super()._start(name, attributes)

    def _end(self, name: str) -> None:
        parts = self._open[-1][0]  # kept, so that no other element can come to have its identity
        self._found[id(parts)] = (parts, self._starts.pop(), self.parser.CurrentByteIndex)
        super()._end(name)

    def of(self, record: Record) -> tuple[int, int]:
        """Return where the element of a record begins, and where its end tag does."""
        _, start, inner = self._found[id(record)]
        return start, inner
