"""`jointsanction account` (接入账户): who may use the service, with which roles, matters and limits."""

from typing import Annotated, Final

import typer

from jointsanction.cli.options import AsJson, Catalogues, Region, StoreUrl

account_app: Final = typer.Typer(no_args_is_help=True)

Who = Annotated[str, typer.Option("--by", metavar="WHO", help="经办人，记入审计。")]


@account_app.callback(help="接入账户：新增、列出、停用；密钥只显示一次，库中只存摘要。")
def account() -> None:
    """Hold the commands on accounts (接入账户)."""


@account_app.command(help="新增账户并显示其密钥，只显示这一次。")
def add(  # noqa: PLR0913 - the parts of an account
    name: Annotated[str, typer.Argument(metavar="NAME", help="账户名，小写英文字母、数字、短横线。")],
    *,
    unit: Annotated[str, typer.Option("--unit", metavar="U", help="使用单位。")],
    by: Who,
    role: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="R", help="岗位 window、author、reviewer、auditor、operator。可多次。"),
    ] = None,
    matter: Annotated[
        list[str] | None, typer.Option("--matter", metavar="M", help="可以核查的事项及其下级；不写为全部。可多次。")
    ] = None,
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience", metavar="WHO", help="提供对象 authority、subject、anybody，依名单公开属性摘录；不写为本单位。"
        ),
    ] = None,
    rate: Annotated[int, typer.Option("--rate", metavar="N", help="每分钟至多几次核查；0 为不限。", min=0)] = 0,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="D", help="最后有效日 YYYY-MM-DD；不写为长期。")
    ] = None,
    region: Region = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Open an account and show its key once (新增账户)."""
    from jointsanction.cli import accounts  # noqa: PLC0415 - the store, only when it is asked

    said = accounts.Said(name, unit, role or (), matter or (), audience, rate, expires, region)
    accounts.add(said, by, store, catalogue or ())


@account_app.command("list", help="列出全部账户，停用的也在内；不含密钥。")
def show_all(*, store: StoreUrl = None, as_json: AsJson = False) -> None:
    """List the accounts (接入账户)."""
    from jointsanction.cli import accounts  # noqa: PLC0415 - the store, only when it is asked

    accounts.list_all(store, as_json=as_json)


@account_app.command(help="停用账户；不能恢复，账户名也不再启用。")
def end(
    name: Annotated[str, typer.Argument(metavar="NAME", help="账户名，见 account list。")],
    *,
    by: Who,
    store: StoreUrl = None,
) -> None:
    """End an account (停用账户)."""
    from jointsanction.cli import accounts  # noqa: PLC0415 - the store, only when it is asked

    accounts.end(name, by, store)
