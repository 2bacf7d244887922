"""`jointsanction loop` (闭环): checks that are filed, carried out, fed back, reported and counted."""

from pathlib import Path
from typing import Annotated, Final

import typer

from jointsanction.cli.loop_options import (
    CaseNumber,
    CheckNumber,
    Officer,
    OfUnit,
    Purpose,
    Since,
    Unit,
    Until,
)
from jointsanction.cli.options import AsJson, Catalogues, Matter, StoreUrl
from jointsanction.cli.question_options import QuestionOptions, SharedOptions, takes_question

loop_app: Final = typer.Typer(no_args_is_help=True)


@loop_app.callback(help="闭环：核查归档、执行、反馈、案例、统计。台账与名单库放在一起。")
def loop() -> None:
    """Hold the commands on what follows a check (闭环)."""


@loop_app.command(help="核查一个主体并归档：答案整份保存，给出核查编号，记入审计；选项与 check 相同。")
@takes_question
def check(  # noqa: PLR0913 - a question, and who asks it
    identifier: Annotated[str | None, typer.Argument(metavar="ID", help="证件号码；只有名称的用 --name。")] = None,
    *,
    matter: Matter,
    purpose: Purpose,
    case: CaseNumber = None,
    question: QuestionOptions,
    unit: Unit = None,
    by: Officer = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Check a subject and file the answer (核查归档)."""
    words = {**question.about(identifier), "matter": matter, "case": case}
    from jointsanction.cli import filing  # noqa: PLC0415 - the store, only when it is asked

    at = filing.At(store, tuple(catalogue or ()), unit, by)
    filing.check(words, at, purpose=purpose, as_json=as_json)


@loop_app.command(help="核查一次交易的全部投标人并归档：一个交易编号，每家一个核查编号；选项与 tender 相同。")
@takes_question
def tender(  # noqa: PLR0913 - a question, and who asks it
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV 或 JSON，列为 id、kind、name、role、group，同 tender 命令。")
    ],
    *,
    matter: Matter,
    purpose: Purpose,
    case: CaseNumber = None,
    question: SharedOptions,
    unit: Unit = None,
    by: Officer = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Check the bidders of a tender and file the answers (投标人批量核查归档)."""
    from jointsanction.cli import filing  # noqa: PLC0415 - the store, only when it is asked

    at = filing.At(store, tuple(catalogue or ()), unit, by)
    filing.tender(file, matter, {**question.words(), "case": case}, at, purpose=purpose, as_json=as_json)


@loop_app.command(help="一次核查的执行计划和进展：依法直接执行的，须由人决定的，已执行、已反馈的。")
def plan(number: CheckNumber, *, as_json: AsJson = False, store: StoreUrl = None, catalogue: Catalogues = None) -> None:
    """Show what a filed check asks to be done, and how far it has come (执行计划)."""
    from jointsanction.cli import filing  # noqa: PLC0415 - the store, only when it is asked

    filing.plan(number, filing.At(store, tuple(catalogue or ())), as_json=as_json)


@loop_app.command(help="登记执行：法律规定“应当”的直接登记；“可以”的须写明决定人，没有决定的不动。")
def execute(  # noqa: PLR0913 - decisions, and who enters them
    number: CheckNumber,
    *,
    decide: Annotated[
        list[str] | None,
        typer.Option(
            "--decide",
            metavar="ITEM:yes|no|impossible",
            help="对第几项（从 0 起）的决定：执行、不予执行、未能执行。可多次。",
        ),
    ] = None,
    decider: Annotated[str | None, typer.Option("--decider", metavar="WHO", help="作出决定的人。")] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="不予执行、未能执行的理由。")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="D", help="决定日期；默认今天。")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试运行，不登记。")] = False,
    unit: Unit = None,
    by: Officer = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Keep what was decided and done about a check (执行)."""
    from jointsanction.cli import filing  # noqa: PLC0415 - the store, only when it is asked

    decided = filing.Decided(tuple(decide or ()), decider, reason, on)
    filing.execute(number, decided, filing.At(store, tuple(catalogue or ()), unit, by), dry_run=dry_run)


@loop_app.command(help="执行反馈：哪一项、依据、处理方式、结果、金额、日期、部门、经办人，逐项核验后登记。")
def feedback(  # noqa: PLR0913 - the parts of a feedback
    number: CheckNumber,
    *,
    item: Annotated[int, typer.Option("--item", metavar="N", help="执行计划中的第几项，从 0 起。")],
    basis: Annotated[
        str, typer.Option("--basis", metavar="INSTRUMENT[:ARTICLE]", help="所选依据，须是该项措施的依据之一。")
    ],
    handling: Annotated[
        str, typer.Option("--handling", metavar="applied|other", help="处理方式：实施奖惩，或者其他。")
    ],
    result: Annotated[str, typer.Option("--result", metavar="TEXT", help="处理结果。")] = "",
    on: Annotated[str | None, typer.Option("--on", metavar="D", help="处理日期；默认今天。")] = None,
    department: Annotated[str, typer.Option("--department", metavar="D", help="实施部门。")],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="经办人。")],
    amount: Annotated[str | None, typer.Option("--amount", metavar="YUAN", help="涉及金额，元。")] = None,
    typical: Annotated[bool, typer.Option("--typical", help="申报为典型案例。")] = False,
    corrects: Annotated[str | None, typer.Option("--corrects", metavar="FK…", help="更正哪一条反馈。")] = None,
    unit: Unit = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Feed back on one finding of a check (执行反馈)."""
    from jointsanction.cli import filing  # noqa: PLC0415 - the store, only when it is asked

    said = {
        "check": number, "item": item, "basis": basis, "handling": handling, "result": result, "done_on": on,
        "department": department, "officer": by, "amount": amount, "typical": typical, "corrects": corrects,
    }  # fmt: skip
    filing.feed_back(said, filing.At(store, tuple(catalogue or ()), unit, by))


