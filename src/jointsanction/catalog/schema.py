"""JSON Schema of every file an author writes (编辑器校验): made from the same shapes as the loader reads by.

Editors complete keys and words with it and show what each means. It is for editors: whether a file is right, the loader
says.
"""

from __future__ import annotations

import inspect
import json
import re
from typing import TYPE_CHECKING, Any, Final

from jointsanction.catalog.reading.entries import MODELS, TOLD
from jointsanction.catalog.reading.shapes import Shape, shapes_of
from jointsanction.catalog.reading.tree import MatterFile
from jointsanction.catalog.wording import SECTION_WORDS
from jointsanction.catalog.words.fields import field_word
from jointsanction.catalog.words.literals import WORD_WORDS
from jointsanction.model.case import CaseFile
from jointsanction.model.catalogue import IncentiveCondition
from jointsanction.model.export_profile import CaseProfile, ExportProfile
from jointsanction.model.mapping import FileMapping, HeaderFile
from jointsanction.model.routes import Routes
from jointsanction.terms import Term

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

    from jointsanction.catalog.files import Section

_TERM: Final = re.compile("[(]([^()]*[\u4e00-\u9fff][^()]*)[)]")
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_NAMES: Final[dict[Section, str]] = {
    "instruments": "instrument", "lists": "list", "measures": "measure", "rules": "rule",
    "departments": "department",
    "groups": "groups", "schemes": "schemes", "forbidden": "forbidden",
    "publicity": "publicity",
}  # fmt: skip
_COLLECTIONS: Final = frozenset({"groups", "schemes", "forbidden", "publicity"})
_SCALARS: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": ["string", "number"]},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "date": {
        "type": "string",
        "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)$",
    },
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of every file kind by its name (全部模式)."""
    found = {}
    for section, name in _NAMES.items():
        told = TOLD.get(section, {})
        found[name] = _collection(section, told) if section in _COLLECTIONS else _document(MODELS[section], told)
    further: dict[str, type[BaseModel]] = {
        "matters": MatterFile, "cases": CaseFile, "mapping": FileMapping, "headers": HeaderFile,
        "export": ExportProfile, "reported": CaseProfile, "routes": Routes,
    }  # fmt: skip
    return {**found, **{name: _document(model, {}) for name, model in further.items()}}


def write_schemas(folder: Path) -> tuple[str, ...]:
    """Write every schema into a folder and return the files' names (写出模式)."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for name, schema in schemas().items():
        names.append(f"{name}.schema.json")
        text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        (folder / names[-1]).write_text(text, encoding="utf-8")
    return tuple(sorted(names))


def _document(model: type[BaseModel], told: dict[str, str]) -> dict[str, Any]:
    writing = _Writing()
    body = writing.body(model, told)
    return {"$schema": DIALECT, "title": _term(model), **body, "$defs": writing.definitions()}


def _collection(section: Section, told: dict[str, str]) -> dict[str, Any]:
    writing = _Writing()
    entry = writing.body(MODELS[section], told)
    return {
        "$schema": DIALECT,
        "title": SECTION_WORDS[section],
        "type": "object",
        "properties": {
            section: {"description": SECTION_WORDS[section], "type": "object", "additionalProperties": entry}
        },
        "required": [section],
        "additionalProperties": False,
        "$defs": writing.definitions(),
    }


class _Writing:
    """Writes one schema and remembers which models it referred to."""

    def __init__(self) -> None:
        self._defined: dict[str, dict[str, Any]] = {}

    def definitions(self) -> dict[str, dict[str, Any]]:
        """Return the models referred to, in the order of their names."""
        return dict(sorted(self._defined.items()))

    def body(self, model: type[BaseModel], told: dict[str, str]) -> dict[str, Any]:
        """Return the schema of a mapping; keys that aren't the author's to write are left out."""
        shapes = {key: shape for key, shape in shapes_of(model).items() if key not in told}
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        return {
            "description": _term(model),
            "type": "object",
            "properties": {
                key: {"description": field_word(model.__name__, key), **self._of(shape)}
                for key, shape in shapes.items()
            },
            "required": [key for key in shapes if fields[key].is_required()],
            "additionalProperties": False,
        }

    def _of(self, shape: Shape) -> dict[str, Any]:
        choices = [_SCALARS[kind] for kind in sorted(shape.scalars)]
        if shape.words:
            choices.append(_words(shape.words))
        if shape.items is not None:
            items = self._of(shape.items)
            choices += [items] if shape.loose else []
            choices.append({"type": "array", "items": items})
        if shape.model is not None:
            choices += self._short(shape.model) if shape.loose else []
            choices.append(self._reference(shape.model))
        if shape.values is not None:
            names = {"propertyNames": _words(shape.keys)} if shape.keys else {}
            choices.append({"type": "object", **names, "additionalProperties": self._of(shape.values)})
        if shape.nullable:
            choices.append({"type": "null"})
        return choices[0] if len(choices) == 1 else {"anyOf": choices}

    def _short(self, model: type[BaseModel]) -> list[dict[str, Any]]:
        """Return the short forms of a mapping: its first key's value alone, for a condition with its argument."""
        first = self._of(next(iter(shapes_of(model).values())))
        if model is not IncentiveCondition:
            return [first]
        return [first, {"type": "object", "propertyNames": first, "minProperties": 1, "maxProperties": 1}]

    def _reference(self, model: type[BaseModel]) -> dict[str, Any]:
        name = model.__name__
        if name not in self._defined:
            # Named before it is written: a clause of a rule refers to itself.
            self._defined[name] = {}
            self._defined[name] = self.body(model, {})
        return {"$ref": f"#/$defs/{name}"}


def _words(words: tuple[str, ...]) -> dict[str, Any]:
    said = [word.zh if isinstance(word, Term) else WORD_WORDS[word] for word in words]
    return {"enum": [str(word) for word in words], "enumDescriptions": said}


def _term(model: type[BaseModel]) -> str:
    """Return the statutory term that the first line of a model's docstring names in brackets (法定用语)."""
    found = _TERM.search((inspect.getdoc(model) or "").partition("\n")[0])
    return found[1] if found is not None else model.__name__
