"""An answer turned into a case (存为用例): the question, the listings behind it and what came out, of nobody.

Numbers, names and document numbers are made up; dates, regions and everything else the law looks at are kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from jointsanction.identity.identify import identify
from jointsanction.steps.asking.act_text import act_text
from jointsanction.steps.asking.ask import make_question
from jointsanction.steps.asking.context import Context
from jointsanction.steps.concluding.commitments import all_acts, promised
from jointsanction.steps.planning.plan import make_plan
from jointsanction.steps.planning.rule_lists import ListFacts
from jointsanction.steps.standing.coverage import loaded_lists
from jointsanction.steps.standing.lookup import lookup
from jointsanction.terms import Coverage
from jointsanction.testing.cases import QUESTION_WORDS
from jointsanction.testing.cast import Cast
from jointsanction.testing.wanted import came_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.catalog.compile import Tables
    from jointsanction.identity.identify import Identified
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.result import CheckResult
    from jointsanction.model.subject import Act, Listing, Question, Subject
    from jointsanction.registry.protocol import Registry
    from jointsanction.steps.standing.lookup import Found

_KEPT: Final = (
    "subject_kind", "announced_on", "listed_on", "valid_to", "removed_on", "region", "severity", "field", "ground",
    "size", "grade", "missing_since", "corrected_on",
)  # fmt: skip
"""What the law looks at of a listing, beside who stands on it."""

_REPAIRED: Final = "信用修复"


def saved_case(result: CheckResult, subject: Subject, *, tables: Tables, registry: Registry) -> dict[str, Any]:
    """Return an answer as the keys of a case, in the order in which they are written (用例).

    `registry` is the one that was asked. What is as the matter has it anyway is left out.
    """
    document = result.model_dump()["question"]
    question = make_question({key: document[key] for key in QUESTION_WORDS}, tables, result.checked_at.date())
    identity = identify(subject)
    found = tuple(
        each
        for each in lookup(identity, question, registry, result.checked_at)
        if each.listing.list in tables.catalog.lists
    )
    cast, came = Cast(identity), came_out(result)
    case = {
        "name": f"{question.as_of} {question.matter} {result.verdict.zh}",
        "subject": cast.subject(named=any(each.by_name for each in found)),
        "listings": [
            {"list": each.listing.list, **cast.listed(each, question.related), **_kept(each.listing), **_events(each)}
            for each in found
            if not each.cleared
        ],
        "acts": [act_text(_of_nobody(act)) for act in all_acts(question, promised(identity, question, registry))],
        "related": [cast.related(related) for related in question.related],
        **_words(question, tables),
        "not_loaded": _not_loaded(result, question, identity, tables=tables, registry=registry),
    }
    given = {key: value for key, value in case.items() if value not in (None, [])}
    return {**given, **{key: came[key] for key in ("want", "because", "verdict")}}


def _kept(listing: Listing) -> dict[str, Any]:
    kept = {key: value for key in _KEPT if (value := getattr(listing, key)) is not None}
    if "修复" in (listing.removal_reason or ""):
        kept["removal_reason"] = _REPAIRED
    # A case without a number gets a made-up one, so only its absence is written.
    return kept if (listing.instrument_no or "").strip() else {**kept, "instrument_no": None}


def _events(found: Found) -> dict[str, Any]:
    """Return the steps of the procedures about a listing; what they corrected the listing itself says."""
    steps = () if found.process is None else found.process.events
    first = found.listing.announced_on or found.listing.listed_on
    told = [event for event in steps if event.field is None and (first is None or event.on >= first)]
    return {"events": [_event(event) for event in told]} if told else {}


def _event(event: RepairEvent) -> dict[str, Any]:
    said = {"track": event.track, "state": event.state, "on": event.on, "until": event.until}
    return {key: value for key, value in said.items() if value is not None}


def _of_nobody(act: Act) -> Act:
    """Return an act without what tells whose it is."""
    return replace(act, id=None, subject=None, authority=None, document_number=None, licence=None)


def _words(question: Question, tables: Tables) -> Mapping[str, Any]:
    matter = tables.catalog.matters[question.matter]
    usual = {
        "role": matter.default_role,
        "phase": matter.default_phase,
        "fields": matter.fields,
        "coverage": Coverage.STRICT,
    }
    said = {key: None if getattr(question, key) == value else getattr(question, key) for key, value in usual.items()}
    return {
        "matter": question.matter,
        "as_of": question.as_of,
        "region": question.region,
        "size": question.size,
        "occupations": question.occupations or None,
        "traits": [*question.traits, *(f"not-{trait}" for trait in question.not_traits)],
        **said,
    }


def _not_loaded(
    result: CheckResult, question: Question, identity: Identified, *, tables: Tables, registry: Registry
) -> list[str]:
    """Return the lists that the answer had to do without, of those that could matter to it."""
    facts = ListFacts(tables, question.as_of, question.region)
    plan = make_plan(tables, Context.of(question, identity.kind), question.as_of, facts)
    codes = sorted(plan.suspending.union(plan.relevant))
    day, asked_at = question.as_of, result.checked_at
    loaded = loaded_lists(codes, tables, registry.editions, as_of=day, asked_at=asked_at)
    return sorted(loaded.missing | loaded.stale)
