"""`jointsanction lists` (名单管理): what stands in the store, and what somebody has to look at."""

from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from jointsanction.cli.options import AsJson, AsOf, Catalogues, Statuses, StoreUrl

lists_app: Final = typer.Typer(no_args_is_help=True)

Codes: TypeAlias = Annotated[
    list[str] | None, typer.Option("--list", metavar="CODE", help="只看这些名单；可多次，不写即全部。")
]

Kind: TypeAlias = Annotated[str | None, typer.Option("--kind", metavar="K", help="只看这一类主体，例如 government。")]
Authority: TypeAlias = Annotated[
    str | None, typer.Option("--authority", metavar="NAME", help="只看认定单位含有这几个字的。")
]
Place: TypeAlias = Annotated[
    str | None, typer.Option("--region", metavar="C", help="只看这个六位行政区划代码以内的记录。")
]
WorkingDays: TypeAlias = Annotated[
    int | None, typer.Option("--working-days", metavar="N", help="期限为几个工作日，例如 7。")
]
Days: TypeAlias = Annotated[int | None, typer.Option("--days", metavar="N", help="期限为几日（自然日），例如 15。")]
CalendarPath: TypeAlias = Annotated[
    Path | None, typer.Option("--calendar", metavar="FILE", help="工作日日历，CSV 或者 YAML；不写只计周末。")
]
Began: TypeAlias = Annotated[
    str | None, typer.Option("--since", metavar="D", help="只判断起算日在这一天以后（含）的记录。")
]


@lists_app.callback(help="名单管理：概况、新旧、退出清单、疑似重复、前后对比、白名单。")
def lists() -> None:
    """Hold the commands on what stands in the store (名单管理)."""


@lists_app.command(help="各名单的概况：在列、已结束、存疑多少条，号码校验情况，最新一期何时收到、是否过期。")
def status(  # noqa: PLR0913 - the filters of a work list
    lists: Codes = None,
    *,
    wanted: Statuses = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Show the figures of each list (名单概况)."""
    from jointsanction.cli import listing  # noqa: PLC0415 - the store, only when it is asked

    scope = listing.Scope(store, tuple(catalogue or ()), tuple(lists or ()), as_of, statuses=tuple(wanted or ()))
    listing.show_status(scope, as_json=as_json)


@lists_app.command(help="退出清单：应退未退、即将到期、已可申请修复、待核实的记录，最急的在前，并写明还缺什么。")
def exits(  # noqa: PLR0913 - the filters of a work list
    lists: Codes = None,
    *,
    within: Annotated[int, typer.Option("--within", metavar="N", help="几天以内到期的算即将到期。")] = 30,
    wanted: Statuses = None,
    kind: Kind = None,
    authority: Authority = None,
    region: Place = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Show who should leave, and when (退出清单)."""
    from jointsanction.cli import listing  # noqa: PLC0415 - as above

    told = tuple(catalogue or ()), tuple(lists or ())
    scope = listing.Scope(store, *told, as_of, region, authority, kind=kind, statuses=tuple(wanted or ()))
    listing.show_exits(scope, within, as_json=as_json)


@lists_app.command(help="疑似重复：只供核对，程序从不合并记录。")
def doubles(
    lists: Codes = None, as_json: AsJson = False, store: StoreUrl = None, catalogue: Catalogues = None,  # noqa: FBT002 - a switch of the command line
) -> None:  # fmt: skip
    """Show rows that may be one (疑似重复)."""
    from jointsanction.cli import listing  # noqa: PLC0415 - as above

    listing.show_doubles(listing.Scope(store, tuple(catalogue or ()), tuple(lists or ())), as_json=as_json)


@lists_app.command(help="前后对比：两个日期之间各名单在列的增减，用于专项治理。")
def compare(  # noqa: PLR0913 - the filters of a work list
    first: Annotated[str, typer.Argument(metavar="FROM", help="前一日期 YYYY-MM-DD。")],
    second: Annotated[str, typer.Argument(metavar="TO", help="后一日期 YYYY-MM-DD。")],
    *,
    lists: Codes = None,
    kind: Kind = None,
    authority: Authority = None,
    region: Place = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Show how many came and went between two days (前后对比)."""
    from jointsanction.cli import listing  # noqa: PLC0415 - as above

    scope = listing.Scope(store, tuple(catalogue or ()), tuple(lists or ()), first, region, authority, kind=kind)
    listing.show_moves(scope, second, as_json=as_json)


@lists_app.command(help="迟报和缺期：晚于期限才收到的记录，应到未到的完整一期；期限各地不同，由您填。")
def late(  # noqa: PLR0913 - a term, and the filters of a work list
    lists: Codes = None,
    *,
    working_days: WorkingDays = None,
    days: Days = None,
    calendar: CalendarPath = None,
    since: Began = None,
    authority: Authority = None,
    region: Place = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Show what came late, and what did not come (迟报、缺期)."""
    from jointsanction.cli import arriving, listing, reckoning  # noqa: PLC0415 - as above

    scope = listing.Scope(store, tuple(catalogue or ()), tuple(lists or ()), as_of, region, authority)
    arriving.show_late(scope, reckoning.Term(working_days, days, calendar, None), since, as_json=as_json)


@lists_app.command(help="报送情况：每个报送单位报了多少，号码有误多少，收到异议、异议成立多少；写了期限的，迟报多少。")
def providers(  # noqa: PLR0913 - as above
    lists: Codes = None,
    *,
    working_days: WorkingDays = None,
    days: Days = None,
    calendar: CalendarPath = None,
    since: Began = None,
    region: Place = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Show what each provider brought, and what became of it (谁提供、谁负责)."""
    from jointsanction.cli import arriving, listing, reckoning  # noqa: PLC0415 - as above

    scope = listing.Scope(store, tuple(catalogue or ()), tuple(lists or ()), None, region)
    arriving.show_providers(scope, reckoning.Term(working_days, days, calendar, None), since, as_json=as_json)


@lists_app.command(help="白名单筛选：在某红名单上、没有现行黑名单记录、等级不低于某级的主体，号码隐去后导出。")
def white(  # noqa: PLR0913 - the conditions of a selection
    code: Annotated[str, typer.Argument(metavar="CODE", help="红名单代码或名称，例如 RL.TAXA。")],
    output: Annotated[Path, typer.Argument(metavar="FILE.csv", help="写到这里。")],
    *,
    grade: Annotated[
        str | None, typer.Option("--grade", metavar="G", help="信用等级不低于，例如 trustworthy；等级不能确定的不选。")
    ] = None,
    whole: Annotated[bool, typer.Option("--whole", help="号码不隐去；只限有权共享的单位之间。")] = False,
    region: Place = None,
    wanted: Statuses = None,
    as_of: AsOf = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Select the trustworthy and export them (白名单筛选)."""
    from jointsanction.cli import whitelisting  # noqa: PLC0415 - the engine, only when it is asked

    chosen = whitelisting.Chosen(code, grade, region, as_of, tuple(wanted or ()), whole=whole)
    whitelisting.export_white(chosen, output, store, tuple(catalogue or ()))
