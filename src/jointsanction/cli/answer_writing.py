"""Answers written as they were asked for (写出答案): a line each, one JSON document, or XML."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from jointsanction.identity.masks import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_WRITTEN: Final = json.JSONEncoder(ensure_ascii=False).encode
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


class AnswerForm(StrEnum):
    """What questions come as, and answers are written as (问答的形式)."""

    LINES = "lines"
    JSON = "json"
    XML = "xml"


def written(form: AnswerForm, answers: Iterable[Mapping[str, Any]], *, alone: bool) -> Iterator[str]:
    """Yield the text of answers piece by piece; `alone` for one that is no list of one."""
    return _WRITERS[form](answers, alone)


def _lines(answers: Iterable[Mapping[str, Any]], _alone: bool) -> Iterator[str]:  # noqa: FBT001 - writers have one signature
    for answer in answers:
        yield _WRITTEN(answer) + "\n"


def _json(answers: Iterable[Mapping[str, Any]], alone: bool) -> Iterator[str]:  # noqa: FBT001 - as above
    if alone:
        yield from (json.dumps(answer, ensure_ascii=False, indent=2) + "\n" for answer in answers)
        return
    before = "[\n"
    for answer in answers:
        yield before + _WRITTEN(answer)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _xml(answers: Iterable[Mapping[str, Any]], alone: bool) -> Iterator[str]:  # noqa: FBT001 - as above
    yield '<?xml version="1.0" encoding="UTF-8"?>\n' + ("" if alone else "<answers>\n")
    for answer in answers:
        yield _element("answer", answer) + "\n"
    yield "" if alone else "</answers>\n"


def _element(name: str, value: object) -> str:
    """Return a value as an element: a list repeats it, null is said, whatever can't be its name is its `key`."""
    if isinstance(value, list | tuple):
        return "".join(_element(name, each) for each in value)
    tag, said = (name, name) if _NAME.fullmatch(name) else ("entry", f'entry key="{_text(name)}"')
    if value is None:
        return f'<{said} nil="true"/>'
    if isinstance(value, dict):
        inner = "".join(_element(str(key), each) for key, each in value.items())
    else:
        inner = _text(_WRITTEN(value) if isinstance(value, bool | int | float) else str(value))
    return f"<{said}>{inner}</{tag}>"


def _text(text: str) -> str:
    return escape(printable(text), {'"': "&quot;"})


_WRITERS: Final[Mapping[AnswerForm, Callable[[Iterable[Mapping[str, Any]], bool], Iterator[str]]]] = {
    AnswerForm.LINES: _lines,
    AnswerForm.JSON: _json,
    AnswerForm.XML: _xml,
}
