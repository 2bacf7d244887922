"""What the schema wants at each place of a file (形状): taken from the pydantic models, so that both always agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Scalar: TypeAlias = Literal["text", "int", "float", "bool", "date"]
"""What a scalar can be read as."""

_SCALARS: Final[dict[object, Scalar]] = {str: "text", int: "int", float: "float", bool: "bool", date: "date"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand at one place (形状): scalars, words of a vocabulary, a list, a mapping; or several of them.

    `loose` lets a list of one be written as the one, and a mapping in its short form (a word, or one word with its
    argument); the model's own validator then knows what is meant.
    """

    scalars: frozenset[Scalar] = frozenset()
    words: tuple[str, ...] = ()
    items: Shape | None = None
    model: type[BaseModel] | None = None
    keys: tuple[str, ...] = ()
    values: Shape | None = None
    nullable: bool = False
    loose: bool = False

    def joined(self, other: Shape) -> Shape:
        """Return what either of two shapes allows."""
        return Shape(
            self.scalars | other.scalars,
            self.words + other.words,
            self.items or other.items,
            self.model or other.model,
            self.keys or other.keys,
            self.values or other.values,
            self.nullable or other.nullable,
            self.loose or other.loose,
        )


def _shape(annotation: Any, metadata: Iterable[object] = ()) -> Shape:  # noqa: ANN401 - annotations have no type
    found = _bare_shape(annotation)
    if any(isinstance(part, BeforeValidator) for part in metadata):
        return found.joined(Shape(loose=True))
    return found


def _bare_shape(annotation: Any) -> Shape:  # noqa: ANN401 - annotations have no type
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0], arguments[1:])
    if origin in {Union, UnionType}:
        found = Shape()
        for argument in arguments:
            found = found.joined(_bare_shape(argument))
        return found
    if origin is Literal:
        return Shape(words=tuple(arguments))
    if origin is tuple:
        return Shape(items=_bare_shape(arguments[0]))
    if origin is dict:
        return Shape(keys=_bare_shape(arguments[0]).words, values=_bare_shape(arguments[1]))
    return _plain_shape(annotation)


def _plain_shape(annotation: Any) -> Shape:  # noqa: ANN401 - annotations have no type
    if annotation is NoneType:
        return Shape(nullable=True)
    if annotation in _SCALARS:
        return Shape(scalars=frozenset({_SCALARS[annotation]}))
    if issubclass(annotation, StrEnum):
        return Shape(words=tuple(annotation))
    if issubclass(annotation, BaseModel):
        return Shape(model=annotation)
    message = f"no shape for {annotation!r}"
    raise TypeError(message)


@cache
def shapes_of(model: type[BaseModel]) -> Mapping[str, Shape]:
    """Return the shape of each key of a model, by the name authors write."""
    return {field.alias or name: _shape(field.annotation, field.metadata) for name, field in model.model_fields.items()}
