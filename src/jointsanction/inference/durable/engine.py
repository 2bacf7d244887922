"""Running rules on durable_rules (第二推导引擎): group after group, each compiled once and asked under one lock."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.errors import InferenceError
from jointsanction.inference.durable.network import Network
from jointsanction.inference.durable.rulesets import ENGINE_ERRORS, Rulesets
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
            for group in self._groups(rules):
                known = graded(self._exhaust(group, known, fired), fired.values())
        return Run(tuple(fired[rule] for rule in sorted(fired)), known)

    def _groups(self, rules: Sequence[Rule]) -> tuple[Group, ...]:
        """Return rules as compiled; what is kept holds on to them, so no others have their identities."""
        key = tuple(map(id, rules))
        if key not in self._compiled:
            if len(self._compiled) >= KEPT:
                self._compiled.clear()
            self._compiled[key] = tuple(Group.of(group) for group in strata(rules))
        return self._compiled[key]

    def _exhaust(self, group: Group, known: Sequence[Fact], fired: dict[str, Derived]) -> list[Fact]:
        try:
            return Session(*group, group.network.codes.values()).exhaust(known, fired)
        except ENGINE_ERRORS as error:
            # What the engine holds now nobody knows, so it is not asked again.
            self._compiled.clear()
            code, message = "inference.engine", "durable_rules 未能完成推导。"
            raise InferenceError(code, message, "请保留规则和问题，报告此错误。") from error
        finally:
            group.rulesets.forget()
