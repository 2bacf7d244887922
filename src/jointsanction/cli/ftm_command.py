"""`jointsanction ftm` (FtM 文件): what an office does with files of entities before it imports them."""

from pathlib import Path
from typing import Annotated, Final

import typer

ftm_app: Final = typer.Typer(no_args_is_help=True)


@ftm_app.callback(help="FollowTheMoney 实体文件：合并增量。")
def ftm() -> None:
    """Hold the commands on files of entities (FtM 文件)."""


@ftm_app.command(help="把增量（entities.delta.json）并入上一版，写出新一版；接不上的增量不合并。")
def apply(
    whole: Annotated[Path, typer.Argument(metavar="WHOLE", help="上一版实体文件。")],
    deltas: Annotated[list[Path], typer.Argument(metavar="DELTA...", help="增量文件，按版本先后。")],
    *,
    output: Annotated[Path, typer.Option("--output", metavar="FILE", help="新一版写到这里。")],
) -> None:
    """Put deltas into a whole file, one after the other (合并增量)."""
    from jointsanction.cli import entities  # noqa: PLC0415 - only when it is asked

    entities.apply_deltas(whole, deltas, output)
