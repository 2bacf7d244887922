"""Rules on typed facts: a closed set of comparisons, all/any/none, chaining, and why each fact counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointsanction import InferenceError
from jointsanction.inference import Fact
from jointsanction.model.catalogue import Rule

if TYPE_CHECKING:
    from jointsanction.inference import Infer

BLACK = Fact("listing", {"kind": "black", "in-force": True, "relation": "self", "grade": None}, 0)
RED = Fact("listing", {"kind": "red", "in-force": True, "relation": "self", "grade": "A"}, 1)
ASKED = Fact("question", {"matter": ("GPC", "GPC.SUPPLIER"), "role": "supplier"})


def rule(id_: str = "r", when: dict[str, Any] | None = None, then: dict[str, Any] | None = None) -> Rule:
    """Make a rule."""
    return Rule.model_validate(
        {
            "id": id_,
            "title": id_,
            "when": when or {"listing": {"kind": {"eq": "black"}}},
            "then": then or {"suspend": {"effect": "incentive"}},
            "basis": [],
            "explanation": id_,
        }
    )


@pytest.mark.parametrize(
    ("when", "because"),
    [
        ({"listing": {"kind": {"eq": "black"}}}, (0,)),
        ({"listing": {"kind": {"ne": "black"}}}, (1,)),
        ({"listing": {"kind": {"in": ["black", "red"]}}}, (0, 1)),
        ({"listing": {"kind": {"not-in": ["black"]}}}, (1,)),
        ({"listing": {"kind": {"gte": "black", "lte": "black"}}}, (0,)),
        ({"listing": {"grade": {"known": True}}}, (1,)),
        ({"listing": {"grade": {"known": False}}}, (0,)),
        ({"question": {"matter": {"within": ["GPC", "BID"]}}}, ()),
        ({"all": [{"listing": {"kind": {"eq": "black"}}}, {"question": {"role": {"eq": "supplier"}}}]}, (0,)),
        ({"any": [{"listing": {"kind": {"eq": "watch"}}}, {"listing": {"kind": {"eq": "red"}}}]}, (1,)),
        ({"none": [{"listing": {"kind": {"eq": "watch"}}}]}, ()),
    ],
)
def test_a_rule_fires_and_says_what_it_rests_on(infer: Infer, when: dict[str, Any], because: tuple[int, ...]) -> None:
    """The answer to `why` is the listings that made the condition true."""
    (fired,) = infer([BLACK, RED, ASKED], [rule(when=when)]).fired
    assert fired.because == because


@pytest.mark.parametrize(
    "when",
    [
        {"listing": {"kind": {"eq": "watch"}}},
        {"listing": {"kind": {"eq": "black"}, "grade": {"eq": "A"}}},
        {"listing": {"grade": {"ne": "B"}, "kind": {"eq": "black"}}},
        {"question": {"matter": {"within": ["BID"]}}},
        {"all": [{"listing": {"kind": {"eq": "black"}}}, {"listing": {"kind": {"eq": "watch"}}}]},
        {"any": [{"listing": {"kind": {"eq": "watch"}}}]},
        {"none": [{"listing": {"kind": {"eq": "black"}}}]},
        {"act": {"type": {"eq": "procurement-ban"}}},
        {"listing": {"kind": {"eq": "watch"}, "relation": {"gte": 3}}},
        {"listing": {"kind": {"same": "nothing"}, "relation": {"gte": 3}}},
    ],
)
def test_a_rule_stays_silent(infer: Infer, when: dict[str, Any]) -> None:
    """Both tests of one clause must hold on one and the same fact; an unknown value meets no comparison.

    What stands behind a test that is not met is not asked, so that it can't be an error.
    """
    assert infer([BLACK, RED, ASKED], [rule(when=when)]).fired == ()


def test_rules_build_on_what_rules_derived(infer: Infer) -> None:
    """Forward chaining, whatever the order the rules stand in."""
    first = rule("a", then={"derive": {"fact": "serious"}})
    second = rule("b", when={"derived": {"fact": {"eq": "serious"}}})
    assert [fired.rule for fired in infer([BLACK], [second, first]).fired] == ["a", "b"]
    assert infer([RED], [second, first]).fired == ()


def test_comparing_what_cant_be_compared_is_an_error_with_the_rule(infer: Infer) -> None:
    """A typed fact never equals by accident."""
    with pytest.raises(InferenceError) as error:
        infer([BLACK], [rule("odd", when={"listing": {"kind": {"gte": 3}}})])
    assert (error.value.code, "odd" in error.value.message) == ("inference.comparison", True)


@given(st.permutations([BLACK, RED, ASKED]), st.permutations(["a", "b", "c"]))
def test_order_never_matters(infer: Infer, facts: list[Fact], names: list[str]) -> None:
    """The order in which rules fire is nobody's contract: results are sorted."""
    rules = [rule(name) for name in names]
    assert infer(facts, rules).fired == infer([BLACK, RED, ASKED], sorted(rules, key=lambda each: each.id)).fired
