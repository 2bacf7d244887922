"""The second engine within the limits of durable_rules: packed where they can be kept, refused where they can't."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jointsanction import InferenceError
from jointsanction.inference import Fact, run
from jointsanction.model.catalogue import Rule

if TYPE_CHECKING:
    from jointsanction.inference import Infer


def rule(id_: str, when: dict[str, Any], then: dict[str, Any] | None = None) -> Rule:
    """Make a rule."""
    words = {"id": id_, "title": id_, "when": when, "then": then or {"warn": id_}, "basis": [], "explanation": id_}
    return Rule.model_validate(words)


def listings(count: int) -> list[Fact]:
    """Make listings of as many fields."""
    return [Fact("listing", {"field": f"f{at}", "kind": "black"}, at) for at in range(count)]


def test_more_conditions_than_a_ruleset_takes_are_packed_into_several(durable: Infer) -> None:
    """A fact that meets a hundred conditions, 260 rules that are alike, and what one derives for a hundred others."""
    rules = [rule(f"ne{at:03}", {"listing": {"field": {"ne": f"g{at}"}}}) for at in range(100)]
    rules += [rule(f"eq{at:03}", {"listing": {"kind": {"eq": "black"}}}) for at in range(260)]
    rules += [rule("far", {"listing": {}}, {"derive": {"fact": "far"}})]
    rules += [rule(f"on{at:03}", {"derived": {"fact": {"eq": "far"}}}) for at in range(100)]
    facts = listings(3)
    done = durable(facts, rules)
    assert (done == run(facts, rules), len(done.fired)) == (True, 461)


def test_a_long_condition_is_cut(durable: Infer) -> None:
    """Twenty listings that must fit together, by a name kept in the first of them."""
    same = [{"listing": {"field": {"ne": f"f{at}"}, "kind": {"same": "k"}}} for at in range(19)]
    rules = [rule("long", {"all": [{"listing": {"kind": {"as": "k"}}}, *same]})]
    facts = [Fact("listing", {"field": "other", "kind": kind}, at) for at, kind in enumerate(["black", "red"])]
    assert durable(facts, rules) == run(facts, rules)


@pytest.mark.parametrize(
    "when",
    [
        {"any": [{"listing": {"field": {"ne": f"f{at}"}}} for at in range(70)]},
        {"listing": {f"k{at}": {"known": True} for at in range(30)}},
    ],
)
def test_a_rule_beyond_the_limits_is_refused(durable: Infer, when: dict[str, Any]) -> None:
    """With the engine that has no such limit named."""
    with pytest.raises(InferenceError) as error:
        durable(listings(1), [rule("large", when)])
    assert (error.value.code, "own" in error.value.hint) == ("inference.too_large", True)


def test_too_many_facts_are_refused(durable: Infer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the numbers whose hashes are known to differ, the engine could take two facts for one."""
    monkeypatch.setattr("jointsanction.inference.durable.rulesets.MOST_MESSAGES", 20)
    rules = [rule("any", {"listing": {}})]
    with pytest.raises(InferenceError) as error:
        durable(listings(20), rules)
    assert error.value.code == "inference.too_large"
    assert durable(listings(10), rules) == run(listings(10), rules)


def test_a_failure_of_the_engine_is_ours_and_the_next_run_is_whole(
    durable: Infer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What durable_rules raises, or swallows in an action, is raised again as an error of inference."""
    from jointsanction.inference.durable import rulesets  # noqa: PLC0415 - an extra

    rules, facts = [rule("any", {"listing": {}})], listings(2)
    with monkeypatch.context() as patched:
        patched.setattr(rulesets.QuietHost, "assert_fact", _failing)
        with pytest.raises(InferenceError) as error:
            durable(facts, rules)
    assert (error.value.code, error.value.__cause__ is not None) == ("inference.engine", True)
    with monkeypatch.context() as patched:
        patched.setattr(rulesets, "_noting", lambda _found, _production: lambda _: 1 / 0)
        with pytest.raises(InferenceError) as error:
            durable(facts, rules)
    assert error.value.code == "inference.engine"
    assert durable(facts, rules) == run(facts, rules)


def _failing(*_: object) -> None:
    import durable_rules_engine  # noqa: PLC0415 - an extra

    raise durable_rules_engine.error


def test_rules_that_are_no_longer_asked_are_given_up(durable: Infer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many sets of rules are kept compiled."""
    monkeypatch.setattr("jointsanction.inference.durable.engine.KEPT", 2)
    for at in range(6):
        rules = [rule(f"r{at}", {"listing": {"field": {"eq": "f0"}}})]
        assert durable(listings(2), rules) == run(listings(2), rules)
