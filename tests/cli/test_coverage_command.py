"""What the cases show, on the command line."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from jointsanction.cli.new_files import replace_file
from jointsanction.errors import QuestionError

if TYPE_CHECKING:
    from pathlib import Path

    from cli_side import Run

MEASURE = """
id: our-measure
title: 虚构措施
item: market-access
class: adverse
degree: prohibit
binding: must
trigger: listing
targets: {lists: [BL.SXBZXR], groups: [JOINT]}
bears: [self]
matters: [LAND]
basis: [{instrument: tendering-law, article: "1", carries: sets, text: verified}]
implementing_authority: [某机关]
duty: 不予办理。
"""
CASES = """
cases:
  - name: listed
    subject: {kind: enterprise, uscc: "91990000MA0000001B"}
    listings: [{list: BL.SXBZXR, listed_on: 2025-01-10}]
    matter: LAND
    as_of: 2025-06-01
    want: [WANTED]
"""


@pytest.fixture
def city(folder: Path) -> Path:
    """Return a catalogue of one measure with one case, which does not hold."""
    place = folder / "city" / "measures" / "restriction"
    place.mkdir(parents=True)
    (place / "our-measure.yaml").write_text(MEASURE, encoding="utf-8")
    (place / "our-measure.test.yaml").write_text(CASES, encoding="utf-8")
    return folder / "city"


def test_what_is_missing_has_a_name(run: Run, city: Path) -> None:
    """Totals, each measure, and every gap: cell by cell, date by date, and the cases that do not hold."""
    ran = run("catalog", "coverage", "--catalogue", str(city))
    assert ran.code == 0, ran.err
    assert ran.out.startswith("1 条措施，1 个用例，覆盖 0.0%（0/")
    for line in (
        "  our-measure | 用例不符，不计 | listed",
        "  our-measure | 适用 | 名单 BL.SXBZXR × LAND",
        "  our-measure | 在列、有决定而不适用 | 对象组 JOINT × LAND",
        "  our-measure | 日期一侧 | 列入·首日",
    ):
        assert line in ran.out


def test_as_json_and_with_a_floor(run: Run, city: Path) -> None:
    """`--fail-under` ends with 3 below it; the document says the same as the page."""
    ran = run("catalog", "coverage", "--catalogue", str(city), "--json", "--fail-under", "0.1")
    assert ran.code == 3
    document = json.loads(ran.out)
    assert document["totals"]["cases"] == 1
    assert document["measures"][0]["failed"] == ["listed"]
    assert document["measures"][0]["cells"][0]["hit"] is None
    assert run("catalog", "coverage", "--catalogue", str(city), "--fail-under", "0").code == 0


def test_nothing_missing_nothing_listed(run: Run, folder: Path, city: Path) -> None:
    """Without any case there is nothing to run."""
    (city / "measures" / "restriction" / "our-measure.test.yaml").unlink()
    ran = run("catalog", "coverage", "--catalogue", str(city))
    assert (ran.code, "catalog.no_cases" in ran.err) == (3, True)
    assert folder.is_dir()


def test_a_file_that_can_not_be_put_in_place_leaves_nothing_behind(folder: Path) -> None:
    """What was begun is taken away again."""
    (folder / "a").mkdir()
    with pytest.raises(QuestionError) as refused:
        replace_file(folder / "a", "text")
    assert refused.value.code == "question.output"
    assert [path.name for path in folder.iterdir()] == ["a"]
    assert os.listdir(folder / "a") == []  # noqa: PTH208 - the names alone
