"""Questions as they are typed or piped in (核查问题): every value of the right shape, before the engine reads it."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from jointsanction.errors import QuestionError
from jointsanction.identity.identify import parse_subject
from jointsanction.model.subject import Subject
from jointsanction.terms import SubjectKind
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_OPTIONS: Final[Mapping[str, Any]] = MappingProxyType({})
_TEXTS: Final = ("name", "kind", "matter", "as_of", "known_at", "role", "phase", "region", "size", "coverage", "case")
LISTS: Final = ("traits", "fields", "occupations", "related", "acts")
_ESCAPED: Final = b"\\u"
_SUBJECT: Final = ("kind", "uscc", "resident_id", "other_id", "name")


def read_line(line: bytes) -> dict[str, Any]:
    """Return the question on a line of stdin, without what is null: null says the same as nothing.

    Raises:
        QuestionError: `question.json`.
    """
    try:
        found = json.loads(line.decode("utf-8-sig"))
        if _ESCAPED in line:
            json.dumps(found, ensure_ascii=False).encode()  # half a character (\\ud800) can be read but not written
    except (ValueError, RecursionError) as error:
        raise QuestionError("question.json", "这一行不是有效的 JSON。", "每行一个 UTF-8 编码的 JSON 对象。") from error
    if not isinstance(found, dict):
        raise QuestionError(
            "question.json", "这一行不是 JSON 对象。", '例如 {"subject": "…", "matter": "procurement"}。'
        )
    return {key: value for key, value in found.items() if value is not None}


def question_words(asked: Mapping[str, Any], options: Mapping[str, Any] = _NO_OPTIONS) -> dict[str, Any]:
    """Return a question as the engine takes it: the keys of `question` in the contract, and `name` beside `subject`.

    `options` hold where the question leaves something out, and are of the right shape.

    Raises:
        QuestionError: `question.shape`, for a value that is no text where text belongs.
        SubjectError: an identifier that is none.
    """
    for key, value in asked.items():
        if fault := _fault(key, value):
            raise QuestionError("question.shape", f"字段“{key}”{fault}。", "数字、代码和日期都写在引号里。")
    words = {**options, **asked}
    subject, name = words.pop("subject", None), words.pop("name", None)
    if subject is not None or name is not None:
        words["subject"] = _subject(subject, name, words.get("kind"))
    return words


def _fault(key: str, value: object) -> str:
    """Return what is wrong with the shape of a value, nothing when it is right."""
    if key in _TEXTS and not isinstance(value, str | None):
        return "应为文本"
    if key in LISTS and not (isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)):
        return "应为文本的列表"
    if key == "explain" and not isinstance(value, bool):
        return "应为 true 或 false"
    if key == "subject" and not _is_subject(value):
        return f"应为号码，或只含 {'、'.join(_SUBJECT)} 的对象"
    return ""


def _is_subject(value: object) -> bool:
    if isinstance(value, dict):
        return value.keys() <= set(_SUBJECT) and all(isinstance(text, str | None) for text in value.values())
    return isinstance(value, str | None)


def _subject(given: Any, name: str | None, said: str | None) -> Subject:  # noqa: ANN401 - a text or an object
    """Return who is asked about: a bare identifier with kind and name beside it, or an object that says which it is."""
    kind = None if said is None else word(SubjectKind, said, "主体类别")
    if not isinstance(given, dict):
        return parse_subject(given or "", kind, name)
    values = {key: value for key, value in given.items() if value is not None}
    own = None if "kind" not in values else word(SubjectKind, values.pop("kind"), "主体类别")
    return Subject(kind=own or kind, **{"name": name, **values})
