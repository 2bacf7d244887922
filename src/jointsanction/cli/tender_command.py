"""`jointsanction tender` (投标人批量核查): every bidder of a tender, consortia as one."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import (
    Acts,
    AsJson,
    AsOf,
    CaseDates,
    Catalogues,
    CoverageAsked,
    Fields,
    KnownAt,
    Matter,
    PartPlayed,
    Region,
    Stage,
    StoreUrl,
    Traits,
    Why,
)


def tender(  # noqa: PLR0913 - the command of the contract, packed at once into one question
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="CSV 或 JSON，列为 id、kind、name、role、group；同一 group 为一个联合体。"),
    ],
    *,
    matter: Matter,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: PartPlayed = None,
    region: Region = None,
    phase: Stage = None,
    trait: Traits = None,
    field: Fields = None,
    act: Acts = None,
    coverage: CoverageAsked = "strict",
    date: CaseDates = None,
    why: Why = False,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Answer for every bidder of a tender; the other options hold for all (投标人批量核查)."""
    from jointsanction.cli import tendering  # noqa: PLC0415 - the engine, only when it is asked

    words = {
        "matter": matter, "as_of": as_of, "known_at": known_at, "role": role, "region": region, "phase": phase,
        "traits": trait or (), "fields": field or (), "acts": act or (), "coverage": coverage,
        "dates": date or (), "explain": why,
    }  # fmt: skip
    tendering.answer_tender(file, words, tendering.open_engine(store, catalogue), as_json=as_json)
