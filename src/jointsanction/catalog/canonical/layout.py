"""A YAML text written anew in the one form (统一格式): from its nodes, with the comments put back where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast

import yaml

from jointsanction.catalog.canonical.order import key_order
from jointsanction.catalog.canonical.remarks import BLANK, Remarks
from jointsanction.catalog.canonical.scalars import scalar_text
from jointsanction.catalog.reading.shapes import Shape, shapes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STEP: Final = 2
_WIDTH: Final = 120
_BLOCK_SCALARS: Final = frozenset({"|", ">"})


class _Leaf(NamedTuple):
    """A value that stands on one line; one that can't is kept line by line, `column` being where its entry began."""

    lines: tuple[str, ...]
    column: int


class _Block(NamedTuple):
    """A mapping or a list with one entry a line, in the order in which it is to be written."""

    entries: tuple[_Entry, ...]


class _Entry(NamedTuple):
    """One key with its value, or one item of a list, with the comments above, beside and below it."""

    key: str | None
    value: _Leaf | _Block
    above: tuple[str, ...]
    beside: str
    below: tuple[str, ...]


_Part: TypeAlias = "tuple[yaml.ScalarNode | None, yaml.Node, Shape | None]"


def composed(text: str) -> yaml.Node:
    """Return the nodes of a text that is known to be readable."""
    return cast("yaml.Node", yaml.compose(text, Loader=yaml.CSafeLoader))


def laid_out(text: str, shape: Shape) -> str:
    """Return a YAML text in the one form; that it still means the same, the caller makes sure."""
    root = composed(text)
    reading = _Reading(text, root)
    head = [one.text for one in reading.remarks.before(root.start_mark.line)]
    body = reading.value(root, shape, 0)
    tail = [one.text for one in reading.remarks.before(len(reading.source) + 1)]
    written = list(body.lines) if isinstance(body, _Leaf) else list(_block_lines(body, 0))
    return "\n".join(_single([*head, *written, *tail])).strip("\n") + "\n"


class _Reading:
    """Reads the nodes of one text in their order, and gives every comment to the entry it belongs to."""

    def __init__(self, text: str, root: yaml.Node) -> None:
        self.source = text.split("\n")
        self.remarks = Remarks(text, root)

    def value(self, node: yaml.Node, shape: Shape | None, column: int) -> _Leaf | _Block:
        """Return a node as it is to be written."""
        if isinstance(node, yaml.ScalarNode):
            if node.style in _BLOCK_SCALARS or "\n" in node.value:
                return self._as_it_stands(node, column)
            return _Leaf((scalar_text(node, shape),), column)
        if cast("yaml.CollectionNode", node).flow_style:
            if self.remarks.within(node):
                return self._as_it_stands(node, column)
            return _Leaf(_filled(node, _flow(node, shape), column), column)
        entries = tuple(self._entries(_parts(node, shape)))
        return _Block(tuple(_ordered(entries, shape)) if isinstance(node, yaml.MappingNode) else entries)

    def _entries(self, parts: Iterable[_Part]) -> list[_Entry]:
        """Return the entries of a block; a comment deeper than the next entry belongs below the one before."""
        entries: list[_Entry] = []
        for key, node, shape in parts:
            start = node.start_mark if key is None else key.start_mark
            depth = start.column - (_STEP if key is None else 0)
            found = self.remarks.before(start.line)
            deeper = next((at for at, one in enumerate(found) if one.text == BLANK or one.column <= depth), len(found))
            if entries:
                entries[-1] = entries[-1]._replace(below=tuple(one.text for one in found[:deeper]))
                found = found[deeper:]
            above = tuple(one.text for one in found)
            value = self.value(node, shape, depth)
            name = None if key is None else scalar_text(key, None)
            entries.append(_Entry(name, value, above, self._beside(key, node, value), ()))
        return entries

    def _beside(self, key: yaml.ScalarNode | None, node: yaml.Node, value: _Leaf | _Block) -> str:
        """Return the comment beside an entry: after its value, or after the key of a block."""
        if isinstance(value, _Leaf):
            return self.remarks.beside.pop(node.end_mark.line, "")
        return "" if key is None else self.remarks.beside.pop(key.end_mark.line, "")

    def _as_it_stands(self, node: yaml.Node, column: int) -> _Leaf:
        """Return a value as its author wrote it; the comments within it are part of it."""
        start, end = node.start_mark, node.end_mark
        last = end.line if end.column else end.line - 1
        lines = self.source[start.line : last + 1]
        if end.column:
            lines[-1] = lines[-1][: end.column]
        lines[0] = lines[0][start.column :]
        self.remarks.drop(start.line, last if end.column else end.line)
        return _Leaf(tuple(line.rstrip() for line in lines), column)


