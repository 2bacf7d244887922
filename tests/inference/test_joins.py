"""Names kept in one clause and compared with in a later one; counts; the order in which rules must run; and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction.inference import (
    Fact,
    could_match,
    count_fact,
    count_key,
    counts_of,
    fed_by,
    grade_fact,
    strata,
    worst,
)
from jointsanction.inference.why import misses
from jointsanction.model.catalogue import Rule, RuleClause, RuleCount
from jointsanction.terms import GradeLevel

if TYPE_CHECKING:
    from jointsanction.inference import Infer

TAX = Fact("listing", {"list": "BL.TAX", "field": "tax", "kind": "black"}, 0)
FOOD = Fact("listing", {"list": "BL.FOOD", "field": "food", "kind": "black"}, 1)
DINER = Fact("listing", {"list": "WL.DINER", "field": "food", "kind": "watch"}, 2)
BLANK = Fact("listing", {"list": "WL.NONE", "field": None, "kind": "watch"}, 3)
ACT = Fact("act", {"type": "commitment-breach"}, 0)
EVERYTHING = [TAX, FOOD, DINER, BLANK, ACT]


def rule(id_: str, when: dict[str, Any], **then: Any) -> Rule:
    """Make a rule."""
    words = {"id": id_, "title": id_, "when": when, "then": then or {"warn": id_}, "basis": [], "explanation": id_}
    return Rule.model_validate(words)


def clause(**when: Any) -> RuleClause:
    """Make a condition."""
    return RuleClause.model_validate(when)


SAME_FIELD = {
    "all": [
        {"listing": {"kind": {"eq": "black"}, "field": {"as": "trade"}}},
        {"listing": {"kind": {"eq": "watch"}, "field": {"same": "trade"}}},
    ]
}


@pytest.mark.parametrize(
    ("when", "because"),
    [
        (SAME_FIELD, (1, 2)),
        (
            {"all": [{"listing": {"list": {"as": "one"}, "field": {"eq": "food"}}},
                     {"listing": {"list": {"differs": "one"}, "field": {"eq": "food"}}}]},
            (1, 2),
        ),
        (
            {"all": [{"listing": {"field": {"as": "trade"}}},
                     {"any": [{"listing": {"kind": {"eq": "watch"}, "field": {"same": "trade"}}}]}]},
            (1, 2),
        ),
        (
            {"all": [{"listing": {"field": {"as": "trade"}}},
                     {"none": [{"listing": {"kind": {"eq": "watch"}, "field": {"same": "trade"}}}]}]},
            (0,),
        ),
        (
            {"all": [{"any": [{"act": {}}, {"listing": {"list": {"eq": "BL.TAX"}}}]},
                     {"listing": {"kind": {"eq": "watch"}, "list": {"as": "one"}}},
                     {"any": [{"listing": {"list": {"same": "one"}}}, {"act": {"type": {"known": False}}}]}]},
            (0, 2, 3),
        ),
        ({"listing": {"kind": {"eq": "black"}}, "none": [{"listing": {"field": {"same": "nobody"}}}]}, (0, 1)),
    ],
)  # fmt: skip
def test_a_name_joins_clauses(infer: Infer, when: dict[str, Any], because: tuple[int, ...]) -> None:
    """What a rule rests on are the facts that fit together, and no others."""
    (fired,) = infer(EVERYTHING, [rule("r", when)]).fired
    assert fired.because == because


@pytest.mark.parametrize(
    "when",
    [
        {"all": [{"listing": {"field": {"as": "t"}, "kind": {"eq": "black"}}}, {"act": {"type": {"same": "t"}}}]},
        {"listing": {"field": {"same": "nobody"}}},
        {"all": [{"all": [{"listing": {"field": {"as": "t"}}}]}, {"listing": {"field": {"same": "t"}}}]},
        {"listing": {"list": {"eq": "WL.NONE"}, "field": {"as": "t"}}},
    ],
)
def test_a_name_that_does_not_fit_or_is_unknown_joins_nothing(infer: Infer, when: dict[str, Any]) -> None:
    """Names are known in later clauses of the same `all` only, and an unknown value has none."""
    assert infer(EVERYTHING, [rule("r", when)]).fired == ()


def test_a_rule_tells_listings_acts_and_counts_apart(infer: Infer) -> None:
    """Each counts into its own, so one number means two things."""
    count = RuleCount.model_validate({"listing": {"kind": {"eq": "black"}}, "within": {"years": 2}, "gte": 2})
    when = {"all": [{"listing": {"kind": {"eq": "black"}}}, {"act": {"type": {"known": True}}}, {"count": count}]}
    (fired,) = infer([*EVERYTHING, count_fact(count_key(count))], [rule("r", when)]).fired
    assert (fired.because, fired.acts, fired.counts) == ((0, 1), (0,), (count_key(count),))
    assert infer(EVERYTHING, [rule("r", when)]).fired == ()


def test_counts_are_found_wherever_they_stand() -> None:
    """Every count of a condition is reckoned before the profile."""
    count = {"count": {"listing": {"kind": {"eq": "black"}}, "within": {"days": 9}, "lte": 0}}
    assert len(list(counts_of(clause(all=[count, {"any": [count]}, {"none": [count]}])))) == 3


GRADING = [
    rule("a-good", {"grade": {"level": {"eq": "trustworthy"}}}, supervision={"tier": "relaxed"}),
    rule("b-worse", {"listing": {"kind": {"eq": "black"}}}, grade="blacklisted"),
    rule("c-bad", {"listing": {"kind": {"eq": "watch"}}}, grade="general-dishonesty"),
    rule("d-strict", {"grade": {"level": {"eq": "blacklisted"}}}, supervision={"tier": "key"}),
]


@given(st.permutations(GRADING), st.permutations(EVERYTHING))
def test_a_rule_that_tests_the_grade_waits_for_the_worst(infer: Infer, rules: list[Rule], facts: list[Fact]) -> None:
    """Of several grades the worst counts, and it is final before anybody builds on it."""
    good = grade_fact(GradeLevel.TRUSTWORTHY)
    assert [found.rule for found in infer([good, *facts], rules).fired] == ["b-worse", "c-bad", "d-strict"]
    assert [found.rule for found in infer([good], rules).fired] == ["a-good"]
    assert infer([], rules).fired == ()


@given(st.permutations(["clean", "mark", "marked", "late"]))
def test_a_rule_that_asks_for_the_absence_of_a_fact_waits_for_it(infer: Infer, order: list[str]) -> None:
    """`none` on a derived fact is answered when nothing can derive it any more."""
    rules = {
        "mark": rule("mark", {"listing": {"kind": {"eq": "black"}}}, derive={"fact": "bad"}),
        "clean": rule("clean", {"none": [{"derived": {"fact": {"eq": "bad"}}}]}, warn="clean"),
        "marked": rule("marked", {"derived": {"fact": {"in": ["bad"]}}}, derive={"fact": "worse"}),
        "late": rule("late", {"all": [{"derived": {"value": {"eq": True}}}]}, warn="late"),
    }
    chosen = [rules[name] for name in order]
    assert [found.rule for found in infer([TAX], chosen).fired] == ["late", "mark", "marked"]
    assert [found.rule for found in infer([], chosen).fired] == ["clean"]


def test_a_ring_of_rules_comes_to_an_end(infer: Infer) -> None:
    """The linter reports a ring; an engine that meets one all the same does not run for ever."""
    ring = [
        rule("a", {"none": [{"derived": {"fact": {"eq": "y"}}}]}, derive={"fact": "x"}),
        rule("b", {"none": [{"derived": {"fact": {"eq": "x"}}}]}, derive={"fact": "y"}),
    ]
    assert len(infer([], ring).fired) in {1, 2}
    assert len(strata(ring)) in {1, 2}


def test_what_feeds_a_rule_is_found_through_others() -> None:
    """A list matters to a suspension when it can set the grade the suspension tests."""
    suspending = rule("s", {"derived": {"fact": {"eq": "far"}}}, suspend={"effect": "incentive"})
    between = rule("between", {"grade": {"level": {"eq": "blacklisted"}}}, derive={"fact": "far"})
    found = fed_by([suspending], [suspending, between, *GRADING])
    assert sorted(one.id for one in found) == ["b-worse", "between", "c-bad", "s"]


def test_a_count_and_a_name_could_match() -> None:
    """Which lists matter is asked before anybody is listed: names and counts are taken to fit."""
    held = Fact("listing", {"kind": "black", "in-force": True})
    count = {"listing": {"kind": {"eq": "black"}}, "within": {"days": 9}, "gte": 1}
    assert could_match(clause(count=count), held)
    assert not could_match(clause(count={**count, "listing": {"kind": {"eq": "red"}}}), held)
    assert could_match(clause(listing={"kind": {"same": "x"}}), held)
    assert not could_match(clause(act={"type": {"known": True}}), held)


def test_the_worst_of_none_is_none() -> None:
    """Nobody is graded by nothing."""
    assert worst([]) is None
    assert worst([GradeLevel.TRUSTWORTHY, GradeLevel.SERIOUS_DISHONESTY]) is GradeLevel.SERIOUS_DISHONESTY


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"listing": {"kind": {"eq": "black"}}}, []),
        ({"listing": {"kind": {"eq": "red"}, "field": {"eq": "food"}}}, [("listing", 1, ("kind",), False)]),
        ({"question": {"role": {"eq": "bidder"}}}, [("question", None, (), False)]),
        ({"none": [{"listing": {"kind": {"eq": "black"}}}]}, [("listing", None, (), True)]),
        (
            {"any": [{"act": {"type": {"eq": "x"}}}, {"question": {"role": {"known": True}}}]},
            [("act", 0, ("type",), False), ("question", None, (), False)],
        ),
        (
            {"any": [{"listing": {"kind": {"eq": "black"}}}], "act": {"type": {"eq": "x"}}},
            [("act", 0, ("type",), False)],
        ),
        (
            {"all": [{"listing": {"kind": {"eq": "red"}}}, {"listing": {"kind": {"eq": "black"}}}]},
            [("listing", 0, ("kind",), False)],
        ),
        (
            {"count": {"listing": {"kind": {"eq": "black"}}, "within": {"days": 9}, "gte": 1}},
            [("count", None, (), False)],
        ),
    ],
)  # fmt: skip
def test_a_silent_rule_says_which_condition_failed(when: dict[str, Any], said: list[tuple[Any, ...]]) -> None:
    """The innermost conditions, each with the fact that came nearest."""
    found = list(misses(RuleClause.model_validate(when), EVERYTHING))
    kinds = ("listing", "act", "question", "count")
    told = [
        (
            next(kind for kind in kinds if getattr(miss.clause, kind) is not None),
            None if miss.nearest is None else miss.nearest.ref,
            miss.keys,
            miss.negated,
        )
        for miss in found
    ]
    assert told == said


def test_a_run_hands_on_what_is_known_in_the_end(infer: Infer) -> None:
    """The trace of one rule speaks of what others derived."""
    done = infer([TAX], [rule("mark", {"listing": {"kind": {"eq": "black"}}}, derive={"fact": "bad"})])
    assert done.facts[-1] == Fact("derived", {"fact": "bad", "value": True})


def test_a_rule_rests_on_all_that_makes_it_true_in_the_end(infer: Infer) -> None:
    """Whatever is derived late belongs to the reasons as much as what was known first."""
    rules = [
        rule("first", {"listing": {"list": {"eq": "BL.TAX"}}}, derive={"fact": "field", "value": "tax"}),
        rule("then", {"derived": {"value": {"eq": "tax"}}}, derive={"fact": "field", "value": "food"}),
        rule("both", {"all": [{"derived": {"value": {"as": "trade"}}}, {"listing": {"field": {"same": "trade"}}}]}),
    ]
    fired = {found.rule: found.because for found in infer(EVERYTHING, rules).fired}
    assert fired == {"both": (0, 1, 2), "first": (0,), "then": ()}
