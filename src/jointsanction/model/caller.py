"""Who acts (经办): an account with what it may do, and from where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.terms import AccountRole, Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who does something (经办): the account, its unit, and what the caller says of the officer.

    `officer` is a post or a name as the calling system gives it. `matters` are the matters, with all below them, that
    the account may ask about, all when empty; `rate` is checks a minute, no limit when 0.
    """

    account: str
    unit: str
    roles: frozenset[AccountRole] = frozenset()
    region: str | None = None
    matters: tuple[str, ...] = ()
    audience: Audience | None = None
    rate: int = 0
    officer: str | None = None
    address: str | None = None
    request: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A system or a post that may use the service (接入账户)."""

    name: str
    unit: str
    roles: frozenset[AccountRole]
    region: str | None = None
    matters: tuple[str, ...] = ()
    audience: Audience | None = None
    rate: int = 0
    expires_on: date | None = None
    ended: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class RequestKey:
    """The caller's own key of a request (请求键, `Idempotency-Key`), and the digest of what he sent under it."""

    key: str
    same: str
