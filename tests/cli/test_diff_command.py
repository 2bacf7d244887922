"""`catalog diff`: what changed in law, and whose answer it changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jointsanction.catalog.bundle import catalog_version, default_catalog

if TYPE_CHECKING:
    from cli_side import Run

ROOT = Path(__file__).parents[2]
REFUSE = "measures/restriction/refuse-government-procurement.yaml"


@pytest.fixture
def newer(folder: Path) -> Path:
    """Return a copy of the shipped catalogue in which procurement is restricted, and no longer forbidden."""
    for name in ("measures", "rules"):
        shutil.copytree(ROOT / name, folder / "newer" / name, ignore=shutil.ignore_patterns("*.test.yaml"))
    path = folder / "newer" / REFUSE
    text = path.read_text(encoding="utf-8").replace("degree: prohibit\nbinding: must", "degree: restrict\nbinding: may")
    path.write_text(text, encoding="utf-8")
    return folder / "newer"


@pytest.mark.usefixtures("newer")
def test_the_law_alone_is_told_in_words(run: Run) -> None:
    """Without a store, only what changed; and how to ask whom it concerns."""
    ran = run("catalog", "diff", "shipped", "newer")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("目录对比：新增 0，删除 0，修改 1。")
    assert "（refuse-government-procurement）" in ran.out
    assert "禁止 · 应当 → 惩戒措施 · 减损权益或增加义务 · 限制 · 可以" in ran.out
    assert "加 --store 看哪些列入主体的结论会变" in ran.out


def test_equal_catalogues_are_equal(run: Run, folder: Path) -> None:
    """A bundle of the shipped catalogue is the shipped catalogue."""
    assert run("catalog", "build", "--output", str(folder / "c.json")).code == 0
    ran = run("catalog", "diff", "shipped", "c.json")
    assert (ran.code, ran.out) == (0, "两份目录相同。\n")


@pytest.mark.usefixtures("newer")
def test_listed_subjects_are_named_masked_with_the_day(run: Run, sample_store: str) -> None:
    """Each with its matter, the day from which it differs, and what it turns into."""
    ran = run("catalog", "diff", "shipped", "newer", "--store", sample_store, "--as-of", "2026-06-01")
    assert "自 2026-06-01 起比较：2 个列入主体（含关联人员）、0 件在办事项的答案不同。" in ran.out
    assert "91**************38：GPC、供应商、事前，2026-06-01 已不同：禁止 → 限制" in ran.out
    assert "尺度或期限不同 refuse-government-procurement" in ran.out


@pytest.mark.usefixtures("newer")
def test_open_cases_are_asked_their_own_question(run: Run, folder: Path, sample_store: str) -> None:
    """What was filed with a case is asked again under both catalogues."""
    asked = ("--matter", "procurement", "--as-of", "2026-06-01", "--store", sample_store)
    answer = run("check", "91990000MA0DEM0138", *asked, "--json").out
    (folder / "case.json").write_text(answer, encoding="utf-8")
    words = ("catalog", "diff", "shipped", "newer", "--cases", "case.json", "--as-of", "2026-06-01")
    ran = run(*words, "--store", sample_store)
    assert f"凭证 {json.loads(answer)['receipt']}：GPC.SUPPLIER" in ran.out
    document = json.loads(run(*words, "--json").out)
    assert document["affected"] == []  # nobody is listed in an empty registry


@pytest.mark.usefixtures("newer")
def test_the_document_names_everything(run: Run, sample_store: str) -> None:
    """For programs: numbers in full, rows, both answers."""
    ran = run("catalog", "diff", "shipped", "newer", "--store", sample_store, "--as-of", "2026-06-01", "--json")
    document = json.loads(ran.out)
    assert document["old"] == catalog_version(default_catalog())
    (change,) = document["changes"]
    assert (change["id"], change["facts"][0]["label"]) == ("refuse-government-procurement", "性质")
    first = document["affected"][0]
    assert (first["subject"], first["since"], first["case"]) == ("91990000MA0DEM0138", "2026-06-01", None)
    assert first["listings"][0]["list"] == "BL.SXBZXR"
    assert (first["before"]["verdict"], first["after"]["verdict"]) == ("prohibited", "restricted")
    assert json.loads(run("catalog", "diff", "shipped", "newer", "--json").out)["affected"] is None


def test_a_root_of_a_city_is_laid_over_the_shipped_one(run: Run, folder: Path) -> None:
    """What has no tree of matters of its own is no whole catalogue: only what it adds is told, and an end is a day."""
    place = folder / "city" / "measures" / "instruments"
    place.mkdir(parents=True)
    text = "id: city-rule\ntitle: 示例市办法\nlevel: government-rule\nregion: '990000'\nvalid_from: 2024-01-01\n"
    (place / "city-rule.yaml").write_text(text, encoding="utf-8")
    ran = run("catalog", "diff", "shipped", "city")
    assert "依据文件\n  新增：示例市办法（city-rule）" in ran.out


def test_what_no_explanation_says_is_told_as_such(run: Run, newer: Path) -> None:
    """An anchor changes nobody's answer; a basis that comes is one line."""
    path = newer / REFUSE
    text = path.read_text(encoding="utf-8").replace("degree: restrict\nbinding: may", "degree: prohibit\nbinding: must")
    path.write_text(text.replace("anchor: 良好的商业信誉", "anchor: 具有良好的商业信誉"), encoding="utf-8")
    assert "核对信息：只改了不影响结论的内容" in run("catalog", "diff", "shipped", "newer").out
    more = "".join(
        f"  - {{instrument: civil-procedure-law-2023, article: '{article}', carries: refers, text: recalled}}\n"
        for article in ("266", "267")
    )
    path.write_text(text.replace("basis:\n", f"basis:\n{more}", 1), encoding="utf-8")
    assert "依据：加上 《中华人民共和国民事诉讼法" in run("catalog", "diff", "shipped", "newer").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("shipped", "nowhere"), 2, "catalog.no_such_catalogue"),
        (("shipped", "sha256:0000"), 2, "请用 --store 指定保存了它的名单库"),
        (("shipped", "shipped", "--as-of", "明天"), 2, "question.date"),
    ],
)
def test_what_is_no_catalogue_is_refused(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    """With what may be written instead."""
    ran = run("catalog", "diff", *words)
    assert (ran.code, said in ran.err) == (code, True)


def test_a_version_that_answered_is_kept_in_the_store(run: Run, own_store: str) -> None:
    """Every catalogue that ever answered from a store can be held against another."""
    run("check", "91990000MA0DEM0138", "--matter", "procurement", "--store", own_store)
    version = catalog_version(default_catalog())
    ran = run("catalog", "diff", version, "shipped", "--store", own_store)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "两份目录相同。")
    ran = run("catalog", "diff", "sha256:0000", "shipped", "--store", own_store)
    assert (ran.code, "请核对版本，或者指定别的名单库" in ran.err) == (2, True)
