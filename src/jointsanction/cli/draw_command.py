"""`jointsanction draw` (双随机抽取): whom to inspect and by whom, weighted by credit, and so that it can be redone."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import AsJson, AsOf, Catalogues, CoverageAsked, Fields, KnownAt, Matter, Region, StoreUrl


def draw(  # noqa: PLR0913 - the command of the contract, packed at once into one question
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="检查对象名录，CSV、Excel 或 JSON，列为 id、kind、name；号码必填。")
    ],
    *,
    seed: Annotated[
        str, typer.Option("--seed", metavar="TEXT", help="随机种子：事先公布、事后可查；同一种子、同一名录得同一结果。")
    ],
    count: Annotated[int, typer.Option("--count", metavar="N", help="抽取多少个检查对象。")],
    matter: Matter = "INSP.FREQ",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    region: Region = None,
    field: Fields = None,
    coverage: CoverageAsked = "strict",
    weight: Annotated[
        list[str] | None, typer.Option("--weight", metavar="WORD=W", help="自定权重，例如 key=4；0 即不抽取。可多次。")
    ] = None,
    inspectors: Annotated[
        Path | None,
        typer.Option("--inspectors", metavar="FILE", help="执法检查人员名录，列为 name、avoid（须回避的对象号码）。"),
    ] = None,
    each: Annotated[int, typer.Option("--each", metavar="N", help="每个检查对象选派几名执法检查人员。")] = 2,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Draw subjects to inspect, the less trusted the likelier (双随机抽取)."""
    from jointsanction.cli import lots  # noqa: PLC0415 - the engine, only when it is asked

    words = {
        "matter": matter, "as_of": as_of, "known_at": known_at, "region": region, "fields": field or (),
        "coverage": coverage,
    }  # fmt: skip
    wanted = lots.Wanted(file, seed, count, tuple(weight or ()), inspectors, each)
    lots.draw_lots(wanted, words, lots.open_engine(store, catalogue), as_json=as_json)
