"""The case runner: it must be able to fail, and say where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import worlds as w
from jointsanction import CatalogError
from jointsanction.testing import read_cases, run_cases

if TYPE_CHECKING:
    from pathlib import Path

HOLDS = """
cases:
  - name: listed
    subject: {kind: enterprise, uscc: 91990000MA0000001B}
    listings: [{list: BL.A, listed_on: 2024-01-01}]
    matter: M.X
    as_of: 2024-06-10
    want: [bar]
    because: [BL.A]
    verdict: prohibited
  - name: no longer
    like: listed
    listings: [{list: BL.A, listed_on: 2024-01-01, removed_on: 2024-06-10}]
    want: []
    reasons: {bar: removed}
  - name: without a number it rests on nothing
    like: listed
    listings: [{list: BL.A, listed_on: 2024-01-01, instrument_no: null}]
    want: []
    reasons: {bar: unsupported}
  - name: another's listing
    like: listed
    listings:
      - list: BL.A
        listed_on: 2024-01-01
        uscc: 91990000MA0000002E
        related: [{relation: branch, id: 91990000MA0000001B}]
    want: []
    reasons: {bar: relation-not-reached}
  - name: not loaded
    like: listed
    listings: []
    not_loaded: [BL.A]
    want: []
    missing: [BL.A]
    stale: []
    verdict: indeterminate
"""


def write(folder: Path, text: str) -> Path:
    """Write a file of cases."""
    path = folder / "bar.test.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_cases_hold(tmp_path: Path) -> None:
    """A right case has no faults."""
    outcomes = list(run_cases([write(tmp_path, HOLDS)], w.world(w.measure())))
    assert [outcome.faults for outcome in outcomes] == [()] * 5


def test_a_wrong_case_says_what_came_instead(tmp_path: Path) -> None:
    """A test that cannot fail is a defect: each expectation is turned over in turn."""
    path = write(tmp_path, HOLDS)
    outcomes = {outcome.name: outcome.faults for outcome in run_cases([path], w.world())}
    assert "要求 [bar]，得到 []" in outcomes["listed"][0]
    assert any("verdict" in fault for fault in outcomes["listed"])
    assert "（不在本事项中）" in outcomes["no longer"][0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cases: [{name: a, like: b}]", "catalog.case_like"),
        ("cases: [{name: a, matter: M.X}]", "catalog.case_incomplete"),
        ("cases: [{name: a, mater: M.X}]", "catalog.unknown_key"),
        ("- 1", "catalog.not_a_mapping"),
        ("", "catalog.empty_file"),
    ],
)
def test_a_broken_case_file_is_refused(tmp_path: Path, text: str, code: str) -> None:
    """Unknown keys in a case are an error, with file and line."""
    with pytest.raises(CatalogError) as refused:
        read_cases(write(tmp_path, text))
    assert code in {problem.code for problem in refused.value.problems}


def test_the_shipped_catalogue_is_the_default(tmp_path: Path) -> None:
    """An embedder need not name it."""
    text = HOLDS.replace("M.X", "GPC.SUPPLIER").replace("BL.A", "BL.TAX").split("  - name: no longer")[0]
    (outcome,) = run_cases([write(tmp_path, text.replace("[bar]", "[refuse-government-procurement]"))])
    assert outcome.faults == ()
