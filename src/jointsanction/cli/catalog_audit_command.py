"""`jointsanction catalog audit` (清理): what has become of a catalogue in the course of the law."""

from typing import Annotated

import typer

from jointsanction.cli.options import AsJson, Catalogues


def audit(
    *,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="D", help="按哪一天的法律看 YYYY-MM-DD；默认今天。")
    ] = None,
    within: Annotated[int, typer.Option("--within", metavar="N", help="依据在多少天以内失效的也列出。")] = 90,
    as_json: AsJson = False,
    catalogue: Catalogues = None,
) -> None:
    """Tell what to clean in a catalogue on a day (清理)."""
    from jointsanction.cli import auditing  # noqa: PLC0415 - YAML, only when it is asked

    auditing.show_audit(catalogue or [], as_of, within, as_json=as_json)
