"""`jointsanction catalog fmt` (统一格式): order of keys, quotes and indentation of catalogue files."""

from pathlib import Path
from typing import Annotated

import typer


def fmt(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="目录文件或其所在目录；默认当前目录。")
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="只检查不改动；有要改的，列出并以退出码 3 结束。")] = False,
) -> None:
    """Put catalogue files into the one form (统一格式)."""
    from jointsanction.cli import formatting  # noqa: PLC0415 - YAML, only when it is asked

    formatting.format_files(paths or [Path()], check=check)
