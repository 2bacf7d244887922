"""`jointsanction commitment` (信用承诺): commitments made, what became of them, which fall due, and talks."""

from pathlib import Path
from typing import Annotated, Final

import typer

from jointsanction.cli.options import AsJson, Catalogues, Kind, StoreUrl

commitment_app: Final = typer.Typer(no_args_is_help=True)

Number = Annotated[str, typer.Argument(metavar="ID", help="主体的完整证件号码。")]
NumberIfGiven = Annotated[
    str | None, typer.Argument(metavar="ID", help="主体的完整证件号码；凭核查结果登记或列出全部时不写。")
]
Author = Annotated[str, typer.Option("--by", metavar="WHO", help="认定单位或者经办人。")]
Day = Annotated[str | None, typer.Option("--on", metavar="D", help="发生之日 YYYY-MM-DD；默认今天（北京时间）。")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="D", help="看哪一天的情况；默认今天（北京时间）。")]


@commitment_app.callback(help="信用承诺：登记承诺和履约情况，列出将到期和已逾期的，记录约谈；核查时一并显示。")
def commitment() -> None:
    """Hold the commands on commitments (信用承诺)."""


@commitment_app.command(help="登记一项信用承诺；凭核查结果登记的，类型、事项、内容、期限从激励措施取得。")
def make(  # noqa: PLR0913 - the parts of a commitment
    number: NumberIfGiven = None,
    *,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="T", help="承诺类型，例如 主动承诺型、容缺受理型。")
    ] = None,
    content: Annotated[str | None, typer.Option("--content", metavar="TEXT", help="承诺做到什么。")] = None,
    matter: Annotated[str | None, typer.Option("--matter", metavar="M", help="所涉事项的代码或别名。")] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="D", help="履约期限的最后一日 YYYY-MM-DD。")] = None,
    made_on: Annotated[
        str | None, typer.Option("--on", metavar="D", help="作出承诺之日；默认今天（北京时间）。")
    ] = None,
    public: Annotated[bool, typer.Option("--public", help="向社会公开的承诺。")] = False,
    authority: Annotated[str | None, typer.Option("--authority", metavar="WHO", help="承诺受理单位。")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="TEXT", help="承诺书或者出处。")] = None,
    from_answer: Annotated[
        Path | None, typer.Option("--from-answer", metavar="FILE", help="check --json 的输出，登记其中附义务的激励。")
    ] = None,
    measure: Annotated[str | None, typer.Option("--measure", metavar="ID", help="核查结果中的哪一项激励。")] = None,
    kind: Kind = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Keep a commitment (登记信用承诺)."""
    from jointsanction.cli import promising  # noqa: PLC0415 - the store, only when it is asked

    said = {
        "type": type_, "content": content, "matter": matter, "due": due, "made_on": made_on, "public": public,
        "authority": authority, "source": source,
    }  # fmt: skip
    if from_answer is not None:
        promising.make_from_answer(from_answer, measure, said, number=number, store=store)
    else:
        promising.make(number, kind, said, catalogues=catalogue or (), store=store)


@commitment_app.command(help="登记履约事件：履行中、已履约、违背、虚假，以及违诺以后的已信用修复、认定已撤销。")
def event(  # noqa: PLR0913 - the parts of an event
    id_: Annotated[str, typer.Argument(metavar="COMMITMENT", help="承诺编号，见 commitment list。")],
    state: Annotated[str, typer.Argument(metavar="STATE", help="performing、performed、breached、falsified 等。")],
    *,
    by: Author,
    on: Day = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="事由；违背、虚假的必填。")] = None,
    evidence: Annotated[
        str | None, typer.Option("--evidence", metavar="TEXT", help="认定文书或者证据；违背、虚假的必填。")
    ] = None,
    store: StoreUrl = None,
) -> None:
    """Add what became of a commitment (登记履约事件)."""
    from jointsanction.cli import promising  # noqa: PLC0415 - the store, only when it is asked

    promising.add_event(id_, state, (by, on, reason, evidence), store=store)


@commitment_app.command("list", help="列出信用承诺和约谈；给出号码的，只列该主体的，并列出每项的经过。")
def show_all(
    number: NumberIfGiven = None, *, as_of: AsOf = None, as_json: AsJson = False, kind: Kind = None,
    store: StoreUrl = None,
) -> None:  # fmt: skip
    """List commitments and talks (信用承诺台账)."""
    from jointsanction.cli import promising  # noqa: PLC0415 - the store, only when it is asked

    promising.list_all((number, kind), as_of, as_json=as_json, store=store)


@commitment_app.command(help="列出将到期和已逾期、尚未了结的承诺（事前信用预警）。")
def due(
    within: Annotated[int, typer.Option("--within", metavar="DAYS", min=0, help="今后几日内到期。")] = 15,
    *,
    as_of: AsOf = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """List commitments that fall due (将到期的承诺)."""
    from jointsanction.cli import promising  # noqa: PLC0415 - the store, only when it is asked

    promising.list_due(within, as_of, as_json=as_json, store=store)


@commitment_app.command(help="记录一次约谈：提示约谈或者警示约谈，谁约谈的、为什么、结果如何。")
def talk(  # noqa: PLR0913 - the parts of a talk
    number: Number,
    *,
    type_: Annotated[str, typer.Option("--type", metavar="T", help="reminder 提示约谈，或 warning 警示约谈。")],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="约谈单位。")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="约谈事由。")],
    result: Annotated[
        str, typer.Option("--result", metavar="R", help="结果：agreed、rectified、not-rectified 或 refused。")
    ],
    on: Day = None,
    about: Annotated[str | None, typer.Option("--commitment", metavar="ID", help="所涉承诺的编号。")] = None,
    kind: Kind = None,
    store: StoreUrl = None,
) -> None:
    """Keep a talk (记录约谈)."""
    from jointsanction.cli import promising  # noqa: PLC0415 - the store, only when it is asked

    promising.record_talk((number, kind), type_, (by, on, reason, result, about), store=store)
