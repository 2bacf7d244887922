"""`jointsanction objection` (异议): what a subject disputes in a listing, and what came of it."""

from typing import Annotated, Final

import typer

from jointsanction.cli.options import Kind, StoreUrl
from jointsanction.cli.repair_command import By, Document, IfNumber, InstrumentNo, Lists, Number, On, Why

objection_app: Final = typer.Typer(no_args_is_help=True)

State = Annotated[
    str, typer.Argument(metavar="STATE", help="办理状态：verifying、upheld、partly、rejected、withdrawn。")
]
FieldName = Annotated[str | None, typer.Option("--field", metavar="F", help="更正的字段，例如 valid_to。")]
New = Annotated[str | None, typer.Option("--new", metavar="V", help="更正后的内容；不写即改为空。")]


@objection_app.callback(help="异议：提出、核实、成立或者不成立；更正的字段保留原内容。")
def objection() -> None:
    """Hold the commands on objections (异议)."""


@objection_app.command("file", help="登记异议；名单写明 objection: suspend 的，处理期间暂停适用。")
def file_one(  # noqa: PLR0913 - the parts of an objection
    number: Number, *, instrument: InstrumentNo, by: By, reason: Why, lists: Lists = None, on: On = None,
    kind: Kind = None, store: StoreUrl = None,
) -> None:  # fmt: skip
    """Record an objection (异议)."""
    from jointsanction.cli import repairing  # noqa: PLC0415 - the store, only when it is asked

    records = repairing.Records(number, kind, instrument, tuple(lists or ()), store)
    repairing.take("objection", "filed", records, {"actor": by, "reason": reason, "on": on})


@objection_app.command(help="推进一步；异议成立而不写 --field 的，该记录不再计入。")
def step(  # noqa: PLR0913 - the parts of a step
    state: State, number: Number, *, instrument: InstrumentNo, by: By, reason: Why, lists: Lists = None, on: On = None,
    document: Document = None, field: FieldName = None, new: New = None, kind: Kind = None, store: StoreUrl = None,
) -> None:  # fmt: skip
    """Record the next step of an objection (办理一步)."""
    from jointsanction.cli import repairing  # noqa: PLC0415 - the store, only when it is asked

    records = repairing.Records(number, kind, instrument, tuple(lists or ()), store)
    said = {"actor": by, "reason": reason, "on": on, "document": document, "field": field, "new": new}
    repairing.take("objection", state, records, said)


@objection_app.command("list", help="列出异议办理记录，更正前后的内容都在。")
def show_all(number: IfNumber = None, *, kind: Kind = None, store: StoreUrl = None) -> None:
    """List every step, the oldest first (异议记录)."""
    from jointsanction.cli import repairing  # noqa: PLC0415 - the store, only when it is asked

    repairing.list_all(("objection",), number, kind, store)
