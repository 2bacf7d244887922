"""`jointsanction catalog search` and `catalog stats` (检索、统计): what a catalogue holds."""

from typing import Annotated

import typer

from jointsanction.cli.options import AsJson, Catalogues


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="要找的词，可以几个，全部出现才算找到。")],
    *,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="列出前几条。")] = 20,
    as_json: AsJson = False,
    catalogue: Catalogues = None,
) -> None:
    """Find entries by their words (目录检索)."""
    from jointsanction.cli import searching  # noqa: PLC0415 - the catalogue, only when it is asked

    searching.show_hits(" ".join(words), catalogue or [], limit=limit, as_json=as_json)


def stats(*, as_json: AsJson = False, catalogue: Catalogues = None) -> None:
    """Tell how many of what a catalogue holds (目录统计)."""
    from jointsanction.cli import searching  # noqa: PLC0415 - the catalogue, only when it is asked

    searching.show_statistics(catalogue or [], as_json=as_json)
