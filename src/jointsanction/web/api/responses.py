"""What the description of the API says of every route (接口描述): how it can fail, and the key of a request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from fastapi import APIRouter

from jointsanction.web.problems import MEDIA_TYPE, Problem

_MEANT: Final = {
    401: "没有出示密钥，或者密钥无效",
    403: "该账户无权办理",
    404: "没有所指的编号或者条目",
    409: "与现状冲突",
    413: "内容太长",
    415: "内容不是该接口要求的格式；见 Accept",
    422: "内容有误",
    429: "超过限额；见 Retry-After",
    500: "服务内部出错",
    503: "名单库或者台账暂不可用；见 Retry-After",
}
_ALWAYS: Final = (401, 403, 429, 500, 503)
_WITH_BODY: Final = (413, 415, 422)

KEYED: Final[dict[str, Any]] = {
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "请求键：同一账户以同一键重发同一内容，得到首次的结果，不重复登记；内容不同则为 422",
            "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[A-Za-z0-9._:-]+$"},
        }
    ]
}
"""The header of routes that record something."""


class Way(NamedTuple):
    """One route (接口): how and where it is asked, which method of its owner answers, and what callers are told of it.

    `name` is the operation id, `fails` are the failures of its own; `body` says whether something is sent.
    """

    how: str
    path: str
    method: str
    name: str
    summary: str
    answer: Any
    fails: tuple[int, ...] = ()
    body: bool = True
    extra: dict[str, Any] | None = None


def add_ways(router: APIRouter, owner: object, tag: str, ways: Iterable[Way]) -> None:
    """Add the routes of an owner; the docstring of each method is its description (添加接口)."""
    for way in ways:
        router.add_api_route(
            way.path,
            getattr(owner, way.method),
            methods=[way.how],
            operation_id=way.name,
            tags=[tag],
            summary=way.summary,
            response_model=way.answer,
            responses=may_fail(*way.fails, body=way.body),
            openapi_extra=way.extra,
        )


def may_fail(*further: int, body: bool = True) -> dict[int | str, dict[str, Any]]:
    """Return how a route can fail, for its description (出错情形)."""
    codes = sorted({*_ALWAYS, *(_WITH_BODY if body else ()), *further})
    return {code: {"model": Problem, "description": _MEANT[code], "content": {MEDIA_TYPE: {}}} for code in codes}
