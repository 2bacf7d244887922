"""Departments and what they handle (权责清单): FEATURES rows 25 and 26, the chain from a measure to the desk."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from jointsanction import Engine
from jointsanction.catalog.bundle import bundle_text, catalog_version, parse_bundle
from jointsanction.catalog.explain import explain
from jointsanction.catalog.lint import lint
from jointsanction.catalog.load import load_catalog, load_with_sources
from jointsanction.errors import CatalogError, UnknownMatterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointsanction.catalog.load import Loaded
    from jointsanction.errors import Problem
    from jointsanction.model.catalogue import Catalog

ROOT = Path(__file__).parents[2]
PACK = ROOT / "samples" / "packs" / "power-list"
DAY = date(2026, 6, 10)
NOW = datetime(2026, 6, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
FIRM = "91990000MA0000001B"

BUREAU = """\
id: trade-bureau
title: 虚构市贸易局
region: "990000"
authorities: [虚构部]
sections:
  - {id: first, title: 一科, officers: [{post: 受理岗, contact: 0990-0000001}]}
powers:
  - {code: 990000-XK-001, title: 贸易许可, level: city, kind: licence, matters: TRADE.LIC, section: first}
  - {code: 990000-XK-002, title: 贸易, level: city, kind: other, matters: [TRADE, WATCH], section: first}
"""


@cache
def pack() -> Loaded:
    """Return the shipped catalogue with the sample power list over it."""
    return load_with_sources([ROOT, PACK])


def bureau(world: Path, *words: tuple[str, str], name: str = "trade-bureau") -> Path:
    """Write a department into the small catalogue, some words changed."""
    text = BUREAU.replace("trade-bureau", name)
    for old, new in words:
        assert old in text
        text = text.replace(old, new)
    path = world / "measures" / "departments" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def said(world: Path, code: str) -> list[str]:
    """Return what the linter says under one code."""
    return [problem.message for problem in lint(load_with_sources([world]), DAY) if problem.code == code]


def test_an_official_item_code_names_its_matter(world: Path) -> None:
    """FEATURES 26: a window asks by the code of its own list; case and outer spaces don't matter."""
    bureau(world)
    engine = Engine(load_catalog([world]), clock=lambda: NOW)
    for asked in ("990000-XK-001", " 990000-xk-001 "):
        assert engine.check_subject(FIRM, asked).model_dump()["question"]["matter"] == "TRADE.LIC"


def test_a_code_of_several_matters_is_asked_back(world: Path) -> None:
    """Which of its matters is meant nobody guesses; they are named."""
    bureau(world)
    engine = Engine(load_catalog([world]), clock=lambda: NOW)
    with pytest.raises(UnknownMatterError) as caught:
        engine.check_subject(FIRM, "990000-xk-002")
    assert (caught.value.code, caught.value.hint) == ("matter.several", "请写其中之一：TRADE（贸易）、WATCH（监督）。")


def test_an_unknown_code_suggests_near_ones(world: Path) -> None:
    """FEATURES 26: an unknown code is an error that suggests near codes."""
    bureau(world)
    engine = Engine(load_catalog([world]), clock=lambda: NOW)
    with pytest.raises(UnknownMatterError) as caught:
        engine.check_subject(FIRM, "990000-XK-003")
    assert caught.value.code == "matter.unknown"
    assert "990000-XK-001" in caught.value.hint


def test_levels_may_share_the_code_of_one_item(world: Path, problems: Callable[..., tuple[Problem, ...]]) -> None:
    """三级四同: province, city and county handle one item under one code, and then it is the same matter."""
    bureau(world)
    bureau(world, ('"990000"', '"990100"'), name="county-bureau")
    assert problems(world) == ()
    path = bureau(world, ('"990000"', '"990100"'), ("TRADE.LIC", "TRADE.FAST"), name="county-bureau")
    # The second in the order of ids is the one told.
    (found,) = problems(world)
    assert (found.file, found.line, found.code) == (
        path.with_name("trade-bureau.yaml").as_posix(), 8, "catalog.duplicate_power",
    )  # fmt: skip
    bureau(world, name="county-bureau")
    assert [problem.code for problem in problems(world)] == ["catalog.duplicate_power"] * 2


def test_what_a_bundle_brought_was_looked_at_when_it_was_made(world: Path, tmp_path: Path) -> None:
    """Departments travel in the bundle and count for the version; a base without files is not told again."""
    without = catalog_version(load_catalog([world]))
    bureau(world)
    catalog = load_catalog([world])
    assert catalog_version(catalog) != without
    assert parse_bundle(bundle_text(catalog).encode(), "bundle") == catalog
    city = tmp_path / "city"
    (city / "measures").mkdir(parents=True)
    path = bureau(city, ('"990000"', '"990100"'), ("TRADE.LIC", "TRADE.FAST"), name="a-bureau")
    (found,) = refused(city, catalog)
    # Whichever comes first in the order of ids, it is told where somebody can mend it.
    assert (found.file, found.line, found.code) == (path.as_posix(), 1, "catalog.duplicate_power")
    path.unlink()
    matters = city / "measures" / "matters.yaml"
    matters.write_text(
        "matters:\n  990000-XK-001: {title: 甲, kind: right, default_role: applicant}\n", encoding="utf-8"
    )
    assert ("catalog.alias_clash", matters.as_posix(), 2) in [
        (problem.code, problem.file, problem.line) for problem in refused(city, catalog)
    ]
    both = catalog.model_copy(update={"departments": {
        **catalog.departments, "b": catalog.departments["trade-bureau"].model_copy(update={"id": "b"})
    }})  # fmt: skip
    matters.write_text("matters:\n  PARK: {title: 公园, kind: right, default_role: applicant}\n", encoding="utf-8")
    assert refused(city, both) == ()


