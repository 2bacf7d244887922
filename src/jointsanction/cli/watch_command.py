"""`jointsanction watch` (关注): whom an office wants to hear of when the lists change."""

from typing import Annotated, Final

import typer

from jointsanction.cli.options import AsJson, Catalogues, Kind, Matter, Region, StoreUrl

watch_app: Final = typer.Typer(no_args_is_help=True)


@watch_app.callback(help="关注主体：名单变动使其在某事项的答案不同时，记一条事件。")
def watch() -> None:
    """Hold the commands on watched subjects (关注)."""


@watch_app.command(help="关注一个主体在一个事项中的答案。")
def add(  # noqa: PLR0913 - the parts of a watch
    number: Annotated[str, typer.Argument(metavar="ID", help="主体的完整证件号码。")],
    *,
    matter: Matter,
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="关注人或者单位。")],
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="为何关注。")] = None,
    kind: Kind = None,
    region: Region = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Watch a subject in a matter (关注)."""
    from jointsanction.cli import watching  # noqa: PLC0415 - the store, only when it is asked

    watching.add(number, watching.Said(matter, by, reason, kind, region), store, catalogue or ())


@watch_app.command("list", help="列出现有的关注。")
def show_all(*, store: StoreUrl = None) -> None:
    """List the watches that are open (关注)."""
    from jointsanction.cli import watching  # noqa: PLC0415 - the store, only when it is asked

    watching.list_all(store)


@watch_app.command(help="取消一项关注；已有的事件保留。")
def remove(
    watch: Annotated[int, typer.Argument(metavar="N", help="关注的编号，见 watch list。")], *, store: StoreUrl = None
) -> None:
    """End a watch (取消关注)."""
    from jointsanction.cli import watching  # noqa: PLC0415 - the store, only when it is asked

    watching.remove(watch, store)


@watch_app.command(help="逐项查看关注：上次查看以来记录的变动、届满的日期，各记一条事件；可每天运行，不重复。")
def look(*, store: StoreUrl = None, catalogue: Catalogues = None) -> None:
    """Look at all who are watched (关注)."""
    from jointsanction.cli import watching  # noqa: PLC0415 - the store, only when it is asked

    watching.look(store, catalogue or ())


@watch_app.command(help="列出关注事件：谁、哪个事项、从哪一天起、因哪条记录。")
def events(*, store: StoreUrl = None, as_json: AsJson = False) -> None:
    """List every event (关注事件)."""
    from jointsanction.cli import watching  # noqa: PLC0415 - the store, only when it is asked

    watching.list_events(store, as_json=as_json)
