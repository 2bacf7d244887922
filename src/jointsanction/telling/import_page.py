"""An import as a page (导入过程): each of its eight steps with what it found, and what is wrong row by row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from jointsanction.registry.readers.columns import title_of
from jointsanction.registry.readers.tables.sniff import TITLES
from jointsanction.telling.page import Block, Headline, Line
from jointsanction.terms import Operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from jointsanction.registry.readers.report import ImportReport, RowProblem
    from jointsanction.store import BatchOutcome
    from jointsanction.telling.page import Part

ALIKE: Final = 20
"""So many warnings of one kind are shown one by one; errors all are."""

_UNREAD: Final = frozenset({"header.unknown", "header.left_out"})


def report_parts(report: ImportReport) -> Iterator[Part]:
    """Yield what reading a file found: its first six steps, every problem, the figures of its quality."""
    yield Headline(report.summary())
    yield Block(
        "导入步骤",
        (
            Line("1 识别（sniff）", f"{TITLES.get(report.format, report.format)}，{report.path}"),
            Line("2 解码（decode）", report.encoding or "不需要：内容自带编码"),
            Line("3 定位表头（locate header）", _located(report)),
            Line("4 对应各列（map）", _mapped(report)),
            Line("5 归一（normalise）", _tidied(report)),
            Line("6 校验（validate）", _validated(report)),
            Line("完整名单", _covered(report)),
            Line("提供单位", report.provider or "未声明"),
        ),
    )
    if report.problems:
        yield Block("逐行问题", tuple(Line("", text) for text in problem_lines(report.problems)))
    yield Block("数据质量", tuple(Line(share.title, str(share)) for share in report.quality.shares))


def problem_lines(problems: Iterable[RowProblem]) -> Iterator[str]:
    """Yield a line for each problem; of many warnings of one kind the rest is counted."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += problem.level == "warning"
        if problem.level == "error" or seen[problem.code] <= ALIKE:
            yield str(problem)
    for code, count in seen.items():
        if count > ALIKE:
            yield f"提示 同类另有 {count - ALIKE} 处（{code}）"


def outcome_parts(outcome: BatchOutcome, title: str = "变动") -> Iterator[Part]:
    """Yield what taking a file in changes, compared with what the store holds (变动)."""
    yield Block(
        f"7 比对（diff）：{title}",
        (
            Line("新增", f"{outcome.added} 条"),
            Line("变更", f"{outcome.changed} 条"),
            Line("未变", f"{outcome.unchanged} 条"),
            Line("本期未见", f"{outcome.missing} 条（仍保留，标记为“最新一期名单中未见”）"),
            Line("文件内重复", f"{outcome.duplicates} 条"),
            *([Line("与现有记录不符", f"{outcome.unfit} 行")] if outcome.unfit else []),
            *([Line("期次更新", f"{'、'.join(outcome.renewed)}（内容未变）")] if outcome.renewed else []),
        ),
    )


def commit_part(text: str) -> Part:
    """Return the last step: what was written, or why nothing was."""
    return Block("8 写入（commit）", (Line("", text),))


def given_back_part(file: Path, rows: int) -> Part:
    """Return where the refused rows went, and what to do with them."""
    lines = (
        Line("文件", str(file)),
        Line("行数", f"{rows} 行，各单元格原样，“问题”列写明原因"),
        Line("怎么办", "逐行改正后用同样的参数导入该文件；“问题”列不读取，该文件也不会被当作完整一期。"),
    )
    return Block("退回的问题行", lines)


def _located(report: ImportReport) -> str:
    found, (first, last) = report.found, report.found.header
    if not last:
        return "按键名读取，没有表头行"
    sheet = "" if found.sheet is None else f"工作表“{found.sheet}”"
    rows = f"第 {last} 行" if first == last else f"第 {first}–{last} 行合为表头"
    around = f"；表上 {len(found.above)} 行、表尾 {len(found.below)} 行是说明，不作为记录"
    return f"{sheet}{rows}{around if found.above or found.below else ''}"


def _mapped(report: ImportReport) -> str:
    unread = sum(problem.code in _UNREAD for problem in report.problems)
    columns = "，".join(f"{header}→{title_of(column)}" for header, column in report.headers) or "无"
    return f"{columns}；未读取 {unread} 列" if unread else columns


def _tidied(report: ImportReport) -> str:
    numbers, dates = report.tidied
    return f"号码 {numbers} 处、日期 {dates} 处写法不一，按规范写法读取，原文件不变"


def _validated(report: ImportReport) -> str:
    taken = {listing.row for listing in report.listings}
    doubtful = len({problem.row for problem in report.warnings} & taken)
    return f"接受 {len(taken) - doubtful} 行，接受但有提示 {doubtful} 行，拒绝 {report.rejected} 行"


def _covered(report: ImportReport) -> str:
    if report.operations is not None:
        counted = "，".join(f"{each.zh} {report.operations.count(each)} 行" for each in Operation)
        return f"增量文件：{counted}；名单仍以先前的完整一期为准"
    if not report.covers:
        return "未声明；只比对所载各行，核查时这些名单视为不完整"
    scope = {cover.regions for cover in report.covers}
    where = "" if scope == {()} else f"，限 {'、'.join(sorted({region for regions in scope for region in regions}))}"
    return f"{len(report.covers)}个{where}：{'、'.join(cover.list for cover in report.covers)}"
