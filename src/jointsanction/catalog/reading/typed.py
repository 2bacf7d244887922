"""Nodes → values (按字段取值): what the author wrote, read as what the schema wants there, then validated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from jointsanction.catalog.nearest import nearest, show
from jointsanction.catalog.reading.dates import parse_day
from jointsanction.catalog.reading.faults import TODO
from jointsanction.catalog.reading.shapes import Shape, shapes_of
from jointsanction.catalog.reading.yaml_text import ListNode, MapNode, Node, TextNode, node_at
from jointsanction.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic_core import ErrorDetails

    from jointsanction.catalog.reading.yaml_text import Place

M = TypeVar("M", bound=BaseModel)

_INT: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_FLOAT: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_BOOLS: Final = {"true": True, "false": False}


class Reading:
    """Reads the nodes of one file against a model (读取) and keeps every problem with its place."""

    def __init__(self, file: str, told: Mapping[str, str] | None = None) -> None:
        """Take the file's name for messages, and keys that aren't the author's to write, each with the reason."""
        self.file = file
        self.problems: list[Problem] = []
        self._told = told or {}

    def read(self, node: MapNode, model: type[M], given: Mapping[str, Any]) -> M | None:
        """Return the model's value; `given` are keys that follow from where the file lies.

        None when anything is wrong; then `problems` says what.
        """
        before = len(self.problems)
        data = {**self._mapping(node, model, self._told), **given}
        try:
            value = model.model_validate(data)
        except ValidationError as error:
            taken = {(problem.line, problem.column) for problem in self.problems[before:]}
            # Of a union each member has its say; that a value is of another type altogether says least.
            details = error.errors(include_url=False, include_input=False)
            for detail in sorted(details, key=lambda detail: detail["type"].endswith("_type")):
                self._refused(node, detail, taken)
            return None
        return value if len(self.problems) == before else None

    def _refused(self, root: MapNode, detail: ErrorDetails, taken: set[tuple[int, int]]) -> None:
        """Keep what pydantic refused, unless something was already said about the same place."""
        kind = detail["type"]
        node, name = node_at(root, detail["loc"])
        if kind == "missing":
            self.fault(node.place, "catalog.missing_key", f"缺少必填字段 '{detail['loc'][-1]}'。")
        elif tuple(node.place) not in taken:
            taken.add((node.place.line, node.place.column))
            if kind in {"enum", "literal_error"}:
                words = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
                self._unknown_word(node.place, _word_of(node), tuple(words))
                return
            said = _REFUSALS.get(kind, detail["msg"])
            self.fault(node.place, "catalog.invalid_value", f"字段 '{name}' 的值有误：{said}。")

    def _mapping(self, node: MapNode, model: type[BaseModel], told: Mapping[str, str]) -> dict[str, object]:
        shapes = shapes_of(model)
        data: dict[str, object] = {}
        for key, entry in node.entries.items():
            if key in told:
                self.fault(entry.key, "catalog.not_yours_to_write", f"不必写字段 '{key}'：{told[key]}。")
            elif key not in shapes:
                hint = nearest(key, [name for name in shapes if name not in told])
                self.fault(entry.key, "catalog.unknown_key", f"未知字段 '{key}'{hint or '。'}")
            else:
                data[key] = self._value(entry.value, shapes[key], key)
        return data

    def _value(self, node: Node, shape: Shape, name: str) -> object:
        if isinstance(node, TextNode):
            return self._text(node, shape, name)
        if isinstance(node, ListNode):
            if shape.items is None:
                return self._misshapen(node, shape, name)
            return [self._value(item, shape.items, name) for item in node.items]
        return self._map(node, shape, name)

    def _map(self, node: MapNode, shape: Shape, name: str) -> object:
        if shape.model is not None:
            return self._short(node) if _is_short(node, shape) else self._mapping(node, shape.model, {})
        if shape.values is not None:
            return self._entries(node, shape, shape.values)
        if shape.loose and shape.items is not None:
            return [self._map(node, shape.items, name)]
        return self._misshapen(node, shape, name)

    def _short(self, node: MapNode) -> dict[str, object]:
        """Read `{word: argument}`: the argument is a number, true/false, or a text."""
        freely = Shape(scalars=frozenset({"bool", "int", "text"}))
        return {key: self._value(entry.value, freely, key) for key, entry in node.entries.items()}

    def _entries(self, node: MapNode, shape: Shape, values: Shape) -> dict[str, object]:
        data: dict[str, object] = {}
        for key, entry in node.entries.items():
            if shape.keys and key not in shape.keys:
                self._unknown_word(entry.key, key, shape.keys)
                continue
            data[key] = self._value(entry.value, values, key)
        return data

    def _text(self, node: TextNode, shape: Shape, name: str) -> object:
        if node.is_null and shape.nullable:
            return None
        if not node.text.strip() or node.is_null:
            self.fault(node.place, "catalog.empty_value", f"字段 '{name}' 没有值；请填写，或删去这一行。")
            return node.text
        if node.text.strip() == TODO:
            self.fault(node.place, "catalog.todo", f"字段 '{name}' 待补（{TODO}）{_choice(shape)}。")
            return node.text
        if shape.scalars or shape.words:
            return self._scalar(node, shape, name)
        if shape.loose:
            return node.text if shape.items is None else [self._text(node, shape.items, name)]
        return self._misshapen(node, shape, name)

    def _scalar(self, node: TextNode, shape: Shape, name: str) -> object:
        text = node.text
        if text in shape.words:
            return text
        # Where a text is as good as a number (what a rule compares with), the author's quotes decide.
        if node.plain or "text" not in shape.scalars:
            for kind in ("date", "bool", "int", "float"):
                value = _READERS[kind](text) if kind in shape.scalars else None
                if value is not None:
                    return value
        if "text" in shape.scalars:
            return text
        if shape.words:
            self._unknown_word(node.place, text, shape.words)
        else:
            self.fault(node.place, "catalog.wrong_type", f"字段 '{name}' 的值 '{text}' 应为{_wanted(shape)}。")
        return text

    def _unknown_word(self, place: Place, word: str, words: tuple[str, ...]) -> None:
        hint = nearest(word, words) or f"；可用的有：{'、'.join(show(one, words) for one in words)}"
        self.fault(place, "catalog.unknown_value", f"取值 '{word}' 不在词表中{hint}")

    def _misshapen(self, node: Node, shape: Shape, name: str) -> object:
        wanted = (
            "列表（[甲, 乙] 或逐行“- ”）"
            if shape.items
            else "映射（{键: 值}）"
            if shape.model or shape.values
            else "单个值"
        )
        self.fault(node.place, "catalog.wrong_shape", f"字段 '{name}' 应为{wanted}。")
        return None

    def fault(self, place: Place, code: str, message: str) -> None:
        """Keep a problem at a place of this file."""
        self.problems.append(Problem(self.file, *place, code, message))


