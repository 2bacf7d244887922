"""What goes wrong, as the API tells it (出错): RFC 9457 problem documents, with our code and hint."""

from __future__ import annotations

import json
import logging
import traceback
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from jointsanction.errors import (
    AccessError,
    CatalogError,
    InferenceError,
    JointSanctionError,
    LoopError,
    MissingExtraError,
    QuestionError,
    ReceiptError,
    RegistryError,
    SubjectError,
    UnknownMatterError,
    veil,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LOG: Final = logging.getLogger("jointsanction.web")

MEDIA_TYPE: Final = "application/problem+json"
HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""What every answer says: nobody keeps it, and it is what it says it is."""

_TITLES: Final[dict[type[JointSanctionError], str]] = {
    AccessError: "无权办理",
    SubjectError: "主体标识有误",
    UnknownMatterError: "未知事项",
    QuestionError: "请求有误",
    ReceiptError: "凭证有误",
    LoopError: "闭环办理有误",
    RegistryError: "名单库有误",
    CatalogError: "目录有误",
    InferenceError: "推导失败",
    MissingExtraError: "缺少可选组件",
}
_CLASSES: Final[dict[type[JointSanctionError], HTTPStatus]] = {
    AccessError: HTTPStatus.FORBIDDEN,
    LoopError: HTTPStatus.UNPROCESSABLE_ENTITY,
    InferenceError: HTTPStatus.INTERNAL_SERVER_ERROR,
    MissingExtraError: HTTPStatus.SERVICE_UNAVAILABLE,
}
_CODES: Final[dict[str, HTTPStatus]] = {
    "access.key": HTTPStatus.UNAUTHORIZED,
    "access.no_key": HTTPStatus.UNAUTHORIZED,
    "access.rate": HTTPStatus.TOO_MANY_REQUESTS,
    "access.account_exists": HTTPStatus.CONFLICT,
    "catalog.unknown_entry": HTTPStatus.NOT_FOUND,
    "registry.unknown_list": HTTPStatus.NOT_FOUND,
    "loop.order": HTTPStatus.CONFLICT,
    "loop.executed": HTTPStatus.CONFLICT,
    "loop.contradicts": HTTPStatus.CONFLICT,
    "loop.fed_back": HTTPStatus.CONFLICT,
    "loop.corrected": HTTPStatus.CONFLICT,
    "loop.proposal_decided": HTTPStatus.CONFLICT,
    "loop.proposal_overtaken": HTTPStatus.CONFLICT,
    "loop.proposal_stale": HTTPStatus.CONFLICT,
    "loop.approved_unreadable": HTTPStatus.SERVICE_UNAVAILABLE,
    "registry.shrunken": HTTPStatus.CONFLICT,
    "registry.delta_order": HTTPStatus.CONFLICT,
    "registry.delta_mismatch": HTTPStatus.CONFLICT,
    **dict.fromkeys(
        ("registry.no_store", "registry.unreachable", "registry.busy", "registry.schema", "registry.clock",
         "registry.no_snapshot", "registry.snapshot_corrupt", "registry.snapshot_unwritable"),
        HTTPStatus.SERVICE_UNAVAILABLE,
    ),
}  # fmt: skip
_RETRY_AFTER: Final = 5
"""After so many seconds a store that is busy or away may be asked again."""

_SAID: Final[dict[str, str]] = {
    "missing": "缺少必填字段",
    "extra_forbidden": "未知的字段",
    "string_type": "应为文字",
    "string_too_short": "内容太短或者为空",
    "string_too_long": "内容太长",
    "string_pattern_mismatch": "写法不符合要求",
    "string_unicode": "含有无效的字符",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "greater_than_equal": "数值太小",
    "less_than_equal": "数值太大",
    "list_type": "应为数组",
    "tuple_type": "应为数组",
    "too_short": "项数太少",
    "too_long": "项数太多",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "enum": "取值不在可用的范围内",
    "literal_error": "取值不在可用的范围内",
    "date_from_datetime_parsing": "不是日期",
    "date_parsing": "不是日期",
    "date_type": "不是日期",
    "json_invalid": "不是有效的 JSON",
}
"""What is wrong with a field, by what pydantic calls it."""

_HTTP: Final[dict[int, tuple[str, str, str]]] = {
    404: ("request.no_such_path", "没有这个地址。", "各个地址见 /openapi.json。"),
    405: ("request.method", "这个地址不接受此种方法。", "各个地址接受的方法见 /openapi.json。"),
    413: ("request.too_large", "请求内容超过允许的大小。", "请分成几次发送。"),
    415: ("request.media_type", "请求内容不是所要求的格式。", "接受的格式见 /openapi.json。"),
    500: ("request.failed", "服务内部出错，请求没有完成。", "请把请求编号告诉运维人员。"),
    503: ("request.stopping", "服务正在停止或者重启。", "请稍后再试。"),
}
_SENT_AS: Final = {
    "application/json": "请以 application/json 发送，编码为 UTF-8。",
    "application/octet-stream": "请以 application/octet-stream 发送，请求内容就是文件本身。",
}
"""What to do about content of another kind, by the kind that a route takes."""


class FieldFault(BaseModel):
    """What is wrong with one field of a request (字段错误)."""

    model_config = ConfigDict(extra="forbid")

    field: str = Field(description="字段所在，例如 body.purpose")
    message: str = Field(description="错在哪里")


class Problem(BaseModel):
    """What went wrong (出错), as RFC 9457 has it; `code` is stable, `hint` says what to do."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="错误类型的标识")
    title: str = Field(description="错误类别")
    status: int = Field(description="HTTP 状态码")
    detail: str = Field(description="错在哪里")
    code: str = Field(description="错误代码，不会变动")
    hint: str = Field(description="怎么办")
    request: str | None = Field(default=None, description="请求编号")
    errors: list[FieldFault] | None = Field(default=None, description="各字段的错误")


def status_of(error: JointSanctionError) -> HTTPStatus:
    """Return the HTTP status of an error: what was asked wrongly, what is not there, what is not allowed."""
    if error.code in _CODES:
        return _CODES[error.code]
    if error.code.partition(".")[2].startswith("no_such_"):
        return HTTPStatus.NOT_FOUND
    known = (status for kind, status in _CLASSES.items() if isinstance(error, kind))
    return next(known, HTTPStatus.UNPROCESSABLE_ENTITY)


def problem_of(error: JointSanctionError, request: str | None, *, wait: int | None = None) -> Response:
    """Return the answer to a request that ended in an error of ours."""
    status = status_of(error)
    headers: dict[str, str] = {}
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        headers["Retry-After"] = str(wait or _RETRY_AFTER)
    title = next(title for kind, title in _TITLES.items() if isinstance(error, kind))
    return _response(status, title, (error.code, error.message, error.hint), request=request, headers=headers)


def http_problem(status: int, request: str | None, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer to what never reached a route, or failed on its way: unknown path, wrong method, a bug."""
    title = "请求没有完成" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "请求有误"
    return _response(status, title, told_of(status, headers), request=request, headers=headers)


def not_taken(*kinds: str) -> HTTPException:
    """Return the refusal of content of another kind than a route takes (内容类型): `Accept` names them, RFC 9110."""
    return HTTPException(int(HTTPStatus.UNSUPPORTED_MEDIA_TYPE), headers={"Accept": ", ".join(kinds)})


def told_of(status: int, headers: Mapping[str, str] | None = None) -> tuple[str, str, str]:
    """Return code, message and hint of what never reached a route, or failed on its way, by its HTTP status."""
    code, message, hint = _HTTP.get(status) or (f"request.http_{status}", "请求没有被接受。", "请核对请求。")
    taken = (headers or {}).get("Accept")
    if taken is None or status != HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
        return code, message, hint
    return code, message, _SENT_AS.get(taken) or f"请以 {taken.replace(', ', ' 或者 ')} 发送。"


def malformed(faults: Iterable[Mapping[str, Any]], request: str | None, start: Sequence[str] = ()) -> Response:
    """Return the answer to a request whose fields are wrong, each named with what is wrong with it and never shown."""
    told = [_fault(fault, start) for fault in faults]
    said = ("request.malformed", f"请求内容有 {len(told)} 处错误。", "请逐项改正后重新发送。")
    return _response(HTTPStatus.UNPROCESSABLE_ENTITY, "请求有误", said, request=request, errors=told)


def crashed(error: Exception, request: str | None) -> Response:
    """Return the answer to a request that met a bug of ours, of which only the log says more (程序错误)."""
    log_crash(f"request {request}", error)
    return http_problem(HTTPStatus.INTERNAL_SERVER_ERROR, request)


def log_crash(what: str, error: Exception) -> None:
    """Write down a bug of ours, by its kind and the lines it passed through: its text could hold somebody's data."""
    passed = traceback.extract_tb(error.__traceback__)
    at = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(passed[-8:]))
    _LOG.error("%s failed: %s at %s", what, type(error).__qualname__, at)


def _fault(fault: Mapping[str, Any], start: Sequence[str]) -> dict[str, str]:
    place = ".".join(veil(part) for part in (*start, *fault["loc"]))
    return {"field": place, "message": _SAID.get(str(fault["type"]), "内容有误")}


def _response(  # noqa: PLR0913 - the parts of a problem document
    status: int,
    title: str,
    said: tuple[str, str, str],
    *,
    request: str | None,
    headers: Mapping[str, str] | None = None,
    errors: list[dict[str, str]] | None = None,
) -> Response:
    code, detail, hint = said
    body: dict[str, Any] = {
        "type": f"urn:jointsanction:problem:{code}",
        "title": title,
        "status": int(status),
        "detail": detail,
        "code": code,
        "hint": hint,
    }
    if request is not None:
        body["request"] = request
    if errors is not None:
        body["errors"] = errors
    content = json.dumps(body, ensure_ascii=False).encode()
    told = {**HEADERS, **(headers or {}), **({} if request is None else {"X-Request-Id": request})}
    return Response(content, status_code=int(status), media_type=MEDIA_TYPE, headers=told)
