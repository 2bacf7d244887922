"""What the linter found, in the form its reader wants (检查报告): lines, JSON, SARIF 2.1.0, GitHub annotations."""

from __future__ import annotations

import json
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from jointsanction.catalog.linting.help_words import HELP
from jointsanction.catalog.linting.words import LINTS
from jointsanction.terms.term import Term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from jointsanction.catalog.lint import LintProblem

LEVELS: Final = ("error", "warning", "info")
"""How much a remark weighs, the heaviest first."""

_SARIF_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
_GITHUB_LEVELS: Final = {"error": "error", "warning": "warning", "info": "notice"}
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


class ReportForm(Term):
    """In which form the linter reports (检查报告格式)."""

    TEXT = "text", "文本"
    JSON = "json", "JSON 文档"
    SARIF = "sarif", "SARIF 2.1.0，供代码托管平台读取"
    GITHUB = "github", "GitHub Actions 的行内标注"


class FailOn(Term):
    """From which level on a remark fails the run (失败级别)."""

    ERROR = "error", "有 error 的"
    WARNING = "warning", "有 warning 以上的"
    INFO = "info", "有任何意见的"
    NEVER = "never", "一律不"


def fails(found: Sequence[LintProblem], on: FailOn) -> bool:
    """Return whether a run with these remarks fails (是否失败)."""
    if on is FailOn.NEVER:
        return False
    return any(LEVELS.index(problem.level) <= LEVELS.index(on.value) for problem in found)


def report(found: Sequence[LintProblem], form: ReportForm, as_of: date) -> str:
    """Return what was found in one of the forms, files named as seen from the working folder (检查报告)."""
    return _FORMS[form](found, as_of)


def _text(found: Sequence[LintProblem], as_of: date) -> str:
    return "".join(f"{problem}\n" for problem in found) + _total(found, as_of)


def _json(found: Sequence[LintProblem], as_of: date) -> str:
    document = {
        "as_of": as_of.isoformat(),
        "counts": _counts(found),
        "problems": [problem._asdict() for problem in found],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _counts(found: Sequence[LintProblem]) -> dict[str, int]:
    counted = Counter(problem.level for problem in found)
    return {level: counted[level] for level in LEVELS}


def _sarif(found: Sequence[LintProblem], _: date) -> str:
    driver = {
        "name": "jointsanction catalog lint",
        "version": version("jointsanction"),
        "rules": [_rule(code) for code in LINTS],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem) for problem in found],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str) -> dict[str, Any]:
    level, said = LINTS[code]
    return {
        "id": code,
        "shortDescription": {"text": said},
        "help": {"text": HELP[code]},
        "defaultConfiguration": {"level": _SARIF_LEVELS[level]},
    }


def _result(problem: LintProblem) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": _uri(problem.file)},
        "region": {"startLine": problem.line, "startColumn": problem.column},
    }
    result = {
        "ruleId": problem.code,
        "level": _SARIF_LEVELS[problem.level],
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": place}],
    }
    # What the loader refused has a code of its own and stands in no table of remarks.
    return {**result, "ruleIndex": list(LINTS).index(problem.code)} if problem.code in LINTS else result


def _uri(file: str) -> str:
    """Return a file as a URI: relative below the working folder, as the platforms want it, else absolute."""
    path = _seen(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _seen(file: str) -> Path:
    path, here = Path(file), Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _github(found: Sequence[LintProblem], as_of: date) -> str:
    lines = []
    for problem in found:
        keys = {
            "file": _seen(problem.file).as_posix(),
            "line": str(problem.line),
            "col": str(problem.column),
            "title": problem.code,
        }
        said = ",".join(f"{key}={_escaped(value, ',:')}" for key, value in keys.items())
        lines.append(f"::{_GITHUB_LEVELS[problem.level]} {said}::{_escaped(problem.message)}\n")
    return "".join(lines) + _total(found, as_of)


def _total(found: Sequence[LintProblem], as_of: date) -> str:
    return f"{as_of}：" + "，".join(f"{level} {number}" for level, number in _counts(found).items()) + "\n"


def _escaped(text: str, also: str = "") -> str:
    """Return a text as a workflow command takes it; `%` goes first, for it is what the others are written with."""
    for sign in ("%", "\r", "\n", *also):
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


_FORMS: Final[dict[ReportForm, Callable[[Sequence[LintProblem], date], str]]] = {
    ReportForm.TEXT: _text,
    ReportForm.JSON: _json,
    ReportForm.SARIF: _sarif,
    ReportForm.GITHUB: _github,
}
