"""`jointsanction audit` (审计): whether the chain holds, where its end is, what it says of whom and of which case."""

from pathlib import Path
from typing import Annotated, Final

import typer

from jointsanction.cli.loop_options import Officer, OfUnit, Since, Unit, Until
from jointsanction.cli.options import AsJson, Kind, StoreUrl

audit_app: Final = typer.Typer(no_args_is_help=True)


@audit_app.callback(help="审计：核查、决定、反馈、查看明文，各留一条记录，前后相连，改动不了而不被发现。")
def audit() -> None:
    """Hold the commands on the audit chain (审计)."""


@audit_app.command(help="核验审计链，再拿台账与它核对：指出第一条被改动、缺失、调换的记录或者登记；有的，退出码为 3。")
def verify(
    *,
    head: Annotated[
        Path | None, typer.Option("--head", metavar="FILE", help="先前保存的链首（audit head），可查出末尾被截去。")
    ] = None,
    store: StoreUrl = None,
) -> None:
    """Verify the audit chain (核验审计链)."""
    from jointsanction.cli import chaining  # noqa: PLC0415 - the store, only when it is asked

    chaining.verify(head, store)


@audit_app.command(help="输出审计链的末端（条数和摘要），请每日保存在别处。")
def head(*, store: StoreUrl = None) -> None:
    """Print the end of the chain, to be kept elsewhere (审计链末端)."""
    from jointsanction.cli import chaining  # noqa: PLC0415 - the store, only when it is asked

    chaining.head(store)


@audit_app.command("list", help="检索审计记录，最新的在前；经办人遮盖。按主体检索请给完整号码。")
def search(  # noqa: PLR0913 - what is looked for
    *,
    action: Annotated[str | None, typer.Option("--action", metavar="A", help="审计事项，例如 check、reveal。")] = None,
    account: Annotated[str | None, typer.Option("--account", metavar="A", help="账户。")] = None,
    of_unit: OfUnit = None,
    about: Annotated[str | None, typer.Option("--about", metavar="N", help="核查、反馈等的编号。")] = None,
    case: Annotated[str | None, typer.Option("--case", metavar="N", help="案号。")] = None,
    subject: Annotated[str | None, typer.Option("--subject", metavar="ID", help="主体的完整证件号码。")] = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="至多多少条。", min=1)] = 50,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """Search the audit (审计检索)."""
    from jointsanction.cli import chaining  # noqa: PLC0415 - the store, only when it is asked

    sought = {
        "action": action, "account": account, "unit": of_unit, "about": about, "case_no": case, "subject": subject,
        "kind": kind, "limit": limit,
    }  # fmt: skip
    chaining.search(sought, (since, until), store, as_json=as_json)


@audit_app.command(help="按案导出：一个案号的全部审计记录，每行一条 JSON，连同摘要；导出本身也记入审计。")
def export(
    output: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="写到这里；已有的文件不覆盖。")],
    *,
    case: Annotated[str, typer.Option("--case", metavar="N", help="案号。")],
    unit: Unit = None,
    by: Officer = None,
    store: StoreUrl = None,
) -> None:
    """Write what was done in a case (按案导出)."""
    from jointsanction.cli import chaining  # noqa: PLC0415 - the store, only when it is asked

    chaining.export(output, case, (unit, by), store)
