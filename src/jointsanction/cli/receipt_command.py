"""`jointsanction receipt` (核查凭证)."""

from pathlib import Path
from typing import Annotated, Final

import typer

from jointsanction.cli.options import AsJson, Catalogues, StoreUrl

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


@receipt_app.command(help="复查文件中每一份核查结果：与现在相比变了什么，是目录变了还是名单变了。")
def recheck(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="check --json、tender --json 或逐行核查的输出。")],
    *,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Hold every answer in a file against today's (复查)."""
    from jointsanction.cli import rechecking  # noqa: PLC0415 - the engine, only when it is asked

    rechecking.recheck_file(file, rechecking.open_engine(store, catalogue), as_json=as_json)


@receipt_app.command(help="未核查办件：所列案号中，没有归档核查的，或者核查的是别的主体、别的事项、已过期的。")
def report(
    file: Annotated[
        Path,
        typer.Argument(metavar="CASES.csv", help="列：案号，另可有 事项、证件号码、办理日期；后几列为空即不核对。"),
    ],
    *,
    max_age: Annotated[int, typer.Option("--max-age", metavar="DAYS", help="核查在办理前几日以内有效。", min=0)] = 1,
    as_json: AsJson = False,
    store: StoreUrl = None,
    catalogue: Catalogues = None,
) -> None:
    """Tell which cases were handled without a valid check (未核查办件)."""
    from jointsanction.cli import owing  # noqa: PLC0415 - the engine, only when it is asked

    owing.report(file, max_age, store, tuple(catalogue or ()), as_json=as_json)


@receipt_app.command(help="对外提供：按各名单的公开属性摘出可以提供的内容，盖去或者去掉其余；输出 JSON。")
def disclose(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="check --json、tender --json 或逐行核查的输出。")],
    *,
    to: Annotated[
        str, typer.Option("--to", metavar="WHOM", help="提供给谁：authority 其他机关、subject 本人、anybody 社会公众。")
    ],
    catalogue: Catalogues = None,
) -> None:
    """Write what of the answers in a file may leave, and to whom (对外提供)."""
    from jointsanction.cli import disclosing  # noqa: PLC0415 - the catalogue, only when it is asked

    disclosing.disclose_file(file, to, catalogue or [])
