"""Making a commitment and recording a talk (作出承诺、记录约谈): checked before they are kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from jointsanction.errors import SubjectError
from jointsanction.identity.identify import identify
from jointsanction.model.commitment import Commitment, Talk, commitment_type
from jointsanction.terms import IdState, TalkKind, TalkResult
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.model.subject import Subject
    from jointsanction.terms import CommitmentType

_ID: Final = 10
"""How much of its digest names a commitment or talk."""


def make_commitment(
    subject: Subject, kind: CommitmentType | str, *, content: str, made_on: date, **more: Any
) -> Commitment:
    """Return a commitment of a subject (作出信用承诺); the same one made again is the same, by its id.

    `more` are the other fields of `Commitment`: matter, due, public, authority, source, measure.

    Raises:
        SubjectError: `commitment.no_number` when the subject is known by name alone; `commitment.empty` without
            content; `commitment.due` when it falls due before it is made.
        QuestionError: an unknown type.
    """
    keys = keys_of_known(subject)
    if not content.strip():
        raise SubjectError("commitment.empty", "信用承诺没有写明内容。", "写明承诺做到什么、到什么时候。")
    due = more.get("due")
    if due is not None and due < made_on:
        message = f"履约期限 {due} 早于作出承诺之日 {made_on}。"
        raise SubjectError("commitment.due", message, "请核对两个日期。")
    said = commitment_type(kind)
    id_ = _digest(keys[0], said, content.strip(), made_on, more.get("matter"))
    return Commitment(id=id_, keys=keys, type=said, content=content.strip(), made_on=made_on, **more)


def make_talk(  # noqa: PLR0913 - a talk has as many parts, and each is asked for by name
    subject: Subject,
    kind: TalkKind | str,
    *,
    held_on: date,
    authority: str,
    reason: str,
    result: TalkResult | str,
    commitment: str | None = None,
) -> Talk:
    """Return a talk with a subject (约谈), which needs who held it and why.

    Raises:
        SubjectError: `commitment.no_number` when the subject is known by name alone; `commitment.incomplete`.
        QuestionError: an unknown kind or result.
    """
    keys = keys_of_known(subject)
    if not (authority.strip() and reason.strip()):
        raise SubjectError("commitment.incomplete", "约谈记录缺少约谈单位或事由。", "写明谁约谈的、为什么约谈。")
    said = word(TalkKind, kind, "约谈种类")
    return Talk(
        id=_digest(keys[0], said, authority.strip(), held_on, reason.strip()),
        keys=keys,
        kind=said,
        held_on=held_on,
        authority=authority.strip(),
        reason=reason.strip(),
        result=word(TalkResult, result, "约谈结果"),
        commitment=commitment,
    )


def refuse_future(day: date, today: date) -> None:
    """Refuse what is said to have happened after the day of recording it (登记之日).

    Raises:
        SubjectError: `commitment.date`.
    """
    if day > today:
        raise SubjectError("commitment.date", f"发生之日 {day} 晚于今天 {today}。", "到了那一日再登记。")


def keys_of_known(subject: Subject) -> tuple[str, ...]:
    """Return the keys of a subject with a number that can be compared: who is known by name alone promises nothing."""
    known = identify(subject)
    if known.state not in (IdState.OK, IdState.BAD_CHECK_DIGIT):
        message = "只有名称或脱敏号码的主体，不能记录信用承诺或约谈。"
        raise SubjectError("commitment.no_number", message, "请给出主体的完整证件号码。")
    return known.keys


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(tuple(map(str, parts))).encode()).hexdigest()[:_ID]
