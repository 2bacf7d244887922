"""`jointsanction outbox` (推送): messages to other systems, what became of them, and sending what is due."""

from pathlib import Path
from typing import Annotated, Final

import typer

from jointsanction.cli.options import AsJson, StoreUrl

outbox_app: Final = typer.Typer(no_args_is_help=True)

RoutesFile = Annotated[Path, typer.Option("--routes", metavar="FILE", help="推送路由文件（routes.yaml）。")]


@outbox_app.callback(help="推送：待推送的消息、推送失败的消息、推送到期的消息、催办。")
def outbox() -> None:
    """Hold the commands on messages (推送)."""


@outbox_app.command(help="推送到期的消息；失败的以后重试，重试到头的记为推送失败。可以每分钟运行，也可以同时运行几个。")
def send(
    *,
    routes: RoutesFile,
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="一次至多领取几条。", min=1, max=1000)] = 100,
    store: StoreUrl = None,
) -> None:
    """Send what is due (推送)."""
    from jointsanction.cli import pushing  # noqa: PLC0415 - the store, only when it is asked

    pushing.send(routes, limit, store)


@outbox_app.command("list", help="列出没有送达的消息，指出没有推送路由的接收方；--all 连已送达的。")
def show_all(
    *,
    routes: Annotated[
        Path | None, typer.Option("--routes", metavar="FILE", help="推送路由文件，用来指出没有路由的接收方。")
    ] = None,
    delivered: Annotated[bool, typer.Option("--all", help="连已送达的一并列出。")] = False,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """List messages (推送情况)."""
    from jointsanction.cli import pushing  # noqa: PLC0415 - the store, only when it is asked

    pushing.list_all(routes, store, delivered=delivered, as_json=as_json)


@outbox_app.command(help="让推送失败的消息重新排队：一条，或者不写即全部。")
def retry(
    key: Annotated[str | None, typer.Argument(metavar="[KEY]", help="消息的键，见 outbox list；不写即全部。")] = None,
    *,
    store: StoreUrl = None,
) -> None:
    """Let dead messages be tried again (重新推送)."""
    from jointsanction.cli import pushing  # noqa: PLC0415 - the store, only when it is asked

    pushing.retry_dead(key, store)


@outbox_app.command(
    help="催办：为快到期、已逾期而没有反馈的核查、联合奖惩任务各写一条消息；每天运行，同一次催办只写一条。"
)
def remind(
    *,
    before: Annotated[int, typer.Option("--before", metavar="N", help="到期前几天开始催办。", min=0)] = 3,
    every: Annotated[int, typer.Option("--every", metavar="N", help="逾期以后每隔几天再催。", min=1)] = 7,
    store: StoreUrl = None,
) -> None:
    """Write reminders of feedback that is owed (催办)."""
    from jointsanction.cli import pushing  # noqa: PLC0415 - the store, only when it is asked

    pushing.remind_all(before, every, store)
