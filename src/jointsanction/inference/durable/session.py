"""One group of rules on one set of facts (一次推导): what is told to the engine, and what its matches come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from jointsanction.inference.durable.codes import SEED
from jointsanction.inference.facts import derived_fact, incomparable, resting_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointsanction.inference.durable.codes import Message
    from jointsanction.inference.durable.network import Network
    from jointsanction.inference.durable.rulesets import Match, Rulesets
    from jointsanction.inference.facts import Derived, Fact, Ref
    from jointsanction.model.catalogue import Rule, RuleValue


class Outcome(NamedTuple):
    """What follows from matches (推论): that a rule fired, or a solution of a node with the values it keeps."""

    what: str
    at: int
    values: tuple[int, ...] = ()


class Waiting(NamedTuple):
    """A solution that waits to be ruled out, so many `none` deep; `opened` is what goes on if it is not."""

    depth: int
    number: int
    opened: Message


@dataclass(slots=True)
class Session:
    """What one group of rules comes to on some facts (一次推导).

    Messages are numbered as they are told; `rests` holds what each stands for, `ways` the messages behind an outcome.
    """

    rules: Sequence[Rule]
    network: Network
    rulesets: Rulesets
    values: dict[RuleValue, int]
    rests: list[Ref | Outcome | None] = field(default_factory=list)
    ways: dict[Outcome, set[tuple[int, ...]]] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    ruled_out: set[int] = field(default_factory=set)

    def exhaust(self, facts: Sequence[Fact], fired: dict[str, Derived]) -> list[Fact]:
        """Fire the rules until nothing new is derived; return what is known then.

        Raises:
            InferenceError: `inference.comparison` when a rule compares what can't be compared.
        """
        self._tell({"k": SEED}, None)
        known, steps = list(facts), list(facts)
        while True:
            for fact in steps:
                self._tell(self.network.codes.message(fact, self.values), _ref(fact))
            self._settle()
            steps = self._conclude(fired)
            if not steps:
                return known
            known += steps

    def _tell(self, message: Message, rests: Ref | Outcome | None) -> int:
        number = len(self.rests)
        self.rests.append(rests)
        self.rulesets.tell(number, message)
        return number

    def _settle(self) -> None:
        """Take in what the engine found until nothing waits; the innermost `none` is decided first."""
        self._take_in()
        while self.waiting:
            deepest = max(each.depth for each in self.waiting)
            decided = [each for each in self.waiting if each.depth == deepest]
            self.waiting = [each for each in self.waiting if each.depth != deepest]
            for each in decided:
                if each.number not in self.ruled_out:
                    self._tell(each.opened, self.rests[each.number])
            self._take_in()

    def _take_in(self) -> None:
        for match in self.rulesets.matches():
            outcome = _outcome(match)
            new = outcome not in self.ways
            self.ways.setdefault(outcome, set()).add(tuple(int(each["i"]) for each in match.messages))
            if outcome.what == "ruled-out":
                self.ruled_out.update(outcome.values)
            elif outcome.what == "held" and new:
                self._hold(outcome)

    def _hold(self, outcome: Outcome) -> None:
        """Tell the engine of a solution; one under `none` goes on only when it is known not to be ruled out."""
        node = self.network.nodes[outcome.at]
        kept = {f"n{at}": value for at, value in enumerate(outcome.values)}
        number = self._tell({"k": node.kind, **kept}, outcome)
        if node.depth:
            self.waiting.append(Waiting(node.depth, number, {"k": node.opened, **kept}))

    def _conclude(self, fired: dict[str, Derived]) -> list[Fact]:
        """Take down which rules fired, and return what those that had not fired before derive."""
        if odd := [outcome.at for outcome in self.ways if outcome.what == "incomparable"]:
            raise incomparable(self.rules[min(odd)])
        steps: list[Fact] = []
        rested: dict[Outcome, frozenset[Ref]] = {}
        for outcome in sorted(outcome for outcome in self.ways if outcome.what == "fired"):
            found = resting_on(self.rules[outcome.at], self._resting(outcome, rested))
            steps += derived_fact(found) if found.rule not in fired else ()
            fired[found.rule] = found
        return steps

    def _resting(self, outcome: Outcome, rested: dict[Outcome, frozenset[Ref]]) -> frozenset[Ref]:
        """Return the facts behind an outcome, through every solution it goes back to."""
        if outcome not in rested:
            behind = [self.rests[number] for way in self.ways[outcome] for number in way]
            solutions = {each for each in behind if isinstance(each, Outcome)}
            refs = {each for each in behind if each is not None and not isinstance(each, Outcome)}
            rested[outcome] = frozenset(refs).union(*(self._resting(each, rested) for each in solutions))
        return rested[outcome]


def _outcome(match: Match) -> Outcome:
    head = match.production.head
    return Outcome(head.what, head.at, tuple(int(match.messages[ref.pattern][ref.name]) for ref in head.gives))


def _ref(fact: Fact) -> Ref | None:
    """Return by what a fact is named among the reasons, if it is."""
    if fact.type == "count":
        return ("count", str(fact.values["key"]))
    return (fact.type, fact.ref) if fact.ref >= 0 else None
