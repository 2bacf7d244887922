"""Who asks (身份鉴别): the account whose key a request bears, and whether it asks too often."""

from __future__ import annotations

import time
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool

from jointsanction.errors import AccessError, QuestionError
from jointsanction.loop.access.accounts import account_under, accounts_by_name
from jointsanction.model.caller import Caller

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from starlette.requests import Request

    from jointsanction.model.caller import Account
    from jointsanction.store.docket.accounts import KeptAccount
    from jointsanction.store.docket.docket import Docket
    from jointsanction.web.door import Authenticate

_MINUTE: Final = 60.0
_LEAST: Final = 1e-6
"""Of a check: what floating point may be short of."""

AGE: Final = 5.0
"""After so many seconds the accounts are read anew: one that was ended is refused no later."""


class AccountAccess:
    """Knows accounts by their keys (账户鉴别): held in memory, and read anew when they are older than a few seconds."""

    def __init__(
        self,
        docket: Docket,
        *,
        clock: Callable[[], datetime],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the accounts of a docket."""
        self._docket = docket
        self._clock = clock
        self._ticks = ticks
        self._accounts: dict[str, KeptAccount] = {}
        self._read_at = float("-inf")

    async def caller(self, key: str) -> Caller:
        """Return who bears a key (鉴别).

        Raises:
            AccessError: `access.key` for a key that is nobody's, of an account that ended, or that ran out: which of
                these it is, is not said.
        """
        if self._ticks() - self._read_at > AGE:
            await run_in_threadpool(self.read)
        return self.known(key)

    def read(self) -> None:
        """Read the accounts anew (重读账户)."""
        at = self._ticks()
        self._accounts = accounts_by_name(self._docket)
        self._read_at = at

    def known(self, key: str) -> Caller:
        """Return who bears a key, among the accounts that were read.

        Raises:
            AccessError: `access.key`.
        """
        account = account_under(key, self._accounts, self._clock().date())
        if account is None:
            raise AccessError("access.key", "密钥无效，或者账户已停用、已到期。", "请向运维人员核对账户和密钥。")
        return caller_of(account)


class Rates:
    """How often accounts ask (限流): a bucket each, filled evenly, as large as what is allowed in a minute.

    It is counted in each process for itself: a service of two processes lets through twice as much at most.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        """Begin with full buckets."""
        self._ticks = ticks
        self._buckets: dict[str, tuple[float, float]] = {}

    def count(self, caller: Caller, asked: int = 1, *, counted: int = 0) -> None:
        """Count so many checks of an account, whose `rate` is checks a minute, no limit when 0 (计数).

        `counted` of them were counted before. More at once than a minute allows would never be let through.

        Raises:
            RateError: `access.rate`. QuestionError: `question.too_many`.
        """
        rate = caller.rate
        if not rate:
            return
        if asked > rate:
            message = f"一次 {asked} 个主体，超过账户每分钟 {rate} 次的限额。"
            raise QuestionError("question.too_many", message, f"请分成每次不超过 {rate} 个，或者请运维人员调整限额。")
        now = self._ticks()
        left, at = self._buckets.get(caller.account, (float(rate), now))
        left = min(float(rate), left + (now - at) * rate / _MINUTE)
        wanted = asked - counted
        self._buckets[caller.account] = (left, now)
        if left + _LEAST < wanted:
            # Whoever comes again is counted at the door once more, so he waits for all of it.
            raise RateError(rate, wait=max(1, ceil((asked - left) * _MINUTE / rate)))
        self._buckets[caller.account] = (left - wanted, now)


class RateError(AccessError):
    """An account asks too often (超过限额); after `wait` seconds it may ask the same again."""

    def __init__(self, rate: int, *, wait: int) -> None:
        """Keep after how many seconds."""
        message = f"超过账户每分钟 {rate} 次的限额。"
        super().__init__("access.rate", message, "请按 Retry-After 所示的秒数等候，或者请运维人员调整限额。")
        self.wait = wait


def caller_of(account: Account) -> Caller:
    """Return an account as whoever acts through it."""
    return Caller(
        account=account.name,
        unit=account.unit,
        roles=account.roles,
        region=account.region,
        matters=account.matters,
        audience=account.audience,
        rate=account.rate,
    )


def at_request(caller: Caller, *, officer: str | None, address: str | None, request: str | None) -> Caller:
    """Return a caller with what one request says: the officer, from where, and the request's number.

    What whoever signed him in knows already of officer and address, a request does not say otherwise.
    """
    return replace(caller, officer=caller.officer or officer, address=caller.address or address, request=request)


def bearer_of(access: AccountAccess) -> Authenticate:
    """Return what knows a caller by the key in `Authorization: Bearer` (密钥鉴别)."""

    async def authenticate(request: Request) -> Caller:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key:
            message = "请求没有出示账户密钥。"
            raise AccessError("access.no_key", message, "请求头写明 Authorization: Bearer 密钥。")
        return await access.caller(key.strip())

    return authenticate
