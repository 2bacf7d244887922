"""`jointsanction notice` (失信信息通报): one event told to departments, or kept on record."""

from typing import Annotated, Final

import typer

from jointsanction.cli.initiation_command import ToReveal
from jointsanction.cli.loop_options import Officer, Unit
from jointsanction.cli.options import AsJson, Catalogues, Kind, StoreUrl

notice_app: Final = typer.Typer(no_args_is_help=True)

ToWhom = Annotated[
    str, typer.Option("--audience", metavar="A", help="给谁看：authority 行政机关、subject 本人、anybody 任何人。")
]


@notice_app.callback(help="通报：一个事件通报给几个部门，或者只登记备查；本身不限制任何主体。")
def notice() -> None:
    """Hold the commands on notices (通报)."""


@notice_app.command(help="登记一个事件并通报所列部门；不写部门即只登记（失信监测事件）。")
def issue(  # noqa: PLR0913 - what a notice consists of
    number: Annotated[str, typer.Argument(metavar="ID", help="主体的完整证件号码。")],
    *,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="标题。")],
    event: Annotated[str, typer.Option("--event", metavar="TEXT", help="事由。")],
    on: Annotated[str, typer.Option("--on", metavar="D", help="事件日期 YYYY-MM-DD。")],
    department: Annotated[
        list[str] | None, typer.Option("--department", metavar="ID", help="通报给哪个部门。可多次。")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="TEXT", help="信息来源。")] = None,
    in_list: Annotated[str | None, typer.Option("--list", metavar="CODE", help="事件所依的名单。")] = None,
    listed_on: Annotated[str | None, typer.Option("--listed-on", metavar="D", help="列入日期。")] = None,
    instrument: Annotated[str | None, typer.Option("--instrument", metavar="NO", help="决定文书文号。")] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="NO", help="通报的文号。")] = None,
    measure: Annotated[
        list[str] | None, typer.Option("--measure", metavar="M", help="可以考虑的措施编号。可多次。")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="主体名称。")] = None,
    kind: Kind = None,
    unit: Unit = None,
    by: Officer = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Keep an event and tell the departments named (通报)."""
    from jointsanction.cli import initiating, noticing  # noqa: PLC0415 - the store, only when it is asked

    said = {
        "title": title, "event": event, "happened_on": on, "listed_on": listed_on, "source": source, "list": in_list,
        "instrument_no": instrument, "document_number": document, "measures": tuple(measure or ()),
        "departments": tuple(department or ()),
    }  # fmt: skip
    at = initiating.At(store, tuple(catalogue or ()), unit, by)
    noticing.issue(initiating.Who(number, kind, name), said, at, as_json=as_json)


@notice_app.command(help="输出一份通报：文本，或者 --json 数据；依名单的公开属性取舍，自然人脱敏。")
def show(  # noqa: PLR0913 - which, for whom, and how
    number: Annotated[str, typer.Argument(metavar="TZ…", help="通报编号，登记时给出。")],
    *,
    audience: ToWhom = "authority",
    reveal: ToReveal = None,
    unit: Unit = None,
    by: Officer = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Write a notice out (通报文本和数据)."""
    from jointsanction.cli import initiating, noticing  # noqa: PLC0415 - the store, only when it is asked

    at = initiating.At(store, tuple(catalogue or ()), unit, by)
    noticing.show_one(number, at, audience=audience, reveal=reveal, as_json=as_json)


@notice_app.command("list", help="列出通报和登记的事件。")
def show_all(
    number: Annotated[str | None, typer.Argument(metavar="[ID]", help="主体的完整证件号码；不写即全部。")] = None,
    *,
    kind: Kind = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """List notices, the newest last (通报台账)."""
    from jointsanction.cli import initiating, noticing  # noqa: PLC0415 - the store, only when it is asked

    noticing.list_all(number, kind, initiating.At(store, tuple(catalogue or ())))
