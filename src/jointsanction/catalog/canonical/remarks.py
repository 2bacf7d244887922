"""Comments of a YAML text (注释) and what each belongs to: the entry below it, the one it stands beside, or the end.

The parser drops comments, so they are found again between its nodes; a mark of one within a value is none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SIGN: Final = "#"
BLANK: Final = "\0"
"""What stands for an empty line before an entry: kept, but never two of them."""


class Remark(NamedTuple):
    """One comment or empty line that has a line of its own (整行注释)."""

    line: int
    column: int
    text: str


class Remarks:
    """The comments of one text (注释): those with a line of their own, and those beside something, by line."""

    def __init__(self, text: str, root: yaml.Node) -> None:
        """Find them all."""
        lines = text.split("\n")
        covered = _covered(root)
        self.own: list[Remark] = []
        self.beside: dict[int, str] = {}
        self.inside: set[int] = set()
        for number, line in enumerate(lines):
            at = _comment_at(line, covered.get(number, ()))
            if not line.strip() and number not in covered:
                self.own.append(Remark(number, 0, BLANK))
            elif at is not None and not line[:at].strip():
                self.own.append(Remark(number, at, line[at:].rstrip()))
            elif at is not None:
                self.beside[number] = line[at:].rstrip()
        self.all = sorted([*(one.text for one in self.own if one.text != BLANK), *self.beside.values()])

    def before(self, line: int) -> list[Remark]:
        """Return the comments with a line of their own above a line, and take them away."""
        taken = [one for one in self.own if one.line < line]
        self.own = self.own[len(taken) :]
        return taken

    def drop(self, first: int, last: int) -> None:
        """Take away the comments on some lines, which are written with the value they stand in."""
        self.own = [one for one in self.own if not first <= one.line <= last]
        for line in range(first, last):
            self.beside.pop(line, None)

    def within(self, node: yaml.Node) -> bool:
        """Return whether a comment stands within a node that is written in brackets."""
        first, last = node.start_mark.line, node.end_mark.line
        return any(first <= one.line <= last for one in self.own) or any(first <= line < last for line in self.beside)


def _covered(root: yaml.Node) -> dict[int, list[tuple[int, int]]]:
    """Return which columns of each line are part of a scalar."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for node in _scalars(root):
        start, end = node.start_mark, node.end_mark
        for line in range(start.line, end.line + 1):
            first = start.column if line == start.line else 0
            found[line].append((first, end.column if line == end.line else _TO_THE_END))
    return found


_TO_THE_END: Final = 1 << 30


def _scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    else:
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)


def _comment_at(line: str, covered: Iterable[tuple[int, int]]) -> int | None:
    spans = tuple(covered)
    at = line.find(_SIGN)
    while at >= 0:
        if (at == 0 or line[at - 1] in " \t") and not any(first <= at < last for first, last in spans):
            return at
        at = line.find(_SIGN, at + 1)
    return None
