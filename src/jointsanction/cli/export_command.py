"""`jointsanction export` (上报、共享): what changed since a version, as the receiver wants it."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import Catalogues, Region, Statuses, StoreUrl


def export(  # noqa: PLR0913 - the command of the contract
    output: Annotated[Path, typer.Argument(metavar="FILE", help="写到这里；原有的文件在写完以后整个替换。")],
    *,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="B", help="自哪一批次（或名单库版本）以后的变动；不写即导出现有的全部记录。"),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="csv|json|xml|ftm", help="格式；不写则按文件名的后缀，.jsonl 即 ftm。"),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="P.yaml", help="导出对应文件，或随附的名称：接收方的表头、取值、日期写法。"),
    ] = None,
    lists: Annotated[
        list[str] | None, typer.Option("--list", metavar="CODE", help="只导出这些名单；可多次，不写即全部。")
    ] = None,
    region: Region = None,
    status: Statuses = None,
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="authority|subject|anybody", help="提供给谁；依各名单的公开属性，给社会公众的隐去个人号码。"
        ),
    ] = "authority",
    mask: Annotated[bool, typer.Option("--mask", help="隐去全部号码和个人姓名。")] = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Export what changed since a version (上报、共享)."""
    from jointsanction.cli import exporting  # noqa: PLC0415 - the store, only when it is asked

    asked = exporting.Asked(
        output, since, form, profile, tuple(lists or ()), region=region, statuses=tuple(status or ()), to=to, mask=mask
    )
    exporting.run_export(asked, store, tuple(catalogue or ()))
