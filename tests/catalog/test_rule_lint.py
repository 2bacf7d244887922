"""Rules that build on themselves, can never fire, or say two things at once; and their words for readers."""

from __future__ import annotations

from typing import Any

import pytest

import worlds as w
from jointsanction.catalog.compile import compile_catalog
from jointsanction.catalog.explain import explain
from jointsanction.catalog.explaining.rule import clause_text, miss_text, result_texts
from jointsanction.catalog.linting.cases import _has_word, _shows
from jointsanction.catalog.linting.rules import rule_remarks
from jointsanction.catalog.reading.rule_facts import rule_faults
from jointsanction.inference import Fact
from jointsanction.inference.why import Miss
from jointsanction.model.case import Case
from jointsanction.model.catalogue import Rule, RuleClause, Scheme

RAISE = {"raise": {"degree": "prohibit", "class": "adverse"}}
CAP = {"cap": {"degree": "restrict", "class": "adverse"}}
NAMED = {"listing": {"list": {"as": "x"}}}
BLACK = {"listing": {"kind": {"eq": "black"}}}
GIVES_X = {"derive": {"fact": "x"}}
NEEDS_X = {"derived": {"fact": {"eq": "x"}}}


def rule(id_: str, when: dict[str, Any], then: dict[str, Any], **more: Any) -> Rule:
    """Make a rule resting on a law."""
    words = {"id": id_, "title": id_, "when": when, "then": then, "basis": [w.basis()], "explanation": id_}
    return Rule.model_validate({**words, **more})


def said(*entries: object) -> set[tuple[str, str]]:
    """Return what the linter says of some rules: which rule, which code."""
    tables = compile_catalog(w.world(*entries), "")
    return {(remark.id, remark.code) for remark in rule_remarks(tables, w.TODAY)}


def test_a_rule_must_not_wait_for_itself() -> None:
    """No ring without a ceiling: alone, through others, through the grade."""
    assert said(rule("a", NEEDS_X, GIVES_X)) == {("a", "rule-cycle")}
    there = rule("a", {"derived": {"fact": {"eq": "y"}}}, GIVES_X)
    back = rule("b", {"none": [NEEDS_X]}, {"derive": {"fact": "y"}})
    assert said(there, back) == {("a", "rule-cycle"), ("b", "rule-cycle")}
    assert said(rule("a", {"grade": {"level": {"eq": "blacklisted"}}}, {"grade": "trustworthy"})) == {
        ("a", "rule-cycle")
    }
    onlooker = rule("c", NEEDS_X, {"warn": "看"})
    assert said(there, back, onlooker) == {("a", "rule-cycle"), ("b", "rule-cycle")}
    assert said(rule("a", BLACK, GIVES_X), rule("b", NEEDS_X, {"warn": "有"})) == set()


def count(**more: Any) -> dict[str, Any]:
    """Make a condition that counts."""
    return {"count": {"listing": {"kind": {"eq": "black"}}, "within": {"years": 1}, "gte": 1, **more}}


@pytest.mark.parametrize(
    ("when", "never"),
    [
        (BLACK, False),
        (NEEDS_X, True),
        ({"derived": {"value": {"eq": True}}}, True),
        ({"grade": {"level": {"eq": "trustworthy"}}}, True),
        ({"listing": {"list": {"eq": "BL.A"}, "kind": {"eq": "red"}}}, True),
        ({"listing": {"list": {"eq": "BL.A"}, "kind": {"ne": "black"}}}, True),
        ({"listing": {"list": {"ne": "BL.A"}, "kind": {"in": ["black", "red"]}}}, False),
        ({"listing": {"scheme": {"eq": "nowhere"}}}, True),
        ({"listing": {"list": {"as": "one"}}}, False),
        ({"listing": {"kind": {"eq": "black", "in": ["red"]}}}, True),
        ({"listing": {"kind": {"eq": "black", "not-in": ["black"]}}}, True),
        ({"listing": {"grade": {"known": False, "eq": "A"}}}, True),
        ({"listing": {"grade": {"known": False}}}, False),
        ({"question": {"role": {"gte": 3, "lte": 2}}}, True),
        ({"question": {"role": {"gte": 3}}}, False),
        ({"all": [BLACK, NEEDS_X]}, True),
        ({"any": [BLACK, NEEDS_X]}, False),
        ({"any": [NEEDS_X]}, True),
        ({"none": [NEEDS_X]}, False),
        (count(), False),
        (count(within={"years": 0}), True),
        (count(gte=3, lte=2), True),
        (count(gte=None, eq=2, lte=None), False),
        (count(gte=None, lte=-1), True),
        (count(listing={"list": {"eq": "BL.A"}, "kind": {"eq": "red"}}), True),
        (count(listing={"kind": {"eq": "black", "ne": "black"}}), True),
    ],
)
def test_a_rule_that_can_never_fire_is_told(when: dict[str, Any], *, never: bool) -> None:
    """Facts nobody states, tests that contradict one another, stretches of nothing."""
    assert (("r", "rule-never-fires") in said(rule("r", when, {"warn": "有"}))) is never


