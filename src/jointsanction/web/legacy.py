"""The way in for systems of before (旧系统接入): forms and XML with the pinyin names that they send.

Opened by `adapters: [legacy]`. The name of the account and its key stand in what is sent (`acctount`: the slip is in
the clients, and stays), the purpose in `visitreason`. What is sent again word for word within a few minutes is the
same request: those clients send up to five times when an answer is late. A check is of the one matter
that the account may ask about.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request  # noqa: TC002 - FastAPI reads it
from starlette.responses import Response  # noqa: TC002 - the same

from jointsanction.errors import AccessError, JointSanctionError, LoopError
from jointsanction.identity.identify import identify
from jointsanction.loop.access.keys import holder_of
from jointsanction.loop.access.permits import permit, permit_findings
from jointsanction.model.caller import RequestKey
from jointsanction.model.filed import Feedback
from jointsanction.receipt import canonical
from jointsanction.store.docket.feedback import feedback_under, pending
from jointsanction.store.docket.requests import taken
from jointsanction.store.instants import to_micros
from jointsanction.terms import AccountRole, Effect, Handling, Verdict
from jointsanction.web.access import at_request
from jointsanction.web.api.bodies import subject_of
from jointsanction.web.api.room import Room, minimal
from jointsanction.web.door import request_number
from jointsanction.web.legacy_fields import answered, read_fields
from jointsanction.web.legacy_meaning import Owed, asked_about, told_of
from jointsanction.web.problems import crashed, status_of
from jointsanction.web.problems import told_of as why

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from jointsanction.model.caller import Caller
    from jointsanction.model.filed import FiledCheck, PlanItem
    from jointsanction.web.hosted import Hosted

_SAME: Final = 300
"""So many seconds a request sent again is the same one: five tries of fifteen seconds are well within."""
_CASE: Final = "ajbh"
"""The field of the case number (案号), of our own making: those systems have none, and a case needs one."""
_EFFECTS: Final = {"1": Effect.RESTRICTION.value, "2": Effect.INCENTIVE.value}
_EFFECT_CODES: Final = {effect: code for code, effect in _EFFECTS.items()}


def legacy_router(hosted: Hosted) -> APIRouter:
    """Return the way in for systems of before (旧系统接入)."""
    router, way = APIRouter(prefix="/legacy", include_in_schema=False), _Way(hosted)

    @router.post("/check")
    async def check(request: Request) -> Response:
        return await way.answered(request, way.check)

    @router.post("/feedback")
    async def feedback(request: Request) -> Response:
        return await way.answered(request, way.feed_back)

    return router


class _Way:
    """Takes what is sent, and answers in the same manner."""

    def __init__(self, hosted: Hosted) -> None:
        self._hosted = hosted
        self._room = Room(hosted)

    async def answered(
        self, request: Request, act: Callable[[Caller, Mapping[str, str]], Awaitable[dict[str, Any]]]
    ) -> Response:
        """Return what an act says, as XML to whoever sent XML, else as JSON: `code` 1 and `data`, or 0 and why not."""
        number, status = request_number(request), 200
        try:
            fields = await read_fields(request, self._hosted.settings.body_bytes)
            caller = await self._caller(request, fields)
            said: dict[str, Any] = {"code": "1", "msg": "成功", "data": await act(caller, fields)}
        except JointSanctionError as error:
            status = int(status_of(error))
            said = {"code": "0", "msg": f"{error.message}{error.hint}", "error": error.code}
        except HTTPException as error:
            status, said = error.status_code, _refused(error.status_code, error.headers)
        except Exception as error:  # noqa: BLE001 - nothing of it may reach the caller
            crashed(error, number)
            status, said = 500, _refused(500)
        headers = {"Cache-Control": "no-store", "X-Request-Id": number}
        return answered(request, said, status, headers)

    async def check(self, caller: Caller, fields: Mapping[str, str]) -> dict[str, Any]:
        """Return verdict and measures about whom the fields name (核查)."""
        words = {"subject": asked_about(fields, self._hosted.engine.registry), "matter": _matter_of(caller)}
        if fields.get(_CASE):
            words["case"] = fields[_CASE]
        key = await self._hosted.run(self._key, caller, fields)
        await self._hosted.ready()
        filing = self._hosted.desk.ask(words, caller, purpose=fields.get("visitreason", ""), key=key)
        filed = await self._hosted.file(filing)
        told = minimal(self._room.disclosed(filed.check.document, caller), filed.number)
        measures = [
            {"csmc": each["title"], "jclx": _EFFECT_CODES.get(each["effect"], ""), "czyq": each["duty"]}
            for each in told["measures"]
        ]
        return {
            "hcbh": told["number"],
            "jl": told["verdict"] or "",
            "jlmc": Verdict(told["verdict"]).zh if told["verdict"] else "",
            "wz": "1" if told["complete"] else "0",
            "hcsj": told["checked_at"],
            "cs": measures,
        }

    async def feed_back(self, caller: Caller, fields: Mapping[str, str]) -> dict[str, Any]:
        """Keep what was done about the newest check of this account that the fields fit (反馈)."""
        permit_findings(caller)
        kept = await self._hosted.run(self._fed_back, caller, fields)
        return {"fkbh": str(kept.number), "hcbh": kept.check}

    def _fed_back(self, caller: Caller, fields: Mapping[str, str]) -> Feedback:
        key = self._key(caller, fields)
        with self._hosted.docket.reading() as connection:
            before = taken(connection, caller.account, key)
            if before is not None:
                return feedback_under(connection, before.number)
        check, item = self._owed(caller, fields)
        instrument, article = item.basis[0]
        said = [fields.get("zxcsnr", ""), fields.get("jcsm", "")]
        feedback = Feedback(
            check=check.number,
            item=item.item,
            basis_instrument=instrument,
            basis_article=article,
            handling=Handling.APPLIED,
            result="；".join(part for part in said if part),
            done_on=self._hosted.clock().date(),
            department=fields.get("fkbm", ""),
            officer=caller.officer or caller.account,
            amount=fields.get("sjje") or None,
        )
        return self._hosted.desk.feed_back(feedback, caller, key=key)

    def _owed(self, caller: Caller, fields: Mapping[str, str]) -> tuple[FiledCheck, PlanItem]:
        """Return which measure of which check the fields tell of: of this account, not told back yet, the newest.

        Raises:
            LoopError: `loop.nothing_owed`, `loop.which_measure`.
        """
        catalog, effect = self._hosted.engine.tables.catalog, _EFFECTS.get(fields.get("jclx", ""))
        lists, case = self._lists(fields.get("hhmdmc", "")), fields.get(_CASE) or None
        subject = identify(subject_of(fields.get("identify"), None, fields.get("ztmc") or None))
        with self._hosted.docket.reading() as connection:
            fitting = [
                each
                for each in pending(connection, unit=caller.unit, subjects=subject.keys)
                if (each.account, each.effect) == (caller.account, effect)
                and each.list in lists
                and case in {None, each.case_no}
            ]
        if not fitting:
            message = "没有与反馈内容相符、尚待反馈的核查。"
            hint = "请核对红黑名单名称、主体证件号码、奖惩类型；案件编号（ajbh）须与核查时所写的相同；须先核查再反馈。"
            raise LoopError("loop.nothing_owed", message, hint)
        checks = [self._hosted.desk.filed(number) for number in dict.fromkeys(each.check for each in fitting)]
        owed = [
            Owed(
                check,
                tuple(item for item in check.items if item.owed and item.effect == effect and item.list in lists),
                frozenset(each.item for each in fitting if each.check == check.number),
            )
            for check in sorted(checks, key=lambda one: one.recorded_at, reverse=True)
        ]
        return told_of(owed, fields.get("zxcsnr", ""), {each.title for each in catalog.measures.values()})

    def _lists(self, said: str) -> frozenset[str]:
        """Return the lists that a name means, by code."""
        lists = self._hosted.engine.tables.catalog.lists.values()
        named = (kind for kind in lists if said in {kind.code, kind.title, *(alias.name for alias in kind.aliases)})
        return frozenset(kind.code for kind in named)

    def _key(self, caller: Caller, fields: Mapping[str, str]) -> RequestKey:
        """Return the key of a request without one: what is said, and when it was said first, if just now."""
        said = hashlib.sha256(canonical({"account": caller.account, **fields})).hexdigest()
        now = self._hosted.clock()
        turn = int(now.timestamp()) // _SAME
        before, new = (RequestKey(f"legacy-{said[:40]}-{each}", said) for each in (turn - 1, turn))
        with self._hosted.docket.reading() as connection:
            first = taken(connection, caller.account, before)
        just_now = first is not None and first.at is not None and to_micros(now) - first.at < _SAME * 1_000_000
        return before if just_now else new

    async def _caller(self, request: Request, fields: dict[str, str]) -> Caller:
        """Return who asks, by the name and the key among the fields, which are taken out of them.

        Raises:
            AccessError: `access.key`, `access.role`, `access.rate`.
        """
        name, key = fields.pop("acctount", "") or fields.pop("account", ""), fields.pop("pwd", "")
        if holder_of(key) != name:
            raise AccessError("access.key", "账户或者密钥有误。", "请核对 acctount 和 pwd；pwd 为账户密钥。")
        caller = await self._hosted.access.caller(key)
        permit(caller, AccountRole.WINDOW)
        self._hosted.rates.count(caller)
        address = request.client.host if request.client is not None else None
        return at_request(
            caller, officer=fields.get("visitpt") or None, address=address, request=request_number(request)
        )


def _matter_of(caller: Caller) -> str:
    """Return the one matter of an account: what is sent names none (事项).

    Raises:
        AccessError: `access.one_matter`.
    """
    if len(caller.matters) != 1:
        message = "旧系统的请求不写事项，所用账户须恰好允许一个事项。"
        raise AccessError("access.one_matter", message, "请运维人员为该系统另开账户，用 --matter 写明一个事项。")
    return caller.matters[0]


def _refused(status: int, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    code, message, hint = why(status, headers)
    return {"code": "0", "msg": f"{message}{hint}", "error": code}
