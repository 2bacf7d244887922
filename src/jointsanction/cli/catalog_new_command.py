"""`jointsanction catalog new` (新建条目): a skeleton whose open places the loader refuses by name."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import Catalogues


def new(  # noqa: PLR0913 - a command, packed at once into what the skeleton is to be
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="measure 措施、instrument 依据文件、list 名单、rule 规则。")
    ],
    name: Annotated[str, typer.Argument(metavar="ID", help="编号（名单是代码），也是文件名；定了不再改。")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写到哪个目录；已有的文件不覆盖。")],
    list_: Annotated[
        list[str] | None, typer.Option("--list", metavar="L", help="触发它的名单代码或名称。可多次。")
    ] = None,
    matter: Annotated[list[str] | None, typer.Option("--matter", metavar="M", help="事项代码或别名。可多次。")] = None,
    instrument: Annotated[
        list[str] | None, typer.Option("--instrument", metavar="I", help="依据文件的编号。可多次。")
    ] = None,
    local: Annotated[
        str | None, typer.Option("--local", metavar="REGION", help="地方层：六位行政区划代码，例如 410000。")
    ] = None,
    incentive: Annotated[bool, typer.Option("--incentive", help="激励措施；默认是惩戒措施。")] = False,
    catalogue: Catalogues = None,
) -> None:
    """Write the skeleton of a new entry with its cases (新建条目)."""
    from jointsanction.cli import beginning  # noqa: PLC0415 - the catalogue, only when it is asked

    typed = beginning.Typed(kind, name, list_ or [], matter or [], instrument or [], local, incentive)
    beginning.write_skeleton(typed, out, catalogue or [])
