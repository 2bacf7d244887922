"""`jointsanction catalog` (目录): what the author of measures types."""

from pathlib import Path
from typing import Annotated, Final

import typer

from jointsanction.cli.options import Catalogues

catalog_app: Final = typer.Typer(no_args_is_help=True)


@catalog_app.callback(help="目录：检查合法性、运行用例、查看条目、导出编辑器用的结构、生成目录包。")
def catalog() -> None:
    """Hold the commands on catalogues (目录)."""


@catalog_app.command(help="检查合法性：读得了但法律不允许或支撑不了的，逐条指出位置；有 error 的，退出码为 3。")
def lint(
    *,
    catalogue: Catalogues = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="D", help="按哪一天的法律检查 YYYY-MM-DD；默认今天。")
    ] = None,
) -> None:
    """Tell what the law would not allow or not carry (合法性检查)."""
    from jointsanction.cli import cataloguing  # noqa: PLC0415 - YAML, only when it is asked

    cataloguing.lint_roots(catalogue or [], as_of)


@catalog_app.command("test", help="运行 *.test.yaml 用例；有不符的，退出码为 3。")
def run_cases(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="用例文件或其所在目录；默认 --catalogue 各目录，再默认随附目录。"),
    ] = None,
    *,
    catalogue: Catalogues = None,
) -> None:
    """Run the cases beside the data (用例)."""
    from jointsanction.cli import cataloguing  # noqa: PLC0415 - YAML, only when it is asked

    cataloguing.run_tests(paths or [], catalogue or [])


@catalog_app.command(help="说明一个条目：对象、事项、尺度、依据、处置。")
def explain(
    name: Annotated[str, typer.Argument(metavar="ID", help="措施、名单、事项、依据文件等的代码、名称或别名。")],
    *,
    catalogue: Catalogues = None,
) -> None:
    """Tell what an entry says (条目说明)."""
    from jointsanction.cli import cataloguing  # noqa: PLC0415 - the catalogue, only when it is asked

    cataloguing.explain_entry(name, catalogue or [])


@catalog_app.command(help="导出 JSON Schema：编辑目录文件时补全和校验，以及核查结果文档的结构。")
def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="只输出这一个，例如 measure、cases、result；不写则列出全部名称。"),
    ] = None,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="DIR", help="把全部 JSON Schema 写入该目录。")
    ] = None,
) -> None:
    """Export JSON Schema (导出结构)."""
    from jointsanction.cli import cataloguing  # noqa: PLC0415 - pydantic, only when it is asked

    cataloguing.export_schemas(name, output)


@catalog_app.command(help="生成目录包：随附目录与自有目录合为一个 JSON 文件，并给出版本。")
def build(
    *,
    output: Annotated[Path, typer.Option("--output", metavar="FILE", help="目录包写到哪里。")] = Path("catalogue.json"),
    catalogue: Catalogues = None,
) -> None:
    """Compile the catalogue into one file (生成目录包)."""
    from jointsanction.cli import cataloguing  # noqa: PLC0415 - YAML, only when it is asked

    cataloguing.build_bundle(output, catalogue or [])
