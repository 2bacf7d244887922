"""The straight line (核查主线): whoever wants to know the library reads `check_subject` first.

::

    identify → lookup → in_force → derive → apply → conclude
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from jointsanction.identity.identify import identify
from jointsanction.model.result import CheckResult
from jointsanction.receipt import digest
from jointsanction.steps.applying.apply import apply
from jointsanction.steps.applying.settle import settle
from jointsanction.steps.asking.act_text import act_text
from jointsanction.steps.asking.ask import RULED_OUT, related_text
from jointsanction.steps.concluding.commitments import all_acts, commitments_shown, promised
from jointsanction.steps.concluding.conclude import (
    Bound,
    found_notices,
    identity_shown,
    is_identified,
    question_notices,
    subject_shown,
)
from jointsanction.steps.concluding.rule_words import graded, supervised, traced
from jointsanction.steps.deriving.clean_periods import unclean_periods
from jointsanction.steps.deriving.counts import Counted, counted
from jointsanction.steps.deriving.derive import derivations
from jointsanction.steps.deriving.profile import Profile, profile_act, profile_listing
from jointsanction.steps.standing.in_force import in_force
from jointsanction.steps.standing.lookup import lookup
from jointsanction.terms import Coverage

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables
    from jointsanction.commitment.standing import Promised
    from jointsanction.identity.identify import Identified
    from jointsanction.model.shown import Notice
    from jointsanction.model.subject import Asked, Question
    from jointsanction.registry.protocol import Registry
    from jointsanction.steps.applying.settle import Outcome
    from jointsanction.steps.memo import Memo
    from jointsanction.steps.planning.plan import Plan
    from jointsanction.steps.standing.coverage import Loaded
    from jointsanction.steps.standing.in_force import Standing


def check_subject(
    asked: Asked, tables: Tables, *, registry: Registry, memo: Memo, versions: dict[str, str | None]
) -> CheckResult:
    """Return which restrictions and which incentives apply to a subject in a matter on a date, and why not the others.

    Raises:
        SubjectError: an identifier that is none, or that could be two things.
    """
    identity = identify(asked.subject)
    found = lookup(identity, asked.question, registry, asked.asked_at)
    standings = in_force(found, tables.catalog, asked.question.as_of)
    plan = memo.plan(asked.question, identity.kind)
    loaded = memo.loaded(plan, registry, asked)
    kept = promised(identity, asked.question, registry)
    bound = _profiled(standings, asked.question, tables, plan=plan, known=(identity, loaded, kept))
    outcome = memo.outcome(plan, bound.profile, _derive_and_apply)
    notices = (*question_notices(asked.question, plan), *found_notices(found, tables))
    return _concluded(asked, bound, outcome, known=(identity, notices, loaded, kept), versions=versions)


def _derive_and_apply(plan: Plan, tables: Tables, profile: Profile) -> Outcome:
    """Return what a profile comes to: rules derive, measures apply, the verdict is settled. Done once a profile."""
    derived = derivations(plan, tables, profile)
    return settle(plan, tables, profile, apply(plan, tables, profile, derived), derived)


def _profiled(
    standings: tuple[Standing, ...],
    question: Question,
    tables: Tables,
    *,
    plan: Plan,
    known: tuple[Identified, Loaded, Promised],
) -> Bound:
    """Return the case's listings and acts in the order of their profile, so that their order never matters."""
    identity, loaded, kept = known
    pairs = [(profile_listing(standing, tables, plan, question.as_of), standing) for standing in standings]
    if len(pairs) > 1:
        pairs.sort(key=lambda pair: (*map(str, pair[0]), *_tie(pair[1])))
    counts = counted(pairs, tables, plan, question.as_of) if plan.counts else Counted()
    profile = Profile(
        listings=tuple(listing for listing, _ in pairs),
        acts=tuple(profile_act(act, plan, question.as_of) for act in all_acts(question, kept)),
        unclean=unclean_periods(standings, tables, plan, question.as_of),
        counted=counts.sure,
        perhaps_counted=counts.perhaps,
        missing=loaded.missing,
        stale=loaded.stale,
        strict=question.coverage is Coverage.STRICT,
        identified=is_identified(identity),
    )
    return Bound(tuple(standing for _, standing in pairs), profile, tables, question.as_of, counts.rows)


def _tie(standing: Standing) -> tuple[str, ...]:
    listing = standing.found.listing
    return (str(listing.listed_on), listing.instrument_no or "", listing.batch or "", f"{listing.row or 0:012d}")


def _concluded(
    asked: Asked,
    bound: Bound,
    outcome: Outcome,
    *,
    known: tuple[Identified, tuple[Notice, ...], Loaded, Promised],
    versions: dict[str, str | None],
) -> CheckResult:
    identity, notices, loaded, kept = known
    return CheckResult(
        verdict=outcome.verdict,
        complete=outcome.complete,
        question=partial(question_document, asked, identity),
        subject=subject_shown(identity),
        identity=identity_shown(identity, bound, notices),
        findings=tuple(bound.finding(shape) for shape in outcome.shown),
        **_beside(asked, bound, outcome, kept),
        coverage=outcome.coverage,
        versions=versions,
        case=asked.case,
        checked_at=asked.asked_at,
        digest=digest,
        editions=loaded.editions,
        window=asked.window,
        credit_report_required=bound.tables.catalog.matters[asked.question.matter].credit_report_required,
    )


def _beside(asked: Asked, bound: Bound, outcome: Outcome, kept: Promised) -> dict[str, Any]:
    """Return what stands beside the findings: what rules derived, what was promised and, when asked why, the trace."""
    explain = asked.question.explain
    return {
        "not_applied": tuple(bound.finding(shape) for shape in outcome.silent) if explain else None,
        "grade": partial(graded, bound, outcome),
        "supervision": partial(supervised, bound, outcome),
        "notices": outcome.derived.notices,
        "rules": traced(bound, outcome) if explain else None,
        "commitments": partial(commitments_shown, asked.question, kept, outcome, bound.tables),
    }


def question_document(asked: Asked, identity: Identified) -> dict[str, Any]:
    """Return the question as the contract writes it, every default resolved."""
    question = asked.question
    return {
        "subject": identity.id or identity.name,
        "kind": identity.kind,
        "matter": question.matter,
        "as_of": question.as_of.isoformat(),
        "known_at": asked.known_at.isoformat() if asked.known_at else None,
        "role": question.role,
        "phase": question.phase,
        "region": question.region,
        "traits": [*question.traits, *(f"{RULED_OUT}{trait}" for trait in question.not_traits)],
        "fields": list(question.fields),
        "size": question.size,
        "occupations": list(question.occupations),
        "related": [related_text(related) for related in question.related],
        "acts": [act_text(act) for act in question.acts],
        "coverage": question.coverage,
        "dates": {day.value: on.isoformat() for day, on in question.dates},
    }
