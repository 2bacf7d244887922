"""Receipts (核查凭证): filed checks, whether a document is genuine, what changed since, what may leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Path
from starlette.requests import Request
from starlette.responses import Response

from jointsanction.disclosure import extract
from jointsanction.errors import JointSanctionError, ReceiptError
from jointsanction.model.audit import Deed
from jointsanction.receipt import verify
from jointsanction.store.docket.checks import numbers_with
from jointsanction.telling.masking import masked
from jointsanction.terms import AccountRole, Audience, AuditAction
from jointsanction.web.api.answers import DisclosedAnswer, ExtractAnswer, FiledDocument, RecheckAnswer, VerifiedAnswer
from jointsanction.web.api.bodies import DiscloseBody, ReceiptBody, RevealBody
from jointsanction.web.api.responses import Way, add_ways
from jointsanction.web.api.room import reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import APIRouter

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
        """本单位的一次核查，号码和自然人姓名已脱敏；明文见查看明文。"""
        caller = self._room.caller(request, AccountRole.WINDOW, AccountRole.AUDITOR)
        check = await self._room.filed(number, caller)
        await _note(
            self._room,
            Deed(action=AuditAction.READ, caller=caller, about=number, matter=check.matter, subject=check.subject),
        )
        return reply({**masked(self._room.disclosed(check.document, caller)), "number": number})

    async def reveal(self, request: Request, number: Number, body: RevealBody) -> Response:
        """本单位的一次核查，不脱敏；须写明理由，每次都记入审计。"""
        caller = self._room.caller(request, AccountRole.WINDOW, officer=body.officer)
        await self._room.filed(number, caller)
        document = await self._hosted.run(self._hosted.desk.reveal, number, caller, reason=body.reason)
        return reply({**self._room.disclosed(document, caller), "number": number})

    async def genuine(self, request: Request, body: ReceiptBody) -> Response:
        """一份核查结果出具以后有没有改动，本库是否归档过。"""
        self._room.caller(request, AccountRole.WINDOW, AccountRole.AUDITOR)
        document, sound = body.document, True
        try:
            _read(verify, document)
        except ReceiptError as error:
            if error.code != _ALTERED:
                raise
            sound = False
        receipt = str(document["receipt"])
        known = sound and await self._hosted.run(_is_filed, self._room, receipt)
        return reply({"genuine": sound, "filed": known, "receipt": receipt})

    async def recheck(self, request: Request, body: ReceiptBody) -> Response:
        """按现在的目录和名单再问一次，与当时的答案逐项比较，说明因何而变。"""
        caller = self._room.caller(request, AccountRole.WINDOW, AccountRole.AUDITOR)
        found = await self._hosted.run(_read, self._hosted.engine.recheck, body.document)
        self._room.permit_matter(caller, found.now.model_dump()["question"]["matter"])
        await _note(
            self._room, Deed(action=AuditAction.READ, caller=caller, about=found.receipt, subject=found.now.subject_key)
        )
        told = found.model_dump()
        return reply({**told, "now": self._room.disclosed(told["now"], caller)})

    async def disclose(self, request: Request, body: DiscloseBody) -> Response:
        """一份核查结果中可以提供给他人的部分，依各份名单的公开属性。"""
        caller = self._room.caller(request, AccountRole.WINDOW)
        lists = {code: kind.disclosure for code, kind in self._hosted.engine.tables.catalog.lists.items()}

        def taken(document: dict[str, Any]) -> dict[str, Any]:
            verify(document)
            return extract(document, lists, Audience(body.to))

        found = _read(taken, body.document)
        await _note(self._room, Deed(action=AuditAction.EXPORT, caller=caller, about=str(body.document["receipt"])))
        return reply({"extract": found})


_WAYS: Final = (
    Way(
        "GET",
        "/checks/{number}",
        "filed",
        "getCheck",
        "核查归档",
        FiledDocument | ExtractAnswer,
        fails=(
            404,
            422,
        ),
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
    Way("POST", "/receipts/recheck", "recheck", "recheckReceipt", "复查", RecheckAnswer),
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


def _is_filed(room: Room, receipt: str) -> bool:
    with room.hosted.docket.reading() as connection:
        return bool(numbers_with(connection, receipt))


async def _note(room: Room, deed: Deed) -> None:
    await room.hosted.run(room.hosted.desk.note, deed)
