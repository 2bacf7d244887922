"""Accounts of the service (接入账户): opened with a key that is shown once, listed, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.catalog.bundle import catalog_version
from jointsanction.catalog.compile import compile_catalog
from jointsanction.cli.checking import write_document
from jointsanction.cli.screen import show
from jointsanction.cli.stored import open_law
from jointsanction.engine import shanghai_now
from jointsanction.errors import AccessError
from jointsanction.home import default_store
from jointsanction.loop.access.accounts import all_accounts, end_account, open_account
from jointsanction.model.caller import Account, Caller
from jointsanction.steps.asking.ask import read_region
from jointsanction.steps.asking.days import read_day
from jointsanction.store import Store
from jointsanction.store.docket.docket import Docket
from jointsanction.telling.page import Block, Grid, Headline, Line
from jointsanction.terms import AccountRole, Audience
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_COMMAND_LINE: Final = "command-line"
_TITLES: Final = ("账户", "单位", "岗位", "事项", "提供对象", "限额", "最后有效日", "状态")


class Said(NamedTuple):
    """What is said of a new account (账户要素)."""

    name: str
    unit: str
    roles: Sequence[str]
    matters: Sequence[str]
    audience: str | None = None
    rate: int = 0
    expires: str | None = None
    region: str | None = None


def add(said: Said, by: str, store: str | None, catalogues: Sequence[Path]) -> None:
    """Open an account and show its key.

    Raises:
        AccessError: `access.no_role`, `access.account_name`, `access.account_exists`.
        UnknownMatterError: a matter in no catalogue. QuestionError: another word that can't be understood.
    """
    if not said.roles:
        roles = "、".join(f"{role.value}（{role.zh}）" for role in AccountRole)
        raise AccessError("access.no_role", "没有写明岗位，账户什么也不能办。", f"用 --role 写明：{roles}。")
    catalog = open_law(store, catalogues)
    tables = compile_catalog(catalog, catalog_version(catalog))
    account = Account(
        name=said.name,
        unit=said.unit,
        roles=frozenset(word(AccountRole, role, "岗位") for role in said.roles),
        region=None if said.region is None else read_region(said.region),
        matters=tuple(tables.resolve_matter(matter).code for matter in said.matters),
        audience=None if said.audience is None else word(Audience, said.audience, "提供对象"),
        rate=said.rate,
        expires_on=None if said.expires is None else read_day(said.expires, "最后有效日"),
    )
    docket = _docket(store)
    key = open_account(docket, account, _caller(by), at=shanghai_now())
    show(
        [
            Headline(f"已新增账户 {account.name}。"),
            Block("密钥", (Line("密钥", key), Line("注意", "只显示这一次，库中只存摘要；请立即交给使用单位保管。"))),
        ]
    )


def list_all(store: str | None, *, as_json: bool) -> None:
    """Show all accounts, ended ones too."""
    found = [kept.account for kept in all_accounts(_docket(store))]
    if as_json:
        write_document({"accounts": [_document(account) for account in found]})
        return
    show([Headline(f"接入账户 {len(found)} 个。"), Grid("账户", _TITLES, tuple(_row(each) for each in found))])


def end(name: str, by: str, store: str | None) -> None:
    """End an account.

    Raises:
        AccessError: `access.no_such_account`.
    """
    docket = _docket(store)
    account = end_account(docket, name, _caller(by), at=shanghai_now())
    show([Headline(f"已停用账户 {account.name}；正在运行的服务几秒之内不再接受其密钥。")])


def _docket(store: str | None) -> Docket:
    address = store or default_store()
    Store.open(address, create=False)  # a docket beside no lists would be a mistyped address
    return Docket.open(address)


def _caller(by: str) -> Caller:
    return Caller(account=_COMMAND_LINE, unit=_COMMAND_LINE, roles=frozenset({AccountRole.OPERATOR}), officer=by)


def _row(account: Account) -> tuple[str, ...]:
    return (
        account.name,
        account.unit,
        "、".join(role.zh for role in AccountRole if role in account.roles),
        "、".join(account.matters) or "全部",
        "本单位" if account.audience is None else account.audience.zh,
        f"每分钟 {account.rate} 次" if account.rate else "不限",
        "长期" if account.expires_on is None else account.expires_on.isoformat(),
        "已停用" if account.ended else "在用",
    )


def _document(account: Account) -> dict[str, object]:
    names = ("name", "unit", "region", "audience", "rate", "ended")
    expires = None if account.expires_on is None else account.expires_on.isoformat()
    return {
        **{name: getattr(account, name) for name in names},
        "roles": sorted(account.roles),
        "matters": list(account.matters),
        "expires_on": expires,
    }