@loop_app.command(help="待反馈：应反馈而未反馈的事项，期限最近的在前。")
def pending(
    *,
    of_unit: OfUnit = None,
    due_by: Annotated[str | None, typer.Option("--due-by", metavar="D", help="只要期限在该日或者以前的。")] = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """List what is owed and was not fed back (待反馈)."""
    from jointsanction.cli import filing  # noqa: PLC0415 - the store, only when it is asked

    filing.pending(of_unit, due_by, store, as_json=as_json)


@loop_app.command(help="查看归档核查的明文（完整号码、名称）；须写明理由，记入审计。")
def reveal(  # noqa: PLR0913 - the options of the command
    number: CheckNumber,
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="为何查看。")],
    unit: Unit = None,
    by: Officer = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Show a filed check unmasked (查看明文)."""
    from jointsanction.cli import filing  # noqa: PLC0415 - the store, only when it is asked

    filing.reveal(number, reason, filing.At(store, tuple(catalogue or ()), unit, by))


@loop_app.command(help="案例核验：一条反馈作为奖惩案例是否合格，不合格的逐条说明。")
def judge(
    number: Annotated[str, typer.Argument(metavar="FK…", help="反馈编号。")],
    *,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Tell whether a case qualifies (案例核验)."""
    from jointsanction.cli import casing  # noqa: PLC0415 - the store, only when it is asked

    casing.judge(number, casing.At(store, tuple(catalogue or ())), as_json=as_json)


@loop_app.command(help="案例上报：把一段时间的案例写成文件，按接收方的表头；默认遮盖号码和姓名，只写合格的。")
def cases(  # noqa: PLR0913 - which cases, and how they leave
    output: Annotated[Path, typer.Argument(metavar="FILE", help="写到这里；原有的文件在写完以后整个替换。")],
    *,
    form: Annotated[
        str | None, typer.Option("--format", metavar="csv|json|xml", help="格式；不写则按文件名的后缀。")
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="P.yaml", help="案例导出对应文件，或随附的名称 pinyin_cases。")
    ] = None,
    since: Since = None,
    until: Until = None,
    of_unit: OfUnit = None,
    every: Annotated[bool, typer.Option("--all", help="不合格的也写，连同原因。")] = False,
    typical: Annotated[bool, typer.Option("--typical", help="只写典型案例。")] = False,
    reveal: Annotated[
        str | None, typer.Option("--reveal", metavar="REASON", help="不遮盖号码和姓名，写明理由，记入审计。")
    ] = None,
    unit: Unit = None,
    by: Officer = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Write cases for another system (案例上报)."""
    from jointsanction.cli import casing  # noqa: PLC0415 - the store, only when it is asked

    wanted = casing.Wanted(output, form, profile, since, until, of_unit, every, typical, reveal)
    casing.export(wanted, casing.At(store, tuple(catalogue or ()), unit, by))


@loop_app.command(help="统计：核查、命中、执行、反馈、按期反馈各多少，按所列各项分组；以核查当日为准。")
def statistics(  # noqa: PLR0913 - which figures, and where to
    *,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="A,B", help="unit、region、matter、list、list_kind、measure、effect、department，逗号隔开。"
        ),
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="day|month|quarter|year", help="再按期间分组。")
    ] = None,
    since: Since = None,
    until: Until = None,
    of_unit: OfUnit = None,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE.csv", help="写成 CSV 文件。")] = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Count checks and what became of them (统计分析)."""
    from jointsanction.cli import counting  # noqa: PLC0415 - the store, only when it is asked

    wanted = counting.Wanted(by, period, since, until, of_unit, tuple(catalogue or ()))
    counting.statistics(wanted, output, store, as_json=as_json)
