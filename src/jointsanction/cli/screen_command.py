"""`jointsanction screen` (名册批量核查): everybody in a file, and the file back with the answers beside each."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import (
    Acts,
    AsOf,
    Catalogues,
    CoverageAsked,
    Fields,
    Kind,
    KnownAt,
    Matter,
    PartPlayed,
    Region,
    Stage,
    StoreUrl,
    Traits,
)


def screen(  # noqa: PLR0913 - the command of the contract, packed at once into one question
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="名册：.csv、.xlsx、.parquet（后者须装可选组件 arrow）。")
    ],
    *,
    matter: Matter,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="写到哪里；默认写在名册旁，文件名加“核查”。")
    ] = None,
    id_column: Annotated[
        str | None, typer.Option("--id-column", metavar="H", help="号码所在的列；默认认常见的表头。")
    ] = None,
    name_column: Annotated[
        str | None, typer.Option("--name-column", metavar="H", help="名称所在的列；同名的记录成为候选，须核实。")
    ] = None,
    kind_column: Annotated[str | None, typer.Option("--kind-column", metavar="H", help="主体类别所在的列。")] = None,
    kind: Kind = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: PartPlayed = None,
    region: Region = None,
    phase: Stage = None,
    trait: Traits = None,
    field: Fields = None,
    act: Acts = None,
    coverage: CoverageAsked = "strict",
    answers: Annotated[
        Path | None, typer.Option("--answers", metavar="FILE", help="另将有列入记录者的核查结果全文写成一行一个 JSON。")
    ] = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Answer for everybody in a file (名册批量核查)."""
    from jointsanction.cli import screening  # noqa: PLC0415 - the engine, only when it is asked
    from jointsanction.cli.checking import open_engine  # noqa: PLC0415 - as above

    words = {
        "kind": kind, "as_of": as_of, "known_at": known_at, "role": role, "region": region,
        "phase": phase, "traits": trait or (), "fields": field or (), "acts": act or (), "coverage": coverage,
    }  # fmt: skip
    engine = open_engine(store, catalogue)
    asked = screening.Asked(file, (id_column, name_column, kind_column), engine.open_run(matter, words))
    screening.screen_file(asked, engine.tables.catalog, output=output, answers=answers)
