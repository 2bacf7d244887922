"""What a command shows, before anybody knows on what (页面): a headline, blocks of labelled lines, grids."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from jointsanction.terms import Verdict


class Line(NamedTuple):
    """One labelled line (行); without a label it is a sentence of its own."""

    label: str
    text: str


class Block(NamedTuple):
    """Lines that belong together under a title (段)."""

    title: str
    lines: tuple[Line, ...]


class Grid(NamedTuple):
    """Rows of equal cells under headers (表)."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Headline(NamedTuple):
    """The first line (首行): the verdict in words and what to do; without a verdict, a sentence."""

    text: str
    verdict: Verdict | None = None


Part: TypeAlias = Headline | Block | Grid
"""What a page is made of, in order."""