def _parts(node: yaml.Node, shape: Shape | None) -> Iterator[_Part]:
    """Yield what a mapping or a list is made of, each with what may stand there."""
    if isinstance(node, yaml.SequenceNode):
        inner = None if shape is None else shape.items
        yield from ((None, item, inner) for item in node.value)
        return
    known = _keys(shape)
    for key, value in node.value:
        yield key, value, known.get(key.value, None if shape is None else shape.values)


def _keys(shape: Shape | None) -> dict[str, Shape]:
    """Return the shape of each key of a mapping; one that stands for a list of one has the keys of its item."""
    if shape is not None and shape.model is None and shape.items is not None:
        return _keys(shape.items)
    return {} if shape is None or shape.model is None else dict(shapes_of(shape.model))


def _ordered(entries: tuple[_Entry, ...], shape: Shape | None) -> tuple[_Entry, ...]:
    """Return entries in the order of their model's keys; a mapping with a key of none stays as it is."""
    if shape is not None and shape.model is None and shape.items is not None:
        return _ordered(entries, shape.items)
    if shape is None or shape.model is None:
        return entries
    order = key_order(shape.model)
    if not all(entry.key in order for entry in entries):
        return entries
    return tuple(sorted(entries, key=lambda entry: order[entry.key or ""]))


def _flow(node: yaml.Node, shape: Shape | None) -> str:
    """Return a node on one line."""
    if isinstance(node, yaml.ScalarNode):
        return scalar_text(node, shape)
    if isinstance(node, yaml.SequenceNode):
        return "[" + ", ".join(_flow(item, inner) for _, item, inner in _parts(node, shape)) + "]"
    parts = ((cast("yaml.ScalarNode", key), value, inner) for key, value, inner in _parts(node, shape))
    entries = tuple(
        _Entry(scalar_text(key, None), _Leaf((_flow(value, inner),), 0), (), "", ()) for key, value, inner in parts
    )
    return "{" + ", ".join(f"{entry.key}: {_first(entry)}".rstrip() for entry in _ordered(entries, shape)) + "}"


def _filled(node: yaml.Node, line: str, column: int) -> tuple[str, ...]:
    """Return a list on one line, or on filled ones where its author broke it and it is too long for one."""
    plain = isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value)
    if not plain or node.start_mark.line == node.end_mark.line or len(line) < _WIDTH - node.start_mark.column:
        return (line,)
    lead, lines = " " * (column + _STEP), [""]
    for item in node.value:
        text = f"{scalar_text(item, None)},"
        if len(lead) + len(lines[-1]) + len(text) >= _WIDTH:
            lines.append("")
        lines[-1] += f" {text}" if lines[-1] else text
    return ("[", *(f"{lead}{each}" for each in lines), f"{' ' * column}]")


def _first(entry: _Entry) -> str:
    return entry.value.lines[0] if isinstance(entry.value, _Leaf) else ""


def _block_lines(block: _Block, indent: int) -> Iterator[str]:
    for entry in block.entries:
        yield from _entry_lines(entry, indent)


def _entry_lines(entry: _Entry, indent: int) -> Iterator[str]:
    lead = " " * indent
    yield from (_indented(text, lead) for text in entry.above)
    if entry.key is None and isinstance(entry.value, _Block):
        yield from _item_lines(entry.value, indent)
    else:
        name = "-" if entry.key is None else f"{entry.key}:"
        yield f"{lead}{name} {_first(entry)}".rstrip() + (f" {entry.beside}" if entry.beside else "")
        if isinstance(entry.value, _Block):
            yield from _block_lines(entry.value, indent + _STEP)
        else:
            yield from (_moved(line, indent - entry.value.column) for line in entry.value.lines[1:])
    yield from (_indented(text, lead + " " * _STEP) for text in entry.below)


def _item_lines(block: _Block, indent: int) -> Iterator[str]:
    """Yield an item that is a block itself: its first entry stands beside the dash."""
    lines = list(_block_lines(block, indent + _STEP))
    dash = next(at for at, line in enumerate(lines) if line != BLANK and not line.lstrip().startswith("#"))
    lead = " " * indent
    yield from (_indented(line.strip(" "), lead) for line in lines[:dash])
    yield f"{lead}- {lines[dash].lstrip()}"
    yield from lines[dash + 1 :]


def _indented(text: str, lead: str) -> str:
    return text if text == BLANK else f"{lead}{text}"


def _moved(line: str, by: int) -> str:
    """Return a line moved to the right, or to the left as far as it has room."""
    if by >= 0:
        return " " * by + line if line else line
    return line[min(-by, len(line) - len(line.lstrip())) :]


def _single(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines with never two empty ones between entries."""
    before = ""
    for line in lines:
        if line != BLANK or before != BLANK:
            yield "" if line == BLANK else line
        before = line
