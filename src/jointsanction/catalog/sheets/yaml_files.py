"""Entries → the YAML files of a root (写出目录文件): laid out as their authors write them, each where it belongs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jointsanction.catalog.canonical.layout import laid_out
from jointsanction.catalog.canonical.order import SHAPES, kind_of
from jointsanction.catalog.draft.yaml_out import flow, scalar
from jointsanction.catalog.reading.entries import IDENTITY, TOLD
from jointsanction.catalog.reading.shapes import shapes_of
from jointsanction.catalog.reading.tree import MatterNode
from jointsanction.catalog.sheets.matter_tree import tree_of
from jointsanction.catalog.sheets.write import is_local
from jointsanction.model.catalogue import IncentiveCondition, Matter, Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel

    from jointsanction.catalog.files import Section
    from jointsanction.catalog.reading.shapes import Shape

_SCHEMAS: Final[Mapping[Section, str]] = {
    "instruments": "instrument", "lists": "list", "measures": "measure", "rules": "rule", "departments": "department",
}  # fmt: skip

_PAIR: Final = 2
"""A condition and its argument."""


def yaml_files(entries: Mapping[Section, Iterable[BaseModel]]) -> dict[str, str]:
    """Return the text of every file of a root by its path (目录文件)."""
    found: dict[str, str] = {}
    for section, kept in entries.items():
        values = sorted(kept, key=lambda value: str(getattr(value, IDENTITY[section])))
        if section == "matters":
            nodes = tree_of({value.code: value for value in values if isinstance(value, Matter)})
            body = [line for code, node in nodes.items() for line in _node_lines(code, node, "  ")]
            found |= _collection(section, body)
        elif section in _SCHEMAS:
            found |= {_path(section, value): _text(section, value) for value in values}
        else:
            body = [line for value in values for line in _entry_lines(section, value)]
            found |= _collection(section, body)
    # In the one form, so that what is imported and what is written by hand differ in nothing but their words.
    return {path: laid_out(text, SHAPES[str(kind_of(Path(path), text))]) for path, text in found.items()}


def _path(section: Section, value: BaseModel) -> str:
    name = getattr(value, IDENTITY[section])
    if section == "rules":
        return f"rules/{name}.yaml"
    if not isinstance(value, Measure):
        return f"measures/{section}/{name}.yaml"
    place = f"local/{value.layer}/" if is_local(value.layer) else ""
    return f"measures/{place}{value.effect}/{name}.yaml"


def _head(path: str, schema: str) -> str:
    return f"# yaml-language-server: $schema={'../' * path.count('/')}schemas/{schema}.schema.json\n"


def _text(section: Section, value: BaseModel) -> str:
    said = _said(section, value)
    return _head(_path(section, value), _SCHEMAS[section]) + "\n".join(_lines(said)) + "\n"


def _collection(section: Section, body: list[str]) -> dict[str, str]:
    path = f"measures/{section}.yaml"
    return {path: _head(path, section) + "\n".join([f"{section}:", *body]) + "\n"} if body else {}


def _entry_lines(section: Section, value: BaseModel) -> Iterator[str]:
    yield f"  {scalar(str(getattr(value, IDENTITY[section])))}:"
    yield from (f"    {line}" for line in _lines(_said(section, value)))


def _said(section: Section, value: BaseModel) -> dict[str, Any]:
    """Return what an author writes of an entry: not what is usual, nor what follows from the file's place."""
    said = value.model_dump(mode="json", exclude_defaults=True)
    shapes = shapes_of(type(value))
    return {key: short(each, shapes[key]) for key, each in said.items() if key not in TOLD.get(section, ())}


def short(value: Any, shape: Shape) -> Any:  # noqa: ANN401 - JSON values have no one type
    """Return a value in the shortest form authors write: a word for a mapping that says no more (简写)."""
    if isinstance(value, list):
        return [short(each, shape.items or shape) for each in value]
    if not isinstance(value, dict) or shape.model is None:
        return (
            {key: short(each, shape.values or shape) for key, each in value.items()}
            if isinstance(value, dict)
            else value
        )
    shapes = shapes_of(shape.model)
    first = next(iter(shapes))
    if shape.loose and list(value) == [first]:
        return value[first]
    if shape.model is IncentiveCondition and len(value) == _PAIR:
        return {value[first]: next(each for key, each in value.items() if key != first)}
    return {key: short(each, shapes[key]) for key, each in value.items()}


def _lines(said: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line a key, and a line a part where a key has several parts of their own."""
    for key, value in said.items():
        if isinstance(value, list) and value and any(isinstance(each, dict) for each in value):
            yield f"{key}:"
            yield from (f"  - {flow(each)}" for each in value)
        else:
            yield f"{key}: {flow(value)}"


def _node_lines(code: str, node: Mapping[str, Any], indent: str) -> Iterator[str]:
    yield f"{indent}{scalar(code)}:"
    shapes = shapes_of(MatterNode)
    said = {key: short(value, shapes[key]) for key, value in node.items() if key != "children"}
    yield from (f"{indent}  {line}" for line in _lines(said))
    if "children" in node:
        yield f"{indent}  children:"
        for below, child in node["children"].items():
            yield from _node_lines(below, child, f"{indent}    ")
