"""`jointsanction snapshot` (名单快照): the hot index of a large store, made, checked and shown."""

from pathlib import Path
from typing import Annotated, Final

import typer

from jointsanction.cli.options import StoreUrl

snapshot_app: Final = typer.Typer(no_args_is_help=True)

Folder = Annotated[
    Path | None, typer.Option("--snapshot", metavar="DIR", help="快照文件夹；默认在名单库旁边，名为“名单库.snapshot”。")
]
Anew = Annotated[bool, typer.Option("--anew", help="全部重新生成，不在原有快照上增补。")]


@snapshot_app.callback(help="名单快照：上千万条记录也能立即打开、多个进程共用的热索引，由名单库生成。")
def snapshot() -> None:
    """Hold the commands on snapshots (名单快照)."""


@snapshot_app.command(help="由名单库生成快照，或者把原有快照更新到名单库的当前状态；只写变动的部分，写好后一次替换。")
def build(*, folder: Folder = None, anew: Anew = False, store: StoreUrl = None) -> None:
    """Make a snapshot, or bring one up to date (生成快照)."""
    from jointsanction.cli import snapshotting  # noqa: PLC0415 - the store, only when it is asked

    snapshotting.build(folder, store, anew=anew)


@snapshot_app.command(help="从头到尾核对快照的每一块；损坏的，用 snapshot build --anew 重建。")
def verify(*, folder: Folder = None, store: StoreUrl = None) -> None:
    """Read every piece of a snapshot (核验快照)."""
    from jointsanction.cli import snapshotting  # noqa: PLC0415 - only when it is asked

    snapshotting.verify(folder, store)


@snapshot_app.command(help="显示快照的版本、名单时点、各个文件和大小。")
def info(*, folder: Folder = None, store: StoreUrl = None) -> None:
    """Show what a snapshot is made up of (快照概况)."""
    from jointsanction.cli import snapshotting  # noqa: PLC0415 - only when it is asked

    snapshotting.info(folder, store)
