"""An import as a page (导入过程): what was recognised, what is wrong row by row, what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.cli.page import Block, Headline, Line
from jointsanction.registry.readers.columns import title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.cli.page import Part
    from jointsanction.registry.readers.report import ImportReport, RowProblem
    from jointsanction.store import BatchOutcome

_FORMATS: Final = {"csv": "CSV", "json": "JSON", "jsonl": "JSONL"}


def report_parts(report: ImportReport) -> Iterator[Part]:
    """Yield what reading a file found: format, encoding, headers, counts, lists held whole, every problem."""
    yield Headline(report.summary())
    yield Block(
        "识别",
        (
            Line("文件", report.path),
            Line("格式", _FORMATS.get(report.format, report.format)),
            Line("编码", report.encoding),
            Line("表头", "，".join(f"{header}→{title_of(column)}" for header, column in report.headers) or "无"),
            Line("完整名单", _covered(report)),
            Line("提供单位", report.provider or "未声明"),
        ),
    )
    if report.problems:
        yield Block("逐行问题", tuple(Line("", problem_text(problem)) for problem in report.problems))


def problem_text(problem: RowProblem) -> str:
    """Return a problem as a line of the report: `第 17 行 列入日期：…`; what concerns the whole file names no row."""
    word = "错误" if problem.level == "error" else "提示"
    row = f"第 {problem.row} 行" if problem.row else "全文件"
    column = f" {title_of(problem.column)}" if problem.column else ""
    return f"{word} {row}{column}：{problem.message}（{problem.code}）"


def outcome_parts(outcome: BatchOutcome, title: str = "变动") -> Iterator[Part]:
    """Yield what taking a file in changes, compared with what the store holds (变动)."""
    yield Block(
        title,
        (
            Line("新增", f"{outcome.added} 条"),
            Line("变更", f"{outcome.changed} 条"),
            Line("未变", f"{outcome.unchanged} 条"),
            Line("本期未见", f"{outcome.missing} 条（仍保留，标记为“最新一期名单中未见”）"),
            Line("文件内重复", f"{outcome.duplicates} 条"),
        ),
    )


def _covered(report: ImportReport) -> str:
    if not report.covers:
        return "未声明；只比对所载各行，核查时这些名单视为不完整"
    scope = {cover.regions for cover in report.covers}
    where = "" if scope == {()} else f"，限 {'、'.join(sorted({region for regions in scope for region in regions}))}"
    return f"{len(report.covers)}个{where}：{'、'.join(cover.list for cover in report.covers)}"
