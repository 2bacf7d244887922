"""`jointsanction check` (一键核查): one subject from the arguments, or many questions from stdin."""

from pathlib import Path
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

_CASES: Final = ".test.yaml"


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
    occupation: Annotated[
        list[str] | None, typer.Option("--occupation", metavar="O", help="本人的职业，例如 lawyer、teacher。可多次。")
    ] = None,
    related: Annotated[
        list[str] | None,
        typer.Option("--related", metavar="RELATION:ID", help="关联方，例如 legal-representative:号码。可多次。"),
    ] = None,
    act: Acts = None,
    coverage: CoverageAsked = "strict",
    date: CaseDates = None,
    why: Why = False,
    save_case: Annotated[
        Path | None,
        typer.Option("--save-case", metavar="FILE", help="把这次核查存为用例，添在 *.test.yaml 之末；主体换成虚构的。"),
    ] = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Answer one question from the arguments, or those on stdin (一键核查)."""
    words = {
        "kind": kind, "matter": matter, "as_of": as_of, "known_at": known_at, "role": role, "region": region,
        "phase": phase, "traits": trait or (), "fields": field or (), "size": size, "related": related or (),
        "acts": act or (), "coverage": coverage, "dates": date or (), "explain": why,
        "occupations": occupation or (),
    }  # fmt: skip
    from jointsanction.cli import checking  # noqa: PLC0415 - the engine, only when it is asked

    if save_case is not None:
        _refuse_unsavable(save_case, identifier, known_at)
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
        {**words, "subject": identifier, "name": name},
        checking.open_engine(store, catalogue),
        as_json=as_json,
        save_case=save_case,
    )


def _refuse_unsavable(path: Path, identifier: str | None, known_at: str | None) -> None:
    """Refuse what can't be kept as a case, before anything is asked."""
    if not path.name.endswith(_CASES):
        message = f"用例文件名应以 {_CASES} 结尾，不是“{path.name}”。"
        raise QuestionError("question.case_file", message, f"例如 --save-case cases{_CASES}。")
    if identifier == STDIN or known_at is not None:
        message = "--save-case 只存一次按现有名单作的核查，不能与 - 或 --known-at 同用。"
        raise QuestionError("question.usage", message, "去掉其中一个。")
