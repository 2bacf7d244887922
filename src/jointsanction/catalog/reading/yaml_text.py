"""Strict YAML (严格 YAML): a text becomes nodes of plain strings, each with its line and column.

Nothing is guessed from the text: whether `3`, `no` or `2016-08-30` is a number, a word or a day is for the schema to
say (see `shapes`). Refused: two equal keys, anchors, aliases, merge keys, tags, directives, several documents, keys
that aren't words, and whatever is deeper or larger than an entry can be.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeAlias

import yaml
from yaml import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from jointsanction.catalog.reading.yaml_faults import decode, syntax_problem
from jointsanction.errors import MissingExtraError, Problem

Event: TypeAlias = Any
"""An event of the parser; its attributes depend on its class, which the library's types don't say."""

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 12
MAX_NODES: Final = 200_000

_NULLS: Final = frozenset({"", "~", "null"})


class Place(NamedTuple):
    """Where something stands in a file (位置): line and column, both from one."""

    line: int
    column: int


class TextNode(NamedTuple):
    """A scalar as written (标量). `plain` is without quotes; only a plain empty text, `~` or `null` is nothing."""

    text: str
    plain: bool
    place: Place

    @property
    def is_null(self) -> bool:
        """Return whether the author left the value out."""
        return self.plain and self.text in _NULLS


class ListNode(NamedTuple):
    """A sequence (列表)."""

    items: tuple[Node, ...]
    place: Place


class MapNode(NamedTuple):
    """A mapping (映射): each key with where it stands and its value."""

    entries: dict[str, MapEntry]
    place: Place


class MapEntry(NamedTuple):
    """The value of a key, and where the key stands (键值)."""

    key: Place
    value: Node


Node: TypeAlias = TextNode | ListNode | MapNode
"""One node of a YAML text."""


class Document(NamedTuple):
    """What a YAML text holds (文档): its mapping, None when it can't be read, and everything wrong with it."""

    root: MapNode | None
    problems: tuple[Problem, ...]


class _Unreadable(Exception):  # noqa: N818 - never leaves this module
    """The rest of the text can't be read; the problem is already recorded."""


def require_libyaml() -> None:
    """Refuse to go on without the C parser: the pure one is six times slower, and nobody would see why.

    Raises:
        MissingExtraError: `catalog.no_libyaml`.
    """
    if not yaml.__with_libyaml__:
        code, message = "catalog.no_libyaml", "当前 PyYAML 未带 libyaml，无法读取 YAML 目录。"
        raise MissingExtraError(
            code, message, "请安装带 C 扩展的 PyYAML：pip install --force-reinstall --only-binary :all: PyYAML"
        )


def read_yaml(raw: bytes, file: str) -> Document:
    """Return the mapping a file holds, with the place of every key and value (读取 YAML).

    All problems that leave the rest readable are collected; `root` is None when nothing can be built.
    """
    require_libyaml()
    if len(raw) > MAX_BYTES:
        message = f"文件有 {len(raw)} 字节，超过上限 {MAX_BYTES} 字节；请拆分。"
        return Document(None, (Problem(file, 1, 1, "catalog.too_large", message),))
    text = decode(raw, file)
    if isinstance(text, Problem):
        return Document(None, (text,))
    builder = _Builder(text, file)
    try:
        return Document(builder.document(), tuple(builder.problems))
    except _Unreadable:
        return Document(None, tuple(builder.problems))
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError) as error:
        return Document(None, (*builder.problems, syntax_problem(error, text, file)))


class _Builder:
    """Builds nodes from the events of the C parser; an alias never becomes a node, so it can't explode."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._parser = yaml.CSafeLoader(text)
        self._nodes = 0

    def document(self) -> MapNode | None:
        """Return the only mapping of the only document."""
        self._next()
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            self._fault(Place(1, 1), "catalog.empty_file", "文件为空；请填写内容或删除文件。")
            return None
        if start.version or start.tags:
            self._fault(_place(start), "catalog.directive", "不允许 YAML 指令（以 % 开头的行）；请删去。")
        root = self._node(self._next(), 1)
        self._next()
        more = self._next()
        if not isinstance(more, yaml.StreamEndEvent):
            self._fault(
                _place(more),
                "catalog.several_documents",
                "一个文件只能有一个 YAML 文档；请删去后面的“---”或拆成两个文件。",
            )
        if isinstance(root, MapNode):
            return root
        hint = (
            "冒号是否用了全角“：”？请改为半角冒号加空格。" if isinstance(root, TextNode) and "：" in root.text else ""
        )
        self._fault(root.place, "catalog.not_a_mapping", f"文件应是“字段: 值”的映射。{hint}")
        return None

    def _next(self) -> Event:
        return self._parser.get_event()

    def _node(self, event: Event, depth: int) -> Node:
        place = _place(event)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._stop(place, "catalog.too_many_nodes", f"节点超过 {MAX_NODES} 个；请拆分文件。")
        if depth > MAX_DEPTH:
            self._stop(place, "catalog.too_deep", f"嵌套超过 {MAX_DEPTH} 层；请改平。")
        self._refuse_references(event, place)
        if isinstance(event, ScalarEvent):
            return TextNode(event.value, not event.style, place)
        if isinstance(event, SequenceStartEvent):
            return ListNode(self._items(depth), place)
        return MapNode(self._entries(depth), place)

    def _items(self, depth: int) -> tuple[Node, ...]:
        items = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return tuple(items)

    def _entries(self, depth: int) -> dict[str, MapEntry]:
        entries: dict[str, MapEntry] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            if not isinstance(key, TextNode):
                self._fault(key.place, "catalog.complex_key", "键必须是一个词，不能是列表或映射。")
            elif key.plain and key.text == "<<":
                self._fault(key.place, "catalog.merge_key", "不允许合并键“<<”；请把内容写全。")
            elif key.text in entries:
                first = entries[key.text].key.line
                self._fault(
                    key.place, "catalog.duplicate_key", f"重复的键 '{key.text}'（首次在第 {first} 行）；请只留一个。"
                )
            else:
                entries[key.text] = MapEntry(key.place, value)
        return entries

    def _refuse_references(self, event: Event, place: Place) -> None:
        if isinstance(event, AliasEvent):
            self._stop(place, "catalog.alias", f"不允许别名引用“*{event.anchor}”；请把内容写全，文字请加引号。")
        if event.anchor is not None:
            self._fault(place, "catalog.anchor", f"不允许锚点“&{event.anchor}”；请把内容写全，文字请加引号。")
        if event.tag is not None:
            self._fault(place, "catalog.tag", f"不允许标签“{event.tag}”；类型由字段决定，不必标注。")

    def _fault(self, place: Place, code: str, message: str) -> None:
        self.problems.append(Problem(self.file, *place, code, message))

    def _stop(self, place: Place, code: str, message: str) -> None:
        self._fault(place, code, message)
        raise _Unreadable


def _place(event: Event) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def node_at(node: Node, path: tuple[int | str, ...]) -> tuple[Node, str]:
    """Return the node at a path and the last key on the way (定位).

    Steps that lead nowhere are skipped, so that the parent answers for what isn't there.
    """
    key = ""
    for step in path:
        if isinstance(node, MapNode) and step in node.entries:
            key = str(step)
            node = node.entries[key].value
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
    return node, key


def place_of(node: Node, path: tuple[int | str, ...]) -> Place:
    """Return where the value at a path stands, else its parent (位置)."""
    return node_at(node, path)[0].place
