"""Looking whether a catalogue is lawful (合法性检查), and reporting it in the form asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from jointsanction.catalog.files import TEST_SUFFIX
from jointsanction.catalog.lint import LintProblem, lint
from jointsanction.catalog.linting.reports import FailOn, ReportForm, fails, report
from jointsanction.cli.cataloguing import load_asked, shipped_root
from jointsanction.cli.failures import ExitCode
from jointsanction.engine import shanghai_now
from jointsanction.errors import CatalogError
from jointsanction.steps.asking.days import read_day
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path


def lint_roots(catalogues: Sequence[Path], as_of: str | None, form: str, fail_on: str) -> None:
    """Write every remark on the given roots, without any on the shipped catalogue (合法性检查).

    Raises:
        CatalogError: in plain text, what the loader refuses; in the other forms that is reported like a remark.
        QuestionError: `question.unknown_word`, `question.date`.
    """
    asked, limit = word(ReportForm, form, "报告格式"), word(FailOn, fail_on, "失败级别")
    day = shanghai_now().date() if as_of is None else read_day(as_of, "检查日期")
    try:
        found = _found(catalogues, day)
    except CatalogError as error:
        if asked is ReportForm.TEXT:
            raise
        found = [LintProblem(one.file, one.line, one.column, "error", one.code, one.message) for one in error.problems]
        # What can't be loaded was not looked at: no level lets that pass.
        limit = FailOn.ERROR
    sys.stdout.write(report(found, asked, day))
    if fails(found, limit):
        raise typer.Exit(ExitCode.BAD_DATA)


def _found(catalogues: Sequence[Path], day: date) -> list[LintProblem]:
    loaded = load_asked(catalogues)
    # The wheel carries no cases: there, every measure would be called untested.
    untested = not catalogues and not any((shipped_root() / "measures").rglob(f"*{TEST_SUFFIX}"))
    remarks = (remark for remark in lint(loaded, day) if remark.line)
    return [remark for remark in remarks if not (untested and remark.code == "never-tested")]
