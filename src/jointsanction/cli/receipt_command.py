"""`jointsanction receipt` (核查凭证)."""

from pathlib import Path
from typing import Annotated, Final

import typer

receipt_app: Final = typer.Typer(no_args_is_help=True)


@receipt_app.callback(help="核查凭证：核验一份核查结果在出具之后有没有被改动。")
def receipt() -> None:
    """Hold the commands on receipts (核查凭证)."""


@receipt_app.command(help="核验文件中每一份核查结果的凭证；改动过的，退出码为 3。")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="check --json、tender --json 或逐行核查的输出。")],
) -> None:
    """Verify every answer in a file (核验凭证)."""
    from jointsanction.cli import verifying  # noqa: PLC0415 - only when it is asked

    verifying.verify_file(file)
