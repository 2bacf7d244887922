"""Requests that were taken (已受理请求): one sent again under its key is answered with what it made the first time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import insert, select

from jointsanction.errors import LoopError
from jointsanction.store.docket.tables import REQUEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from jointsanction.model.caller import RequestKey


class Taken(NamedTuple):
    """What a request made (受理结果): of what kind, its number, what was told beside it, and when it came first."""

    kind: str
    number: str
    answer: Mapping[str, Any] | None
    at: int | None = None


def taken(connection: Connection, account: str, key: RequestKey | None) -> Taken | None:
    """Return what an account's request made when it came first, None when it comes now (是否重复请求).

    Raises:
        LoopError: `loop.key_reused` when something else came under the key.
    """
    if key is None:
        return None
    among = (REQUEST.c.account == account, REQUEST.c.key == key.key)
    row = connection.execute(select(REQUEST).where(*among)).first()
    if row is None:
        return None
    if row.same != key.same:
        code, message = "loop.key_reused", "同一请求键先前用于另一内容的请求。"
        raise LoopError(code, message, "重发请求时内容须与首次相同；新的请求请换一个请求键。")
    return Taken(row.kind, row.number, None if row.answer is None else json.loads(row.answer), row.recorded_at)


def take(connection: Connection, account: str, key: RequestKey | None, made: Taken, *, at: int) -> None:
    """Keep what a request made; one without a key is not kept."""
    if key is None:
        return
    answer = None if made.answer is None else json.dumps(made.answer, ensure_ascii=False)
    values = {"account": account, "key": key.key, "same": key.same, "kind": made.kind, "number": made.number}
    connection.execute(insert(REQUEST), {**values, "answer": answer, "recorded_at": at})