@pytest.mark.parametrize(
    ("first", "second", "opposed"),
    [
        ({"grade": "blacklisted"}, {"grade": "trustworthy"}, True),
        ({"grade": "blacklisted"}, {"grade": "blacklisted"}, False),
        ({"supervision": {"tier": "key"}}, {"supervision": {"tier": "routine"}}, True),
        (GIVES_X, {"derive": {"fact": "x", "value": False}}, True),
        (GIVES_X, {"derive": {"fact": "y"}}, False),
        (RAISE, CAP, True),
        (CAP, RAISE, True),
        ({"cap": RAISE["raise"]}, {"raise": CAP["cap"]}, False),
    ],
)  # fmt: skip
def test_two_rules_must_not_say_opposite_things(
    first: dict[str, Any], second: dict[str, Any], *, opposed: bool
) -> None:
    """Equal conditions, in force together, and results against one another."""
    one, other = rule("a", BLACK, first), rule("b", BLACK, second)
    assert (("b", "rule-contradiction") in said(one, other)) is opposed
    later = rule("b", BLACK, second, valid_from="2030-01-01")
    earlier = rule("a", BLACK, first, valid_to="2029-12-31")
    assert ("b", "rule-contradiction") not in said(earlier, later)
    here, there = rule("a", BLACK, first, region="410000"), rule("b", BLACK, second, region="370000")
    assert ("b", "rule-contradiction") not in said(here, there)
    inside = rule("b", BLACK, second, region="410182")
    assert (("b", "rule-contradiction") in said(here, inside)) is opposed
    wider, narrower = here.model_copy(update={"id": "b"}), inside.model_copy(update={"id": "a"})
    assert (("b", "rule-contradiction") in said(narrower, wider)) is opposed


def test_a_raise_needs_a_law() -> None:
    """A memorandum can raise no burden; administration is no burden."""
    adverse = {"raise": {"degree": "prohibit", "class": "adverse"}}
    memo = w.instrument("memo", "memorandum")
    weak = [w.basis(instrument_id="memo")]
    assert said(memo, rule("r", BLACK, adverse, basis=weak)) == {("r", "weak-rule")}
    assert said(rule("r", BLACK, adverse)) == set()
    assert (
        said(memo, rule("r", BLACK, {"raise": {"degree": "supervise", "class": "administrative"}}, basis=weak)) == set()
    )


