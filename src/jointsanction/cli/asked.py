"""Questions as they are typed or piped in (核查问题): every key is known, every value of the right shape."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any, Final

from jointsanction.errors import QuestionError
from jointsanction.identity.identify import parse_subject
from jointsanction.model.subject import Subject
from jointsanction.steps.ask import word
from jointsanction.terms import SubjectKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXTS: Final = ("name", "kind", "matter", "as_of", "known_at", "role", "phase", "region", "size", "coverage", "case")
_LISTS: Final = ("traits", "fields", "related", "acts")
_SUBJECT: Final = ("uscc", "resident_id", "other_id", "name")
KEYS: Final = ("subject", *_TEXTS, *_LISTS, "explain", "ref")
"""Every key a question on stdin may have: those of `question` in the contract, `name`, `case`, `explain` and `ref`."""


def read_line(line: bytes) -> dict[str, Any]:
    """Return the question on a line of stdin, without what is null: null says the same as nothing.

    Raises:
        QuestionError: `question.json`.
    """
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise QuestionError("question.json", "这一行不是有效的 JSON。", "每行一个 UTF-8 编码的 JSON 对象。") from error
    if not isinstance(found, dict):
        raise QuestionError("question.json", "这一行不是 JSON 对象。", '例如 {"subject": "…", "matter": "procurement"}。')
    return {key: value for key, value in found.items() if value is not None}


def question_words(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of a question as the engine takes them.

    Raises:
        QuestionError: `question.unknown_key`, `question.wrong_shape` or `question.usage`.
        SubjectError: an identifier that is none.
    """
    for key, value in asked.items():
        _check(key, value)
    if asked.get("matter") is None:
        raise QuestionError("question.usage", "缺少事项（matter）。", "例如 procurement。")
    words = {key: value for key, value in asked.items() if key not in ("subject", "name", "ref")}
    return {**words, "subject": _subject(asked)}


def _check(key: str, value: object) -> None:
    if key not in KEYS:
        near = difflib.get_close_matches(key, KEYS, n=1)
        hint = f"您是否想写“{near[0]}”？" if near else f"可用的有：{'、'.join(KEYS)}。"
        raise QuestionError("question.unknown_key", f"未知字段“{key}”。", hint)
    if key in _TEXTS and not isinstance(value, str | None):
        raise QuestionError("question.wrong_shape", f"字段“{key}”应为文本。", "数字、代码和日期都写在引号里。")
    if key in _LISTS and not _are_texts(value):
        raise QuestionError("question.wrong_shape", f"字段“{key}”应为文本的列表。", '例如 ["…", "…"]。')
    if key == "explain" and not isinstance(value, bool):
        raise QuestionError("question.wrong_shape", "字段“explain”应为 true 或 false。", "")


def _are_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _subject(asked: Mapping[str, Any]) -> Subject:
    """Return who is asked about: a bare identifier with kind and name beside it, or an object that says which it is."""
    given, name = asked.get("subject"), asked.get("name")
    kind = None if asked.get("kind") is None else word(SubjectKind, asked["kind"], "主体类别")
    if isinstance(given, str | None):
        return parse_subject(given or "", kind, name)
    if not isinstance(given, dict) or not given.keys() <= {"kind", *_SUBJECT}:
        message = "字段“subject”应为号码，或只含 kind、uscc、resident_id、other_id、name 的对象。"
        raise QuestionError("question.wrong_shape", message, '例如 "91990000MA0000001B"。')
    values = {key: value for key, value in given.items() if value is not None}
    if not all(isinstance(value, str) for value in values.values()):
        raise QuestionError("question.wrong_shape", "字段“subject”中的值应为文本。", "号码写在引号里。")
    own = None if "kind" not in values else word(SubjectKind, values.pop("kind"), "主体类别")
    return Subject(kind=own or kind, **{"name": name, **values})
