"""`jointsanction grades` (分级结果归集共享): the level of everybody, with the versions it rests on."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import AsOf, Catalogues, CoverageAsked, KnownAt, Matter, Region, StoreUrl


def grades(  # noqa: PLR0913 - the command of the contract, packed at once into one question
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="主体名录，列为 id、kind、name；不写即名单库中每一个有完整号码的主体。"),
    ] = None,
    *,
    matter: Matter = "INSP.CLASS",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    region: Region = None,
    coverage: CoverageAsked = "strict",
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="写到这里：.json 或 .csv；不写则输出 JSON。")
    ] = None,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Export the level of each subject with the versions it rests on (分级结果)."""
    from jointsanction.cli import grading  # noqa: PLC0415 - the engine, only when it is asked

    words = {"matter": matter, "as_of": as_of, "known_at": known_at, "region": region, "coverage": coverage}
    grading.export_grades(file, words, grading.Source(store, tuple(catalogue or ())), output)