@pytest.mark.parametrize(
    ("when", "then", "codes"),
    [
        (BLACK, {"warn": "有"}, []),
        (BLACK, {}, ["catalog.rule_without_result"]),
        (BLACK, {"cap": {"degree": "supervise", "class": "adverse"}}, ["catalog.degree_mismatch"]),
        (BLACK, {"cap": {"degree": "consider", "class": "voluntary"}}, ["catalog.degree_mismatch"]),
        (BLACK, {"raise": {"degree": "withhold", "class": "administrative"}}, ["catalog.degree_mismatch"]),
        (BLACK, {"supervision": {"tier": "key", "ratio": 5}}, ["catalog.invalid_value"]),
        (BLACK, {"supervision": {"tier": "key", "inspections": -1}}, ["catalog.invalid_value"]),
        (BLACK, {"suspend": {"effect": "restriction"}}, ["catalog.invalid_value"]),
        (BLACK, {"carry": {"class": "administrative"}}, ["catalog.invalid_value"]),
        ({"listing": {"way": {"eq": "owned"}}}, {"warn": "有"}, ["catalog.unknown_value"]),
        ({"listing": {"way": {"in": ["own", "from-listing"]}}}, {"warn": "有"}, []),
        ({"listing": {"grade": {"gte": 3}}}, {"warn": "有"}, ["catalog.wrong_type"]),
        ({"derived": {"value": {"gte": 3}}}, {"warn": "有"}, []),
        ({"question": {"matter": {"eq": "M.X"}}}, {"warn": "有"}, ["catalog.wrong_type"]),
        ({"question": {"fields": {"not-in": ["food"]}}}, {"warn": "有"}, ["catalog.wrong_type"]),
        ({"question": {"traits": {"known": True}}}, {"warn": "有"}, []),
        ({"question": {"region": {"within": ["41", "410000"]}}}, {"warn": "有"}, ["catalog.invalid_value"]),
        ({"listing": {"region": {"eq": 41}}}, {"warn": "有"}, ["catalog.invalid_value"]),
        ({"listing": {"region": {"known": False}}}, {"warn": "有"}, []),
        (count(gte=None), {"warn": "有"}, ["catalog.empty_count"]),
        (count(within={}), {"warn": "有"}, ["catalog.empty_count"]),
        (count(listing={}), {"warn": "有"}, ["catalog.empty_condition"]),
        (count(listing={"list": {"as": "x"}}), {"warn": "有"}, ["catalog.rule_name"]),
        ({"listing": {"list": {"same": "x"}}}, {"warn": "有"}, ["catalog.rule_name"]),
        ({"all": [NAMED, NAMED]}, {"warn": "有"}, ["catalog.rule_name"]),
        ({"all": [NAMED, {"any": [{"listing": {"list": {"same": "x"}}}]}]}, {"warn": "有"}, []),
    ],
)  # fmt: skip
def test_a_senseless_rule_is_refused(when: dict[str, Any], then: dict[str, Any], codes: list[str]) -> None:
    """What a rule says must be something, of degrees there are, with names that were given."""
    assert [fault.code for fault in rule_faults(rule("r", when, then))] == codes


def case(**words: Any) -> Case:
    """Make a case of which only the outcome matters."""
    return Case.model_validate({"name": "x", **words})


@pytest.mark.parametrize(
    ("then", "shown", "silent"),
    [
        ({"grade": "blacklisted"}, {"grade": "blacklisted"}, {"grade": "trustworthy"}),
        ({"supervision": {"tier": "key"}}, {"supervision": "key"}, {"supervision": "none"}),
        ({"warn": "有"}, {"notices": ["r"]}, {"notices": []}),
    ],
)
def test_a_rule_is_shown_to_hold_and_not(then: dict[str, Any], shown: dict[str, Any], silent: dict[str, Any]) -> None:
    """A case says in words what came of a rule."""
    entry: Any = type("Entry", (), {"id": "r", "value": rule("r", BLACK, then)})
    assert (_shows(case(**shown), entry), _shows(case(**silent), entry)) == (True, False)
    assert _has_word(entry.value)
    assert not _has_word(rule("r", BLACK, {"suspend": {"effect": "incentive"}}))


