"""Facts about durable_rules 2.0.28 that our use of it rests on: a test that fails here says that one has changed."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = pytest.mark.usefixtures("durable")

Condition = dict[str, Any]


def fired(rules: Sequence[Sequence[Condition]], facts: Sequence[Condition], *, by: str = "assert_fact") -> list[int]:
    """Return which rules fired, sorted, each as often as it did, when facts are given to the engine."""
    from durable.engine import MessageNotHandledException  # noqa: PLC0415 - an extra

    found: list[int] = []
    host = given(rules, found)
    for at, fact in enumerate(facts):
        with suppress(MessageNotHandledException):
            getattr(host, by)("rules", {"sid": "0", "id": str(at), **fact})
    return sorted(found)


def given(rules: Sequence[Sequence[Condition]], found: list[int], **settings: int) -> Any:  # noqa: ANN401 - it has no types
    """Return a host that knows some rules, each of patterns called `a0`, `a1` and so on."""
    from jointsanction.inference.durable.rulesets import QuietHost  # noqa: PLC0415 - an extra

    host = QuietHost()
    host.register_rulesets(
        {
            "rules": {
                f"r{at}": {
                    "all": [{f"a{n}": pattern} for n, pattern in enumerate(patterns)],
                    "run": noting(found, at),
                    "dist": 0,
                    **settings,
                }
                for at, patterns in enumerate(rules)
            }
        }
    )
    return host


def noting(found: list[int], at: int) -> Callable[[Any], None]:
    """Return an action that notes a rule."""
    return lambda _: found.append(at)


def test_the_second_key_of_a_condition_is_ignored() -> None:
    """So every condition stands under one `$and`, a key at a time."""
    assert fired([[{"a": 1, "b": 2}]], [{"a": 1, "b": 3}]) == [0]
    assert fired([[{"$and": [{"a": 1}, {"b": 2}]}]], [{"a": 1, "b": 3}, {"a": 1, "b": 2}]) == [0]


def test_an_event_fires_one_rule_and_a_fact_all() -> None:
    """So everything enters as a fact."""
    rules = [[{"$and": [{"a": 1}]}], [{"$and": [{"a": 1}]}]]
    assert (fired(rules, [{"a": 1}], by="post"), fired(rules, [{"a": 1}])) == ([0], [0, 1])


@pytest.mark.parametrize(("condition", "fact"), [({"$gte": {"a": 3}}, {"a": "abc"}), ({"a": "true"}, {"a": True})])
def test_text_compares_with_numbers_without_complaint(condition: Condition, fact: Condition) -> None:
    """So only small integers of ours enter."""
    assert fired([[{"$and": [condition]}]], [fact]) == [0]


def test_properties_and_messages_are_known_by_a_hash() -> None:
    """`costarring` and `liquid` have the same: so names and numbers are ours, and looked at for that beforehand."""
    from durable.engine import MessageObservedException  # noqa: PLC0415 - an extra

    assert fired([[{"$and": [{"costarring": 1}]}]], [{"liquid": 1}]) == [0]
    host = given([[{"$and": [{"a": 1}]}]], [])
    host.assert_fact("rules", {"sid": "0", "id": "costarring", "a": 1})
    with pytest.raises(MessageObservedException):
        host.assert_fact("rules", {"sid": "0", "id": "liquid", "a": 1})


def test_our_names_and_numbers_have_hashes_of_their_own() -> None:
    """No two messages of a run, and no two properties of a message, are one to the engine."""
    from jointsanction.inference.durable.rulesets import MOST_MESSAGES  # noqa: PLC0415 - an extra

    numbers = ["sid-0", *map(str, range(MOST_MESSAGES))]
    names = ["sid", "id", "$s", "i", "k", "s", *(f"{letter}{at}" for letter in "vfn" for at in range(300))]
    assert [len({fnv(text) for text in texts}) for texts in (numbers, names)] == [len(numbers), len(names)]


def fnv(text: str) -> int:
    """Return the hash durable_rules knows a text by (FNV-1a, 32 bits)."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def test_an_exception_in_an_action_is_swallowed_and_noted() -> None:
    """So actions only append, and the note is looked for after each run."""
    host = given([[{"$and": [{"a": 1}]}]], None)  # type: ignore[arg-type] # None has no `append`
    host.assert_fact("rules", {"sid": "0", "id": "1", "a": 1})
    assert "append" in host.get_state("rules", "0")["exception"]


def test_one_message_meets_two_patterns_only_when_it_may() -> None:
    """So `dist` is 0 in every rule."""
    pattern, found = {"$and": [{"a": 1}]}, list[int]()
    given([[pattern, pattern]], found, dist=1).assert_fact("rules", {"sid": "0", "id": "1", "a": 1})
    assert (found, fired([[pattern, pattern]], [{"a": 1}])) == ([], [0])


def test_a_comparison_between_messages_after_an_or_is_ignored() -> None:
    """So no condition holds an `$or`: sets are answered beforehand."""
    first, joined = {"$and": [{"k": 0}]}, {"v": {"a0": "v"}}
    either = {"$or": [{"k": 1}, {"k": 2}]}
    facts = [{"k": 0, "v": 7}, {"k": 1, "v": 8}]
    assert fired([[first, {"$and": [either, joined]}]], facts) == [0]


def test_a_message_that_meets_more_than_64_conditions_fails() -> None:
    """So rules are packed into rulesets in which none can."""
    import durable_rules_engine  # noqa: PLC0415 - an extra

    with pytest.raises(durable_rules_engine.error, match="303"):
        fired([[{"$and": [{"$neq": {"a": at}}]}] for at in range(70)], [{"a": 100}])


def test_our_host_starts_no_threads() -> None:
    """The threads of an ordinary host run actions elsewhere, and firings are missing when an assertion returns."""
    before = threading.active_count()
    host = given([[{"$and": [{"a": 1}]}]], [])
    assert (threading.active_count(), hasattr(host, "_d_timer")) == (before, False)


def test_nothing_is_left_of_a_session_that_was_deleted() -> None:
    """Safe when an action has run in it; retracting what two messages matched is not."""
    host = given([[{"$and": [{"a": 1}]}, {"$and": [{"b": 1}]}]], found := list[int]())
    for run in range(1, 4):
        host.assert_fact("rules", {"sid": "0", "id": "1", "b": 1})
        assert len(found) == run - 1
        host.assert_fact("rules", {"sid": "0", "id": "2", "a": 1})
        assert len(found) == run
        host.delete_state("rules", "0")
