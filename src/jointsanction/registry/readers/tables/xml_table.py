"""XML becomes rows of text (读取 XML): whatever element repeats, its attributes and children as columns.

A file that brings a document type is refused at that very point, before any entity of its own could be expanded or any
other file be fetched: no list needs one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from jointsanction.errors import RegistryError
from jointsanction.model.mapping import FileMapping
from jointsanction.registry.readers.tables.decode import Decoded, decode
from jointsanction.registry.readers.tables.tree_table import tree_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.registry.readers.tables.table import Table
    from jointsanction.registry.readers.tables.tree_table import Json, Record

_WHOLE: Final = FileMapping()
_DEEPEST: Final = 64
_DECLARED: Final = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["'][^>]*\?>""")
_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
CODECS: Final = {
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii"), "utf-8"),
    **dict.fromkeys(("gbk", "gb2312", "gb18030", "cp936", "ms936", "x-gbk"), "gb18030"),
    "big5": "big5hkscs",
    "iso-8859-1": "iso-8859-1",
}
"""How the encodings that XML declares are read: GBK as GB18030, which holds it."""


class _RefusedError(ValueError):
    """Something that no list needs and no reader should follow: its message says what."""


def decode_declared(raw: bytes) -> Decoded:
    """Return the text of a file, decoded as an XML declaration says if there is one (解码); GBK as GB18030.

    Raises:
        RegistryError: `registry.encoding` when the declared encoding is unknown or does not fit.
    """
    declared = _DECLARED.match(raw)
    if declared is None:
        return decode(raw)
    name = declared[1].decode("ascii")
    try:
        return Decoded(raw.decode(CODECS[name.casefold()]), name.upper())
    except (KeyError, UnicodeDecodeError) as error:
        message = f"XML 声明的编码是 {name}，按它无法解码。"
        raise RegistryError("registry.encoding", message, "请在原系统中按声明的编码重新导出。") from error


def read_xml(text: str, is_known: Callable[[str], bool], plan: FileMapping = _WHOLE) -> Table:
    """Return the rows of an XML text (读取 XML); `plan` may say where they are.

    Raises:
        RegistryError: `registry.xml` when it is not well-formed, too deep or brings a document type;
            `registry.no_records`, `registry.empty`.
    """
    return tree_table(built(text, TreeBuilder()), is_known, plan)


def split_declaration(text: str) -> tuple[str, str]:
    """Return the XML declaration of a text, empty when there is none, and what follows it."""
    declared = _DECLARATION.match(text)
    end = 0 if declared is None else declared.end()
    return text[:end], text[end:]


def built(text: str, builder: TreeBuilder) -> Json:
    """Return the values of an XML text as a builder puts them together.

    Raises:
        RegistryError: `registry.xml`.
    """
    try:
        builder.parser.Parse(split_declaration(text)[1].encode(), True)  # noqa: FBT003 - expat takes it so
    except expat.ExpatError as error:
        message = f"第 {error.lineno} 行第 {error.offset + 1} 列处不是合法的 XML，文件可能没有下载完整。"
        raise RegistryError("registry.xml", message, "请重新导出完整文件。") from error
    except _RefusedError as error:
        raise RegistryError("registry.xml", str(error), "请在原系统中导出不含这些内容的 XML。") from error
    return builder.whole


class TreeBuilder:
    """Builds the values of a tree while the parser goes through it: text alone is text, anything else has names."""

    def __init__(self) -> None:
        """Start before the first element."""
        self.whole: Json = None
        self._open: list[tuple[Record, list[str]]] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse_doctype(self, *_said: object) -> None:
        raise _RefusedError("XML 中有文档类型声明（DOCTYPE）或实体定义，不予读取。")

    def _start(self, _name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            message = f"XML 嵌套超过 {_DEEPEST} 层，不予读取。"
            raise _RefusedError(message)
        self._open.append(({_local(key): value for key, value in attributes.items()}, []))

    def _text(self, text: str) -> None:
        self._open[-1][1].append(text)

    def _end(self, name: str) -> None:
        parts, texts = self._open.pop()
        text = "".join(texts).strip()
        value: Json = parts or text
        if not self._open:
            self.whole = value
            return
        above = self._open[-1][0]
        if parts and text and not any(isinstance(part, list | dict) for part in parts.values()):
            above |= {f"{_local(name)}.{key}": part for key, part in parts.items()}
            value = text
        _add(above, _local(name), value)


def _add(above: Record, name: str, value: Json) -> None:
    """Put a child where its name says; the second of one name makes them a list."""
    before = above.get(name)
    if name not in above:
        above[name] = value
    elif isinstance(before, list):
        before.append(value)
    else:
        above[name] = [before, value]


def _local(name: str) -> str:
    return name.rpartition(":")[2]
