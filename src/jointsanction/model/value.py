"""What every catalogue value is made of (目录值): frozen, strict, and as short to write as authors write."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

from jointsanction.terms import SubjectKind


class Value(BaseModel):
    """A frozen value that refuses unknown keys; the root of every catalogue value."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


def _as_tuple(value: object) -> object:
    """Let one value stand for a list of one, as authors write it."""
    if value is None or isinstance(value, list | tuple):
        return value
    return [value]


T = TypeVar("T")

Many = Annotated[tuple[T, ...], BeforeValidator(_as_tuple)]
"""One or several values; a single value is a list of one."""

Kinds: TypeAlias = Literal["unit"] | SubjectKind
"""A subject kind, or `unit` (单位) for all but a person."""


def as_named(value: object) -> object:
    """Let a bare name stand for an entry of one name."""
    return {"name": value} if isinstance(value, str) else value
