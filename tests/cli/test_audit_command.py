"""`catalog lint` for machines and `catalog audit`, as an author of measures runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run

MEASURE = """\
id: alert-defaulters
title: 示例市提示采购人注意
item: supervision
class: administrative
degree: alert
binding: must
trigger: listing
targets: {lists: [BL.SXBZXR]}
bears: [self]
matters: [GPC]
region: "990000"
basis:
  - {instrument: civil-procedure-law-2023, article: "266", carries: sets, text: verified}
  - {instrument: demo-memorandum, carries: sets, text: recalled}
implementing_authority: [示例市财政局]
duty: 提示采购人注意。
"""
MEMORANDUM = """\
id: demo-memorandum
title: 示例备忘录
document_number: 虚发〔2017〕1号
level: memorandum
valid_from: 2017-01-01
valid_to: 2026-08-01
"""
DAY = ("--as-of", "2026-06-01", "--catalogue", "city")


@pytest.fixture
def city(folder: Path) -> Path:
    """Return the measure of a city's own catalogue: untested, and resting on a memorandum besides a law."""
    place = folder / "city" / "measures" / "local" / "990000" / "restriction"
    place.mkdir(parents=True)
    (place / "alert-defaulters.yaml").write_text(MEASURE, encoding="utf-8")
    instruments = folder / "city" / "measures" / "instruments"
    instruments.mkdir()
    (instruments / "demo-memorandum.yaml").write_text(MEMORANDUM, encoding="utf-8")
    return place / "alert-defaulters.yaml"


@pytest.mark.usefixtures("city")
def test_the_author_says_what_fails(run: Run) -> None:
    """A warning fails nobody unless asked for; never means never."""
    assert run("catalog", "lint", *DAY).code == 0
    assert run("catalog", "lint", *DAY, "--fail-on", "warning").code == 3
    assert run("catalog", "lint", *DAY, "--fail-on", "never").code == 0
    failed = run("catalog", "lint", *DAY, "--fail-on", "严重")
    assert (failed.code, failed.err.splitlines()[0]) == (2, "错误 question.unknown_word：失败级别：不认识“严*”。")
    failed = run("catalog", "lint", *DAY, "--format", "xml")
    assert (failed.code, failed.err.split("：")[0]) == (2, "错误 question.unknown_word")


@pytest.mark.usefixtures("city")
def test_a_pipeline_reads_the_form_it_asks_for(run: Run) -> None:
    """The same remarks as JSON, SARIF and annotations."""
    document = json.loads(run("catalog", "lint", *DAY, "--format", "json").out)
    assert [problem["code"] for problem in document["problems"]] == ["never-tested"]
    log = json.loads(run("catalog", "lint", *DAY, "--format", "sarif").out)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["never-tested"]
    line = run("catalog", "lint", *DAY, "--format", "github").out.splitlines()[0]
    assert line.startswith("::warning file=city/measures/local/990000/restriction/alert-defaulters.yaml,line=1,col=1,")


def test_what_cannot_be_loaded_is_reported_like_a_remark(run: Run, city: Path) -> None:
    """A platform shows it at its line; in plain text it is an error as everywhere. No level lets it pass."""
    city.write_text(MEASURE.replace("degree: alert", "degree: TODO"), encoding="utf-8")
    failed = run("catalog", "lint", *DAY)
    assert (failed.code, failed.out) == (3, "")
    told = run("catalog", "lint", *DAY, "--format", "json", "--fail-on", "never")
    (problem,) = json.loads(told.out)["problems"]
    assert (told.code, told.err) == (3, "")
    assert (problem["line"], problem["level"], problem["code"]) == (5, "error", "catalog.todo")


@pytest.mark.usefixtures("city")
def test_an_audit_lists_what_to_clean(run: Run) -> None:
    """Grouped by concern, each with its place and reason; the shipped catalogue is another's to clean."""
    told = run("catalog", "audit", *DAY)
    assert told.code == 0
    assert told.out.startswith("2026-06-01：要看的共 3 处（将失效的看 90 天以内）\n")
    assert "依据将失效（1 处）\n  city/measures/local/990000/restriction/alert-defaulters.yaml:14:5: " in told.out
    assert "（demo-memorandum） 到 2026-08-01 为止；没有写明后续文件。" in told.out
    assert "仍以备忘录等文件为支撑依据（1 处）" in told.out
    assert "依据未核对原文（1 处）" in told.out
    assert "数据说明\n  目录中没有全国清单的现行版本" in told.out
    assert "要看的共 2 处" in run("catalog", "audit", *DAY, "--within", "30").out


@pytest.mark.usefixtures("city")
def test_an_audit_is_a_document_too(run: Run) -> None:
    """Counts by concern, every concern named."""
    document = json.loads(run("catalog", "audit", *DAY, "--json").out)
    assert (document["within"], document["counts"]["ending"], document["counts"]["uncited"]) == (90, 1, 0)
    assert [item["concern"] for item in document["items"]] == ["ending", "weak", "unverified"]
    assert document["catalogue"].startswith("sha256:")


def test_an_audit_of_nothing_given_is_of_what_ships(run: Run) -> None:
    """Without roots the shipped catalogue is looked at, today's law unless a day is given."""
    document = json.loads(run("catalog", "audit", "--json").out)
    assert document["items"]
    failed = run("catalog", "audit", "--within", "-1")
    assert (failed.code, failed.err.split("：")[0]) == (2, "错误 question.within")
