"""Two engines, one answer: whatever the facts and the rules, durable_rules comes to what our own evaluator comes to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

from jointsanction import InferenceError
from jointsanction.catalog.bundle import catalog_version, default_catalog
from jointsanction.catalog.compile import compile_catalog
from jointsanction.inference import Fact, Run, count_fact, count_key, counts_of, needs, run, strata
from jointsanction.model.catalogue import Rule
from jointsanction.model.rule_order import gives
from jointsanction.testing.cases import Worlds, asking, read_cases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointsanction.inference import Infer

KEYS = ("kind", "field", "size", "codes")
VALUES = [None, True, False, 1, 2, "black", "red", "1", "true", ("red",), ("black", "red"), ()]
WORDS = ["black", "red", "1", 1, True, 2]
SETS = ["in", "not-in", "within"]
NAMES = ["x", "y"]
FACTS = ["grows", "known", "far"]
LEVELS = ["trustworthy", "general-dishonesty", "serious-dishonesty", "blacklisted"]
LEAVES = ["listing", "act", "question"]

tests = st.one_of(
    st.builds(lambda word: {"eq": word}, st.sampled_from(WORDS)),
    st.builds(lambda word: {"ne": word}, st.sampled_from(WORDS)),
    st.builds(lambda words, word: {word: words}, st.lists(st.sampled_from(WORDS[:3])), st.sampled_from(SETS)),
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
derivable = st.sampled_from(["red", True, 1])
consequences = st.one_of(
    st.builds(lambda fact, value: {"derive": {"fact": fact, "value": value}}, st.sampled_from(FACTS), derivable),
    st.builds(lambda level: {"grade": level}, st.sampled_from(LEVELS)),
    st.just({"warn": "w"}),
)  # fmt: skip


@st.composite
def rules(draw: st.DrawFn) -> list[Rule]:
    """Draw rules over everything the language has, without a ring: the linter reports those."""
    drawn = draw(st.lists(st.tuples(conditions, consequences), min_size=1, max_size=4))
    made = [rule(f"r{at}", when, then) for at, (when, then) in enumerate(drawn)]
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


def rule(id_: str, when: dict[str, Any], then: dict[str, Any] | None = None) -> Rule:
    """Make a rule."""
    words = {"id": id_, "title": id_, "when": when, "then": then or {"warn": id_}, "basis": [], "explanation": id_}
    return Rule.model_validate(words)


def answer(infer: Infer, facts: Sequence[Fact], drawn: Sequence[Rule]) -> Run | tuple[str, str]:
    """Return what an engine comes to, or its error."""
    try:
        return infer(facts, drawn)
    except InferenceError as error:
        return error.code, error.message


@given(data=st.data())
def test_both_engines_come_to_the_same(durable: Infer, data: st.DataObject) -> None:
    """What fired, on which listings, acts and counts, every fact in the end, or the same error.

    A rule beyond the limits of durable_rules is refused before it is handed over: that is no answer to compare.
    """
    drawn = data.draw(rules())
    facts = data.draw(facts_for(drawn))
    theirs = answer(durable, facts, drawn)
    assume(theirs[0] != "inference.too_large")
    assert theirs == answer(run, facts, drawn)


def test_threads_do_not_disturb_each_other(durable: Infer) -> None:
    """The second engine is asked by one thread at a time, whichever rules it holds."""
    when = {"all": [{"listing": {"kind": {"as": "k"}}}, {"act": {"kind": {"same": "k"}}}]}
    made = [rule(f"r{at}", when) for at in range(4)]
    subjects = [[Fact("listing", {"kind": at}, 0), Fact("act", {"kind": at % 3}, 0)] for at in range(6)]
    asked = [(facts, made[: 1 + at % 4]) for at in range(5) for facts in subjects]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda each: durable(*each), asked))
    assert answers == [run(facts, drawn) for facts, drawn in asked]


def test_the_shipped_rules_answer_their_cases_alike(durable: Infer) -> None:
    """Every case beside a shipped rule has the same answer, grade, supervision and reasons by both engines."""
    catalog = default_catalog()
    tables = compile_catalog(catalog, catalog_version(catalog))
    ours, theirs = Worlds(tables), Worlds(tables, durable)
    files = sorted((Path(__file__).parents[2] / "rules").glob("*.test.yaml"))
    cases = [case for file in files for case in read_cases(file)]
    assert len(cases) > 50
    for case in cases:
        asked = asking(case, tables)
        assert theirs.answer(asked, case).model_dump() == ours.answer(asked, case).model_dump(), case.name
