"""One file → its entries (条目): read strictly, with what follows from the folder filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.catalog.reading.typed import Reading
from jointsanction.catalog.reading.yaml_text import MapNode, Place, read_yaml
from jointsanction.model.catalogue import (
    Department,
    Forbidden,
    Group,
    Instrument,
    ListType,
    Measure,
    Publicity,
    Rule,
    Scheme,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from jointsanction.catalog.files import CatalogFile, Section
    from jointsanction.catalog.reading.yaml_text import Node
    from jointsanction.errors import Problem

MODELS: Final[dict[Section, type[BaseModel]]] = {
    "instruments": Instrument,
    "lists": ListType,
    "groups": Group,
    "schemes": Scheme,
    "measures": Measure,
    "rules": Rule,
    "forbidden": Forbidden,
    "departments": Department,
    "publicity": Publicity,
}
"""What an entry of each section is; matters are written as a tree and read in `tree`."""

IDENTITY: Final[dict[Section, str]] = {
    "instruments": "id", "lists": "code", "groups": "code", "schemes": "id", "matters": "code", "measures": "id",
    "rules": "id", "forbidden": "id", "departments": "id", "publicity": "id",
}  # fmt: skip
"""The key that carries an entry's identity."""

TOLD: Final[dict[Section, dict[str, str]]] = {
    "lists": {"layer": "由所在目录决定"},
    "measures": {"effect": "由所在文件夹（restriction 或 incentive）决定", "layer": "由所在目录决定"},
    "rules": {"layer": "由所在目录决定"},
    "departments": {"layer": "由所在目录决定"},
    "groups": {"code": "就是它上面的键"},
    "schemes": {"id": "就是它上面的键"},
    "forbidden": {"id": "就是它上面的键"},
    "publicity": {"id": "就是它上面的键"},
}
"""Keys that aren't the author's to write, and why."""


class Entry(NamedTuple):
    """One entry as read (条目): its value, None when it could not be read, and where it stands."""

    section: Section
    id: str
    value: BaseModel | None
    file: CatalogFile
    node: MapNode
    place: Place


class FileEntries(NamedTuple):
    """The entries of one file and everything wrong with them (文件条目).

    `readable` is false when nobody can say which entries the file holds.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    readable: bool = True


def unread(file: CatalogFile) -> Entry:
    """Return an entry that stands for a file nobody could read: its id is known all the same."""
    return Entry(file.section, file.stem, None, file, MapNode({}, Place(1, 1)), Place(1, 1))


def read_root(file: CatalogFile) -> tuple[MapNode | None, tuple[Problem, ...]]:
    """Return the mapping in a file, and everything wrong with it as YAML."""
    document = read_yaml(file.path.read_bytes(), file.shown)
    return document.root, document.problems


def read_entry(file: CatalogFile) -> FileEntries:
    """Return the one entry of a file: an instrument, a list, a measure, a rule or a department."""
    root, problems = read_root(file)
    if root is None:
        return FileEntries((unread(file),), problems)
    section = file.section
    reading = Reading(file.shown, TOLD.get(section, {}))
    value = reading.read(root, MODELS[section], _given(file))
    key = IDENTITY[section]
    written = root.entries.get(key)
    name = _text(written.value) if written is not None else None
    if written is not None and name is not None and name != file.stem:
        message = f"{key} '{name}' 与文件名 '{file.stem}' 不同；请改为一致。"
        reading.fault(written.value.place, "catalog.name_mismatch", message)
    entry = Entry(section, file.stem, value, file, root, root.place)
    return FileEntries((entry,), (*problems, *reading.problems))


def read_collection(file: CatalogFile) -> FileEntries:
    """Return the entries of a file that holds one mapping under its name: groups, schemes, forbidden, publicity."""
    root, problems = read_root(file)
    if root is None:
        return FileEntries((), problems, readable=False)
    section = file.section
    reading = Reading(file.shown, TOLD.get(section, {}))
    entries = []
    for name, place, node in _collection(root, section, reading):
        value = reading.read(node, MODELS[section], {IDENTITY[section]: name}) if node.entries else None
        entries.append(Entry(section, name, value, file, node, place))
    readable = bool(entries) or not reading.problems
    return FileEntries(tuple(entries), (*problems, *reading.problems), readable)


def _collection(root: MapNode, section: Section, reading: Reading) -> Iterator[tuple[str, Place, MapNode]]:
    """Yield the named mappings under the one key a collection file may have."""
    for key, entry in root.entries.items():
        if key != section:
            reading.fault(entry.key, "catalog.unknown_key", f"未知字段 '{key}'；本文件只有一个字段 '{section}'。")
    if section not in root.entries:
        reading.fault(root.place, "catalog.missing_key", f"缺少必填字段 '{section}'。")
        return
    node = root.entries[section].value
    if not isinstance(node, MapNode):
        reading.fault(node.place, "catalog.wrong_shape", f"字段 '{section}' 应为映射（代码: 内容）。")
        return
    for name, entry in node.entries.items():
        if isinstance(entry.value, MapNode) and entry.value.entries:
            yield name, entry.key, entry.value
        else:
            reading.fault(entry.value.place, "catalog.wrong_shape", f"'{name}' 的内容应为映射。")
            yield name, entry.key, MapNode({}, entry.value.place)


def _given(file: CatalogFile) -> Mapping[str, Any]:
    """Return what follows from where a file lies."""
    given: dict[str, Any] = {}
    if file.section in {"lists", "measures", "rules", "departments"}:
        given["layer"] = file.layer
    if file.effect is not None:
        given["effect"] = file.effect
    return given


def _text(node: Node) -> str | None:
    return getattr(node, "text", None)
