"""The first step of every check (身份识别): what the caller gave becomes keys, a kind and warnings, or is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import SubjectError
from jointsanction.identity import uscc
from jointsanction.identity.folding import bare, is_missing
from jointsanction.identity.keys import code_keys, is_person, keys_of, other_keys, resident_number
from jointsanction.identity.masks import is_masked, mask_id
from jointsanction.identity.names import name_key
from jointsanction.identity.numbers import Number, other_number, readings
from jointsanction.identity.resident_id import fits_old
from jointsanction.model.quick import NEW
from jointsanction.model.subject import Subject
from jointsanction.terms import IdState, IdType, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_A_NUMBER: Final = re.compile("[\u3400-\u9fff]")
_PLACES: Final = {
    IdType.USCC: "uscc",
    IdType.RESIDENT_ID: "resident_id",
    IdType.ORGANISATION_CODE: "other_id",
    IdType.REGISTRATION_NO: "other_id",
    IdType.OTHER: "other_id",
}
_USCC: Final = IdType.USCC
_OK: Final = IdState.OK
_USABLE: Final = frozenset({IdState.OK, IdState.BAD_CHECK_DIGIT, IdState.MASKED})


class Warning_(NamedTuple):  # noqa: N801 - `Warning` is a builtin
    """Something about an identity that whoever decides should know (身份提示)."""

    code: str
    message: str


class Identified(NamedTuple):
    """A subject made ready to be looked up (识别结果). `id` is the normal form of its number, `keys` what finds it."""

    kind: SubjectKind | None
    id_type: IdType | None
    id: str | None
    state: IdState
    keys: tuple[str, ...]
    name: str | None
    name_key: str | None
    warnings: tuple[Warning_, ...] = ()

    @property
    def is_identified(self) -> bool:
        """Return whether a number was given that can be compared; a failing check digit still matches exactly."""
        return self.state is _OK or self.state is IdState.BAD_CHECK_DIGIT

    def __repr__(self) -> str:
        """Show type and state only: no number or name may reach a log by accident."""
        return f"Identified(kind={self.kind!r}, id_type={self.id_type!r}, state={self.state!r}, …)"


def identify(subject: Subject | str) -> Identified:
    """Return who is asked about: keys, kind, warnings (身份识别).

    A text is a code that can be nothing else (`uscc.is_solely`). A number that fails its check character warns and is
    looked up all the same. A masked number gives a pattern, which finds nothing by itself and only narrows the
    candidates of a name.

    Raises:
        SubjectError: `subject.empty`, `subject.several_numbers`, `subject.malformed`, `subject.lost_precision`,
            `subject.kind_conflict`.
    """
    if isinstance(subject, str):
        return _of_code(subject)
    number = _number(subject)
    if number is None and (subject.name is None or is_missing(subject.name)):
        raise _empty()
    return Identified(
        kind=_kind(subject.kind, number),
        id_type=None if number is None else number.type,
        id=None if number is None else number.text,
        state=IdState.MISSING if number is None else number.state,
        keys=() if number is None else _keys(number, subject),
        name=subject.name,
        name_key=None if subject.name is None else name_key(subject.name),
        warnings=tuple(_warnings(subject, number)),
    )


def _of_code(code: str) -> Identified:
    """The usual case at the least cost: a sound code and nothing beside it leaves nothing to weigh."""
    if uscc.check_digit(code) != code[-1]:
        return identify(Subject(uscc=code))
    return NEW(Identified, (uscc.kind_of(code), _USCC, code, _OK, code_keys(code), None, None, ()))


def parse_subject(text: str, kind: SubjectKind | None, name: str | None) -> Subject:
    """Return the subject a bare identifier names (号码解析); without a number, the name alone.

    Raises:
        SubjectError: `subject.empty`; `subject.malformed` when it is no number; `subject.ambiguous` when it could be a
            code and a resident id, and no kind says which; `subject.kind_conflict` when the kind rules it out.
    """
    if kind is not SubjectKind.PERSON and uscc.is_solely(text):
        return Subject(kind=kind, uscc=text, name=name)
    if is_missing(text):
        if name is None or is_missing(name):
            raise _empty()
        return Subject(kind=kind, name=name)
    if _NOT_A_NUMBER.search(text) is not None:
        hint = "按名称核查请使用名称参数（--name）；名称只能得到候选。"
        raise SubjectError("subject.malformed", "给出的是文字，不是证件号码。", hint)
    found = readings(text, person=is_person(kind))
    if len(found) == 1:
        return _subject(found[0], text, kind, name)
    raise _ambiguous(text, found) if found else _unreadable(text, kind)


def _subject(number: Number, text: str, kind: SubjectKind | None, name: str | None) -> Subject:
    place = _PLACES[number.type]
    if place == "uscc":
        return Subject(kind=kind, uscc=text, name=name)
    if place == "resident_id":
        return Subject(kind=kind or SubjectKind.PERSON, resident_id=text, name=name)
    return Subject(kind=kind, other_id=text, name=name)


def _ambiguous(text: str, found: tuple[Number, ...]) -> SubjectError:
    types = "或".join(number.type.zh for number in found)
    return SubjectError(
        "subject.ambiguous",
        f"号码 {mask_id(bare(text))} 既可能是{types}，无法确定主体类别。",
        "请指明主体类别（--kind person 或 --kind enterprise 等）。",
    )


def _unreadable(text: str, kind: SubjectKind | None) -> SubjectError:
    shown = mask_id(bare(text))
    if kind is not None and readings(text):
        wanted = "公民身份号码" if kind is SubjectKind.PERSON else "单位的号码"
        hint = "请核对主体类别与号码；92 开头的统一社会信用代码是个体工商户。"
        return SubjectError("subject.kind_conflict", f"主体类别为“{kind.zh}”，但 {shown} 不是{wanted}。", hint)
    return _malformed(bare(text), "证件号码")


def _malformed(number: str, wanted: str) -> SubjectError:
    message = f"{mask_id(number)} 不是有效形式的{wanted}（{len(number)} 位）。"
    return SubjectError("subject.malformed", message, "两种号码均为 18 位；请核对有无漏字、错字。")


def _empty() -> SubjectError:
    hint = "请给出统一社会信用代码、公民身份号码或名称。"
    return SubjectError("subject.empty", "没有给出证件号码或名称。", hint)


def _number(subject: Subject) -> Number | None:
    number = _only_number(subject)
    if number is None or number.state in _USABLE:
        return number
    if number.state is IdState.LOST_PRECISION:
        message = f"号码 {mask_id(number.text)} 已被电子表格改写，末位数字丢失（Excel 已丢失精度）。"
        raise SubjectError("subject.lost_precision", message, "请从原件重新录入，并把单元格设为文本格式。")
    raise _malformed(number.text, number.type.zh)


def _only_number(subject: Subject) -> Number | None:
    code = subject.uscc
    alone = subject.resident_id is None and subject.other_id is None and subject.kind is not SubjectKind.PERSON
    if code is not None and alone and uscc.fits(code):
        return Number(IdType.USCC, code, uscc.checked(code))
    given = [(place, text) for place, text in _given(subject) if not is_missing(text)]
    if not given:
        return None
    if len(given) > 1:
        hint = "请分别核查，或只保留一个号码。"
        raise SubjectError("subject.several_numbers", "一次核查只能给出一个证件号码。", hint)
    ((place, text),) = given
    _refuse_other_kind(place, subject.kind)
    return _reading(place, text, subject.kind)


def _given(subject: Subject) -> Iterator[tuple[IdType, str]]:
    if subject.uscc is not None:
        yield IdType.USCC, subject.uscc
    if subject.resident_id is not None:
        yield IdType.RESIDENT_ID, subject.resident_id
    if subject.other_id is not None:
        yield IdType.OTHER, subject.other_id


def _reading(place: IdType, text: str, kind: SubjectKind | None) -> Number:
    if place is IdType.USCC:
        return Number(IdType.USCC, uscc.compact(text), uscc.state(text))
    return resident_number(text) if place is IdType.RESIDENT_ID else other_number(text, person=is_person(kind))


def _keys(number: Number, subject: Subject) -> tuple[str, ...]:
    if subject.kind is None and subject.other_id is not None and number.state is not IdState.MASKED:
        return other_keys(subject.other_id, person=None)
    return keys_of(number)


def _refuse_other_kind(place: IdType, kind: SubjectKind | None) -> None:
    wrong_code = place is IdType.USCC and kind is SubjectKind.PERSON
    wrong_person = place is IdType.RESIDENT_ID and is_person(kind) is False
    if kind is not None and (wrong_code or wrong_person):
        hint = "请核对主体类别与号码；92 开头的统一社会信用代码是个体工商户。"
        raise SubjectError("subject.kind_conflict", f"主体类别为“{kind.zh}”，却给出了{place.zh}。", hint)


def _kind(declared: SubjectKind | None, number: Number | None) -> SubjectKind | None:
    """A sound code says what it was given to, and outweighs a slip in the kind declared beside it."""
    if number is None:
        return declared
    if declared is not None:
        sound = number.type is IdType.USCC and number.state is IdState.OK
        own = uscc.kind_of(number.text) if sound else None
        return declared if own in (None, SubjectKind.OTHER_ORGANISATION) else own
    if number.type is IdType.RESIDENT_ID:
        return SubjectKind.PERSON
    readable = number.type is IdType.USCC and number.state in {IdState.OK, IdState.BAD_CHECK_DIGIT}
    return uscc.kind_of(number.text) if readable else None


def _warnings(subject: Subject, number: Number | None) -> Iterator[Warning_]:
    if subject.name is not None and is_masked(subject.name):
        yield Warning_("identity.masked_name", "名称已脱敏，不能用于比对。")
    if number is None:
        yield Warning_("identity.name_only", "仅有名称，只能得到同名候选，不能确认身份；请补充证件号码。")
        return
    if number.state is IdState.OK and number.type is IdType.USCC:
        yield from _kind_differs(subject.kind, number.text)
    if number.state is IdState.BAD_CHECK_DIGIT:
        yield Warning_("identity.bad_check_digit", f"{number.type.zh}校验位不符，已按原样比对；请核对是否录入有误。")
    if number.state is IdState.MASKED:
        yield Warning_("identity.masked", f"{number.type.zh}已脱敏，不能确认身份；请补充完整号码。")
    if number.type is IdType.RESIDENT_ID and fits_old(bare(subject.resident_id or subject.other_id or "")):
        yield Warning_("identity.fifteen_digits", "15 位身份证号已按 1900 年代出生换算为 18 位后比对。")


def _kind_differs(declared: SubjectKind | None, code: str) -> Iterator[Warning_]:
    own = uscc.kind_of(code)
    if declared is not None and own is not declared:
        used = declared if own is SubjectKind.OTHER_ORGANISATION else own
        message = f"号码对应“{own.zh}”，与所给主体类别“{declared.zh}”不同，已按“{used.zh}”核查。"
        yield Warning_("identity.kind_differs", message)
