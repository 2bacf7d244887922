"""Derivation of further facts by rules (推导): `run(facts, rules)`; which engine did it does not show."""

from jointsanction.inference.absence import Absence, absences, listing_tests, open_absence, sign
from jointsanction.inference.choice import ENGINES, engine_of
from jointsanction.inference.evaluate import could_match, run
from jointsanction.inference.facts import Derived, Fact, Infer, Run, count_fact, count_key, counts_of, grade_fact, worst
from jointsanction.model.rule_order import fed_by, needs, strata

__all__ = [
    "ENGINES", "Absence", "Derived", "Fact", "Infer", "Run", "absences", "could_match", "count_fact", "count_key",
    "counts_of", "engine_of", "fed_by", "grade_fact", "listing_tests", "needs", "open_absence", "run", "sign",
    "strata", "worst",
]  # fmt: skip