def test_conditions_and_results_are_told_in_words() -> None:
    """One renderer for every door."""
    when = {
        "all": [
            {"listing": {"list": {"as": "one"}, "in-force": {"eq": True}, "way": {"eq": "own"}}},
            {"any": [BLACK, {"grade": {"level": {"in": ["blacklisted"]}}}]},
            {"listing": {"grade": {"known": False}, "list": {"differs": "one"}}, "act": {"type": {"known": True}}},
            count(repaired=True, within={"years": 1, "months": 6}),
            {"none": [{"derived": {"fact": {"eq": "x"}}}]},
        ]
    }
    assert clause_text(RuleClause.model_validate(when)) == (
        "列入记录（名单记作one、在列为是、查得途径为本主体自己的）"
        " 且 〔列入记录（类型为严重失信主体名单（黑名单）） 或 信用等级（等级为其一：黑名单）〕"
        " 且 〔列入记录（等级不明、名单不同于one） 且 法律事实（类型已知）〕"
        " 且 最近1 年6 个月内，列入记录（类型为严重失信主体名单（黑名单））不小于 1 次（已修复的也计）"
        " 且 没有：推导事实（事实为x）"
    )
    then = {
        "suspend": {"effect": "incentive"}, "carry": {"class": "adverse"}, "derive": {"fact": "x"},
        "grade": "blacklisted",
        "supervision": {"tier": "key", "inspections": 4, "ratio": 0.25, "manner": ["on-site"]},
        "cap": {"degree": "restrict", "class": "adverse"}, "raise": {"degree": "prohibit", "class": "adverse"},
        "review": "复杂", "warn": "注意",
    }  # fmt: skip
    told = list(result_texts(rule("r", BLACK, then).then))
    assert len(told) == len(then)
    assert "监管措施：重点监管，每年 4 次，抽查比例 25%，现场检查（几条规则同时成立的，取最严的）" in told
    assert list(result_texts(rule("r", BLACK, {"warn": "注意"}).then)) == ["提示：注意"]
    assert list(result_texts(rule("r", BLACK, GIVES_X).then)) == ["推导事实：x"]
    assert "重点监管" in explain(w.world(rule("r", BLACK, then)), "r")


def test_why_not_is_told_in_words() -> None:
    """What nobody knows is unknown, and what should not be there is named."""
    red = RuleClause.model_validate({"listing": {"kind": {"eq": "red"}, "region": {"eq": "410000"}}})
    nearest = Fact("listing", {"kind": "red", "region": None})
    assert miss_text(Miss(red, nearest, ("region",))) == "列入记录要求地域为410000，最接近的一条地域为不明"
    asked = RuleClause.model_validate({"question": {"fields": {"within": ["food"]}}})
    told = miss_text(Miss(asked, Fact("question", {"fields": ()}), ("fields",)))
    assert told == "提问要求领域属于食品，而领域为不明"
    assert miss_text(Miss(red)).startswith("没有：列入记录")
    assert miss_text(Miss(red, negated=True)).startswith("不应有而有：列入记录")


@pytest.mark.parametrize(
    "when",
    [
        {"all": [{"question": {"kind": {"eq": "person"}}}, {"question": {"kind": {"in": ["enterprise"]}}}]},
        {"all": [{"grade": {"level": {"eq": "trustworthy"}}}, {"grade": {"level": {"eq": "blacklisted"}}}]},
        {"all": [BLACK, {"none": [BLACK]}]},
        {**BLACK, "none": [BLACK]},
        {"listing": {"way": {"eq": "own"}, "relation": {"eq": "investor"}}},
        {"all": [{"listing": {"way": {"eq": "from-question"}, "relation": {"eq": "self"}}}]},
        {"listing": {"grade": {"eq": "Z"}}},
        {"listing": {"scheme": {"eq": "three"}, "grade": {"in": ["Z"]}}},
    ],
)
def test_conditions_that_exclude_one_another_are_told(when: dict[str, Any]) -> None:
    """Each could be true alone, together they can't."""
    graded = rule("graded", {"listing": {"kind": {"eq": "watch"}}}, {"grade": "general-dishonesty"})
    schemed = w.list_type("RL.T", "red", scheme=[{"scheme": "three"}])
    world = w.world(rule("r", when, {"warn": "有"}), graded, schemed, w.list_type("WL.A", "watch"))
    world = world.model_copy(update={"schemes": {"three": THREE}})
    found = {(one.id, one.code) for one in rule_remarks(compile_catalog(world, ""), w.TODAY)}
    assert found == {("r", "rule-never-fires")}


