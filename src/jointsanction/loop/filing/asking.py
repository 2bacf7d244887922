"""Answers made ready to be filed (待归档核查): what to write, and what of it the audit keeps; nothing is written."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jointsanction.errors import JointSanctionError, QuestionError
from jointsanction.identity.masks import printable
from jointsanction.loop.filing.merkle import root_of
from jointsanction.loop.filing.numbers import BATCH, CHECK, TENDER, number_of
from jointsanction.loop.filing.sealing import digest_of
from jointsanction.loop.follow_up.plan import items_of
from jointsanction.loop.pushing.messages import Occasion, make_message
from jointsanction.model.audit import Deed
from jointsanction.model.filed import FiledCheck, Filing
from jointsanction.steps.asking.days import SHANGHAI
from jointsanction.store.docket.checks import columns_of_check, obligations_of
from jointsanction.terms import AuditAction, FilingKind, MessageKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from jointsanction.loop.filing.numbers import Draw
    from jointsanction.model.caller import Caller, RequestKey
    from jointsanction.model.catalogue import ListType
    from jointsanction.model.message import Message
    from jointsanction.model.result import CheckResult
    from jointsanction.model.tender import TenderResult

_LONGEST: Final = 200


class Making(NamedTuple):
    """Who asks, why and under which key (经办、用途), and by what rules it is filed."""

    caller: Caller
    purpose: str
    key: RequestKey | None
    draw: Draw
    lists: Mapping[str, ListType]
    feedback_days: int
    algorithm: str
    receivers: tuple[str, ...] = ()


def read_purpose(text: str) -> str:
    """Return what a check is for (核查用途).

    Raises:
        QuestionError: `question.purpose` when nothing is said, or a whole page.
    """
    purpose = printable(text or "").strip()
    if not purpose or len(purpose) > _LONGEST:
        code, message = "question.purpose", f"须写明核查用途，不超过 {_LONGEST} 字。"
        raise QuestionError(code, message, "例如“政府采购供应商资格审查”；不写个人信息。")
    return purpose


def filing_of(result: CheckResult, making: Making) -> Filing:
    """Return one answer to be filed (核查)."""
    check = _check(result, making)
    return Filing(
        kind=FilingKind.CHECK,
        number=check.number,
        caller=making.caller,
        checks=(check,),
        deeds=(_deed(check, making),),
        key=making.key,
        messages=_hits((check,), making),
    )


def tender_filing(result: TenderResult, making: Making) -> Filing:
    """Return the answers about the bidders of a tender, to be filed under one number (投标人批量核查)."""
    number = _number(TENDER, result.results[0].checked_at, making)
    checks = tuple(_check(each, making, (number, place)) for place, each in enumerate(result.results))
    return Filing(
        kind=FilingKind.TENDER,
        number=number,
        caller=making.caller,
        checks=checks,
        deeds=tuple(_deed(check, making) for check in checks),
        key=making.key,
        answer={"verdict": result.verdict.value, "complete": result.complete, "receipt": result.receipt},
        messages=_hits(checks, making),
    )


def batch_filing(results: Iterable[CheckResult | JointSanctionError], making: Making, *, at: datetime) -> Filing:
    """Return the answers about many subjects, to be filed under one number (批量核查).

    The audit gets one record with a digest over all rows, and one for each row that is not clear.
    """
    number, rows = _number(BATCH, at, making), tuple(results)
    checks = tuple(
        _check(row, making, (number, place))
        for place, row in enumerate(rows)
        if not isinstance(row, JointSanctionError)
    )
    errors = {
        str(place): row.as_json()["error"] for place, row in enumerate(rows) if isinstance(row, JointSanctionError)
    }
    told = {check.place: check.receipt for check in checks}
    leaves = [told[place] if place in told else errors[str(place)]["code"] for place in range(len(rows))]
    answer = {"rows": len(rows), "errors": errors, "root": root_of(leaves, making.algorithm)}
    hits = [check for check in checks if check.verdict != Verdict.CLEAR]
    wrong = {place: error["code"] for place, error in errors.items()}
    first = _batch_deed(number, checks, {**answer, "errors": wrong, "hits": len(hits)}, making)
    return Filing(
        kind=FilingKind.BATCH,
        number=number,
        caller=making.caller,
        checks=checks,
        deeds=(first, *(_deed(check, making) for check in hits)),
        key=making.key,
        answer=answer,
        messages=_hits(checks, making),
    )


def _batch_deed(number: str, checks: tuple[FiledCheck, ...], said: Mapping[str, Any], making: Making) -> Deed:
    """Return the one record over all rows of a batch."""
    one = checks[0] if checks else None
    return Deed(
        action=AuditAction.BATCH,
        caller=making.caller,
        purpose=making.purpose,
        matter=None if one is None else one.matter,
        about=number,
        case_no=None if one is None else one.case_no,
        detail={**said, "versions": None if one is None else one.document["versions"]},
    )


def _check(result: CheckResult, making: Making, under: tuple[str, int] | None = None) -> FiledCheck:
    caller, document, at = making.caller, result.model_dump(), result.checked_at
    due = at.astimezone(SHANGHAI).date() + timedelta(days=making.feedback_days)
    return FiledCheck(
        number=_number(CHECK, at, making),
        document=document,
        subject=result.subject_key,
        purpose=making.purpose,
        unit=caller.unit,
        account=caller.account,
        region=caller.region or document["question"]["region"],
        officer=caller.officer,
        tender=None if under is None else under[0],
        place=0 if under is None else under[1],
        items=items_of(document, due, making.lists),
        recorded_at=at,
    )


def _deed(check: FiledCheck, making: Making) -> Deed:
    detail: dict[str, Any] = {
        "verdict": check.verdict,
        "complete": check.document["complete"],
        "receipt": check.receipt,
        "versions": check.document["versions"],
        "kept": digest_of((columns_of_check(check), *obligations_of(check))),
    }
    return Deed(
        action=AuditAction.CHECK,
        caller=making.caller,
        purpose=making.purpose,
        matter=check.matter,
        about=check.number,
        case_no=check.case_no,
        subject=check.subject,
        detail=detail if check.tender is None else {**detail, "under": check.tender},
    )


def _hits(checks: Iterable[FiledCheck], making: Making) -> tuple[Message, ...]:
    """Return what is told of checks that ask for something to be done."""
    return tuple(
        make_message(
            Occasion(MessageKind.CHECK_HIT, check.number, check.recorded_at),
            receiver,
            {
                "check": check.number,
                "matter": check.matter,
                "verdict": check.verdict,
                "measures": list(dict.fromkeys(item.measure for item in check.items)),
                "due_on": check.items[0].due_on.isoformat(),
            },
        )
        for check in checks
        if check.items
        for receiver in making.receivers
    )


def _number(prefix: str, at: datetime, making: Making) -> str:
    return number_of(prefix, at.astimezone(SHANGHAI).date(), making.draw)
