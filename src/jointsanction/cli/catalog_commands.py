"""`jointsanction catalog` (目录): what the author of measures types."""

from pathlib import Path
from typing import Annotated, Final

import typer

from jointsanction.cli.catalog_audit_command import audit
from jointsanction.cli.catalog_coverage_command import coverage
from jointsanction.cli.catalog_diff_command import diff
from jointsanction.cli.catalog_fmt_command import fmt
from jointsanction.cli.catalog_lint_command import lint
from jointsanction.cli.catalog_new_command import new
from jointsanction.cli.catalog_search_command import search, stats
from jointsanction.cli.catalog_sheets_command import export_sheets, import_sheets
from jointsanction.cli.catalog_verify_command import verify
from jointsanction.cli.options import Catalogues

catalog_app: Final = typer.Typer(no_args_is_help=True)


@catalog_app.callback(
    help="目录：检查合法性、运行用例、查看条目、从措施清单起草、看备忘录由什么承接、导出编辑器用的结构、生成目录包。"
)
def catalog() -> None:
    """Hold the commands on catalogues (目录)."""


catalog_app.command(
    help="检查合法性：读得了但法律不允许或支撑不了的，逐条指出位置；有 error 的，退出码为 3（--fail-on 可改）。"
)(lint)


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


@catalog_app.command(help="写出措施清单的导入模板：措施、内容、对象、法规政策依据、实施主体五列，带一行虚构示例。")
def template(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="写到哪里，.csv 或 .xlsx；已有的文件不覆盖。")],
    *,
    effect: Annotated[
        str, typer.Option("--effect", metavar="restriction|incentive", help="惩戒措施还是激励措施。")
    ] = "restriction",
) -> None:
    """Write the template of a measure list (措施清单模板)."""
    from jointsanction.cli import drafting  # noqa: PLC0415 - pydantic, only when it is asked

    drafting.write_template(file, effect)


@catalog_app.command(
    help="由措施清单（CSV、XLSX）逐行起草措施和依据文件；读不出的标 TODO，待补齐才能装载；任何一行读不了则全部不写。"
)
def draft(
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="五列的措施清单，表头同 catalog template。")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="草稿写到哪个目录；已有的文件不覆盖。")],
    effect: Annotated[
        str | None,
        typer.Option("--effect", metavar="restriction|incentive", help="惩戒措施还是激励措施；默认看表头。"),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="工作表名称；默认取表头最相符的一张。")
    ] = None,
    catalogue: Catalogues = None,
) -> None:
    """Draft measures from a measure list (起草措施)."""
    from jointsanction.cli import drafting  # noqa: PLC0415 - the catalogue, only when it is asked

    drafting.write_drafts(table, out, effect, sheet=sheet, catalogues=catalogue or [])


@catalog_app.command(
    help="备忘录迁移：每件备忘录、联合文件、规范性文件涉及的名单和事项，现在由哪条措施凭什么依据承接。"
)
def migration(
    *,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="D", help="按哪一天的法律看 YYYY-MM-DD；默认今天。")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON 文档。")] = False,
    catalogue: Catalogues = None,
) -> None:
    """Tell what became of the memoranda (备忘录迁移)."""
    from jointsanction.cli import migrating  # noqa: PLC0415 - the catalogue, only when it is asked

    migrating.show_migration(catalogue or [], as_of, as_json=as_json)


catalog_app.command(
    "audit",
    help="清理：到某一天，哪些条目的依据已经或将要失效、与全国措施重复、地域过宽、仍凭备忘录、未核对，逐条说明缘由。",
)(audit)


catalog_app.command(
    "verify",
    help="条文核对：逐处把依据与法律文本对照，条款项、anchor 是否对得上，条文是否变过；有 error 的，退出码为 3。",
)(verify)


catalog_app.command(
    "coverage", help="用例覆盖：每条措施的每个对象、每个事项、每个日期两侧有没有用例；运行用例得出，缺的逐条列明。"
)(coverage)
catalog_app.command(
    "diff",
    help="目录对比：两份目录之间法律依据、对象、事项、尺度有何变化；给出名单库的，哪些列入主体和在办事项的结论从哪一天起不同。",
)(diff)
catalog_app.command(
    "new", help="新建措施、依据文件、名单或规则的骨架和旁边的用例；写着 TODO 的待补，补齐才能装载；已有的文件不覆盖。"
)(new)
catalog_app.command(
    "export",
    help="导出为工作簿或 CSV 文件夹：三清单每个字段一栏，可再导入（import）；或者五列的措施清单，可再起草（draft）。",
)(export_sheets)
catalog_app.command(
    "import",
    help="由三清单的工作簿或 CSV 文件夹写出目录文件；任何一格有误，按工作表、行、列指出，一个文件也不写。",
)(import_sheets)
catalog_app.command("search", help="检索全部条目：代码、名称、别名、文号、条文、法定用语、处置、备注；最相符的在前。")(
    search
)
catalog_app.command("stats", help="目录统计：措施、名单、依据文件、依据、用例各有多少，全部由目录算出。")(stats)
catalog_app.command("fmt", help="统一格式：键的次序、引号、缩进；内容和注释不变，保证不了的不改。")(fmt)
