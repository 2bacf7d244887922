"""`jointsanction repair` (信用修复): what is done about a listing, and what its subject is told."""

from typing import Annotated, Final

import typer

from jointsanction.cli.options import AsJson, AsOf, Catalogues, Kind, StoreUrl

repair_app: Final = typer.Typer(no_args_is_help=True)

Number = Annotated[str, typer.Argument(metavar="ID", help="主体的完整证件号码。")]
IfNumber = Annotated[str | None, typer.Argument(metavar="[ID]", help="主体的完整证件号码；不写即全部。")]
InstrumentNo = Annotated[
    str, typer.Option("--instrument", metavar="NO", help="决定文书文号；同一文书的各条记录一并办理。")
]
Lists = Annotated[list[str] | None, typer.Option("--list", metavar="CODE", help="只办理这些名单中的记录。可多次。")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="经办人。")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="理由：凭什么材料。")]
On = Annotated[str | None, typer.Option("--on", metavar="D", help="自哪一日起算；默认今天。")]
Document = Annotated[str | None, typer.Option("--document", metavar="NO", help="决定、裁定的文号。")]
State = Annotated[str, typer.Argument(metavar="STATE", help="办理状态，例如 verifying、accepted、effective。")]
Track = Annotated[
    str, typer.Option("--track", metavar="T", help="repair 信用修复、exit 移出、reorganisation 破产重整（和解）。")
]
Office = Annotated[
    str | None,
    typer.Option("--office", metavar="O", help="由哪一方同意：credit-office 信用办、data-provider 数据单位。"),
]
Until = Annotated[str | None, typer.Option("--until", metavar="D", help="暂时解除到哪一日；不写即未定。")]
TwoStep = Annotated[bool, typer.Option("--two-step", help="须信用办、数据单位两方先后同意。")]


@repair_app.callback(help="信用修复：申请、核实、准予、生效，逐步留痕；移出、破产重整的暂时解除也在这里。")
def repair() -> None:
    """Hold the commands on repair (信用修复)."""


@repair_app.command(help="登记信用修复申请；提示最短公示期是否届满、还缺什么。")
def apply(  # noqa: PLR0913 - the parts of an application
    number: Number, *, instrument: InstrumentNo, by: By, reason: Why, lists: Lists = None, on: On = None,
    two_step: TwoStep = False, kind: Kind = None, catalogue: Catalogues = None, store: StoreUrl = None,
) -> None:  # fmt: skip
    """Record an application for repair (信用修复申请)."""
    from jointsanction.cli import repairing  # noqa: PLC0415 - the store, only when it is asked

    records = repairing.Records(number, kind, instrument, tuple(lists or ()), store)
    said = {"actor": by, "reason": reason, "on": on, "two_step": two_step}
    repairing.take("repair", "applied", records, said, catalogues=catalogue or [])


@repair_app.command(help="推进一步：verifying、accepted、refused、effective、revoked、withdrawn；另见 --track。")
def step(  # noqa: PLR0913 - the parts of a step
    state: State, number: Number, *, instrument: InstrumentNo, by: By, reason: Why, track: Track = "repair",
    lists: Lists = None, on: On = None, office: Office = None, until: Until = None, document: Document = None,
    kind: Kind = None, store: StoreUrl = None,
) -> None:  # fmt: skip
    """Record the next step (办理一步)."""
    from jointsanction.cli import repairing  # noqa: PLC0415 - the store, only when it is asked

    records = repairing.Records(number, kind, instrument, tuple(lists or ()), store)
    said = {"actor": by, "reason": reason, "on": on, "office": office, "until": until, "document": document}
    repairing.take(track, state, records, said)


@repair_app.command("list", help="列出办理记录：谁、何时、为什么。")
def show_all(number: IfNumber = None, *, kind: Kind = None, store: StoreUrl = None) -> None:
    """List every step, the oldest first (办理记录)."""
    from jointsanction.cli import repairing  # noqa: PLC0415 - the store, only when it is asked

    repairing.list_all(("repair", "exit", "reorganisation"), number, kind, store)


@repair_app.command(help="信用修复告知书：每条失信信息能否修复、最早何日、还缺什么、向谁提出。")
def notice(  # noqa: PLR0913 - whose, when, from where
    number: Number, *, as_of: AsOf = None, json: AsJson = False, kind: Kind = None, catalogue: Catalogues = None,
    store: StoreUrl = None,
) -> None:  # fmt: skip
    """Print the notice of repair (信用修复告知书)."""
    from jointsanction.cli import repairing  # noqa: PLC0415 - the store, only when it is asked

    repairing.notice(number, kind, as_of, as_json=json, source=(store, catalogue or []))


@repair_app.command("in-step", help="同一文书在各名单中是否都已同步：列出尚未同步的名单。")
def in_step(
    instrument: Annotated[str, typer.Argument(metavar="NO", help="决定文书文号。")],
    *,
    as_of: AsOf = None,
    store: StoreUrl = None,
) -> None:
    """Report the lists that are not yet in step (未同步的名单)."""
    from jointsanction.cli import repairing  # noqa: PLC0415 - the store, only when it is asked

    repairing.report(instrument, as_of, store)
