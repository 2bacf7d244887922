"""The way in for systems of before (旧系统接入): forms and XML with the pinyin names that they send.

Opened by `adapters: [legacy]`. The name of the account and its key stand in what is sent (`acctount`: the slip is in
the clients, and stays), the purpose in `visitreason`. What is sent again word for word within a few minutes is the
same request: those clients send up to five times when an answer is late. A check is of the one matter
that the account may ask about.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl
from xml.etree.ElementTree import Element, tostring

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request  # noqa: TC002 - FastAPI reads it
from starlette.responses import JSONResponse, Response

from jointsanction.errors import AccessError, JointSanctionError, LoopError, QuestionError, RegistryError
from jointsanction.identity.identify import identify
from jointsanction.loop.access.keys import holder_of
from jointsanction.loop.access.permits import permit
from jointsanction.model.caller import RequestKey
from jointsanction.model.filed import Feedback
from jointsanction.receipt import canonical
from jointsanction.registry.readers.tables.xml_table import TreeBuilder, built, decode_declared
from jointsanction.store.docket.feedback import feedback_under
from jointsanction.store.docket.requests import taken
from jointsanction.terms import AccountRole, Effect, Handling, Verdict
from jointsanction.web.access import at_request
from jointsanction.web.api.bodies import subject_of
from jointsanction.web.api.room import Room, minimal
from jointsanction.web.door import read_body, request_number
from jointsanction.web.problems import crashed, status_of, told_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from jointsanction.model.caller import Caller
    from jointsanction.model.filed import FiledCheck, PlanItem
    from jointsanction.web.hosted import Hosted

_FORM: Final = "application/x-www-form-urlencoded"
_XML: Final = frozenset({"application/xml", "text/xml"})
_MOST_FIELDS: Final = 40
_LONGEST: Final = 4000
_LOOKED_AT: Final = 200
_SAME: Final = 300
"""So many seconds a request sent again is the same one: five tries of fifteen seconds are well within."""
_ODD: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NUMBERS: Final = ("tyshxydm", "zzjgdm", "gszch")
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
        number, as_xml, status = request_number(request), _is_xml(request), 200
        try:
            fields = await self._fields(request)
            caller = await self._caller(request, fields)
            said: dict[str, Any] = {"code": "1", "msg": "成功", "data": await act(caller, fields)}
        except JointSanctionError as error:
            status = int(status_of(error))
            said = {"code": "0", "msg": f"{error.message}{error.hint}", "error": error.code}
        except HTTPException as error:
            status, said = error.status_code, _refused(error.status_code)
        except Exception as error:  # noqa: BLE001 - nothing of it may reach the caller
            crashed(error, number)
            status, said = 500, _refused(500)
        headers = {"Cache-Control": "no-store", "X-Request-Id": number}
        if not as_xml:
            return JSONResponse(said, status, headers)
        return Response(tostring(_element("response", said), "utf-8"), status, headers, "application/xml")

    async def check(self, caller: Caller, fields: Mapping[str, str]) -> dict[str, Any]:
        """Return verdict and measures about whom the fields name (核查)."""
        number = next((fields[name] for name in _NUMBERS if fields.get(name)), None)
        words = {"subject": subject_of(number, None, fields.get("qymc") or None), "matter": _matter_of(caller)}
        key = await self._hosted.run(self._key, caller, fields)
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
        """Return what is still owed about whom and which list the fields name, of this account's newest check.

        Raises:
            LoopError: `loop.nothing_owed`.
        """
        desk = self._hosted.desk
        wanted = identify(subject_of(fields.get("identify"), None, fields.get("ztmc") or None)).keys
        effect, lists = _EFFECTS.get(fields.get("jclx", "")), self._lists(fields.get("hhmdmc", ""))
        owed = [
            each
            for each in desk.pending(unit=caller.unit)
            if each.account == caller.account and each.effect == effect and each.list in lists
        ]
        for each in sorted(owed, key=lambda one: one.check, reverse=True)[:_LOOKED_AT]:
            check = desk.filed(each.check)
            if check.subject is not None and check.subject in wanted:
                return check, next(item for item in check.items if item.item == each.item)
        message = "没有与反馈内容相符、尚待反馈的核查。"
        raise LoopError("loop.nothing_owed", message, "请核对红黑名单名称、主体证件号码、奖惩类型；须先核查再反馈。")

    def _lists(self, said: str) -> frozenset[str]:
        """Return the lists that a name means, by code."""
        lists = self._hosted.engine.tables.catalog.lists.values()
        named = (kind for kind in lists if said in {kind.code, kind.title, *(alias.name for alias in kind.aliases)})
        return frozenset(kind.code for kind in named)

    def _key(self, caller: Caller, fields: Mapping[str, str]) -> RequestKey:
        """Return the key of a request without one: what is said, about when; that of just before if taken."""
        said = hashlib.sha256(canonical({"account": caller.account, **fields})).hexdigest()
        turn = int(self._hosted.clock().timestamp()) // _SAME
        keys = [RequestKey(f"legacy-{said[:40]}-{each}", said) for each in (turn - 1, turn)]
        with self._hosted.docket.reading() as connection:
            return keys[0] if taken(connection, caller.account, keys[0]) is not None else keys[1]

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

    async def _fields(self, request: Request) -> dict[str, str]:
        """Return what was sent by name, each once and none too long.

        Raises:
            QuestionError: `question.legacy_fields`. HTTPException: 413, 415.
        """
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != _FORM and kind not in _XML:
            raise HTTPException(415)
        body = await read_body(request, self._hosted.settings.body_bytes)
        try:
            said = _form_fields(body) if kind == _FORM else _xml_fields(body)
        except (ValueError, RegistryError) as error:
            raise _unreadable() from error
        if len(said) > _MOST_FIELDS or any(len(text) > _LONGEST or _ODD.search(text) for text in said.values()):
            raise _unreadable()
        return {name: text.strip() for name, text in said.items()}


def _form_fields(body: bytes) -> dict[str, str]:
    """Return the fields of a form, in UTF-8 or, as old pages write them, in GBK."""
    text = body.decode("ascii")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        pairs = parse_qsl(
            text, keep_blank_values=True, encoding="gb18030", errors="strict", max_num_fields=_MOST_FIELDS
        )
    return _once(pairs)


def _xml_fields(body: bytes) -> dict[str, str]:
    """Return the children of the outermost element by name; a document type is refused."""
    found = built(decode_declared(body).text, TreeBuilder())
    inner = found
    while isinstance(inner, dict) and len(inner) == 1 and isinstance(next(iter(inner.values())), dict):
        inner = next(iter(inner.values()))
    if not isinstance(inner, dict) or not all(isinstance(each, str) for each in inner.values()):
        raise _unreadable()
    return {str(name): str(text) for name, text in inner.items()}


def _once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise _unreadable()
    return said


def _unreadable() -> QuestionError:
    message = "表单或者 XML 无法读取。"
    return QuestionError("question.legacy_fields", message, "每个字段一次，只写文字；XML 不得带文档类型声明。")


def _matter_of(caller: Caller) -> str:
    """Return the one matter of an account: what is sent names none (事项).

    Raises:
        AccessError: `access.one_matter`.
    """
    if len(caller.matters) != 1:
        message = "旧系统的请求不写事项，所用账户须恰好允许一个事项。"
        raise AccessError("access.one_matter", message, "请运维人员为该系统另开账户，用 --matter 写明一个事项。")
    return caller.matters[0]


def _refused(status: int) -> dict[str, Any]:
    code, message, hint = told_of(status)
    return {"code": "0", "msg": f"{message}{hint}", "error": code}


def _is_xml(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() in _XML


def _element(name: str, value: object) -> Element:
    element = Element(name)
    if isinstance(value, dict):
        for key, each in value.items():
            for part in each if isinstance(each, list) else [each]:
                element.append(_element(key, part))
    else:
        element.text = str(value)
    return element
