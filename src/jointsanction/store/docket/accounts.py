"""Who may use the service (接入账户): an account is added and ended, and of its key only a digest is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import insert, select, update

from jointsanction.errors import AccessError
from jointsanction.model.caller import Account
from jointsanction.store.docket.tables import ACCOUNT
from jointsanction.terms import AccountRole, Audience

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

_OWN_UNIT: Final = ""
"""In the place of an audience: the unit that keeps the lists itself, which sees everything."""


class KeptAccount(NamedTuple):
    """An account and the digest of its key (账户及密钥摘要)."""

    account: Account
    digest: str


def add(connection: Connection, account: Account, digest: str, *, at: int) -> None:
    """Keep an account with the digest of its key (新增账户).

    Raises:
        AccessError: `access.account_exists`; a name is never given again, for the audit knows accounts by it.
    """
    if _row_of(connection, account.name) is not None:
        message = f"已有账户“{account.name}”；停用的账户名也不再启用。"
        raise AccessError("access.account_exists", message, "请换一个名称，见 jointsanction account list。")
    connection.execute(insert(ACCOUNT), _columns(account) | {"digest": digest, "created_at": at})


def end(connection: Connection, name: str, *, at: int) -> Account:
    """End an account for good and return it (停用账户); what it did stays.

    Raises:
        AccessError: `access.no_such_account` when there is none, or none that is still open.
    """
    row = _row_of(connection, name)
    if row is None or row.ended_at is not None:
        message = "没有这个账户，或者已经停用。"
        raise AccessError("access.no_such_account", message, "请用 jointsanction account list 核对名称。")
    connection.execute(update(ACCOUNT).where(ACCOUNT.c.name == name).values(ended_at=at))
    return replace(_account_of(row), ended=True)


def kept_accounts(connection: Connection) -> tuple[KeptAccount, ...]:
    """Return every account with the digest of its key, by name, ended ones too (全部账户)."""
    rows = connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.name))
    return tuple(KeptAccount(_account_of(row), row.digest) for row in rows)


def _row_of(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(ACCOUNT).where(ACCOUNT.c.name == name)).first()


def _columns(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "unit": account.unit,
        "region": account.region,
        "roles": json.dumps(sorted(account.roles)),
        "matters": json.dumps(account.matters),
        "audience": _OWN_UNIT if account.audience is None else account.audience.value,
        "rate": account.rate,
        "expires_on": account.expires_on,
    }


def _account_of(row: Row[Any]) -> Account:
    return Account(
        name=row.name,
        unit=row.unit,
        region=row.region,
        roles=frozenset(map(AccountRole, json.loads(row.roles))),
        matters=tuple(json.loads(row.matters)),
        audience=None if row.audience == _OWN_UNIT else Audience(row.audience),
        rate=row.rate,
        expires_on=row.expires_on,
        ended=row.ended_at is not None,
    )
