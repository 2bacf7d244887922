"""Productions as rulesets of durable_rules (规则集), within its limits, on a host of our own that starts no threads.

This is the only module that imports the engine.
"""

from __future__ import annotations

import weakref
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import durable_rules_engine
from durable.engine import Host, MessageNotHandledException, MessageObservedException

from jointsanction.errors import InferenceError
from jointsanction.inference.durable.codes import SEED, Ref, Test
from jointsanction.inference.durable.network import Head, Pattern, Production

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jointsanction.inference.durable.codes import Message

MOST_PRODUCTIONS: Final = 4000
"""Rules of a ruleset; the engine stops at 4,096."""

MOST_KINDS: Final = 480
"""Kinds of message a ruleset tells apart; the engine takes 511 values of one field."""

MOST_CONDITIONS: Final = 60
"""Conditions a message could meet in a ruleset; the engine keeps 64 in mind and then fails."""

MOST_ALIKE: Final = 240
"""Patterns on one kind of message in a ruleset; at 255 equal ones the engine writes past the end of its list."""

MOST_TESTS: Final = 24
"""Comparisons of one pattern; the engine takes 31 with what belongs around them."""

MOST_MESSAGES: Final = 60_000
"""Messages of one run; up to here no two of their numbers have the same 32-bit hash, by which the engine knows them."""

MOST_PROPERTIES: Final = 240
"""Properties of a message; the engine takes 255."""

SID: Final = "0"
"""The one session there is at a time: more than 1,024 end in a crash."""


ENGINE_ERRORS: Final = (durable_rules_engine.error, MessageObservedException, MemoryError)
"""What goes wrong inside the engine."""


class Match(NamedTuple):
    """What the engine found: a production, and the message each of its patterns matched."""

    production: Production
    messages: tuple[Message, ...]


OPENING: Final = Production((Pattern(SEED),), Head("opened", 0))
"""The first rule of each ruleset, which every run begins with: an action has run before the session is deleted."""


SAME: Final = Test("s", equal=True, value=Ref(0, "s"))
"""A comparison between two messages that never fails: every message has the same there."""


class QuietHost(Host):  # type: ignore[misc]
    """A host without the polling threads that would run actions elsewhere."""

    def _run(self) -> None:
        """Start nothing."""


class Rulesets:
    """The productions of one group of rules in the engine, and what it holds of a run (规则集)."""

    def __init__(self, productions: Sequence[Sequence[Production]]) -> None:
        """Register the productions, those of one rule together.

        Raises:
            InferenceError: `inference.too_large` when one rule is beyond the limits of the engine.
        """
        self._host = QuietHost()
        self._found: list[tuple[Production, Any]] = []
        self._on: dict[int, list[str]] = {}
        self._begun: list[str] = []
        for at, packed in enumerate(pack(productions)):
            name, every = f"r{at}", [OPENING, *packed]
            self._host.register_rulesets({name: {f"p{n}": self._rule(each) for n, each in enumerate(every)}})
            for kind in {pattern.kind for each in every for pattern in each.patterns}:
                self._on.setdefault(kind, []).append(name)
        # The host never gives a ruleset back; its handle is the only way to.
        handles = [self._host.get_ruleset(name)._handle for name in self._on.get(SEED, ())]  # noqa: SLF001
        weakref.finalize(self, _delete, handles).atexit = False

    def tell(self, number: int, message: Message) -> None:
        """Assert a message under a number of ours, and let everything follow that follows from it."""
        if number >= MOST_MESSAGES or len(message) > MOST_PROPERTIES:
            raise too_large("一次推导中的事实")
        told = {"sid": SID, "id": str(number), "i": number, SAME.name: 0, **message}
        for name in self._on.get(message["k"], ()):
            # A message that meets no condition at all is no error.
            with suppress(MessageNotHandledException):
                self._host.assert_fact(name, dict(told))
            if message["k"] == SEED:
                self._begun.append(name)

    def matches(self) -> Iterator[Match]:
        """Yield what was found since the last time, and what is found meanwhile."""
        while self._found:
            production, closure = self._found.pop()
            yield Match(production, tuple(getattr(closure, f"a{at}") for at in range(len(production.patterns))))

    def verify(self) -> None:
        """See that no action failed: durable_rules swallows what is raised in one, and keeps a note of it.

        Raises:
            InferenceError: `inference.engine`.
        """
        for name in self._begun:
            if "exception" in self._host.get_state(name, SID):
                raise failed()

    def forget(self) -> None:
        """Leave nothing of a run to the next one.

        Not by retracting: once a match of two messages is through, retracting both reads and writes past its end.
        Deleting the session is safe when an action has run in it, and `OPENING` is the first; else it frees memory
        that was never given.
        """
        while self._begun:
            self._host.delete_state(self._begun.pop(), SID)
        self._found.clear()

    def _rule(self, production: Production) -> dict[str, Any]:
        conditions = [{f"a{at}": condition(pattern)} for at, pattern in enumerate(production.patterns)]
        # dist: 0, or else one message could not match two patterns.
        return {"all": conditions, "dist": 0, "run": _noting(self._found, production)}


