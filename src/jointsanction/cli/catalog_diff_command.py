"""`jointsanction catalog diff` (目录对比): what changed in law, and whose answer it changes."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import AsJson


def diff(  # noqa: PLR0913 - one parameter an option
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="旧目录：目录文件夹、目录包、shipped（随包）或保存过的版本 sha256:…。")
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新目录，写法同上。")],
    *,
    store: Annotated[
        str | None,
        typer.Option("--store", metavar="URL", help="再按该名单库逐一比较：哪些列入主体的结论从哪一天起不同。"),
    ] = None,
    cases: Annotated[
        list[Path] | None,
        typer.Option("--cases", metavar="FILE", help="在办事项存档的核查结果（check --json），同样比较。可多次。"),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="D", help="从哪一天起比较 YYYY-MM-DD；默认今天。")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what changed between two catalogues, and whom it concerns (目录对比)."""
    from jointsanction.cli import diffing  # noqa: PLC0415 - the catalogue, only when it is asked

    diffing.show_diff((old, new), store, cases or [], as_of, as_json=as_json)
