"""A value ↔ the text of its cell (单元格): words of the vocabularies in Chinese, lists line by line, nothing lost.

What a line can't hold as it is (an outer space, a control character) stands in double quotes, as JSON writes it; what
has parts of its own stands as YAML of one line a part.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from jointsanction.catalog.draft.yaml_out import flow
from jointsanction.catalog.reading.yaml_text import ListNode, MapEntry, MapNode, TextNode, read_yaml
from jointsanction.terms import Term

if TYPE_CHECKING:
    from jointsanction.catalog.reading.shapes import Shape
    from jointsanction.catalog.reading.yaml_text import Node, Place

EMPTY: Final = "（空）"
"""An empty list, where leaving the cell blank would mean something else."""

_LITERALS: Final = {
    "act": "行为时", "asking": "核查时", "active": "在用", "retired": "停用", "listed": "列入", "corrected": "改正",
    "national": "全国", "unit": "单位",
}  # fmt: skip
"""Words of small choices, which no vocabulary holds."""

_BOOLS: Final = {"true": "是", "false": "否"}
_ESCAPE: Final = "_x"
"""A spreadsheet reads `_x000D_` as a sign."""

_MARKS: Final = ("'", '"')
"""What a spreadsheet drops from the beginning of a cell, and what begins a quoted one here."""


class CellError(ValueError):
    """A cell that can't be read (单元格有误); its message says why."""


def labels(shape: Shape) -> dict[str, str]:
    """Return what stands in a cell for each word of a place (词表对照)."""
    words = {str(word): word.zh if isinstance(word, Term) else _LITERALS.get(word, word) for word in shape.words}
    return {**words, **(_BOOLS if "bool" in shape.scalars else {})}


def cell_text(value: Any, shape: Shape) -> str:  # noqa: ANN401 - JSON values have no one type
    """Return the text of a cell for a JSON value."""
    if is_yaml(shape):
        return "\n".join(map(flow, value)) if isinstance(value, list) and value else flow(value)
    if isinstance(value, list):
        items = shape.items or shape
        return "\n".join(cell_text(each, items) for each in value) if value else EMPTY
    text = json.dumps(value) if not isinstance(value, str) else value
    return labels(shape).get(text) or (text if _is_plain(text) else quoted(text))


def is_yaml(shape: Shape) -> bool:
    """Return whether a place holds more than a word or a list of words, or a value whose quotes decide its type."""
    inner = shape.items or shape
    mixed = "text" in inner.scalars and len(inner.scalars) > 1
    return mixed or any(one is not None for one in (inner.model, inner.values, inner.items))


def _is_plain(text: str) -> bool:
    whole = text.strip() == text and all(sign.isprintable() for sign in text)
    return whole and text != EMPTY and not text.startswith(_MARKS) and _ESCAPE not in text


def quoted(text: str) -> str:
    """Return a text in double quotes, in one line (加引号)."""
    printed = json.dumps(text, ensure_ascii=False).replace(_ESCAPE, "\\u005fx")
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in printed)


def cell_node(text: str, shape: Shape, place: Place) -> Node:
    """Return the node a cell stands for, as if its author had written YAML; the strict reader then takes it.

    Raises:
        CellError: for a cell of YAML or of quotes that can't be read.
    """
    if is_yaml(shape):
        return _yaml_node(text, shape, place)
    if shape.items is None:
        return _one(text, shape, place)
    if text == EMPTY:
        return ListNode((), place)
    lines = [line for line in text.splitlines() if line.strip()]
    words = labels(shape)
    if len(lines) == 1 and (shape.scalars or lines[0].strip() in {*words, *words.values()}):
        return _one(lines[0], shape, place)
    return ListNode(tuple(_one(line, shape.items, place) for line in lines), place)


def _one(text: str, shape: Shape, place: Place) -> TextNode:
    if text.startswith('"'):
        try:
            return TextNode(str(json.loads(text)), plain=False, place=place)
        except ValueError as error:
            raise CellError("双引号不成对，或引号内的写法不对；不需要引号的请删去") from error
    words = {said: word for word, said in labels(shape).items()}
    # A text that says null is a text.
    return TextNode(words.get(text.strip(), text.strip()), plain="text" not in shape.scalars, place=place)


def _yaml_node(text: str, shape: Shape, place: Place) -> Node:
    lines = [line for line in text.splitlines() if line.strip()]
    is_list = shape.items is not None and not text.lstrip().startswith("[]")
    body = "".join(f"- {line}\n" for line in lines) if is_list else text
    document = read_yaml((f"v:\n{body}" if is_list else f"v: {body}").encode(errors="replace"), "")
    if document.root is None or document.problems:
        raise CellError(document.problems[0].message.rstrip("。"))
    return moved(document.root.entries["v"].value, place)


def moved(node: Node, place: Place) -> Node:
    """Return a node with all its parts at one place: the cell they stand in."""
    if isinstance(node, TextNode):
        return node._replace(place=place)
    if isinstance(node, ListNode):
        return ListNode(tuple(moved(item, place) for item in node.items), place)
    return MapNode({key: MapEntry(place, moved(entry.value, place)) for key, entry in node.entries.items()}, place)
