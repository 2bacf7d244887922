"""`jointsanction import` (名单导入): a list file as an office has it goes into the store, whole or not at all."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import Catalogues, StoreUrl


def import_file(  # noqa: PLR0913 - the command of the contract
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Excel（.xlsx、.xls）、CSV、网页表格、JSON、JSONL 或 XML；各种编码均可。"),
    ],
    *,
    list_code: Annotated[
        str | None,
        typer.Option("--list", metavar="CODE", help="没有名单列时，各行所属的名单；并声明本文件是该名单完整的一期。"),
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--mapping", metavar="M.yaml", help="映射文件，或随附映射的名称：自有表头、默认值、完整名单声明。"
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="工作簿中要读的工作表；不写则取表头最相符的一个。")
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="FILE", help="被拒绝的行写到这里；不写则写在原文件旁（试运行不写）。"),
    ] = None,
    sequence: Annotated[
        str | None,
        typer.Option("--sequence", metavar="N", help="期号：增量文件是第几期，或者完整文件截至第几期；须按次序导入。"),
    ] = None,
    after: Annotated[
        str | None,
        typer.Option("--after", metavar="N", help="增量文件接在哪一期之后；期号是数字的不必写。"),
    ] = None,
    store: StoreUrl = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="走完各步并显示变动，但不写入。")] = False,
    partial: Annotated[bool, typer.Option("--partial", help="有记录被拒绝时，仍导入其余各行。")] = False,
    accept_shrink: Annotated[bool, typer.Option("--accept-shrink", help="确认完整名单确已大幅缩减。")] = False,
    accept_mismatch: Annotated[
        bool, typer.Option("--accept-mismatch", help="增量文件与现有记录不符的行：变更的按新增，其余的不采用。")
    ] = False,
    snapshot: Annotated[
        bool, typer.Option("--snapshot", help="导入后把名单库旁边的快照更新到当前状态；还没有的，生成一个。")
    ] = False,
    catalogue: Catalogues = None,
) -> None:
    """Import a list file, all of it or nothing (名单导入)."""
    from jointsanction.cli import importing  # noqa: PLC0415 - the store, only when it is asked

    wanted = importing.Wanted(
        file,
        store,
        list_code,
        mapping=mapping,
        sheet=sheet,
        rejects=rejects,
        partial=partial,
        place=importing.Place(sequence, after),
        accept_shrink=accept_shrink,
        accept_mismatch=accept_mismatch,
        dry_run=dry_run,
        snapshot=snapshot,
    )
    importing.run_import(wanted, importing.open_law(store, catalogue or ()))
