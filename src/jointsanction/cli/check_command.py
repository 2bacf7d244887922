"""`jointsanction check` (一键核查): one subject from the arguments, or many questions from stdin."""

from typing import Annotated, Final

import typer

from jointsanction.cli.options import (
    Acts,
    AsJson,
    AsOf,
    CaseDates,
    Catalogues,
    CoverageAsked,
    Fields,
    Kind,
    KnownAt,
    MatterIfGiven,
    PartPlayed,
    Region,
    Stage,
    StoreUrl,
    Traits,
    Why,
)
from jointsanction.errors import QuestionError

STDIN: Final = "-"
"""What stands for the questions on stdin."""


def check(  # noqa: PLR0913 - the command of the contract, packed at once into one question
    identifier: Annotated[
        str | None, typer.Argument(metavar="ID", help="证件号码；写 - 则从标准输入逐行读取 JSON 问题。")
    ] = None,
    *,
    name: Annotated[str | None, typer.Option("--name", metavar="N", help="名称；仅有名称只能得到候选。")] = None,
    kind: Kind = None,
    matter: MatterIfGiven = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: PartPlayed = None,
    region: Region = None,
    phase: Stage = None,
    trait: Traits = None,
    field: Fields = None,
    size: Annotated[str | None, typer.Option("--size", metavar="S", help="企业规模，例如 large、micro。")] = None,
    related: Annotated[
        list[str] | None,
        typer.Option("--related", metavar="RELATION:ID", help="关联方，例如 legal-representative:号码。可多次。"),
    ] = None,
    act: Acts = None,
    coverage: CoverageAsked = "strict",
    date: CaseDates = None,
    why: Why = False,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Answer one question from the arguments, or those on stdin (一键核查)."""
    words = {
        "kind": kind, "matter": matter, "as_of": as_of, "known_at": known_at, "role": role, "region": region,
        "phase": phase, "traits": trait or (), "fields": field or (), "size": size, "related": related or (),
        "acts": act or (), "coverage": coverage, "dates": date or (), "explain": why,
    }  # fmt: skip
    from jointsanction.cli import checking  # noqa: PLC0415 - the engine, only when it is asked

    if identifier == STDIN:
        checking.answer_stream(words, checking.open_engine(store, catalogue))
        return
    if identifier is None and name is None:
        raise QuestionError(
            "question.usage", "缺少证件号码：要核查谁。", "给出号码；只有名称的用 --name；逐行核查写 -。"
        )
    if matter is None:
        raise QuestionError("question.usage", "缺少选项 --matter：要核查的事项。", "例如 --matter procurement。")
    checking.answer_one(
        {**words, "subject": identifier, "name": name}, checking.open_engine(store, catalogue), as_json=as_json
    )