@pytest.mark.parametrize(
    "when",
    [
        {"all": [{"question": {"kind": {"in": ["person", "enterprise"]}}}, {"question": {"kind": {"eq": "person"}}}]},
        {"all": [BLACK, {"none": [{"listing": {"kind": {"eq": "black"}, "severity": {"eq": "serious"}}}]}]},
        {"all": [BLACK, {"none": [{**BLACK, "question": {"kind": {"eq": "person"}}}]}]},
        {"listing": {"way": {"eq": "from-question"}, "relation": {"eq": "investor"}}},
        {"listing": {"grade": {"eq": "A"}}},
        {"listing": {"scheme": {"eq": "three"}, "grade": {"in": ["A", "Z"]}}},
    ],
)
def test_conditions_that_can_be_true_together_are_left_alone(when: dict[str, Any]) -> None:
    """No false alarm."""
    schemed = w.list_type("RL.T", "red", scheme=[{"scheme": "three"}])
    world = w.world(rule("r", when, {"warn": "有"}), schemed)
    world = world.model_copy(update={"schemes": {"three": THREE}})
    assert list(rule_remarks(compile_catalog(world, ""), w.TODAY)) == []


THREE = Scheme.model_validate(
    {"id": "three", "title": "三级", "levels": [{"level": "A", "title": "甲"}], "points": True}
)
KEY = {"supervision": {"tier": "key"}}
RELAXED = {"supervision": {"tier": "relaxed"}}
BY_POINTS = {"listing": {"scheme": {"eq": "three"}}}


@pytest.mark.parametrize(
    ("when", "then", "told"),
    [
        (BY_POINTS, KEY, "points-restrict"),
        (BY_POINTS, {"grade": "general-dishonesty"}, "points-restrict"),
        (BY_POINTS, {"suspend": {"effect": "incentive"}}, "points-restrict"),
        ({"any": [BY_POINTS, BLACK]}, RAISE, "points-restrict"),
        ({"count": {"listing": {"kind": {"eq": "rating"}}, "within": {"years": 1}, "gte": 1}}, KEY, "points-restrict"),
        (BY_POINTS, RELAXED, None),
        (BY_POINTS, {"grade": "trustworthy"}, None),
        ({"listing": {"kind": {"eq": "rating"}, "converts-to": {"eq": "general-dishonesty"}}}, KEY, None),
        ({"all": [BLACK, {"none": [BY_POINTS]}]}, KEY, None),
        ({"listing": {"kind": {"eq": "independent"}}}, {"grade": "blacklisted"}, "independent-graded"),
        ({"listing": {"list": {"eq": "BL.I"}}}, {"grade": "trustworthy"}, "independent-graded"),
        ({"listing": {"kind": {"ne": "rating"}}}, {"grade": "general-dishonesty"}, "independent-graded"),
        ({"listing": {"kind": {"eq": "independent"}}}, KEY, None),
    ],
)
def test_a_rule_makes_no_burden_of_points_and_no_grade_of_independent_lists(
    when: dict[str, Any], then: dict[str, Any], told: str | None
) -> None:
    """居民诚信积分 feeds incentives only; 失信被执行人 is managed apart from the four levels."""
    world = w.world(
        w.list_type("BL.I", "independent"), w.list_type("EV.P", "rating", scheme=[{"scheme": "three"}]),
        w.list_type("EV.Q", "rating"),
        rule("r", when, then),
    )  # fmt: skip
    world = world.model_copy(update={"schemes": {"three": THREE}})
    found = {remark.code for remark in rule_remarks(compile_catalog(world, ""), w.TODAY)}
    assert found == ({told} if told else set())


def test_a_rule_that_derives_for_another_hands_its_ground_on() -> None:
    """Neither points nor an independent list come in by a side door; who only tests a wrong grade is not told again."""
    independent = w.list_type("BL.I", "independent")
    there = rule("there", {"listing": {"kind": {"eq": "independent"}}}, GIVES_X)
    graded = rule("graded", NEEDS_X, {"grade": "blacklisted"})
    onlooker = rule("onlooker", {"grade": {"level": {"eq": "blacklisted"}}}, {"warn": "看"})
    assert said(independent, there, graded, onlooker) == {("graded", "independent-graded")}


def test_a_ring_is_told_in_its_order() -> None:
    """From the rule itself round to itself."""
    there, back = rule("a", {"derived": {"fact": {"eq": "y"}}}, GIVES_X), rule("b", NEEDS_X, {"derive": {"fact": "y"}})
    remarks = rule_remarks(compile_catalog(w.world(there, back), ""), w.TODAY)
    assert [remark.message for remark in remarks] == ["a → b → a。", "b → a → b。"]
