"""Acts as callers write them (法律事实的写法): `TYPE:DATE[:key=value…]` shown, `TYPE:none` ruled out."""

from __future__ import annotations

import difflib
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from jointsanction.catalog.reading.dates import parse_day
from jointsanction.errors import QuestionError, veil
from jointsanction.model.subject import Act
from jointsanction.terms import ActType, Crime, Field, Ground, Occupation, Punishment, Relation, Role, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

_WORDS: Final[Mapping[str, type[StrEnum]]] = {
    "relation": Relation,
    "field": Field,
    "ground": Ground,
    "severity": Severity,
    "occupation": Occupation,
    "charge": Crime,
    "punishment": Punishment,
    "role": Role,
}
_DAYS: Final = frozenset(
    {
        "served",
        "effective",
        "set_aside",
        "lifted",
        "stayed",
        "sentence_served",
        "probation_ended",
        "due",
        "cleared",
        "until",
    }
)
_YES_NO: Final = frozenset({"probation", "large", "life", "personally_responsible"})
_KEYS: Final = tuple(field.name for field in fields(Act) if field.name not in ("type", "ruled_out", "decision_made"))


def parse_act(text: str) -> Act:
    """Return the act a text writes down.

    DATE is the day of the decision, of a sentence the day it became final; `served` of a sentence is the day it was
    served in full (刑罚执行完毕).

    Raises:
        QuestionError: `question.act`, with what was not understood.
    """
    head, *pairs = text.split(":")
    if head not in list(ActType):
        near = difflib.get_close_matches(head, [act.value for act in ActType], n=3, cutoff=0.4)
        raise _fault(f"不认识的法律事实“{veil(head)}”", f"您是否想写：{'、'.join(near)}？" if near else "")
    kind = ActType(head)
    if not pairs:
        raise _fault(f"“{veil(head)}”缺少日期", "写作 类型:YYYY-MM-DD[:键=值…]；经查询或声明不存在的，写作 类型:none。")
    if pairs[0] == "none":
        return Act(type=kind, ruled_out=True)
    values = dict(_value(pair) for pair in pairs[1:])
    return Act(type=kind, decision_made=_day(pairs[0], head), **values)


def act_text(act: Act) -> str:
    """Return how an act is written in a question; parsing it gives the act again."""
    if act.ruled_out:
        return f"{act.type.value}:none"
    parts = [act.type.value, act.decision_made.isoformat() if act.decision_made else ""]
    parts += [f"{key}={_written(value)}" for key in _KEYS if _is_stated(key, value := getattr(act, key))]
    return ":".join(parts)


def _is_stated(key: str, value: object) -> bool:
    """Return whether a field was given: `no` is an answer where yes and no are both facts, silence is not."""
    if key == "relation":
        return value is not Relation.SELF
    return value not in (None, ()) and (value is not False or key != "life")


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "+".join(value) if isinstance(value, tuple) else str(value)


def _value(pair: str) -> tuple[str, Any]:
    key, sign, text = pair.partition("=")
    if not sign or key not in _KEYS:
        near = difflib.get_close_matches(key, _KEYS, n=3, cutoff=0.4)
        raise _fault(
            f"“{veil(pair)}”不是已知的“键=值”",
            f"您是否想写：{'、'.join(near)}？" if near else f"可用：{'、'.join(_KEYS)}。",
        )
    return key, _read(key, text)


def _read(key: str, text: str) -> object:
    if key in _DAYS:
        return _day(text, key)
    if key in _YES_NO:
        if text not in ("yes", "no", "true", "false"):
            raise _fault(f"“{key}”只能写 yes 或 no", "")
        return text in ("yes", "true")
    if key == "years":
        if not text.isascii() or not text.isdigit() or len(text) > 2:  # noqa: PLR2004 - a ban of centuries is a slip
            raise _fault("“years”应为整数年", "")
        return int(text)
    if key == "kinds":
        return tuple(text.split("+"))
    if key in _WORDS:
        return _word(key, text)
    return text


def _word(key: str, text: str) -> StrEnum:
    known = [member.value for member in _WORDS[key]]
    if text not in known:
        near = difflib.get_close_matches(text, known, n=3, cutoff=0.4)
        raise _fault(
            f"“{key}”没有取值“{veil(text)}”",
            f"您是否想写：{'、'.join(near)}？" if near else f"可用：{'、'.join(known)}。",
        )
    return _WORDS[key](text)


def _day(text: str, what: str) -> date:
    day = parse_day(text)
    if day is None:
        raise _fault(f"“{what}”的日期“{veil(text)}”无效", "写作 YYYY-MM-DD。")
    return day


def _fault(message: str, hint: str) -> QuestionError:
    code = "question.act"
    return QuestionError(code, f"法律事实：{message}。", hint)
