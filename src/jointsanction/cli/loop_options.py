"""The options that the commands of the loop share (闭环共用选项)."""

from typing import Annotated, TypeAlias

import typer

CheckNumber: TypeAlias = Annotated[str, typer.Argument(metavar="HC…", help="核查编号，归档时给出。")]
Unit: TypeAlias = Annotated[str | None, typer.Option("--unit", metavar="U", help="办理单位；不写即本机的登录账户。")]
Officer: TypeAlias = Annotated[str | None, typer.Option("--by", metavar="WHO", help="经办人。")]
Purpose: TypeAlias = Annotated[str, typer.Option("--purpose", metavar="TEXT", help="核查用途，记入审计。")]
CaseNumber: TypeAlias = Annotated[str | None, typer.Option("--case", metavar="N", help="案号，写入归档。")]
Since: TypeAlias = Annotated[str | None, typer.Option("--since", metavar="D", help="自哪一日起（含）。")]
Until: TypeAlias = Annotated[str | None, typer.Option("--until", metavar="D", help="至哪一日止（含）。")]
OfUnit: TypeAlias = Annotated[str | None, typer.Option("--of-unit", metavar="U", help="只要这个单位的。")]
