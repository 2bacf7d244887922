"""`jointsanction tender` (投标人批量核查): every bidder of a tender, consortia as one."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import AsJson, Catalogues, Matter, StoreUrl
from jointsanction.cli.question_options import SharedOptions, takes_question


@takes_question
def tender(  # noqa: PLR0913 - the command of the contract
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="CSV 或 JSON，列为 id、kind、name、role、group；同一 group 为一个联合体。"),
    ],
    *,
    matter: Matter,
    question: SharedOptions,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Answer for every bidder of a tender; the other options hold for all (投标人批量核查)."""
    from jointsanction.cli import tendering  # noqa: PLC0415 - the engine, only when it is asked

    words = {"matter": matter, **question.words()}
    tendering.answer_tender(file, words, tendering.open_engine(store, catalogue), as_json=as_json)
