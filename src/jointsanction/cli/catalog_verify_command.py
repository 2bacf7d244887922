"""`jointsanction catalog verify` (条文核对): does every citation say what the statute says?"""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import Catalogues


def verify(
    *,
    statutes: Annotated[
        Path,
        typer.Option(
            "--statutes",
            metavar="DIR",
            help="法律文本所在文件夹，一个版本一个文件：标题(YYYY-MM-DD).md，每条以“第…条”起行。",
        ),
    ],
    write: Annotated[
        bool, typer.Option("--write", help="把核对通过而还没有指纹的条文，写进依据文件的 checked；已有的不动。")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON 文档。")] = False,
    catalogue: Catalogues = None,
) -> None:
    """Hold every citation against the statutes (条文核对)."""
    from jointsanction.cli import citing  # noqa: PLC0415 - YAML, only when it is asked

    citing.verify_citations(statutes, catalogue or [], write=write, as_json=as_json)
