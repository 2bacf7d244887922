"""The description of the API (接口描述, OpenAPI): made by FastAPI from the routes, put in order by us."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from fastapi.openapi.utils import get_openapi

from jointsanction.web.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from fastapi import FastAPI

_JSON: Final = "application/json"
_TOLD: Final = """信用联合奖惩核查的接口。

每次核查都写明事项和用途，作答以前已经归档；有结论即为 200，不论结论如何，“未发现”不是 404。
出错一律为 application/problem+json（RFC 9457），`code` 不会变动。
登记一件事的请求可以带 Idempotency-Key，重发不会重复登记。"""


def describe(app: FastAPI) -> None:
    """Let an application describe the API alone, the same in every process (接口描述)."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def described(app: FastAPI) -> dict[str, Any]:
    """Return the description of the API: what stands under `/v1`, every failure as a problem document."""
    document = get_openapi(title=app.title, version=app.version, description=_TOLD, routes=app.routes)
    document["paths"] = {path: said for path, said in document["paths"].items() if path.startswith("/v1/")}
    for operation in (each for methods in document["paths"].values() for each in methods.values()):
        for status, response in operation["responses"].items():
            if not status.startswith("2"):
                content = response["content"]
                response["content"] = {MEDIA_TYPE: content[_JSON]}
    _forget_unused(document)
    return document


def _forget_unused(document: dict[str, Any]) -> None:
    """Leave out the shapes that nothing refers to."""
    shapes = document["components"]["schemas"]
    while True:
        said = json.dumps(document)
        unused = [name for name in shapes if f'"#/components/schemas/{name}"' not in said]
        if not unused:
            return
        for name in unused:
            del shapes[name]
