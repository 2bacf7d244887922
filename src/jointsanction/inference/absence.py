"""What a rule finds absent (没有某事), and whether anybody could know: an absence nobody could see is no fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.inference.evaluate import LEAVES, holds, plain
from jointsanction.model.rule import JOINS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jointsanction.inference.facts import Fact, FactType
    from jointsanction.model.catalogue import RuleClause, RuleTest

_STATED: Final = {"listing": ("severity", "field", "region"), "question": ("kind", "size", "fields")}
"""What a row or a question may leave open."""


class Absence(NamedTuple):
    """Tests that must find nothing, or not more than so many, for a condition to be true (没有某事)."""

    kind: FactType
    tests: Mapping[str, RuleTest]


def absences(clause: RuleClause, *, under: bool = False) -> Iterator[Absence]:
    """Yield what a condition wants to be absent: all that stands under `none`, and counts with an upper limit."""
    for kind in LEAVES if under else ():
        if (tests := getattr(clause, kind)) is not None:
            yield Absence(kind, tests)
    if clause.count is not None and (under or clause.count.lte is not None or clause.count.eq is not None):
        yield Absence("listing", clause.count.listing)
    for part in clause.affirmed:
        yield from absences(part, under=under)
    for part in clause.none or ():
        yield from absences(part, under=True)


def listing_tests(clause: RuleClause) -> Iterator[Mapping[str, RuleTest]]:
    """Yield every test a condition makes on listings, wherever it stands; those of counts are done beforehand."""
    if clause.listing is not None:
        yield clause.listing
    for part in clause.parts:
        yield from listing_tests(part)


def sign(fact: Fact, tests: Iterable[Mapping[str, RuleTest]]) -> tuple[object, ...]:
    """Return all that some tests can tell of a fact; whoever has the same sign is the same to them."""
    told: list[object] = []
    for test in tests:
        told.append(holds(fact, plain(test), {}))
        told += [fact.values.get(key) for key in test if JOINS & test[key].keys()]
    return tuple(told)


def open_absence(absence: Absence, facts: Iterable[Fact]) -> bool:
    """Return whether some fact could be what should be absent, if only all of it were known (属性不明)."""
    return any(fact.type == absence.kind and _could_be(fact, absence.tests) for fact in facts)


def _could_be(fact: Fact, tests: Mapping[str, RuleTest]) -> bool:
    unknown = {key for key, test in tests.items() if "known" not in test and _unknown(fact, key)}
    return bool(unknown) and holds(fact, {key: test for key, test in plain(tests).items() if key not in unknown}, {})


def _unknown(fact: Fact, key: str) -> bool:
    """A list that grades nobody leaves no grade open; a level that converts to none of the four is known."""
    if key in {"grade", "converts-to"} and fact.type == "listing":
        return fact.values["scheme"] is not None and fact.values["grade"] is None
    return key in _STATED.get(fact.type, ()) and not fact.values.get(key)
