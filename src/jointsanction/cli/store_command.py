"""`jointsanction store` (名单库维护): its layout, its backups."""

from pathlib import Path
from typing import Annotated, Final

import typer

from jointsanction.cli.options import Catalogues, StoreUrl

store_app: Final = typer.Typer(no_args_is_help=True)

Backup = Annotated[Path, typer.Argument(metavar="FILE", help="备份文件。")]


@store_app.callback(help="名单库维护：库结构的版本和升级，备份、校验、恢复。")
def store_group() -> None:
    """Hold the commands that keep a store (名单库维护)."""


@store_app.command(help="显示名单库的地址、库结构版本、名单版本和批次数。")
def version(store: StoreUrl = None) -> None:
    """Show which layout and which version a store has (名单库版本)."""
    from jointsanction.cli import storing  # noqa: PLC0415 - the store, only when it is asked

    storing.show_version(store)


@store_app.command(help="把库结构升级到本程序的版本；先备份，并停止其他程序的导入。")
def upgrade(store: StoreUrl = None) -> None:
    """Bring the tables up to date (升级库结构)."""
    from jointsanction.cli import storing  # noqa: PLC0415 - the store, only when it is asked

    storing.migrate(store, None)


@store_app.command(help="把库结构降回较早的版本，以便较早的程序使用；较早的版本没有的内容会丢失。")
def downgrade(
    to: Annotated[str, typer.Argument(metavar="VERSION", help="库结构版本，例如 0001。")], store: StoreUrl = None
) -> None:
    """Bring the tables back to an earlier layout (降级库结构)."""
    from jointsanction.cli import storing  # noqa: PLC0415 - the store, only when it is asked

    storing.migrate(store, to)


@store_app.command(help="把名单库和目录备份到一个文件，各部分带校验和；导入可以同时进行。")
def backup(file: Backup, store: StoreUrl = None, catalogue: Catalogues = None) -> None:
    """Write a store and the catalogue into one file (备份)."""
    from jointsanction.cli import storing  # noqa: PLC0415 - the store, only when it is asked

    storing.backup(file, store, catalogue or ())


@store_app.command(help="逐部分核对备份的校验和，不恢复。")
def verify(file: Backup) -> None:
    """Hold every part of a backup against its checksum (校验备份)."""
    from jointsanction.cli import storing  # noqa: PLC0415 - the store, only when it is asked

    storing.verify(file)


@store_app.command(help="把备份恢复到一个新的名单库；先整体校验，再在一个事务中写入。")
def restore(file: Backup, store: StoreUrl = None) -> None:
    """Make a store of a backup (恢复)."""
    from jointsanction.cli import storing  # noqa: PLC0415 - the store, only when it is asked

    storing.restore(file, store)
