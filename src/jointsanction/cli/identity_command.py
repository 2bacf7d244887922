"""`jointsanction identity` (身份核实): what a person decided about a candidate, kept for the next check."""

from typing import Annotated, Final

import typer

from jointsanction.cli.options import Kind, StoreUrl

identity_app: Final = typer.Typer(no_args_is_help=True)

Number = Annotated[str, typer.Argument(metavar="ID", help="主体的完整证件号码。")]
Batch = Annotated[str, typer.Option("--batch", metavar="B", help="候选记录的批次，见核查结果。")]
Row = Annotated[int, typer.Option("--row", metavar="N", help="候选记录的行号，见核查结果。")]
Author = Annotated[str, typer.Option("--by", metavar="WHO", help="核实人。")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="理由：凭什么材料认定。")]
Until = Annotated[str | None, typer.Option("--until", metavar="D", help="结论有效到哪一日；不写即长期有效。")]


@identity_app.callback(help="身份核实：同名或脱敏号码的候选记录，经人核实后不再重复询问。")
def identity() -> None:
    """Hold the commands on identity verdicts (身份核实)."""


@identity_app.command(help="认定候选记录就是该主体。")
def confirm(  # noqa: PLR0913 - the parts of a verdict
    number: Number, *, batch: Batch, row: Row, by: Author, reason: Reason, until: Until = None, kind: Kind = None,
    store: StoreUrl = None,
) -> None:  # fmt: skip
    """Find a candidate to be the subject (认定为同一主体)."""
    from jointsanction.cli import identifying  # noqa: PLC0415 - the store, only when it is asked

    identifying.decide("confirmed", number, (batch, row), said=(by, reason, until, kind), store=store)


@identity_app.command(help="认定候选记录不是该主体。")
def clear(  # noqa: PLR0913 - the parts of a verdict
    number: Number, *, batch: Batch, row: Row, by: Author, reason: Reason, until: Until = None, kind: Kind = None,
    store: StoreUrl = None,
) -> None:  # fmt: skip
    """Find a candidate to be somebody else (认定不是同一主体)."""
    from jointsanction.cli import identifying  # noqa: PLC0415 - the store, only when it is asked

    identifying.decide("cleared", number, (batch, row), said=(by, reason, until, kind), store=store)


@identity_app.command("list", help="列出全部身份核实结论，或者到某日失效、须重新核实的。")
def show_all(
    *,
    due: Annotated[str | None, typer.Option("--due", metavar="D", help="只列有效期止于该日或者更早的。")] = None,
    store: StoreUrl = None,
) -> None:
    """List every verdict, the newest last, or those that end by a day (身份核实结论)."""
    from jointsanction.cli import identifying  # noqa: PLC0415 - the store, only when it is asked

    identifying.list_all(store, due)
