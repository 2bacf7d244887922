"""`jointsanction initiation` (联合奖惩发起响应): who is asked for which measures, and what becomes of it."""

from typing import Annotated, Final

import typer

from jointsanction.cli.loop_options import Officer, Unit
from jointsanction.cli.options import AsJson, Catalogues, Kind, MatterIfGiven, Region, StoreUrl

initiation_app: Final = typer.Typer(no_args_is_help=True)

Number = Annotated[str, typer.Argument(metavar="FQ…", help="联合奖惩编号，发起时给出。")]
ToReveal = Annotated[str | None, typer.Option("--reveal", metavar="WHY", help="显示明文，写明理由；记入审计。")]


@initiation_app.callback(help="联合奖惩：发起、响应、退回、执行、反馈、办结、撤销，逐步留痕并通知有关部门。")
def initiation() -> None:
    """Hold the commands on joint actions (联合奖惩)."""


@initiation_app.command(help="发起：请各响应部门对一个主体实施措施；响应部门由权责清单确定，也可以指定。")
def start(  # noqa: PLR0913 - what a joint action consists of
    number: Annotated[str, typer.Argument(metavar="ID", help="主体的完整证件号码。")],
    *,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="标题。")],
    fact: Annotated[str, typer.Option("--fact", metavar="TEXT", help="事实。")],
    measure: Annotated[list[str], typer.Option("--measure", metavar="M", help="请求实施的措施编号。可多次。")],
    due: Annotated[str, typer.Option("--due", metavar="D", help="反馈期限（最后一日）YYYY-MM-DD。")],
    initiator: Annotated[
        list[str] | None,
        typer.Option("--initiator", metavar="U", help="发起部门，联合发文的写几个；不写即 --unit 的单位。可多次。"),
    ] = None,
    instrument: Annotated[
        str | None, typer.Option("--instrument", metavar="NO", help="所依据的文书文号；没有列入名单的事实必须写。")
    ] = None,
    in_list: Annotated[str | None, typer.Option("--list", metavar="CODE", help="主体所在的名单。")] = None,
    department: Annotated[
        list[str] | None,
        typer.Option(
            "--department",
            metavar="ID[:D]",
            help="指定响应部门，期限不同的写 部门:YYYY-MM-DD；不写即由权责清单确定。可多次。",
        ),
    ] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="NO", help="联合发文的文号。")] = None,
    check: Annotated[str | None, typer.Option("--check", metavar="HC…", help="由哪次核查而来。")] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="主体名称。")] = None,
    kind: Kind = None,
    matter: MatterIfGiven = None,
    region: Region = None,
    unit: Unit = None,
    by: Officer = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Initiate a joint action (发起)."""
    from jointsanction.cli import initiating  # noqa: PLC0415 - the store, only when it is asked

    said = {
        "title": title, "fact": fact, "measures": tuple(measure), "initiators": tuple(initiator or ()), "list": in_list,
        "instrument_no": instrument, "document_number": document, "check": check, "matter": matter, "region": region,
    }  # fmt: skip
    at = initiating.At(store, tuple(catalogue or ()), unit, by)
    who = initiating.Who(number, kind, name)
    initiating.start(who, said, at, due=due, departments=tuple(department or ()), as_json=as_json)


@initiation_app.command(
    help="办理一步：部门 responded、returned、executing、fed-back；发起部门 initiated（重新发起）、closed、withdrawn。"
)
def step(  # noqa: PLR0913 - what a step consists of
    state: Annotated[str, typer.Argument(metavar="STATE", help="办理状态，例如 responded、returned、closed。")],
    number: Number,
    *,
    department: Annotated[
        str | None, typer.Option("--department", metavar="ID", help="哪个部门的任务；不写即本单位的。")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="理由；反馈写办理情况。退回、反馈、撤销必须写。")
    ] = None,
    unit: Unit = None,
    by: Officer = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Take the next step (办理一步)."""
    from jointsanction.cli import initiating  # noqa: PLC0415 - the store, only when it is asked

    at = initiating.At(store, tuple(catalogue or ()), unit, by)
    initiating.step(number, state, at, department=department, reason=reason)


@initiation_app.command("list", help="列出联合奖惩及其办理状态。")
def show_all(
    *,
    state: Annotated[str | None, typer.Option("--state", metavar="S", help="只要这个状态的，例如 initiated。")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="只要有任务逾期的。")] = False,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """List joint actions, the newest last (联合奖惩台账)."""
    from jointsanction.cli import initiating  # noqa: PLC0415 - the store, only when it is asked

    initiating.list_all(state, initiating.At(store, tuple(catalogue or ())), overdue=overdue, as_json=as_json)


@initiation_app.command(help="显示一件联合奖惩：发起、响应部门、每一步；自然人脱敏。")
def show(  # noqa: PLR0913 - which, and how
    number: Number,
    *,
    reveal: ToReveal = None,
    unit: Unit = None,
    by: Officer = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Show one joint action (联合奖惩)."""
    from jointsanction.cli import initiating  # noqa: PLC0415 - the store, only when it is asked

    initiating.show_one(number, initiating.At(store, tuple(catalogue or ()), unit, by), reveal=reveal, as_json=as_json)
