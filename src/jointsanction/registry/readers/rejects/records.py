"""Refused records of a JSON or JSONL file go back as such (退回 JSON): same nesting, same numbers, one more key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from jointsanction.registry.readers.covers import PROBLEM_COLUMN
from jointsanction.registry.readers.headers import header_words
from jointsanction.registry.readers.layout import HeaderReader
from jointsanction.registry.readers.tables.decode import decode
from jointsanction.registry.readers.tables.tree_table import records_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.registry.readers.report import ImportReport
    from jointsanction.registry.readers.tables.tree_table import Json


class _Literal(str):
    """A number as written; as text it would come back in quotes, as a number with other digits."""

    __slots__ = ()


_AS_WRITTEN: Final[dict[str, Any]] = {"parse_int": _Literal, "parse_float": _Literal, "parse_constant": _Literal}


def json_back(raw: bytes, report: ImportReport, said: Mapping[int, str]) -> bytes:
    """Return a JSON document with the refused records only, and whatever stood around them."""
    whole = cast("Json", json.loads(decode(raw).text, **_AS_WRITTEN))
    numbered = enumerate(records_of(whole, HeaderReader(report.plan, header_words()), report.plan), 1)
    words = {id(record): said.get(number) for number, record in numbered}
    return (_written(_pruned(whole, words)) + "\n").encode()


def jsonl_back(raw: bytes, report: ImportReport, said: Mapping[int, str]) -> bytes:  # noqa: ARG001 - writers have one signature
    """Return the refused lines of a JSONL file."""
    lines = enumerate(decode(raw).text.split("\n"), 1)
    kept = [
        json.loads(line, **_AS_WRITTEN) | {PROBLEM_COLUMN: said[number]} for number, line in lines if number in said
    ]
    return "".join(_written(record) + "\n" for record in kept).encode()


def _pruned(value: Json, words: Mapping[int, str | None]) -> Json:
    """Return a tree without the records that were taken in; the refused ones say what is wrong with them."""
    if isinstance(value, list):
        return [_pruned(each, words) for each in value if words.get(id(each), "") is not None]
    if not isinstance(value, dict):
        return value
    text = words.get(id(value))
    if text is not None:
        return value | {PROBLEM_COLUMN: text}
    return {key: _pruned(each, words) for key, each in value.items() if words.get(id(each), "") is not None}


def _written(value: Json) -> str:
    if isinstance(value, _Literal):
        return value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {_written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(map(_written, value)) + "]"
    return _quoted(value)


def _quoted(value: str | bool | None) -> str:  # noqa: FBT001 - a value of JSON
    return json.dumps(value, ensure_ascii=False)
