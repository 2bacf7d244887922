"""Who is at the console (登录): by account and key, for a session at the server that ends when nobody is there."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import AccessError
from jointsanction.identity.masks import stated
from jointsanction.loop.access.accounts import account_under, accounts_by_name, is_open
from jointsanction.model.audit import Deed
from jointsanction.model.caller import Caller
from jointsanction.store.docket.audit import append
from jointsanction.store.docket.sessions import (
    Session,
    Trials,
    begin_session,
    end_session,
    keep_trials,
    see_session,
    session_of,
    trials_of,
)
from jointsanction.store.instants import to_micros
from jointsanction.terms import AuditAction
from jointsanction.web.access import caller_of

if TYPE_CHECKING:
    from datetime import datetime

    from jointsanction.loop.desk import Desk
    from jointsanction.model.caller import Account

_TOKEN_BYTES: Final = 32
_SEEN_EVERY: Final = timedelta(seconds=30)
_LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class ConsoleRules:
    """How long somebody stays signed in, and how often he may fail to (登录规则).

    After `idle` without a request, and after `longest` in any case, he signs in again. After `failures` in a row nobody
    can sign in under that name for `locked`.
    """

    idle: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=10)
    failures: int = 5
    locked: timedelta = timedelta(minutes=15)


class Visit(NamedTuple):
    """Somebody at the console (登录人): who acts, and what his forms bring back."""

    session: Session
    caller: Caller

    @property
    def csrf(self) -> str:
        """Return what each of his forms has to bring back (防伪令牌)."""
        return self.session.csrf


class Signing(NamedTuple):
    """What somebody types to sign in (登录信息)."""

    name: str
    key: str
    officer: str
    address: str | None = None


class Doorman:
    """Lets people in and knows them again (门禁)."""

    def __init__(self, desk: Desk, rules: ConsoleRules) -> None:
        """Take the desk, in whose docket accounts and sessions are kept."""
        self._desk = desk
        self._rules = rules

    def sign_in(self, typed: Signing) -> str:
        """Return the token of a new session (登录).

        Raises:
            AccessError: `access.locked` after too many failures; `access.officer` when nobody says who he is;
                `access.key` when account and key don't belong together: which of the two is wrong, is not said.
        """
        now, name = self._desk.clock(), _digest(typed.name.strip())
        officer = stated(typed.officer)[:_LONGEST_NAME]
        if not officer:
            raise AccessError("access.officer", "没有写明经办人。", "写姓名或者工号；每次核查都记在其名下。")
        with self._desk.docket.writing() as connection:
            # One lock around all of it: of many tries at once none goes uncounted.
            trials = self._recent(trials_of(connection, name), now)
            if trials.failures >= self._rules.failures:
                raise self._locked(trials, now)
            account = self._account(typed)
            if account is None:
                keep_trials(connection, name, Trials(trials.failures + 1, now))
                append(connection, [_refusal(typed)], at=to_micros(now), seal_with=self._desk.seal)
                token = None
            else:
                token = secrets.token_urlsafe(_TOKEN_BYTES)
                csrf = secrets.token_urlsafe(_TOKEN_BYTES)
                begin_session(
                    connection,
                    Session(_digest(token), account.name, officer, csrf, now, now),
                    idle_before=now - self._rules.idle,
                )
                keep_trials(connection, name, Trials())
                caller = replace(caller_of(account), officer=officer, address=typed.address)
                deed = Deed(action=AuditAction.SIGN_IN, caller=caller)
                append(connection, [deed], at=to_micros(now), seal_with=self._desk.seal)
        if token is None:
            raise AccessError("access.key", "账户与密钥不符，或者账户已停用、已到期。", "请核对后重新登录。")
        return token

    def visit(self, token: str, address: str | None) -> Visit | None:
        """Return who bears a token, None when nobody does or he was away too long (识别登录)."""
        now, digest = self._desk.clock(), _digest(token)
        with self._desk.docket.reading() as connection:
            session = session_of(connection, digest)
        if session is None:
            return None
        account = self._named(session.account)
        over = now - session.seen_at > self._rules.idle or now - session.began_at > self._rules.longest
        if over or account is None:
            self.sign_out(digest)
            return None
        if now - session.seen_at > _SEEN_EVERY:
            with self._desk.docket.writing() as connection:
                see_session(connection, digest, now)
        return Visit(session, replace(caller_of(account), officer=session.officer, address=address))

    def sign_out(self, digest: str) -> None:
        """End a session (退出)."""
        with self._desk.docket.writing() as connection:
            end_session(connection, digest)

    def _named(self, name: str) -> Account | None:
        kept = accounts_by_name(self._desk.docket).get(name)
        return kept.account if kept is not None and is_open(kept.account, self._desk.clock().date()) else None

    def _account(self, typed: Signing) -> Account | None:
        """Return the account that a name and a key open together."""
        account = account_under(typed.key.strip(), accounts_by_name(self._desk.docket), self._desk.clock().date())
        return account if account is not None and account.name == typed.name.strip() else None

    def _recent(self, trials: Trials, now: datetime) -> Trials:
        old = trials.last_at is not None and now - trials.last_at > self._rules.locked
        return Trials() if old else trials

    def _locked(self, trials: Trials, now: datetime) -> AccessError:
        over = (trials.last_at or now) + self._rules.locked
        message = f"连续 {trials.failures} 次登录失败，该账户暂停登录。"
        return AccessError("access.locked", message, f"请在 {over:%H:%M} 以后再试，或者请运维人员核对密钥。")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refusal(typed: Signing) -> Deed:
    """Return the record of a sign-in that failed: by its digest, for keys are typed into the field of names too."""
    caller = Caller(account="", unit="", address=typed.address)
    detail = {"sign_in": "failed", "name": _digest(typed.name.strip())[:16]}
    return Deed(action=AuditAction.REFUSED, caller=caller, detail=detail)
