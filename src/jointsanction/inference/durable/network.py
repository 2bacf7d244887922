"""Conditions as productions (产生式): patterns that messages must fit together, and what follows when they do.

durable_rules has no `none` that could be relied on, no way on from one of several alternatives, and at most sixteen
patterns a rule. So a condition is cut where one of these is met: what holds so far becomes a message of its own, the
solution of a node, with the values kept, and the rest of the condition goes on from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from jointsanction.inference.durable.codes import (
    FIRST_NODE,
    INCOMPARABLE,
    KINDS,
    SEED,
    UNKNOWN,
    YES,
    Codes,
    Ref,
    Test,
)
from jointsanction.inference.evaluate import LEAVES
from jointsanction.inference.facts import count_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.inference.facts import FactType
    from jointsanction.model.catalogue import Rule, RuleClause, RuleTest, RuleValue

LONGEST: Final = 8
"""Patterns of a production; the engine takes sixteen."""


class Pattern(NamedTuple):
    """What one message must meet: its kind, and comparisons."""

    kind: int
    tests: tuple[Test, ...] = ()


class Head(NamedTuple):
    """What follows from a production: a rule fired or incomparable, or a solution that is held or that is ruled out.

    `at` is the rule by its place in the group, or the node; `gives` are the values handed on.
    """

    what: Literal["opened", "fired", "incomparable", "held", "ruled-out"]
    at: int
    gives: tuple[Ref, ...] = ()


class Production(NamedTuple):
    """Patterns that messages must fit together, and what follows (产生式)."""

    patterns: tuple[Pattern, ...]
    head: Head


class Node(NamedTuple):
    """A place where a condition is cut: the kind of its solutions, and how many values each keeps.

    `depth` is 0 where the rest goes on at once. Else its solutions wait, under so many `none`, until it is known which
    of them are ruled out; the others go on under the kind `opened`.
    """

    kind: int
    keeps: int
    depth: int

    @property
    def opened(self) -> int:
        """Return the kind of the solutions that are not ruled out."""
        return self.kind + 1


class Path(NamedTuple):
    """A way through a condition, up to some point of it: where each value kept stands, and by which name it is known.

    Values are numbered as they are kept: the name an inner `all` gives again is the outer one's once that is through.
    """

    patterns: tuple[Pattern, ...] = ()
    kept: Mapping[int, Ref] = {}
    names: Mapping[str, int] = {}


@dataclass(slots=True)
class Network:
    """What the productions of some rules share: numbers, and the nodes between them (产生式网络)."""

    codes: Codes = field(default_factory=Codes)
    nodes: list[Node] = field(default_factory=list)

    def productions(self, rule: Rule, at: int) -> tuple[Production, ...]:
        """Return the productions of a rule, by its place in the group."""
        writer = _Writer(self, at)
        path = writer.clause(rule.when, Path(), 0)
        if path is not None:
            writer.conclude(path, Head("fired", at))
        return tuple(writer.productions)


@dataclass(slots=True)
class _Writer:
    """Writes the productions of one rule; a path of None is one on which the condition is never true."""

    network: Network
    rule: int
    productions: list[Production] = field(default_factory=list)
    values: int = 0

    def conclude(self, path: Path, head: Head) -> None:
        """Write what follows at the end of a path."""
        self.productions.append(Production(path.patterns or (Pattern(SEED),), head))

    def clause(self, clause: RuleClause, start: Path, depth: int) -> Path | None:
        """Return a path continued by a condition, in the order in which our own evaluator takes its parts."""
        path: Path | None = start
        for kind in LEAVES:
            tests = getattr(clause, kind)
            path = self._leaf(kind, tests, path) if path is not None and tests is not None else path
        if clause.count is not None and path is not None:
            wanted = self.network.codes.value(count_key(clause.count))
            path = self._with(
                path, Pattern(KINDS["count"], (Test(self.network.codes.key("count", "key"), equal=True, value=wanted),))
            )
        for part in clause.all or ():
            path = self.clause(part, path, depth) if path is not None else None
        if clause.any is not None and path is not None:
            path = self._any(clause.any, path, depth)
        for part in clause.none or ():
            path = self._none(part, path, depth + 1) if path is not None else None
        return path if clause.all is None or path is None else _forgetting(path, start)

    def _leaf(self, kind: FactType, tests: Mapping[str, RuleTest], path: Path) -> Path | None:
        path = self._cut(path)
        met, kept, names = list[Test](), dict(path.kept), dict(path.names)
        for key, test in tests.items():
            if not self._key((kind, key), test, path, met):
                return None
            if "as" in test:
                names[str(test["as"])] = self.values
                kept[self.values] = Ref(len(path.patterns), self.network.codes.key(kind, key))
                self.values += 1
        return Path((*path.patterns, Pattern(KINDS[kind], tuple(met))), kept, names)

    def _key(self, at: tuple[FactType, str], test: RuleTest, path: Path, met: list[Test]) -> bool:
        """Add the tests of a key to those before it, without which it is not asked; tell whether it can be met."""
        for operator, wanted in test.items():
            own = self._tests(at, operator, wanted, path)
            if own is None:
                return False
            if operator in {"gte", "lte"}:
                odd = Pattern(KINDS[at[0]], (*met, own[0]._replace(value=INCOMPARABLE)))
                self.conclude(self._with(path, odd), Head("incomparable", self.rule))
            met += own
        return True

    def _tests(self, at: tuple[FactType, str], operator: str, wanted: RuleValue, path: Path) -> tuple[Test, ...] | None:
        """Return a comparison as the engine makes it; None when it compares with a name nothing has."""
        codes = self.network.codes
        if operator not in {"eq", "ne", "known", "as", "same", "differs"}:
            return (Test(codes.flag(*at, operator, wanted), equal=True, value=YES),)
        name = codes.key(*at)
        if operator in {"known", "as"}:
            return (Test(name, equal=operator == "known" and not wanted, value=UNKNOWN),)
        value: int | Ref | None = codes.value(wanted)
        if operator in {"same", "differs"}:
            value = path.kept[path.names[str(wanted)]] if str(wanted) in path.names else None
        if value is None:
            return None
        compared = Test(name, equal=operator in {"eq", "same"}, value=value)
        return (compared,) if compared.equal else (Test(name, equal=False, value=UNKNOWN), compared)

    def _any(self, parts: tuple[RuleClause, ...], path: Path, depth: int) -> Path | None:
        """Go on from whichever part is true; what is kept inside one is forgotten after it."""
        found = [self.clause(part, path, depth) for part in parts]
        ends = [_forgetting(end, path) for end in found if end is not None]
        return self._held(ends, 0)[1] if len(ends) > 1 else next(iter(ends), None)

    def _none(self, part: RuleClause, path: Path, depth: int) -> Path:
        """Hold what is true so far, and let the part rule it out."""
        node, held = self._held([path], depth)
        this, self.values = self.values, self.values + 1
        inside = self.clause(part, Path(held.patterns, {**held.kept, this: Ref(0, "i")}, held.names), depth)
        if inside is not None:
            self.conclude(inside, Head("ruled-out", node, (inside.kept[this],)))
        return Path((Pattern(self.network.nodes[node].opened),), held.kept, held.names)

    def _held(self, ends: list[Path], depth: int) -> tuple[int, Path]:
        """Return a new node that holds the solutions of some paths, all keeping the same, and the path from there."""
        kept, nodes = tuple(ends[0].kept), self.network.nodes
        node = Node(FIRST_NODE + 2 * len(nodes), len(kept), depth)
        nodes.append(node)
        for end in ends:
            self.conclude(end, Head("held", len(nodes) - 1, tuple(end.kept[value] for value in kept)))
        from_here = {value: Ref(0, f"n{at}") for at, value in enumerate(kept)}
        return len(nodes) - 1, Path((Pattern(node.kind),), from_here, ends[0].names)

    def _with(self, path: Path, pattern: Pattern) -> Path:
        path = self._cut(path)
        return path._replace(patterns=(*path.patterns, pattern))

    def _cut(self, path: Path) -> Path:
        """Return a path to which a pattern may be added."""
        return path if len(path.patterns) < LONGEST else self._held([path], 0)[1]


def _forgetting(path: Path, before: Path) -> Path:
    """Return a path with nothing kept but what was before."""
    return Path(path.patterns, {value: path.kept[value] for value in before.kept}, before.names)