def _choice(shape: Shape) -> str:
    """Return what may stand at a place, where a few words say it."""
    if shape.words:
        return f"；可用的有：{'、'.join(show(one, shape.words) for one in shape.words)}"
    return f"；应为{_wanted(shape)}" if shape.scalars and "text" not in shape.scalars else ""


def _wanted(shape: Shape) -> str:
    return "，或".join(said for kind, said in _WANTED.items() if kind in shape.scalars)


def _is_short(node: MapNode, shape: Shape) -> bool:
    if not shape.loose or shape.model is None or len(node.entries) != 1:
        return False
    return next(iter(node.entries)) not in shapes_of(shape.model)


def _word_of(node: Node) -> str:
    """Return the text of a scalar, or the one word of a short form."""
    if isinstance(node, MapNode):
        return next(iter(node.entries), "")
    return node.text if isinstance(node, TextNode) else ""


def _read_int(text: str) -> int | None:
    return int(text) if _INT.fullmatch(text) else None


def _read_float(text: str) -> float | None:
    return float(text) if _FLOAT.fullmatch(text) else None


_READERS: Final[dict[str, Callable[[str], object]]] = {
    "date": parse_day,
    "bool": _BOOLS.get,
    "int": _read_int,
    "float": _read_float,
}

_WANTED: Final = {
    "date": "日期（如 2021-12-16 或 2021年12月16日）",
    "bool": " true 或 false",
    "int": "整数",
    "float": "数字",
}

_REFUSALS: Final = {
    "too_long": "元素太多",
    "too_short": "元素太少",
    "tuple_type": "应为列表",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "greater_than": "数太小",
    "greater_than_equal": "数太小",
    "less_than_equal": "数太大",
    "model_type": "应为映射",
    "dict_type": "应为映射",
}