def _delete(handles: Sequence[int]) -> None:
    for handle in handles:
        durable_rules_engine.delete_ruleset(handle)


def _noting(found: list[tuple[Production, Any]], production: Production) -> Callable[[Any], None]:
    """Return an action that only appends: an exception in it would be swallowed."""
    return lambda closure: found.append((production, closure))


def condition(pattern: Pattern) -> dict[str, Any]:
    """Return a pattern in the engine's words: always under one `$and`, which is never empty and holds no `$or`."""
    return {"$and": [{"k": pattern.kind}, *(_comparison(test) for test in _tests(pattern))]}


def _tests(pattern: Pattern) -> tuple[Test, ...]:
    """Return the comparisons of a pattern as the engine can bear them.

    Where one between two messages fails, it looks for the end of the `$and`, and past it if that one was the last. So
    one that never fails comes last.
    """
    joined = any(isinstance(test.value, Ref) for test in pattern.tests)
    return (*pattern.tests, SAME) if joined else pattern.tests


def _comparison(test: Test) -> dict[str, Any]:
    value = test.value if isinstance(test.value, int) else {f"a{test.value.pattern}": test.value.name}
    return {test.name: value} if test.equal else {"$neq": {test.name: value}}


def pack(rules: Sequence[Sequence[Production]]) -> list[list[Production]]:
    """Return productions packed into as few rulesets as the limits of the engine allow, each rule in one."""
    packed: list[list[Production]] = []
    for productions in rules:
        if any(len(pattern.tests) > MOST_TESTS for each in productions for pattern in each.patterns):
            raise too_large("一个条件中的比较")
        if packed and fits([*packed[-1], *productions]):
            packed[-1] += productions
        elif productions:
            if not fits(productions):
                raise too_large("一条规则的条件")
            packed.append(list(productions))
    return packed


def fits(productions: Sequence[Production]) -> bool:
    """Return whether productions are within the limits of one ruleset."""
    patterns = [pattern for production in productions for pattern in production.patterns]
    alike = Counter(pattern.kind for pattern in patterns)
    conditions = Counter(kind for kind, *_ in set(_conditions(patterns)))
    return (
        len(productions) <= MOST_PRODUCTIONS
        and len(alike) <= MOST_KINDS
        and max(alike.values(), default=0) <= MOST_ALIKE
        and max(conditions.values(), default=0) <= MOST_CONDITIONS
    )


def _conditions(patterns: Sequence[Pattern]) -> Iterator[tuple[object, ...]]:
    """Yield the conditions patterns come to in the engine's network: equal beginnings are one, joins never are."""
    for at, pattern in enumerate(patterns):
        tests = _tests(pattern)
        for end in range(1, len(tests) + 1):
            begun = tests[:end]
            joined = any(isinstance(test.value, Ref) for test in begun)
            yield (pattern.kind, begun, at if joined else None)


def too_large(what: str) -> InferenceError:
    """Return the error for what is beyond the limits of the engine."""
    message = f"{what}超出 durable_rules 的上限。"
    return InferenceError("inference.too_large", message, '改用自带的推导引擎（inference="own"），它没有这个上限。')


def failed() -> InferenceError:
    """Return the error for a run that durable_rules did not bring to its end."""
    return InferenceError("inference.engine", "durable_rules 未能完成推导。", "请保留规则和问题，报告此错误。")
