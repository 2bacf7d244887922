"""Accounts are opened and ended (账户管理): each with its record in the audit, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.loop.access.keys import NO_ACCOUNT, holder_of, key_digest, make_key, opens
from jointsanction.model.audit import Deed
from jointsanction.store.docket import accounts
from jointsanction.store.docket.audit import Seal, append
from jointsanction.store.instants import to_micros
from jointsanction.terms import AuditAction

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from jointsanction.model.caller import Account, Caller
    from jointsanction.store.docket.accounts import KeptAccount
    from jointsanction.store.docket.docket import Docket

NO_NUMBERS: Final = Seal("sha256", b"")
"""How the record of an account is sealed where nobody says: it is about no subject, so there is nothing to cover."""


def open_account(docket: Docket, account: Account, by: Caller, *, at: datetime, seal: Seal = NO_NUMBERS) -> str:
    """Keep a new account and return its key, which is nowhere kept and can't be had a second time (新增账户).

    Raises:
        AccessError: `access.account_exists`, `access.account_name`.
    """
    key, micros = make_key(account.name), to_micros(at)
    with docket.writing() as connection:
        accounts.add(connection, account, key_digest(key), at=micros)
        append(connection, [_deed(account, by, "open")], at=micros, seal_with=seal)
    return key


def end_account(docket: Docket, name: str, by: Caller, *, at: datetime, seal: Seal = NO_NUMBERS) -> Account:
    """End an account for good and return it (停用账户); what it did stays.

    Raises:
        AccessError: `access.no_such_account`.
    """
    micros = to_micros(at)
    with docket.writing() as connection:
        account = accounts.end(connection, name, at=micros)
        append(connection, [_deed(account, by, "end")], at=micros, seal_with=seal)
    return account


def all_accounts(docket: Docket) -> tuple[KeptAccount, ...]:
    """Return every account with the digest of its key, by name, ended ones too (全部账户)."""
    with docket.reading() as connection:
        return accounts.kept_accounts(connection)


def accounts_by_name(docket: Docket) -> dict[str, KeptAccount]:
    """Return every account by its name."""
    return {kept.account.name: kept for kept in all_accounts(docket)}


def account_under(key: str, kept: Mapping[str, KeptAccount], today: date) -> Account | None:
    """Return the account that a key opens on a day, None when it is nobody's, or its account ended or ran out (鉴别).

    `kept` are the accounts by name.
    """
    named = kept.get(holder_of(key) or "")
    right = opens(key, NO_ACCOUNT if named is None else named.digest)
    return named.account if named is not None and right and is_open(named.account, today) else None


def is_open(account: Account, today: date) -> bool:
    """Tell whether an account may be used on a day (账户有效)."""
    return not account.ended and (account.expires_on is None or today <= account.expires_on)


def _deed(account: Account, by: Caller, act: str) -> Deed:
    said = {"act": act, "unit": account.unit, "roles": sorted(account.roles), "matters": list(account.matters)}
    return Deed(action=AuditAction.ACCOUNT, caller=by, about=account.name, detail=said)
