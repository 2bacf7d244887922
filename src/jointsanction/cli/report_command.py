"""`jointsanction report` (核查报告): one page that is filed with the case."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import Catalogues, StoreUrl


def report(  # noqa: PLR0913 - what stands on a report
    answer: Annotated[
        str, typer.Argument(metavar="ANSWER", help="check --json 或 tender --json 的输出文件，或者归档核查的编号。")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.pdf", help="写到哪里；已有的文件不覆盖。")],
    number: Annotated[str | None, typer.Option("--number", metavar="N", help="报告编号；归档核查用其编号。")] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="U", help="查询单位。")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="WHO", help="查询人。")] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", metavar="TEXT", help="查询用途。")] = None,
    verify_at: Annotated[
        str | None, typer.Option("--verify-at", metavar="URL", help="验证页的地址；写明时报告带验证码和二维码。")
    ] = None,
    reveal: Annotated[
        str | None,
        typer.Option("--reveal", metavar="REASON", help="自然人的号码、姓名不遮盖，写明理由；归档核查的记入审计。"),
    ] = None,
    fonts: Annotated[
        list[Path] | None, typer.Option("--fonts", metavar="DIR", help="另在这些文件夹里找字体；可重复。")
    ] = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Write the report of an answer, or of a filed check, as PDF/A (核查报告)."""
    from jointsanction.cli import reporting  # noqa: PLC0415 - typst, only when it is asked

    told = reporting.Filing(number=number, unit=unit, officer=by, purpose=purpose, masked=reveal is None)
    reporting.write_report(reporting.Wanted(answer, out, told, verify_at, reveal, fonts or [], store, catalogue or []))
