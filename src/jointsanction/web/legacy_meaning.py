"""What the fields of systems of before mean (旧系统字段): whom they name, and which measure they tell of.

What could mean two subjects or two measures is refused: nothing is guessed, and nothing recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import LoopError, SubjectError
from jointsanction.identity import legacy, uscc
from jointsanction.identity.folding import bare, is_missing, letters
from jointsanction.identity.keys import keys_of
from jointsanction.identity.numbers import Number
from jointsanction.terms import IdState, IdType
from jointsanction.web.api.bodies import subject_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from jointsanction.model.filed import FiledCheck, PlanItem
    from jointsanction.model.subject import Listing, Subject
    from jointsanction.registry.protocol import Registry

_NUMBERS: Final = {
    "tyshxydm": IdType.USCC,
    "zzjgdm": IdType.ORGANISATION_CODE,
    "gszch": IdType.REGISTRATION_NO,
}
"""The fields that hold a number, the strongest first."""


class Owed(NamedTuple):
    """A check with what it asks for on the list meant (待反馈事项): all of it, and what of it is still to be told."""

    check: FiledCheck
    items: tuple[PlanItem, ...]
    pending: frozenset[int]


def asked_about(fields: Mapping[str, str], registry: Registry) -> Subject:
    """Return whom the fields name (核查主体): all numbers that are sent have to be of one subject.

    A 组织机构代码 is part of the 统一社会信用代码. A 工商注册号 is part of nothing: what is listed under it has to be
    listed under the other number too.

    Raises:
        SubjectError: `subject.malformed`, `subject.numbers_differ`; as `parse_subject`.
    """
    whole = bare(fields.get("tyshxydm", ""))
    said = {
        name: fields[name]
        for name in _NUMBERS
        # Old registers repeat the 统一社会信用代码, which took the place of the other two.
        if not is_missing(fields.get(name, "")) and (name == "tyshxydm" or bare(fields[name]) != whole)
    }
    strongest = next(iter(said), None)
    if len(said) > 1 or strongest not in {None, "tyshxydm"}:
        _refuse_differing([_number(name, text, fields) for name, text in said.items()], registry)
    return subject_of(None if strongest is None else said[strongest], None, fields.get("qymc") or None)


def told_of(owed: Sequence[Owed], said: str, known: Collection[str]) -> tuple[FiledCheck, PlanItem]:
    """Return which check and which measure of it a feedback tells of (反馈对应的措施).

    `owed` are the checks that fit, the newest first; `said` is what the system writes of the measure, and `known` are
    the titles of all measures. What a check asks for alone may be told of in any words but the title of another.

    Raises:
        LoopError: `loop.which_measure`.
    """
    wanted = letters(said)
    for each in owed:
        same = [item for item in each.items if letters(item.title) == wanted]
        if len(same) == 1 and same[0].item in each.pending:
            return each.check, same[0]
        if len(same) > 1:
            raise _which(each, "同名的不止一项")
    newest = owed[0]
    if len(newest.items) == 1 and wanted not in {letters(title) for title in known}:
        return newest.check, newest.items[0]
    raise _which(newest, "没有写明是其中尚待反馈的哪一项")


def _which(owed: Owed, why: str) -> LoopError:
    titles = "、".join(dict.fromkeys(item.title for item in owed.items if item.item in owed.pending))
    message = f"执行措施内容（zxcsnr）不能对应到一项措施：{why}；没有登记。"
    hint = f"请照写名称，尚待反馈的有：{titles}；同名的，在控制台或者用 /v1/feedback 逐项反馈。"
    return LoopError("loop.which_measure", message, hint)


def _number(name: str, text: str, fields: Mapping[str, str]) -> Number:
    """Return the number of a field; that of a code inside a sound 统一社会信用代码 is vouched for by that."""
    kind, number = _NUMBERS[name], bare(text)
    if kind is IdType.USCC:
        sound = uscc.fits(number) and uscc.is_sound(number)
    elif kind is IdType.REGISTRATION_NO:
        sound = legacy.fits_registration_no(number) and legacy.registration_check_digit(number) == number[14]
    else:
        passes = legacy.fits_organisation_code(number) and legacy.organisation_check_digit(number) == number[8]
        sound = passes or uscc.organisation_code(bare(fields.get("tyshxydm", ""))) == number
    if not sound:
        message = f"{name} 不是有效的{kind.zh}，没有核查。"
        raise SubjectError("subject.malformed", message, "请核对有无漏字、错字；没有该号码的不写，或者只写信用代码。")
    return Number(kind, number, IdState.OK)


def _refuse_differing(numbers: Sequence[Number], registry: Registry) -> None:
    first, *others = numbers
    inner = uscc.organisation_code(first.text) if first.type is IdType.USCC else None
    for other in others:
        if other.type is IdType.ORGANISATION_CODE and other.text != inner:
            raise _differ("组织机构代码不是统一社会信用代码的第九至十七位")
        if other.type is IdType.REGISTRATION_NO:
            mine = _listed(registry, first)
            if any(listing not in mine for listing in _listed(registry, other)):
                raise _differ("工商注册号在名单库中是另一主体的")


def _listed(registry: Registry, number: Number) -> list[Listing]:
    return [hit.listing for hit in registry.lookup(keys_of(number), None) if hit.related is None and not hit.by_name]


def _differ(why: str) -> SubjectError:
    message = f"所给的几个证件号码不是同一主体的：{why}；没有核查。"
    return SubjectError("subject.numbers_differ", message, "请核对各个号码；只写统一社会信用代码即可。")
