"""`jointsanction catalog lint` (合法性检查): what the law would not allow or not carry."""

from typing import Annotated

import typer

from jointsanction.cli.options import Catalogues


def lint(
    *,
    catalogue: Catalogues = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="D", help="按哪一天的法律检查 YYYY-MM-DD；默认今天。")
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|sarif|github",
            help="报告格式：文本、JSON、SARIF 2.1.0、GitHub Actions 行内标注。",
        ),
    ] = "text",
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on", metavar="error|warning|info|never", help="从哪一级意见起退出码为 3；装载不了的一律为 3。"
        ),
    ] = "error",
) -> None:
    """Tell what the law would not allow or not carry (合法性检查)."""
    from jointsanction.cli import linting  # noqa: PLC0415 - YAML, only when it is asked

    linting.lint_roots(catalogue or [], as_of, form, fail_on)
