"""Questions in one document (整份问题): a JSON object or array, or a small XML form; read whole before any is answered.

XML uses the names of the JSON question: the root `question`, or `questions` with one `question` each; what is a list in
JSON is an element repeated. A document type or an entity of its own is refused, as in list files.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.cli.asked import LISTS
from jointsanction.errors import QuestionError, RegistryError, veil
from jointsanction.registry.readers.tables.xml_table import TreeBuilder, built, decode_declared

if TYPE_CHECKING:
    from collections.abc import Mapping

_ONE: Final = "question"
_MANY: Final = "questions"
_NAMESPACES: Final = ("xmlns", "xmlns:", "xsi:")
_JSON_HINT: Final = "整份写一个对象或者一个数组，UTF-8 编码；逐行的，每行一个完整的对象。"
_XML_HINT: Final = "例如 <question><subject>…</subject><matter>procurement</matter></question>。"


class Questions(NamedTuple):
    """The questions of a document in order; `alone` when it is one question and no list of them (整份问题)."""

    each: tuple[dict[str, Any], ...]
    alone: bool


def read_json(raw: bytes) -> Questions:
    """Return the questions of a JSON document: an object, or an array of objects.

    Raises:
        QuestionError: `question.json`, and where.
    """
    try:
        found = json.loads(raw.decode("utf-8-sig"))
        json.dumps(found, ensure_ascii=False).encode()  # half a character (\\ud800) can be read but not written
    except json.JSONDecodeError as error:
        message = f"第 {error.lineno} 行第 {error.colno} 列处不是有效的 JSON，没有作答。"
        raise QuestionError("question.json", message, _JSON_HINT) from error
    except (ValueError, RecursionError) as error:
        raise QuestionError("question.json", "不是有效的 JSON，没有作答。", _JSON_HINT) from error
    alone = isinstance(found, dict)
    every = [found] if alone else found
    for place, each in enumerate(every):
        if not isinstance(each, dict):
            raise QuestionError("question.json", f"第 {place + 1} 项不是 JSON 对象，没有作答。", _JSON_HINT)
    return Questions(tuple(map(_without_null, every)), alone)


def read_xml(raw: bytes) -> Questions:
    """Return the questions of an XML document.

    Raises:
        QuestionError: `question.xml`, and where.
    """
    builder = _Builder()
    try:
        whole = built(decode_declared(raw).text, builder)
    except RegistryError as error:
        raise QuestionError("question.xml", f"{error.message}没有作答。", _XML_HINT) from error
    if builder.root == _ONE:
        return Questions((_question(whole),), alone=True)
    parts = whole or {}
    if builder.root != _MANY or not isinstance(parts, dict) or not parts.keys() <= {_ONE}:
        raise _no_xml(f"XML 的根元素应为 {_ONE}，或者只含 {_ONE} 的 {_MANY}")
    found = parts.get(_ONE, [])
    return Questions(tuple(map(_question, found if isinstance(found, list) else [found])), alone=False)


def _question(found: object) -> dict[str, Any]:
    if found == "":
        return {}
    if not isinstance(found, dict):
        raise _no_xml(f"元素 {_ONE} 里只有文字")
    return {key: _value(key, value) for key, value in found.items()}


def _value(key: str, value: object) -> object:
    if key in LISTS and not isinstance(value, list):
        return [value]
    if key == "explain":
        return {"true": True, "false": False}.get(str(value), value)
    return value


def _without_null(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question without what is null: null says the same as nothing."""
    return {key: value for key, value in asked.items() if value is not None}


def _no_xml(message: str) -> QuestionError:
    return QuestionError("question.xml", f"{message}，没有作答。", _XML_HINT)


class _Builder(TreeBuilder):
    """Builds the tree of questions; words beside elements or attributes are refused, they would be lost."""

    def __init__(self) -> None:
        super().__init__()
        self.root = ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name.rpartition(":")[2]
        own = {key: value for key, value in attributes.items() if not key.startswith(_NAMESPACES)}
        super()._start(name, own)

    def _end(self, name: str) -> None:
        parts, texts = self._open[-1]
        if parts and "".join(texts).strip():
            line = self.parser.CurrentLineNumber
            raise _no_xml(f"第 {line} 行：元素 {veil(name)} 里既有文字又有下级元素或者属性")
        super()._end(name)
