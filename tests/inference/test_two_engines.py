"""Two engines, one answer: whatever the facts and the rules, durable_rules comes to what our own evaluator comes to."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jointsanction import InferenceError
from jointsanction.inference import Fact, Run, count_fact, count_key, counts_of, needs, run, strata
from jointsanction.model.catalogue import Rule
from jointsanction.model.rule_order import gives

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointsanction.inference import Infer

KEYS = ("kind", "field", "size", "codes")
VALUES = [None, True, False, 1, 2, "black", "red", "1", "true", ("red",), ("black", "red"), ()]
WORDS = ["black", "red", "1", 1, True, 2]
NAMES = ["x", "y"]
FACTS = ["grows", "known", "far"]
LEVELS = ["trustworthy", "general-dishonesty", "serious-dishonesty", "blacklisted"]
LEAVES = ["listing", "act", "question"]

tests = st.one_of(
    st.builds(lambda word: {"eq": word}, st.sampled_from(WORDS)),
    st.builds(lambda word: {"ne": word}, st.sampled_from(WORDS)),
    st.builds(lambda words, word: {word: words}, st.lists(st.sampled_from(["black", "red", "1"])), st.sampled_from(["in", "not-in", "within"])),
    st.builds(lambda known: {"known": known}, st.booleans()),
    st.builds(lambda name: {"as": name}, st.sampled_from(NAMES)),
    st.builds(lambda name, word: {word: name}, st.sampled_from(NAMES), st.sampled_from(["same", "differs"])),
    st.builds(lambda low: {"known": True, "gte": low}, st.sampled_from([1, "m"])),
    st.builds(lambda low: {"lte": low, "ne": "black"}, st.sampled_from([1, "m"])),
    st.builds(lambda name, word: {"as": name, "in": [word]}, st.sampled_from(NAMES), st.sampled_from(["black", "red"])),
)  # fmt: skip
tests_of_keys = st.dictionaries(st.sampled_from(KEYS), tests, max_size=3)
of_derived = st.fixed_dictionaries(
    {},
    optional={
        "fact": st.one_of(st.builds(lambda fact: {"eq": fact}, st.sampled_from(FACTS)), tests),
        "value": tests,
    },
)
counts = st.builds(
    lambda days: {"listing": {"kind": {"eq": "black"}}, "within": {"days": days}, "gte": 1}, st.integers(1, 3)
)
leaves = st.one_of(
    st.builds(lambda kind, keys: {kind: keys}, st.sampled_from(LEAVES), tests_of_keys),
    st.builds(lambda keys: {"listing": keys}, tests_of_keys),
    st.builds(lambda one, other: {"listing": one, "act": other}, tests_of_keys, tests_of_keys),
    st.builds(lambda keys: {"derived": keys}, of_derived),
    st.builds(lambda level: {"grade": {"level": {"in": [level]}}}, st.sampled_from(LEVELS)),
    st.builds(lambda count: {"count": count}, counts),
)


def nested(parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a condition of conditions, with or without tests of its own."""
    several = st.lists(parts, min_size=1, max_size=3)
    within = st.fixed_dictionaries({}, optional={"all": several, "any": several, "none": st.lists(parts, max_size=2)})
    return st.one_of(
        st.builds(lambda all_: {"all": all_}, several),
        st.builds(lambda own, more: {**own, **more}, leaves, within),
        within,
    )


conditions = st.recursive(leaves, nested, max_leaves=8)
consequences = st.one_of(
    st.builds(lambda fact, value: {"derive": {"fact": fact, "value": value}}, st.sampled_from(FACTS), st.sampled_from(["red", True, 1])),
    st.builds(lambda level: {"grade": level}, st.sampled_from(LEVELS)),
    st.just({"warn": "w"}),
)  # fmt: skip


@st.composite
def rules(draw: st.DrawFn) -> list[Rule]:
    """Draw rules over everything the language has, without a ring: the linter reports those."""
    drawn = draw(st.lists(st.tuples(conditions, consequences), min_size=1, max_size=4))
    made = [
        Rule.model_validate({"id": f"r{at}", "title": "t", "when": when, "then": then, "basis": [], "explanation": "e"})
        for at, (when, then) in enumerate(drawn)
    ]
    assume(not any(rings(group) for group in strata(made)))
    return made


def rings(group: Sequence[Rule]) -> bool:
    """Tell whether a rule waits for another that runs with it."""
    wanted = [need for rule in group for need in needs(rule.when) if need.strict]
    return any(gives(rule, need) for rule in group for need in wanted)


values = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES))


@st.composite
def facts_for(draw: st.DrawFn, drawn: Sequence[Rule]) -> list[Fact]:
    """Draw a subject's listings and acts, a question, a grade, and some of the counts the rules look at."""
    facts = [Fact("listing", one, at) for at, one in enumerate(draw(st.lists(values, max_size=4)))]
    facts += [Fact("act", one, at) for at, one in enumerate(draw(st.lists(values, max_size=3)))]
    facts += [Fact("question", draw(values))]
    facts += [Fact("grade", {"level": level}) for level in draw(st.lists(st.sampled_from(LEVELS), max_size=1))]
    keys = sorted({count_key(count) for rule in drawn for count in counts_of(rule.when)})
    met = draw(st.sets(st.sampled_from(keys))) if keys else set()
    return [*facts, *map(count_fact, sorted(met))]


def answer(infer: Infer, facts: Sequence[Fact], drawn: Sequence[Rule]) -> Run | tuple[str, str]:
    """Return what an engine comes to, or its error."""
    try:
        return infer(facts, drawn)
    except InferenceError as error:
        return error.code, error.message


@given(st.data())
def test_both_engines_come_to_the_same(durable: Infer, data: st.DataObject) -> None:
    """What fired, on which listings, acts and counts, every fact in the end, or the same error."""
    drawn = data.draw(rules())
    facts = data.draw(facts_for(drawn))
    assert answer(durable, facts, drawn) == answer(run, facts, drawn)