def refused(root: Path, base: Catalog) -> tuple[Problem, ...]:
    """Return what is wrong with a root over a base."""
    try:
        load_with_sources([root], base=base)
    except CatalogError as error:
        return error.problems
    return ()


def test_nothing_is_said_where_there_are_no_departments(world: Path) -> None:
    """Whoever has no power list yet is not told of its breaks."""
    assert not {problem.code for problem in lint(load_with_sources([world]), DAY)} - {"never-tested"}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (
            (),
            "authority-without-department",
            "990000 没有部门与实施主体“虚构市局”对应；用到它的措施：withhold-fast-lane。",
        ),
        (("[虚构部]", "[虚构部, 虚构市局]"), "authority-without-department", None),
        (("[虚构部]", "[虚构部, 虚构布]"), "authority-unused", "990000 “虚构布”；可用的有："),
        ((", section: first}\n", "}\n"), "power-without-section", "990000 990000-XK-001（贸易许可）。"),
        (
            (", officers: [{post: 受理岗, contact: 0990-0000001}]", ""),
            "section-without-officers",
            "990000 first（一科）。",
        ),
        (
            ("[TRADE, WATCH]", "[TRADE.FAST]"),
            "department-without-power",
            "990000 事项“监督”（WATCH），要由它实施的措施：",
        ),
        ((), "department-without-power", None),
        ((), "power-without-measure", None),
    ],
)
def test_every_break_in_the_chain_is_told(
    words: tuple[str, str] | tuple[()], code: str, told: str | None, world: Path
) -> None:
    """FEATURES 25: 措施对应部门、部门对应权力事项、事项对应科室、科室对应人员."""
    bureau(world, *([words] if words else []))
    found = said(world, code)
    assert bool(found) is (told is not None)
    assert told is None or any(told in message for message in found)


def test_an_item_that_no_measure_concerns_is_told(world: Path) -> None:
    """Most items of a whole power list have nothing to do with sanctions: that is only information."""
    matters = world / "measures" / "matters.yaml"
    matters.write_text(
        matters.read_text(encoding="utf-8") + "  PARK: {title: 公园, kind: right, default_role: applicant}\n",
        encoding="utf-8",
    )
    bureau(world, ("[TRADE, WATCH]", "[TRADE, WATCH, PARK]"))
    (found,) = [one for one in lint(load_with_sources([world]), DAY) if one.code == "power-without-measure"]
    assert (found.level, found.line) == ("info", 9)
    assert "990000-XK-002（贸易）：PARK。" in found.message


def test_a_word_of_the_national_layer_is_told_at_the_department(world: Path) -> None:
    """The measure stands in a bundle, in no file; the place that lacks a department is the author's."""
    base = load_catalog([world])
    city = world.parent / "city"
    (city / "measures").mkdir(parents=True)
    path = bureau(city, ("[虚构部]", "[虚构市局]"))
    found = [one for one in lint(load_with_sources([city], base=base), DAY) if one.line]
    assert {(one.code, one.file, one.line) for one in found if one.code == "authority-without-department"} == {
        ("authority-without-department", path.as_posix(), 3)
    }


def test_several_measures_without_department_are_counted() -> None:
    """A word of many measures is one remark that names the first of them."""
    messages = [one.message for one in lint(pack(), DAY) if one.code == "authority-without-department"]
    assert any("等 " in message and "“采购人”" in message for message in messages)


def test_the_sample_power_list_has_no_break_of_its_own() -> None:
    """An example must be one to follow; that a city of two bureaus lacks others is said for information."""
    found = {problem.code for problem in lint(pack(), DAY) if "packs/power-list" in problem.file}
    assert found <= {"authority-without-department"}


def test_the_chain_is_explained_from_both_ends() -> None:
    """Whoever reads a measure finds the desk, whoever reads a department its measures, a code both."""
    catalog = pack().catalog
    measure = explain(catalog, "add-points-integrity-model")
    assert (
        "公共资源交易监督管理部门：虚构市公共资源交易监督管理局（示例）（example-trading-bureau），990000：" in measure
    )
    assert "投标资格核查岗 0990-0000001" in measure
    department = explain(catalog, "example-trading-bureau")
    assert "（add-points-integrity-model）" in department
    assert "990000-JC-001 依法必须招标项目投标活动监督检查（市级，行政检查），招标投标监督科（" in department
    both = explain(catalog, "990000-JC-001")
    assert "`BID.TENDER` · 事项" in both
    assert "`example-trading-bureau` · 部门" in both
    assert "权力事项：\n  1. 990000-JC-001" in both


def test_what_is_open_is_explained_as_such(world: Path) -> None:
    """A chain with gaps reads as one with gaps."""
    bureau(world, (", section: first}\n", "}\n"), (", officers: [{post: 受理岗, contact: 0990-0000001}]", ""))
    catalog = load_catalog([world])
    assert "990000-XK-001 贸易许可（市级，行政许可）：贸易许可（TRADE.LIC）" in explain(catalog, "trade-bureau")
    assert "  1. 一科\n" in explain(catalog, "trade-bureau")
    bureau(world, ("matters: TRADE.LIC", "matters: WATCH.TRADE"), ("[TRADE, WATCH]", "[WATCH]"))
    assert "990000：没有相应的权力事项" in explain(load_catalog([world]), "refuse-trade")
