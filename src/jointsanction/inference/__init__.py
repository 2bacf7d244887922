"""Derivation of further facts by rules (推导): `derive(facts, rules)`; which engine did it does not show."""

from jointsanction.inference.evaluate import could_match, derive, run
from jointsanction.inference.facts import Derived, Fact, Run, count_fact, count_key, counts_of, grade_fact, worst
from jointsanction.model.rule_order import fed_by, needs, strata

__all__ = [
    "Derived", "Fact", "Run", "could_match", "count_fact", "count_key", "counts_of", "derive", "fed_by", "grade_fact",
    "needs", "run", "strata", "worst",
]  # fmt: skip
