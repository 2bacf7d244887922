"""Rows as the text of a file, piece by piece (写出): CSV, JSON or XML, however many there are."""

from __future__ import annotations

import csv
import io
import json
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar
from xml.sax.saxutils import escape

from jointsanction.identity.masks import printable
from jointsanction.registry.readers.tables.formulas import harmless
from jointsanction.terms import TextEncoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jointsanction.model.export_profile import Profile

    About = Mapping[str, str | None]

T_contra = TypeVar("T_contra", contravariant=True)
R = TypeVar("R")


class Rows(Protocol[T_contra]):
    """What turns something into the cells of a receiver's row (导出行): a change of a list, or a case."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Return the receiver's headers."""

    def row(self, said: T_contra, /) -> tuple[str, ...]:
        """Return the cells, in the order of the headers; what isn't known is empty."""


_PORTION: Final = 500  # rows a piece


def csv_pieces(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a header and rows as lines of CSV that no spreadsheet runs, some hundred of them a piece (表格行)."""
    yield _csv_lines([headers])
    given = iter(rows)
    while portion := list(islice(given, _PORTION)):
        yield _csv_lines(portion)


def csv_text(changes: Iterable[R], writer: Rows[R], profile: Profile, about: About) -> Iterator[str]:  # noqa: ARG001 - writers have one signature
    """Yield the lines of a CSV file; what a spreadsheet would run as a formula is marked as text."""
    yield from csv_pieces(writer.headers, map(writer.row, changes))


def json_text(changes: Iterable[R], writer: Rows[R], profile: Profile, about: About) -> Iterator[str]:  # noqa: ARG001 - as above
    """Yield a JSON document: of which versions it is, and its rows; a cell that says nothing is left out."""
    head = json.dumps(dict(about), ensure_ascii=False)
    yield head[:-1] + ', "records": ['
    comma = "\n"
    for change in changes:
        cells = {header: cell for header, cell in zip(writer.headers, writer.row(change), strict=True) if cell}
        yield comma + json.dumps(cells, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def xml_text(changes: Iterable[R], writer: Rows[R], profile: Profile, about: About) -> Iterator[str]:
    """Yield an XML document of an element a row; a cell that says nothing is left out."""
    said = "".join(f' {name}="{_xml(value)}"' for name, value in about.items() if value is not None)
    encoding = "UTF-8" if profile.encoding.startswith("utf-8") else profile.encoding.upper()
    yield f'<?xml version="1.0" encoding="{encoding}"?>\n<{profile.root}{said}>\n'
    for change in changes:
        cells = zip(writer.headers, writer.row(change), strict=True)
        inner = "".join(f"<{header}>{_xml(cell)}</{header}>" for header, cell in cells if cell)
        yield f"<{profile.record}>{inner}</{profile.record}>\n"
    yield f"</{profile.root}>\n"


WRITERS: Final[Mapping[str, Callable[[Iterable[Any], Rows[Any], Profile, About], Iterator[str]]]] = {
    "csv": csv_text,
    "json": json_text,
    "xml": xml_text,
}
"""How rows are written, by format."""


def encoded(pieces: Iterable[str], form: str, profile: Profile) -> Iterator[bytes]:
    """Yield the bytes of a file in its receiver's encoding; what that lacks is written as a question mark."""
    encoding = profile.encoding.value
    marked = form == "csv" and encoding == TextEncoding.UTF_8_SIG
    for text in pieces:
        # The mark belongs before the first piece only, and before no JSON or XML at all.
        yield text.encode("utf-8-sig" if marked else encoding.removesuffix("-sig"), errors="replace")
        marked = False


def _csv_lines(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) if cell else "" for cell in row] for row in rows)
    return text.getvalue()


def _xml(text: str) -> str:
    return escape(printable(text), {'"': "&quot;"})
