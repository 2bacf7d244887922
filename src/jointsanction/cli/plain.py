"""A page as plain lines (纯文本): no colour, no boxes, one line a line, so that files and programs can keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.identity.masks import printable
from jointsanction.telling.page import Block, Grid, Headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.telling.page import Line, Part


def plain_lines(part: Part) -> Iterator[str]:
    """Yield the lines of a part of a page, an empty one before blocks and grids."""
    if isinstance(part, Headline):
        yield f"{part.verdict.zh}：{printable(part.text)}" if part.verdict is not None else printable(part.text)
        return
    yield ""
    yield printable(part.title)
    yield from map(_line, part.lines) if isinstance(part, Block) else _rows(part)


def _line(line: Line) -> str:
    return f"  {line.label}：{printable(line.text)}" if line.label else f"  {printable(line.text)}"


def _rows(grid: Grid) -> Iterator[str]:
    for row in (grid.headers, *grid.rows):
        yield "  " + " | ".join(map(printable, row))
