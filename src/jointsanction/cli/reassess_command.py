"""`jointsanction reassess` (重评): whom did a change of the lists touch, and which open cases?"""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import AsJson, Catalogues, Region, StoreUrl


def reassess(  # noqa: PLR0913 - one parameter an option
    *,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="BATCH|DATE",
            help="从哪一批次或者哪一天登记的变动起（含），台账一并算；不写则为最新一批。",
        ),
    ] = None,
    matter: Annotated[
        list[str] | None,
        typer.Option(
            "--matter", metavar="M", help="只重评这个事项（按 --region 的地域）。可多次；不写则各事项、各地域都重评。"
        ),
    ] = None,
    cases: Annotated[
        list[Path] | None,
        typer.Option("--cases", metavar="FILE", help="在办事项存档的核查结果（check --json），同样重评。可多次。"),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="D", help="从哪一天起比较 YYYY-MM-DD；默认今天。")
    ] = None,
    region: Region = None,
    push: Annotated[
        list[str] | None,
        typer.Option("--push", metavar="ID", help="把新受限、解除限制的主体写成推送消息，给这个接收方。可多次。"),
    ] = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
    as_json: AsJson = False,
) -> None:
    """Tell who is newly restricted, released or answered otherwise since a batch, and why (重评)."""
    from jointsanction.cli import reassessing  # noqa: PLC0415 - the store, only when it is asked

    wanted = reassessing.Wanted(since, tuple(matter or ()), tuple(cases or ()), as_of, region, tuple(push or ()))
    reassessing.show_reassessed(wanted, store, catalogue or (), as_json=as_json)
