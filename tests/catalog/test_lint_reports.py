"""The forms of the linter's report: what continuous integration and editors read."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jointsanction.catalog.lint import LINTS, LintProblem
from jointsanction.catalog.linting.reports import FailOn, ReportForm, fails, report

DAY = date(2026, 6, 1)
WARNING = LintProblem("目录/a b,c.yaml", 8, 3, "warning", "over-long", "bar：期限过长。\n100%：看法条。")
INFO = LintProblem(f"{Path.cwd()}/x.yaml", 1, 1, "info", "unverified", "bar：未核对。")
ERROR = LintProblem("/elsewhere/y.yaml", 2, 9, "error", "catalog.todo", "待补。")
FOUND = (WARNING, INFO, ERROR)


def sarif() -> dict[str, Any]:
    """Return the SARIF log of three remarks."""
    return dict(json.loads(report(FOUND, ReportForm.SARIF, DAY)))


def test_text_is_a_line_a_remark_and_the_counts() -> None:
    """Editors jump to file:line:column."""
    text = report((INFO,), ReportForm.TEXT, DAY)
    assert text == f"{INFO.file}:1:1: info unverified bar：未核对。\n2026-06-01：error 0，warning 0，info 1\n"


def test_json_has_every_part_of_a_remark() -> None:
    """Scripts need no parser for lines."""
    document = json.loads(report(FOUND, ReportForm.JSON, DAY))
    assert document["as_of"] == "2026-06-01"
    assert document["counts"] == {"error": 1, "warning": 1, "info": 1}
    assert document["problems"][2] == ERROR._asdict()


def test_sarif_has_the_form_of_version_2_1_0() -> None:
    """What the schema demands: version, one driver with a name, results with messages, places counted from one."""
    log = sarif()
    assert (log["version"], set(log)) == ("2.1.0", {"$schema", "version", "runs"})
    (run,) = log["runs"]
    assert set(run) == {"tool", "language", "columnKind", "results"}
    assert re.fullmatch("[a-z]{2}-[A-Z]{2}", run["language"])
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    for result in run["results"]:
        assert set(result) <= {"ruleId", "ruleIndex", "level", "message", "locations"}
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1 <= region["startColumn"]


def test_sarif_explains_every_remark_in_chinese() -> None:
    """A platform shows the rule beside the remark; what the loader refuses stands in no table."""
    (run,) = sarif()["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(LINTS)
    assert all(set(rule) == {"id", "shortDescription", "help", "defaultConfiguration"} for rule in rules)
    assert all(rule["help"]["text"].endswith("。") for rule in rules)
    for result in run["results"][:2]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert "ruleIndex" not in run["results"][2]
    assert [result["level"] for result in run["results"]] == ["warning", "note", "error"]


def test_sarif_names_files_as_uris() -> None:
    """Relative below the working folder, as platforms map them to the repository; absolute elsewhere."""
    (run,) = sarif()["runs"]
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]]
    assert places == ["%E7%9B%AE%E5%BD%95/a%20b%2Cc.yaml", "x.yaml", "file:///elsewhere/y.yaml"]


def test_github_reads_workflow_commands() -> None:
    """`%` and line ends are escaped, in keys `,` and `:` too; info is a notice."""
    lines = report(FOUND, ReportForm.GITHUB, DAY).splitlines()
    assert lines == [
        "::warning file=目录/a b%2Cc.yaml,line=8,col=3,title=over-long::bar：期限过长。%0A100%25：看法条。",
        "::notice file=x.yaml,line=1,col=1,title=unverified::bar：未核对。",
        "::error file=/elsewhere/y.yaml,line=2,col=9,title=catalog.todo::待补。",
        "2026-06-01：error 1，warning 1，info 1",
    ]


@pytest.mark.parametrize(
    ("found", "levels"),
    [
        ((), []),
        ((INFO,), ["info"]),
        ((WARNING, INFO), ["warning", "info"]),
        (FOUND, ["error", "warning", "info"]),
    ],
)
def test_a_run_fails_from_a_level_on(found: tuple[LintProblem, ...], levels: list[str]) -> None:
    """The author of a catalogue says how strict his pipeline is."""
    assert [on for on in FailOn if fails(found, on)] == levels
