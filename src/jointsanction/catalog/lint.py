"""Is the catalogue lawful on this day? (合法性检查) What the loader can read but the law would not allow, or not carry.

Nothing here stops a load: a measure that cannot bite shows itself as a hint in every answer. `error` is what makes an
answer wrong, `warning` what its author must look at, `info` what a reader should know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.lint_bases import base_remarks
from jointsanction.catalog.lint_cases import case_remarks
from jointsanction.catalog.lint_reach import reach_remarks
from jointsanction.catalog.yaml_text import place_of

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.catalog.load import Loaded
    from jointsanction.catalog.remark import Remark

LintLevel: TypeAlias = Literal["error", "warning", "info"]
"""How much a remark weighs (级别)."""

LINTS: Final[dict[str, tuple[LintLevel, str]]] = {
    "basis-too-weak": ("warning", "没有一条依据的层级足以支撑本措施，只作提示。"),
    "refers-only": ("info", "依据仅为原则性援引，只作提示。"),
    "unverified": ("info", "足以支撑的依据都未核对原文，只作提示。"),
    "opens-capped": ("warning", "依据只指明对象与事项（opens），核查时至多按 restrict、may 处理。"),
    "basis-ended": ("warning", "依据已全部失效，且没有措施引用其后续文件。"),
    "local-basis-everywhere": ("error", "只有地方层级的依据，却没有限定 region。"),
    "basis-outside-region": ("error", "依据文件的地域与措施的 region 没有交集。"),
    "no-article": ("warning", "依据写明已核对原文，却没有写条号。"),
    "instrument-without-start": ("warning", "依据文件没有施行日期。"),
    "unfounded-list": ("warning", "严重失信主体名单缺少足以设立它的依据（founds），仅作线索。"),
    "founded-by-recall": ("info", "名单的设立依据未核对原文。"),
    "weak-rule": ("error", "规则扩大了减损权益措施的承担者，却没有足够层级的依据。"),
    "unreachable": ("error", "本措施在任何提问下都不会适用。"),
    "kind-mismatch": ("error", "名单类型与措施不符。"),
    "contradiction": ("warning", "同一对象、同一事项有两个不同的尺度。"),
    "over-long": ("warning", "期限过长。"),
    "withholds-a-right": ("error", "以履职管理之名限制权利；应为 adverse 并有相应依据。"),
    "record-in-group": ("error", "失信记录不是名单，不得归入对象组。"),
    "forbidden-behaviour": ("error", "把不得纳入信用记录的行为作为对象。"),
    "voluntary-by-public": ("warning", "自主实施的措施写成由公共机构实施。"),
    "retired-without-end": ("warning", "已停用的措施没有写 valid_to。"),
    "never-tested": ("warning", "用例不足。"),
    "unreadable-cases": ("error", "用例文件读不了。"),
}
"""Every remark the linter can make: its level and what it says."""


class LintProblem(NamedTuple):
    """One remark with its place (检查结果)."""

    file: str
    line: int
    column: int
    level: LintLevel
    code: str
    message: str

    def __str__(self) -> str:
        """Return `file:line:column: level code message`."""
        return f"{self.file}:{self.line}:{self.column}: {self.level} {self.code} {self.message}"


def lint(loaded: Loaded, as_of: date) -> tuple[LintProblem, ...]:
    """Return everything the law would not allow or not carry on a day, sorted by place (合法性检查).

    Entries that come from a bundle stand in no file: their remarks have line 0 and their id in place of the path.
    """
    tables = compile_catalog(loaded.catalog, "")
    remarks = [*base_remarks(tables, as_of), *reach_remarks(tables, as_of), *case_remarks(loaded.sources)]
    return tuple(sorted(_placed(remark, loaded) for remark in remarks))


def _placed(remark: Remark, loaded: Loaded) -> LintProblem:
    level, said = LINTS[remark.code]
    message = f"{remark.id}：{said}{remark.message}"
    if remark.at is not None:
        return LintProblem(*remark.at, level, remark.code, message)
    entry = loaded.sources.get((remark.section, remark.id))
    if entry is None:
        return LintProblem(remark.id, 0, 0, level, remark.code, message)
    place = place_of(entry.node, remark.path) if remark.path else entry.place
    return LintProblem(entry.file.shown, *place, level, remark.code, message)
