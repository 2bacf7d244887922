"""`jointsanction relations` (关联度分析): who is tied to a subject, in how many steps, and along which way."""

from typing import Annotated

import typer

from jointsanction.cli.options import AsJson, Kind, StoreUrl


def relations(
    number: Annotated[str, typer.Argument(metavar="ID", help="主体的完整证件号码。")],
    *,
    depth: Annotated[int, typer.Option("--depth", metavar="N", help="走几层关联，1 到 5。")] = 2,
    kind: Kind = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """Show who is tied to a subject (关联度分析)."""
    from jointsanction.cli import tying  # noqa: PLC0415 - the store, only when it is asked

    tying.show_ties(number, kind, tying.Walk(store, depth), as_json=as_json)
