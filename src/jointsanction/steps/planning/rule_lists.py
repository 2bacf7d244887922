"""On which lists rules can come to turn (规则所查名单): without one of them, what rules say is unsure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.compile import scheme_of, scope_meets
from jointsanction.inference import Fact, absences, could_match, fed_by
from jointsanction.model.catalogue import RuleClause
from jointsanction.terms import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import Rule
    from jointsanction.steps.asking.context import Context


class RuleLists(NamedTuple):
    """The lists without which a grade or a supervision is unsure (规则所查名单).

    `absences` are those without which a rule cannot know that something is absent, by rule.
    """

    graded: frozenset[str] = frozenset()
    supervised: frozenset[str] = frozenset()
    absences: Mapping[str, frozenset[str]] = {}

    @property
    def all(self) -> frozenset[str]:
        """Return every one of them."""
        return self.graded.union(self.supervised, *self.absences.values())


class ListFacts:
    """What rules can be tested on of each list on a day (名单事实), and which lists each condition could meet.

    It is the same on every day of an epoch, and for every matter.
    """

    def __init__(self, tables: Tables, day: date, region: str | None) -> None:
        """Take the rules in force on a day in a region; each list is looked at once for all of them."""
        self.rules = tables.rules_on(day, region)
        self._facts = [_fact(tables, code, day) for code in tables.catalog.lists] if self.rules else []
        self._met: dict[int, frozenset[str]] = {}
        self._absent: dict[str, frozenset[str]] = {}

    def met(self, clause: RuleClause) -> frozenset[str]:
        """Return the lists of which a row could meet a condition of a rule."""
        found = self._met.get(id(clause))
        if found is None:
            found = self._met[id(clause)] = self.could_meet(clause)
        return found

    def could_meet(self, clause: RuleClause) -> frozenset[str]:
        """Return the lists of which a row could meet a condition."""
        return frozenset(str(fact.values["list"]) for fact in self._facts if could_match(clause, fact))

    def looked_at(self, wanted: Sequence[Rule]) -> frozenset[str]:
        """Return the lists on which some rules, or those they build on, could come to turn."""
        if not wanted:
            return frozenset()
        return frozenset[str]().union(*(self.met(rule.when) for rule in fed_by(wanted, self.rules)))

    def absent(self, rule: Rule) -> frozenset[str]:
        """Return the lists a rule wants its subject absent from, itself or through the grade or fact that should be."""
        if rule.id not in self._absent:
            self._absent[rule.id] = self._work_out_absent(rule)
        return self._absent[rule.id]

    def _work_out_absent(self, rule: Rule) -> frozenset[str]:
        found = list(absences(rule.when))
        clauses = [RuleClause(listing=dict(absence.tests)) for absence in found if absence.kind == "listing"]
        derived = any(absence.kind in {"derived", "grade"} for absence in found)
        through = self.looked_at([rule]) if derived else frozenset[str]()
        return through.union(*map(self.could_meet, clauses))


def _fact(tables: Tables, code: str, day: date) -> Fact:
    kind = tables.catalog.lists[code]
    # A row may be more serious than its list usually is: what only the row says is left open.
    values: dict[str, str | bool | None] = {
        "list": code,
        "kind": kind.kind.value,
        "in-force": True,
        "founded": tables.founded(code, day),
        "relation": Relation.SELF.value,
        "way": "own",
        "scheme": scheme_of(kind, day),
    }
    return Fact("listing", values)


def rule_lists(tables: Tables, context: Context, facts: ListFacts) -> RuleLists:
    """Return the lists on which the rules in force can turn, of those that concern the place asked about."""
    rules = facts.rules
    absent = {rule.id: facts.absent(rule) for rule in rules}
    supervising = [rule for rule in rules if rule.then.supervision is not None]
    supervised = facts.looked_at(supervising).union(*(absent[rule.id] for rule in supervising))
    graded = facts.looked_at([rule for rule in rules if rule.then.grade is not None])
    return RuleLists(
        graded=in_scope(tables, graded, context),
        supervised=in_scope(tables, supervised, context),
        absences={rule: in_scope(tables, codes, context) for rule, codes in absent.items() if codes},
    )


def in_scope(tables: Tables, codes: Iterable[str], context: Context) -> frozenset[str]:
    """Return the lists that concern a place: national ones, and those whose scope meets it."""
    return frozenset(code for code in codes if scope_meets(tables.catalog.lists[code], context.region))
