"""`jointsanction catalog coverage` (用例覆盖): what the cases show of each measure, and what they leave out."""

from typing import Annotated

import typer

from jointsanction.cli.options import AsJson, Catalogues


def coverage(
    *,
    catalogue: Catalogues = None,
    as_json: AsJson = False,
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", metavar="PERCENT", help="覆盖低于这个百分数的，退出码为 3。")
    ] = None,
) -> None:
    """Tell what the cases beside the measures show (用例覆盖)."""
    from jointsanction.cli import covering  # noqa: PLC0415 - YAML, only when it is asked

    covering.show_coverage(catalogue or [], fail_under, as_json=as_json)
