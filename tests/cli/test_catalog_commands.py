"""The commands of those who write measures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.bundle import catalog_version, read_bundle

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
implementing_authority: [示例市财政局]
duty: 提示采购人注意。
"""
CASES = """\
cases:
  - name: 列入的，提示
    subject: {kind: enterprise, uscc: "91990000MA0DEM0138"}
    listings: [{list: BL.SXBZXR, listed_on: 2024-01-10}]
    matter: GPC.SUPPLIER
    region: "990000"
    as_of: 2026-06-01
    want: [alert-defaulters, refuse-government-procurement]
  - name: 未列入的，不提示
    like: 列入的，提示
    listings: []
    want: []
"""


@pytest.fixture
def city(folder: Path) -> Path:
    """Return a city's own catalogue: one measure with its cases."""
    place = folder / "city" / "measures" / "local" / "990000" / "restriction"
    place.mkdir(parents=True)
    (place / "alert-defaulters.yaml").write_text(MEASURE, encoding="utf-8")
    (place / "alert-defaulters.test.yaml").write_text(CASES, encoding="utf-8")
    return place


def test_cases_of_a_catalogue_are_run(run: Run, city: Path) -> None:
    """`catalog test` runs the cases beside the data, of a root or of one file."""
    whole = run("catalog", "test", "--catalogue", "city")
    assert (whole.code, whole.out) == (0, "1 个文件，2 个用例，0 个不符。\n")
    one = run("catalog", "test", str(city / "alert-defaulters.test.yaml"), "--catalogue", "city")
    assert one.out == whole.out


def test_a_case_that_comes_out_otherwise_is_told(run: Run, city: Path) -> None:
    """Each case that fails is named with what was wanted and what came; a file nobody can read fails as a whole."""
    (city / "alert-defaulters.test.yaml").write_text(
        CASES.replace("want: []", "want: [alert-defaulters]"), encoding="utf-8"
    )
    (city / "broken.test.yaml").write_text("cases: 5\n", encoding="utf-8")
    (city / "nowhere.test.yaml").write_text(CASES.replace("GPC.SUPPLIER", "NOWHERE"), encoding="utf-8")
    ran = run("catalog", "test", str(city), "--catalogue", "city")
    assert ran.code == 3
    assert "alert-defaulters.test.yaml：未列入的，不提示\n  want：要求 [alert-defaulters]，得到 []" in ran.out
    assert "broken.test.yaml：（整个文件）" in ran.out
    assert "nowhere.test.yaml：列入的，提示\n  matter.unknown " in ran.out
    assert ran.out.endswith("3 个文件，5 个用例，4 个不符。\n")


def test_nothing_to_test_is_an_error(run: Run, folder: Path) -> None:
    """A folder without cases must not pass for one whose cases hold."""
    (folder / "bare").mkdir()
    ran = run("catalog", "test", "bare")
    assert ran.code == 3
    assert ran.err == (
        "错误 catalog.no_cases：共 1 处\n"
        "bare:1:1: catalog.no_cases 没有 *.test.yaml 用例文件（安装包不带用例）。\n"
        "怎么办：逐条改正后重新加载。\n"
    )


def test_lint_tells_only_of_the_roots_given(run: Run, city: Path) -> None:
    """An author sees remarks on his own files, each with its place; only errors end with exit code 3."""
    ran = run("catalog", "lint", "--catalogue", "city", "--as-of", "2026-06-01")
    assert ran.code == 0
    assert ran.out.endswith("2026-06-01：error 0，warning 0，info 0\n")
    text = MEASURE.replace("lists: [BL.SXBZXR]", "lists: [RL.HN]")
    (city / "alert-defaulters.yaml").write_text(text, encoding="utf-8")
    ran = run("catalog", "lint", "--catalogue", "city", "--as-of", "2026-06-01")
    assert ran.code == 3
    assert "alert-defaulters.yaml:8:" in ran.out
    assert " error kind-mismatch " in ran.out


def test_lint_of_the_shipped_catalogue_finds_no_error(run: Run) -> None:
    """Nothing that ships makes an answer wrong."""
    ran = run("catalog", "lint", "--as-of", "2026-06-01")
    assert ran.code == 0
    assert ran.out.splitlines()[-1].startswith("2026-06-01：error 0，")


def test_an_entry_is_explained(run: Run) -> None:
    """`catalog explain` prints what the pages of the documentation are made of."""
    out = run("catalog", "explain", "refuse-government-procurement").out
    assert out.startswith("## 拒绝参与政府采购活动\n")
    assert "《中华人民共和国政府采购法》第22条第1款第2项" in out


def test_schemas_are_exported(run: Run, folder: Path) -> None:
    """Editors and callers get JSON Schema: of every file an author writes, and of the answers."""
    names = run("catalog", "schema").out.split()
    assert {"measure", "list", "cases", "result", "tender"} <= set(names)
    assert json.loads(run("catalog", "schema", "result").out)["properties"]["verdict"]
    written = run("catalog", "schema", "--output", "schemas").out.split()
    assert sorted(path.name for path in (folder / "schemas").iterdir()) == written
    assert [f"{name}.schema.json" for name in names] == written


def test_a_bundle_is_built(run: Run, city: Path) -> None:
    """`catalog build` writes one file that holds what was laid together, and tells its version."""
    ran = run("catalog", "build", "--catalogue", "city", "--output", "all.json")
    catalog = read_bundle(city.parents[4] / "all.json")
    assert ran.out == f"all.json {catalog_version(catalog)}\n"
    assert "alert-defaulters" in catalog.measures


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("explain", "refuse-procurement"), 2, "catalog.unknown_entry"),
        (("schema", "measures"), 2, "question.unknown_schema"),
        (("schema", "--output", "file/schemas"), 2, "question.output"),
        (("build", "--output", "file/all.json"), 2, "question.output"),
        (("build", "--catalogue", "nowhere"), 3, "catalog.no_root"),
        (("lint", "--catalogue", "nowhere"), 3, "catalog.no_root"),
        (("lint", "--as-of", "昨天"), 2, "question.date"),
        (("explain",), 2, "question.usage"),
        (("polish",), 2, "question.usage"),
    ],
)
def test_errors_of_authors(run: Run, folder: Path, words: tuple[str, ...], code: int, error: str) -> None:
    """What was typed wrongly ends with 2, what is wrong in a catalogue with 3 and every problem with its place."""
    (folder / "file").write_text("", encoding="utf-8")
    ran = run("catalog", *words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(f"错误 {error}：")
