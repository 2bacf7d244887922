"""Running rules on durable_rules (第二推导引擎): group after group, each compiled once and asked under one lock."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.inference.durable.network import Network
from jointsanction.inference.durable.rulesets import ENGINE_ERRORS, Rulesets, failed
from jointsanction.inference.durable.session import Session
from jointsanction.inference.facts import Derived, Fact, Run, graded
from jointsanction.model.rule_order import strata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointsanction.model.catalogue import Rule

KEPT: Final = 64
"""Sets of rules kept compiled."""


class Group(NamedTuple):
    """Rules of which none waits for another (同层规则), compiled for the engine."""

    rules: tuple[Rule, ...]
    network: Network
    rulesets: Rulesets

    @classmethod
    def of(cls, rules: tuple[Rule, ...]) -> Group:
        """Compile rules.

        Raises:
            InferenceError: `inference.too_large` when one of them is beyond the limits of the engine.
        """
        network = Network()
        return cls(rules, network, Rulesets([network.productions(rule, at) for at, rule in enumerate(rules)]))

    def exhaust(self, facts: Sequence[Fact], fired: dict[str, Derived]) -> list[Fact]:
        """Fire the rules until nothing new is derived; return what is known then."""
        try:
            known = Session(self.rules, self.network, self.rulesets, self.network.codes.values()).exhaust(facts, fired)
            self.rulesets.verify()
        finally:
            self.rulesets.forget()
        return known


class Durable:
    """An engine as ours, which lets durable_rules do the matching (第二推导引擎). Safe between threads."""

    def __init__(self) -> None:
        """Start with no rules compiled."""
        self._lock = threading.Lock()
        self._compiled: dict[tuple[int, ...], tuple[Group, ...]] = {}

    def run(self, facts: Sequence[Fact], rules: Sequence[Rule]) -> Run:
        """Return everything the rules derive, with every fact known in the end (推导过程).

        Raises:
            InferenceError: `inference.comparison` as our own engine; `inference.too_large` beyond the limits of
                durable_rules, `inference.engine` when it fails.
        """
        known, fired = tuple(facts), dict[str, Derived]()
        with self._lock:
            # Groups hold on to their rules, so no others have their identities.
            key = tuple(map(id, rules))
            # Taken out while they run: what was interrupted is not asked again.
            groups = self._compiled.pop(key, None) or tuple(Group.of(group) for group in strata(rules))
            try:
                for group in groups:
                    known = graded(group.exhaust(known, fired), fired.values())
            except ENGINE_ERRORS as error:
                raise failed() from error
            if len(self._compiled) >= KEPT:
                self._compiled.clear()
            self._compiled[key] = groups
        return Run(tuple(fired[rule] for rule in sorted(fired)), known)
