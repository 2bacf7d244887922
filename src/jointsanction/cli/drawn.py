"""A page on a terminal (终端表格): tables, and the verdict as a word with a shape, for colour alone tells nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from jointsanction.identity.masks import printable
from jointsanction.telling.page import Block, Grid, Headline
from jointsanction.terms import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jointsanction.telling.page import Part

SHAPES: Final = {
    Verdict.PROHIBITED: ("■", "bold white on red"),
    Verdict.RESTRICTED: ("◆", "bold black on yellow"),
    Verdict.INDETERMINATE: ("？", "bold white on magenta"),
    Verdict.ATTENTION: ("▲", "bold black on cyan"),
    Verdict.FAVOURED: ("★", "bold black on green"),
    Verdict.CLEAR: ("○", "bold"),
}
"""The shape and the style of each verdict; the shape and the word say it without the style."""


def draw(parts: Iterable[Part], console: Console | None = None) -> None:
    """Draw the parts of a page in order."""
    used = console or Console(highlight=False)
    for part in parts:
        if isinstance(part, Headline):
            used.print(_headline(part))
        else:
            used.print(_block(part) if isinstance(part, Block) else _grid(part))


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr while rows are read or written."""
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def told(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield told


def _headline(headline: Headline) -> Text:
    if headline.verdict is None:
        return Text(printable(headline.text), style="bold")
    shape, style = SHAPES[headline.verdict]
    return Text.assemble((f" {shape} {headline.verdict.zh} ", style), " ", (printable(headline.text), "bold"))


def _block(block: Block) -> Table:
    table = Table(title=_title(block.title), title_justify="left", show_header=False, expand=True)
    labelled = any(line.label for line in block.lines)
    if labelled:
        table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for line in block.lines:
        text = Text(printable(line.text))
        table.add_row(Text(line.label), text) if labelled else table.add_row(text)
    return table


def _grid(grid: Grid) -> Table:
    table = Table(title=_title(grid.title), title_justify="left", expand=True)
    for header in grid.headers:
        table.add_column(Text(header), overflow="fold")
    for row in grid.rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table


def _title(text: str) -> Text:
    return Text(printable(text), style="bold")
