"""Receipts (核查凭证): filed checks, whether a document is genuine, what changed since, what may leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Path
from starlette.requests import Request
from starlette.responses import Response

from jointsanction.disclosure import disclosed_changes, extract
from jointsanction.errors import JointSanctionError, LoopError, ReceiptError
from jointsanction.identity.masks import mask_name
from jointsanction.loop.filing.kept import filed_for, unlike_filed, whole_tender
from jointsanction.loop.filing.numbers import BATCH
from jointsanction.receipt import verify
from jointsanction.telling.masking import masked
from jointsanction.terms import AccountRole, Audience, AuditAction
from jointsanction.web.api.answers import (
    DisclosedAnswer,
    ExtractAnswer,
    FiledDocument,
    KeptDocument,
    KeptExtract,
    KeptTender,
    RecheckAnswer,
    TenderRecheckAnswer,
    VerifiedAnswer,
)
from jointsanction.web.api.bodies import DiscloseBody, ReceiptBody, RevealBody
from jointsanction.web.api.responses import Way, add_ways
from jointsanction.web.api.room import reply

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fastapi import APIRouter

    from jointsanction.model.caller import Caller
    from jointsanction.model.filed import FiledCheck
    from jointsanction.web.api.room import Room

Number = Annotated[str, Path(pattern=r"^[A-Z]{2}[0-9]{8}-[0-9A-Z]{12}$", description="编号")]
_ALTERED: Final = "receipt.altered"


class Receipts:
    """Filed checks and receipts (凭证)."""

    def __init__(self, room: Room) -> None:
        """Take what all routes work with."""
        self._room = room
        self._hosted = room.hosted

    async def filed(self, request: Request, number: Number) -> Response:
        """本单位的一次核查、一次投标核查，号码和自然人姓名已脱敏；明文见查看明文。"""
        caller = self._room.caller(request, AccountRole.WINDOW, AccountRole.AUDITOR)
        if number.startswith(BATCH):
            raise _no_whole()
        checks = await self._room.read(number, caller)
        one = checks[0]
        subject = one.subject if one.number == number else None
        await self._room.note(AuditAction.READ, caller, check=one, about=number, subject=subject)
        shown = [{**masked(self._room.disclosed(each.document, caller)), "number": each.number} for each in checks]
        told = shown[0] if one.number == number else _tender(checks, shown)
        officer = None if one.officer is None else mask_name(one.officer)
        return reply({**told, "number": number, "unit": one.unit, "officer": officer, "purpose": one.purpose})

    async def reveal(self, request: Request, number: Number, body: RevealBody) -> Response:
        """本单位的一次核查，不脱敏；须写明理由，每次都记入审计。"""
        caller = self._room.caller(request, AccountRole.WINDOW, officer=body.officer)
        await self._room.filed(number, caller)
        document = await self._hosted.run(self._hosted.desk.reveal, number, caller, reason=body.reason)
        return reply({**self._room.disclosed(document, caller), "number": number})

    async def genuine(self, request: Request, body: ReceiptBody) -> Response:
        """一份核查结果出具以后有没有改动，本库是否归档过，凭证之外的内容是否与归档一致。"""
        self._room.caller(request, AccountRole.WINDOW, AccountRole.AUDITOR)
        document, sound = body.document, True
        try:
            _read(verify, document)
        except ReceiptError as error:
            if error.code != _ALTERED:
                raise
            sound = False
        unlike = await self._hosted.run(_unlike, self._room, document) if sound else None
        told = {"genuine": sound, "filed": unlike is not None, "as_filed": unlike == (), "unlike": unlike or ()}
        return reply({**told, "message": _said(unlike, sound=sound), "receipt": str(document["receipt"])})

    async def recheck(self, request: Request, body: ReceiptBody) -> Response:
        """本单位归档的核查，按现在的目录和名单再问一次，与当时的答案逐项比较，说明因何而变。"""
        caller = self._room.caller(request, AccountRole.WINDOW, AccountRole.AUDITOR)
        document = body.document
        _read(verify, document)
        parts = document.get("results")
        if not isinstance(parts, list):
            return reply(await self._recheck(document, caller))
        self._room.permit_count(caller, len(parts))
        found = [await self._recheck(part, caller) for part in parts]
        return reply({"receipt": str(document["receipt"]), "rechecks": found})

    async def _recheck(self, document: dict[str, Any], caller: Caller) -> dict[str, Any]:
        """Return what one recheck may tell; what is asked again is what was filed, whatever was sent beside it."""
        check = await self._hosted.run(_filed_for, self._room, document, caller)
        self._room.permit_matter(caller, check.matter)
        found = await self._hosted.run(self._hosted.recheck, check.document)
        await self._room.note(AuditAction.READ, caller, check=check, purpose=check.purpose, detail={"recheck": True})
        told = found.model_dump()
        then, now = (self._room.disclosed(each, caller) for each in (check.document, told["now"]))
        lists = self._room.lists
        changes = disclosed_changes(told["changes"], (check.document, told["now"]), lists, caller.audience)
        shown = {name: then[name] for name in ("verdict", "complete")}
        own = check.unit == caller.unit and AccountRole.WINDOW in caller.roles
        return {
            **told,
            "then": {**told["then"], **shown},
            "now": now if own else masked(now),
            "changes": changes,
            "withheld": len(told["changes"]) - len(changes),
        }

    async def disclose(self, request: Request, body: DiscloseBody) -> Response:
        """一份核查结果中可以提供给他人的部分，依各份名单的公开属性。"""
        caller = self._room.caller(request, AccountRole.WINDOW)
        lists = self._room.lists

        def taken(document: dict[str, Any]) -> dict[str, Any]:
            verify(document)
            return extract(document, lists, Audience(body.to))

        found = _read(taken, body.document)
        await self._room.note(AuditAction.EXPORT, caller, about=str(body.document["receipt"]))
        return reply({"extract": found})


_WAYS: Final = (
    Way(
        "GET",
        "/checks/{number}",
        "filed",
        "getCheck",
        "核查归档",
        KeptDocument | KeptExtract | KeptTender,
        fails=(404, 422),
        body=False,
    ),
    Way(
        "POST",
        "/checks/{number}/reveal",
        "reveal",
        "revealCheck",
        "查看明文",
        FiledDocument | ExtractAnswer,
        fails=(404,),
    ),
    Way("POST", "/receipts/verify", "genuine", "verifyReceipt", "核验凭证", VerifiedAnswer),
    Way(
        "POST",
        "/receipts/recheck",
        "recheck",
        "recheckReceipt",
        "复查",
        RecheckAnswer | TenderRecheckAnswer,
        fails=(404,),
    ),
    Way("POST", "/receipts/disclose", "disclose", "discloseReceipt", "对外提供", DisclosedAnswer),
)


def add_receipts(router: APIRouter, room: Room) -> None:
    """Add the routes (凭证)."""
    add_ways(router, Receipts(room), "凭证", _WAYS)


def _read(function: Callable[[dict[str, Any]], Any], document: dict[str, Any]) -> Any:  # noqa: ANN401 - what it gives
    """Return what a function makes of a document that somebody sent; one that is no answer is refused.

    Raises:
        ReceiptError: `receipt.not_an_answer`, and what the function raises.
    """
    try:
        return function(document)
    except JointSanctionError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError, LookupError) as error:
        code, message = "receipt.not_an_answer", "内容不完整，不是核查结果。"
        raise ReceiptError(code, message, "请提供核查结果的完整内容。") from error


def _unlike(room: Room, document: dict[str, Any]) -> tuple[str, ...] | None:
    with room.hosted.docket.reading() as connection:
        return unlike_filed(connection, document)


def _filed_for(room: Room, document: dict[str, Any], caller: Caller) -> FiledCheck:
    with room.hosted.docket.reading() as connection:
        return filed_for(connection, document, caller)


def _said(unlike: tuple[str, ...] | None, *, sound: bool) -> str:
    """Return in words what the verification found (核验结论)."""
    if not sound:
        return "内容与凭证不符：出具以后被改动。"
    if unlike is None:
        return "内容与凭证相符；本库没有归档过这份核查结果。"
    if unlike:
        return f"凭证所涵盖的内容没有改动，但凭证之外的内容与归档不一致：{'、'.join(unlike)}。"
    return "内容与凭证相符，与归档一致。"


def _tender(checks: Sequence[FiledCheck], shown: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what may be told of a tender beside its parts (投标核查)."""
    told, known = whole_tender(checks), all(each["verdict"] is not None for each in shown)
    return {
        "verdict": told["verdict"] if known else None,
        "complete": told["complete"] if known else None,
        "results": shown,
        "receipt": told["receipt"] if all("receipt" in each for each in shown) else None,
    }


def _no_whole() -> LoopError:
    message = "批量核查没有合在一起的归档。"
    return LoopError("loop.no_such_check", message, "请用其中每一件的核查编号（HC 开头）逐件查阅；批量的答复中有。")
