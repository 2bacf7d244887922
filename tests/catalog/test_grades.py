"""What a grade of an outside scheme means: its level on a day, and which of the four levels that converts to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import worlds as w
from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.explain import explain
from jointsanction.catalog.grades import conversion_on, converted, level_on
from jointsanction.catalog.reading.scheme_faults import scheme_faults
from jointsanction.catalog.statutes.citations import citations
from jointsanction.model.catalogue import Catalog, Rule, Scheme
from jointsanction.terms import GradeLevel, ListKind

DAY = date(2026, 6, 10)


def scheme(**more: Any) -> Scheme:
    """Make a scheme of two levels."""
    levels = [{"level": "A", "title": "优"}, {"level": "D", "title": "差"}]
    return Scheme.model_validate({"id": "s", "title": "等级", "levels": levels, **more})


def with_schemes(catalog: Catalog, *schemes: Scheme) -> Catalog:
    """Put schemes into a small world."""
    return catalog.model_copy(update={"schemes": {one.id: one for one in schemes}})


POINTS = scheme(
    points=True,
    levels=[
        {"level": "AAA", "title": "诚信模范", "points_from": 1050},
        {"level": "A", "title": "诚信", "points_from": 960, "valid_to": "2025-12-31"},
        {"level": "B", "title": "一般"},
    ],
)


@pytest.mark.parametrize(
    ("grade", "level"),
    [
        ("1050", "AAA"), ("1049.9分", "B"), ("-20", "B"), ("AAA", "AAA"), ("诚信模范", "AAA"), ("1 100 分", "AAA"),
        ("很多分", None), ("A", None),
    ],
)  # fmt: skip
def test_points_give_the_level_whose_least_they_reach(grade: str, level: str | None) -> None:
    """A level has its least number of points in it; a level no longer in use is none."""
    assert level_on(POINTS, grade, DAY) == level


def test_points_below_every_level_are_no_level() -> None:
    """Where the last level has a least number too, fewer points say nothing; a number is none of a plain scheme."""
    levels = [{"level": "A", "title": "优", "points_from": 90}, {"level": "B", "title": "良", "points_from": 60}]
    assert level_on(scheme(points=True, levels=levels), "59", DAY) is None
    assert level_on(scheme(), "95", DAY) is None


def test_a_conversion_table_holds_within_its_days() -> None:
    """已有信用等级按规定转换: which of the four a level is, the table of that day says."""
    dated = scheme(
        conversions=[
            {"levels": {"A": "trustworthy"}, "unconverted": ["D"], "valid_to": "2026-03-31"},
            {"levels": {"D": "general-dishonesty"}, "valid_from": "2026-05-01"},
        ]
    )
    catalog = with_schemes(w.world(w.list_type("EV.A", "rating", scheme=[{"scheme": "s"}])), dated)
    assert conversion_on(dated, date(2026, 4, 1)) is None
    assert converted(catalog, "EV.A", "A", date(2026, 3, 31)) is GradeLevel.TRUSTWORTHY
    assert converted(catalog, "EV.A", "A", date(2026, 4, 1)) is None
    assert converted(catalog, "EV.A", "D", date(2026, 5, 1)) is GradeLevel.GENERAL_DISHONESTY
    assert converted(catalog, "EV.A", None, DAY) is None
    assert converted(catalog, "BL.A", "A", DAY) is None


@pytest.mark.parametrize(
    ("code", "level", "day", "four"),
    [
        ("EV.TAX", "A", DAY, "trustworthy"),
        ("EV.TAX", "M", DAY, None),
        ("EV.TAX", "D", DAY, "general-dishonesty"),
        ("RL.AEO", "一般认证", date(2021, 10, 31), "trustworthy"),
        ("RL.AEO", "高级认证", date(2026, 3, 31), "trustworthy"),
        ("RL.AEO", "认证", date(2026, 3, 31), None),
        ("RL.AEO", "认证", date(2026, 4, 1), "trustworthy"),
        ("BL.CUS", "严重失信", date(2026, 4, 1), "serious-dishonesty"),
        ("EV.CREDIT", "A", date(2025, 6, 1), "trustworthy"),
        ("EV.CREDIT", "D", DAY, None),
    ],
)
def test_the_shipped_tables(code: str, level: str, day: date, four: str | None) -> None:
    """纳税 A/B/M/C/D, 海关 before and after 2026-04-01, A–D of GB/T 45255-2025: a rating finds nobody dishonest."""
    assert converted(default_catalog(), code, level, day) == four


def test_every_shipped_level_is_mapped_or_left_out_on_purpose() -> None:
    """A level in neither would be told of at import; the shipped tables leave none."""
    for one in default_catalog().schemes.values():
        for table in one.conversions:
            assert {level.level for level in one.levels} == {*table.levels, *table.unconverted}


def test_a_rating_is_neither_list_nor_record() -> None:
    """A bad rating restricts nobody, spoils no clean period, and needs no document number."""
    rating = w.list_type("EV.A", "rating", basis=[])
    catalog = w.world(rating, w.incentive(conditions=[{"clean-period": 3}, "no-serious-listing"]))
    answer = w.ask(catalog, w.listing("RL.A"), w.listing("EV.A", instrument_no=None, grade="D"))
    assert answer.verdict == "favoured"
    assert default_catalog().lists["EV.TAX"].kind is ListKind.RATING


def test_a_scheme_is_explained_with_points_and_conversions() -> None:
    """Who applies a table must see its dates, what it leaves out, and on what it rests."""
    table = {"levels": {"A": "trustworthy"}, "unconverted": ["B"], "valid_from": "2026-01-01", "note": "约定。"}
    levels = [
        {"level": "A", "title": "优", "points_from": 90, "criteria": "九十分以上"},
        {"level": "B", "title": "良"},
    ]
    named = scheme(points=True, levels=levels, conversions=[{**table, "basis": [w.basis()]}, {"levels": {}}])
    text = explain(with_schemes(w.world(), named), "s")
    assert "1. 优（A），90 分以上：九十分以上" in text
    assert "- 积分：按积分定级；居民诚信积分只能用于激励，不得用于惩戒" in text
    assert "- 等级转换［自 2026-01-01 起］：A→守信；B 不转换" in text
    assert "- 转换备注：约定。" in text


def test_the_basis_of_a_conversion_is_a_citation_like_any_other() -> None:
    """It is verified against the statutes as the basis of a measure is."""
    table = {"levels": {"A": "trustworthy"}, "basis": [w.basis()]}
    catalog = with_schemes(w.world(), scheme(conversions=[table]))
    assert ("conversions", 0, "basis", 0) in {one.path for one in citations(catalog)}


def test_points_restrict_nobody_even_when_a_measure_says_so() -> None:
    """FEATURES 78: the linter refuses such a measure, and the engine does not let it bite."""
    points = with_schemes(
        w.world(
            w.list_type("EV.P", "rating", scheme=[{"scheme": "s"}], basis=[]),
            w.measure(trigger="grade", targets={"grades": {"scheme": "s", "levels": ["D"]}}),
            w.incentive(trigger="grade", targets={"grades": {"scheme": "s", "levels": ["A"]}}),
        ),
        scheme(points=True, levels=[{"level": "A", "title": "优", "points_from": 90}, {"level": "D", "title": "差"}]),
    )
    assert w.reasons(w.ask(points, w.listing("EV.P", grade="20")))["bar"] == "unfounded-list"
    assert w.ask(points, w.listing("EV.P", grade="95分")).verdict == "favoured"


def test_one_rule_grades_all_schemes() -> None:
    """A rule sees what a level converts to, and needs to know of no scheme."""
    rating = w.list_type("EV.A", "rating", scheme=[{"scheme": "s"}], basis=[])
    rule = Rule.model_validate(
        {
            "id": "low",
            "title": "转换为一般失信",
            "when": {"listing": {"converts-to": {"eq": "general-dishonesty"}, "in-force": {"eq": True}}},
            "then": {"grade": "general-dishonesty"},
            "basis": [w.basis()],
            "explanation": "按转换表。",
        }
    )
    table = scheme(conversions=[{"levels": {"A": "trustworthy", "D": "general-dishonesty"}}])
    catalog = with_schemes(w.world(rating, rule), table)
    levels = [w.ask(catalog, w.listing("EV.A", grade=grade)).grade.level for grade in ("D", "A")]
    assert levels == ["general-dishonesty", "trustworthy"]


def test_tables_may_follow_one_another() -> None:
    """One holds until the day before the next: on no day are there two."""
    tables = [
        {"levels": {"A": "trustworthy"}, "unconverted": ["D"], "valid_to": "2026-03-31"},
        {"levels": {"A": "trustworthy", "D": "general-dishonesty"}, "valid_from": "2026-04-01"},
    ]
    assert list(scheme_faults(scheme(conversions=tables))) == []


def test_points_may_make_somebody_trustworthy() -> None:
    """The one way points may count: for whoever has them (FEATURES 78)."""
    table = {"levels": {"AAA": "trustworthy"}, "unconverted": ["A", "B"]}
    assert list(scheme_faults(POINTS.model_copy(update={"conversions": scheme(conversions=[table]).conversions}))) == []
