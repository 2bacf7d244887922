"""Is the catalogue lawful on this day? (合法性检查) What the loader can read but the law would not allow, or not carry.

Nothing here stops a load: a measure that cannot bite shows itself as a hint in every answer. `error` is what makes an
answer wrong, `warning` what its author must look at, `info` what a reader should know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.linting.bases import base_remarks
from jointsanction.catalog.linting.cases import case_remarks
from jointsanction.catalog.linting.chain import chain_remarks
from jointsanction.catalog.linting.degrees import degree_remarks
from jointsanction.catalog.linting.doubles import double_remarks
from jointsanction.catalog.linting.lists import list_remarks
from jointsanction.catalog.linting.reach import reach_remarks
from jointsanction.catalog.linting.rules import rule_remarks
from jointsanction.catalog.linting.words import LINTS, LintLevel
from jointsanction.catalog.reading.yaml_text import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jointsanction.catalog.load import Loaded
    from jointsanction.catalog.remark import Remark

__all__ = ["LINTS", "LintLevel", "LintProblem", "lint", "placed", "standing_at"]


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
    remarks = [
        *base_remarks(tables, as_of),
        *degree_remarks(tables),
        *list_remarks(tables),
        *reach_remarks(tables, as_of),
        *double_remarks(tables, as_of),
        *rule_remarks(tables, as_of),
        *case_remarks(loaded.sources),
        *chain_remarks(loaded, as_of),
    ]
    return tuple(sorted(placed(remark, loaded, LINTS) for remark in remarks))


def placed(remark: Remark, loaded: Loaded, codes: Mapping[str, tuple[LintLevel, str]]) -> LintProblem:
    """Return a remark with its place, its level and the words of its code (定位)."""
    level, said = codes[remark.code]
    message = f"{remark.id}：{said}{remark.message}"
    return LintProblem(*standing_at(remark, loaded), level, remark.code, message)


def standing_at(remark: Remark, loaded: Loaded) -> tuple[str, int, int]:
    """Return the file, line and column a remark speaks of; the id and line 0 for what stands in no file (位置)."""
    if remark.at is not None:
        return remark.at
    entry = loaded.sources.get((remark.section, remark.id))
    if entry is None:
        return remark.id, 0, 0
    place = place_of(entry.node, remark.path) if remark.path else entry.place
    return entry.file.shown, *place
