"""On which lists rules can come to turn (规则所查名单): without one of them, what rules say is unsure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.compile import scheme_of, scope_meets
from jointsanction.inference import Fact, absences, could_match, fed_by
from jointsanction.model.catalogue import RuleClause
from jointsanction.terms import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def rule_lists(tables: Tables, context: Context, day: date, rules: tuple[Rule, ...]) -> RuleLists:
    """Return the lists on which the rules in force can turn, of those that concern the place asked about."""
    absent = {rule.id: _absent(rule, tables, day, rules) for rule in rules}
    supervising = [rule for rule in rules if rule.then.supervision is not None]
    supervised = looked_at(supervising, tables, day, rules).union(*(absent[rule.id] for rule in supervising))
    graded = looked_at([rule for rule in rules if rule.then.grade is not None], tables, day, rules)
    return RuleLists(
        graded=in_scope(tables, graded, context),
        supervised=in_scope(tables, supervised, context),
        absences={rule: in_scope(tables, codes, context) for rule, codes in absent.items() if codes},
    )


def in_scope(tables: Tables, codes: Iterable[str], context: Context) -> frozenset[str]:
    """Return the lists that concern a place: national ones, and those whose scope meets it."""
    return frozenset(code for code in codes if scope_meets(tables.catalog.lists[code], context.region))


def looked_at(wanted: Sequence[Rule], tables: Tables, day: date, rules: tuple[Rule, ...]) -> frozenset[str]:
    """Return the lists on which some rules, or those they build on, could come to turn."""
    return frozenset(_meeting([rule.when for rule in fed_by(wanted, rules)], tables, day)) if wanted else frozenset()


def _absent(rule: Rule, tables: Tables, day: date, rules: tuple[Rule, ...]) -> frozenset[str]:
    """Return the lists a rule wants its subject absent from, itself or through the grade or fact that should be."""
    found = list(absences(rule.when))
    clauses = [RuleClause(listing=dict(absence.tests)) for absence in found if absence.kind == "listing"]
    derived = any(absence.kind in {"derived", "grade"} for absence in found)
    through = looked_at([rule], tables, day, rules) if derived else frozenset()
    return through.union(_meeting(clauses, tables, day))


def _meeting(clauses: list[RuleClause], tables: Tables, day: date) -> Iterator[str]:
    """Yield the lists of which a row could meet one of some conditions."""
    for code, kind in tables.catalog.lists.items() if clauses else ():
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
        if any(could_match(clause, Fact("listing", values)) for clause in clauses):
            yield code
