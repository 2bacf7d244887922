"""`jointsanction catalog export` and `catalog import` (三清单): the catalogue as a workbook, and back."""

from pathlib import Path
from typing import Annotated

import typer

from jointsanction.cli.options import Catalogues


def export_sheets(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="写到哪里：.xlsx，或没有后缀的文件夹；已有的不覆盖。")],
    *,
    form: Annotated[
        str, typer.Option("--form", metavar="lists|five", help="lists 三清单及其依据、权责清单；five 五列的措施清单。")
    ] = "lists",
    catalogue: Catalogues = None,
) -> None:
    """Write the catalogue as sheets (导出三清单)."""
    from jointsanction.cli import sheeting  # noqa: PLC0415 - the catalogue, only when it is asked

    sheeting.export_sheets(file, form, catalogue or [])


def import_sheets(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="catalog export 那样的 .xlsx，或 CSV 文件夹。")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="目录文件写到哪里；已有的文件不覆盖。")],
    catalogue: Catalogues = None,
) -> None:
    """Write the files of a catalogue from sheets (导入三清单)."""
    from jointsanction.cli import sheeting  # noqa: PLC0415 - the catalogue, only when it is asked

    sheeting.import_sheets(file, out, catalogue or [])
