"""What systems of before send (旧系统报文): fields of a form or of XML, and answers in the same manner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl
from xml.etree.ElementTree import Element, tostring

from starlette.responses import JSONResponse, Response

from jointsanction.errors import QuestionError, RegistryError
from jointsanction.registry.readers.tables.xml_table import TreeBuilder, built, decode_declared
from jointsanction.web.door import read_body
from jointsanction.web.problems import not_taken

if TYPE_CHECKING:
    from starlette.requests import Request

_FORM: Final = "application/x-www-form-urlencoded"
_XML: Final = ("application/xml", "text/xml")
_MOST_FIELDS: Final = 40
_LONGEST: Final = 4000
_ODD: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


async def read_fields(request: Request, limit: int) -> dict[str, str]:
    """Return what was sent by name, each once and none too long (读取报文).

    Raises:
        QuestionError: `question.legacy_fields`. HTTPException: 413, 415.
    """
    kind = _kind(request)
    if kind != _FORM and kind not in _XML:
        raise not_taken(_FORM, *_XML)
    body = await read_body(request, limit)
    try:
        said = _form_fields(body) if kind == _FORM else _xml_fields(body)
    except (ValueError, RegistryError) as error:
        raise _unreadable() from error
    if len(said) > _MOST_FIELDS or any(len(text) > _LONGEST or _ODD.search(text) for text in said.values()):
        raise _unreadable()
    return {name: text.strip() for name, text in said.items()}


def answered(request: Request, said: dict[str, Any], status: int, headers: dict[str, str]) -> Response:
    """Return an answer as XML to whoever sent XML, else as JSON (应答报文)."""
    if _kind(request) not in _XML:
        return JSONResponse(said, status, headers)
    return Response(tostring(_element("response", said), "utf-8"), status, headers, "application/xml")


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _form_fields(body: bytes) -> dict[str, str]:
    """Return the fields of a form, in UTF-8 or, as old pages write them, in GBK."""
    text = body.decode("ascii")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        pairs = parse_qsl(
            text, keep_blank_values=True, encoding="gb18030", errors="strict", max_num_fields=_MOST_FIELDS
        )
    said = dict(pairs)
    if len(said) != len(pairs):
        raise _unreadable()
    return said


def _xml_fields(body: bytes) -> dict[str, str]:
    """Return the children of the outermost element by name; a document type is refused."""
    found = built(decode_declared(body).text, TreeBuilder())
    inner = found
    while isinstance(inner, dict) and len(inner) == 1 and isinstance(next(iter(inner.values())), dict):
        inner = next(iter(inner.values()))
    if not isinstance(inner, dict) or not all(isinstance(each, str) for each in inner.values()):
        raise _unreadable()
    return {str(name): str(text) for name, text in inner.items()}


def _unreadable() -> QuestionError:
    message = "表单或者 XML 无法读取。"
    return QuestionError("question.legacy_fields", message, "每个字段一次，只写文字；XML 不得带文档类型声明。")


def _element(name: str, value: object) -> Element:
    element = Element(name)
    if isinstance(value, dict):
        for key, each in value.items():
            for part in each if isinstance(each, list) else [each]:
                element.append(_element(key, part))
    else:
        element.text = str(value)
    return element
