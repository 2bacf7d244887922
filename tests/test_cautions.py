"""Warnings in the answer (审慎适度, FEATURES 34): a finding says where its measure goes further than its basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import worlds as w
from engine_side import ROOT
from jointsanction.catalog.bundle import default_catalog
from jointsanction.catalog.compile import compile_catalog
from jointsanction.model.catalogue import Rule
from jointsanction.model.document import ResultDocument
from jointsanction.telling.finding import finding_block
from jointsanction.terms import Caution
from oracle_catalogue import read_world
from oracle_cautions import cautions

if TYPE_CHECKING:
    from jointsanction.model.result import CheckResult


def warned(result: CheckResult) -> dict[str | None, list[str]]:
    """Return the warnings of each finding, shown or in the trace; the document holds the same."""
    document = ResultDocument.model_validate(result.model_dump())
    found = (*document.findings, *(document.not_applied or ()))
    return {finding.measure: list(finding.warnings) for finding in found}


def test_a_sound_measure_warns_of_nothing() -> None:
    """Law that sets the consequence needs no word of care."""
    assert warned(w.ask(w.world(w.measure()), w.listing())) == {"bar": []}


def test_a_finding_says_where_its_measure_goes_too_far() -> None:
    """What only opens gives restrict and may; the finding is capped, and says what was written beyond it."""
    result = w.ask(w.world(w.measure(basis=[w.basis("opens")])), w.listing())
    assert warned(result) == {"bar": ["opens-capped"]}
    block = finding_block("1 ", result.findings[0])
    assert [line.text for line in block.lines if line.label == "审慎"] == [Caution.OPENS_CAPPED.zh]


def test_what_did_not_apply_warns_too() -> None:
    """The trace is made by the same functions."""
    title = "限制其子女就读高收费私立学校"
    assert warned(w.ask(w.world(w.measure(title=title)))) == {"bar": ["relatives-unnamed"]}


def test_acts_warn_as_listings_do() -> None:
    """An eleven-year ban is longer than any the law counts in years."""
    term: dict[str, Any] = {"years": 11, "runs_from": "decision-made"}
    bar = w.measure(trigger="act", targets={"acts": ["licence-revoked"]}, term=term)
    result = w.ask(w.world(bar), acts=("licence-revoked:2024-01-10",))
    assert (result.findings[0].applies, warned(result)) == (True, {"bar": ["over-long"]})


def test_a_rule_that_reaches_too_far_warns_in_what_it_carried() -> None:
    """A burden carried over to partners of a consortium whom the article does not name."""
    clauses = [{"listing": {"way": {"eq": "from-question"}, "relation": {"eq": "consortium-member"}}}]
    doc = {"id": "r", "title": "联合体", "when": {"all": clauses}, "then": {"carry": {"class": "adverse"}}}
    rule = Rule.model_validate({**doc, "basis": [w.basis(anchor="各方均应当")], "explanation": "一并限制。"})
    partner = w.listing(uscc=w.PARTNER)
    result = w.ask(w.world(w.measure(), rule), partner, related=(f"consortium-member:{w.PARTNER}",))
    assert (result.findings[0].applies, warned(result)) == (True, {"bar": ["relation-unnamed"]})
    named = rule.model_copy(update={"basis": (rule.basis[0].model_copy(update={"anchor": "联合体各方"}),)})
    result = w.ask(w.world(w.measure(), named), partner, related=(f"consortium-member:{w.PARTNER}",))
    assert warned(result) == {"bar": []}


def test_the_shipped_catalogue_warns_as_the_oracle_reads_it() -> None:
    """Every measure that ships, read twice: by the compiler and naively from its YAML."""
    tables, world = compile_catalog(default_catalog(), ""), read_world(ROOT)
    found = {name: set(tables.cautions["measures", name]) for name in world.measures}
    assert found == {name: cautions(world, measure) for name, measure in world.measures.items()}
    assert not any(tables.cautions["rules", name] for name in world.rules)
