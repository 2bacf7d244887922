"""`jointsanction deadline` (期限计算): the last day of so many working days, or days, after a day."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import AsJson


def deadline(  # noqa: PLR0913 - a term has as many parts
    began: Annotated[str, typer.Argument(metavar="DATE", help="起算日 YYYY-MM-DD，当日不计。")],
    *,
    working_days: Annotated[
        int | None, typer.Option("--working-days", metavar="N", help="几个工作日，例如双公示的 7 个工作日。")
    ] = None,
    days: Annotated[int | None, typer.Option("--days", metavar="N", help="几日（自然日）。")] = None,
    calendar: Annotated[
        Path | None,
        typer.Option(
            "--calendar",
            metavar="FILE",
            help="工作日日历，CSV（日期,holiday 放假或 workday 调休上班）或者 YAML；不写只计周末。",
        ),
    ] = None,
    done: Annotated[
        str | None, typer.Option("--done", metavar="DATE", help="实际办结日，判断是否逾期；不写按今天。")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Reckon a deadline (期限计算)."""
    from jointsanction.cli import reckoning  # noqa: PLC0415 - only when it is asked

    reckoning.show_deadline(began, reckoning.Term(working_days, days, calendar, done), as_json=as_json)
