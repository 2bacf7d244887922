"""The result of one case (核查结果): the outcome of its profile bound to its own listings, acts and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jointsanction.identity.masks import mask_id
from jointsanction.model.quick import NEW
from jointsanction.model.result import Finding
from jointsanction.steps.applying.degree import ACT_CAUSES
from jointsanction.steps.applying.prepared import ready
from jointsanction.steps.concluding.commitments import commitments_shown
from jointsanction.steps.concluding.document import document_of, receipt_of
from jointsanction.steps.concluding.identity_words import identity_shown, subject_shown
from jointsanction.steps.concluding.question_words import question_document
from jointsanction.steps.concluding.rule_words import graded, supervised, traced
from jointsanction.steps.standing.repairable import of_act, process_steps, repairable
from jointsanction.steps.standing.term_end import measure_end
from jointsanction.terms import CauseType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.commitment.standing import Promised
    from jointsanction.identity.identify import Identified
    from jointsanction.model.commitments_shown import CommitmentsShown
    from jointsanction.model.identity_verdict import IdentityVerdict
    from jointsanction.model.result import Shape
    from jointsanction.model.shown import GradeShown, IdentityShown, RuleTraceShown, SubjectShown, SupervisionShown
    from jointsanction.model.subject import Act, Asked, Listing
    from jointsanction.steps.applying.plainly import PlainSeen
    from jointsanction.steps.applying.prepared import Prepared, Seen, Settled, Shown
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.steps.standing.lookup import Found


class Bound(NamedTuple):
    """An outcome bound to its own case (本案): what an answer says is put into words when it is read."""

    asked: Asked
    identity: Identified
    found: tuple[Found, ...]
    kept: Promised
    seen: Seen | PlainSeen
    settled: Settled
    prepared: Prepared
    versions: dict[str, str | None]

    @property
    def tables(self) -> Tables:
        """Return the compiled catalogue."""
        return self.prepared.tables

    def question_document(self) -> dict[str, Any]:
        """Return the question as the contract writes it, every default resolved."""
        return question_document(self.asked, self.identity)

    def subject_shown(self) -> SubjectShown:
        """Return who was asked about, as recognised."""
        return subject_shown(self.identity)

    def identity_shown(self) -> IdentityShown:
        """Return how surely the subject is known, and what the reader must know."""
        return identity_shown(self)

    def graded(self) -> GradeShown:
        """Return the grade with what set it."""
        return graded(self, self.settled.outcome)

    def supervised(self) -> SupervisionShown | None:
        """Return how the subject is to be supervised, None where no rule says."""
        return supervised(self, self.settled.outcome)

    def traced(self) -> tuple[RuleTraceShown, ...] | None:
        """Return every rule in force, fired or not, None where nobody asked why."""
        return traced(self, self.settled.outcome) if self.asked.question.explain else None

    def commitments_shown(self) -> CommitmentsShown:
        """Return what the answer says of commitments."""
        return commitments_shown(self.asked.question, self.kept, self.settled.outcome, self.tables)

    def credit_report_required(self) -> bool:
        """Return whether the matter asks for a credit report beside the check."""
        return self.tables.catalog.matters[self.asked.question.matter].credit_report_required

    def document(self, findings: tuple[Finding, ...]) -> dict[str, Any]:
        """Return the part of the document that the receipt stands for; `findings` are its own."""
        return document_of(self, findings)

    def receipt(self, document: dict[str, Any]) -> str:
        """Return the receipt of that part."""
        return receipt_of(self, document)

    def findings(self) -> tuple[Finding, ...]:
        """Return the findings that apply, or could not be known."""
        shown = self.settled.shown
        return self._bind(shown) if shown else ()

    def silent(self) -> tuple[Finding, ...] | None:
        """Return the other findings, None where nobody asked why."""
        if not self.asked.question.explain:
            return None
        profile = self.settled.profile
        return self._bind([ready(shape, profile) for shape in self.settled.outcome.silent])

    def _bind(self, shown: Iterable[Shown]) -> tuple[Finding, ...]:
        """Return findings with the numbers of the case's own documents."""
        listing = self.seen.listing
        return tuple(
            [
                NEW(Finding, (*said, number if at is None else listing(at).instrument_no, shape, at, self))
                for said, shape, number, at in shown
            ]
        )

    def act_of(self, shape: Shape) -> Act | None:
        """Return the act a finding rests on, None where it rests on none."""
        if shape.cause_at is None or shape.cause_type not in ACT_CAUSES:
            return None
        return self.settled.profile.acts[shape.cause_at].act

    def cause(self, shape: Shape, standing: Standing | None) -> dict[str, Any] | None:
        """Return what set a finding off, as answers show it."""
        kind, act = shape.cause_type, self.act_of(shape)
        if kind is None:
            return None
        if act is not None:
            return self.act_cause(act, kind)
        return None if standing is None else self.listing_cause(standing.found.listing, kind)

    def until(self, shape: Shape, standing: Standing | None) -> date | None:
        """Return the last day a finding holds, None when open."""
        if standing is not None:
            return _until(shape, standing)
        act = self.act_of(shape)
        if act is None or act.ruled_out or shape.measure is None or shape.cause_at is None:
            return None
        return self.settled.profile.acts[shape.cause_at].term(shape.measure.id).until

    def repair(self, shape: Shape, standing: Standing | None) -> dict[str, Any] | None:
        """Return whether, when and how what a finding rests on can be repaired; None where nobody can say."""
        if standing is not None:
            found = repairable(standing, self.tables.catalog, self.asked.question.as_of)
            return None if found is None else found.model_dump()
        act = self.act_of(shape)
        return None if act is None else _statutory(act, shape)

    def path(self, shape: Shape, standing: Standing | None) -> tuple[dict[str, Any], ...]:
        """Return the way from the cause to the subject."""
        steps: list[dict[str, Any]] = []
        if standing is None:
            return () if self.act_of(shape) is None else tuple(self._rule_steps(shape))
        found = standing.found
        if found.way != "own":
            steps.append({"relation": found.relation, "way": found.way, "subject": _other_end(found)})
        if found.verdict is not None and not found.by_name:
            steps.append(_verdict_step(found.verdict))
        steps += process_steps(standing)
        steps += self._rule_steps(shape)
        causes = (self.seen.listing(at) for at in dict.fromkeys(shape.because))
        return (*steps, *(self.listing_cause(listing, CauseType.LISTING) for listing in causes))

    def listing_cause(self, listing: Listing, kind: CauseType) -> dict[str, Any]:
        """Return a listing as answers show what set something off."""
        return {
            "type": kind,
            "list": listing.list,
            "list_name": self.tables.catalog.lists[listing.list].title,
            "listed_on": _iso(listing.listed_on),
            "instrument_no": listing.instrument_no,
            "source": {"batch": listing.batch, "row": listing.row},
        }

    def _rule_steps(self, shape: Shape) -> Iterator[dict[str, Any]]:
        for rule in shape.rules:
            entry = self.tables.catalog.rules[rule]
            yield {"rule": rule, "title": entry.title, "explanation": entry.explanation}

    def act_cause(self, act: Act, kind: CauseType = CauseType.ACT) -> dict[str, Any]:
        """Return an act as answers show what set something off."""
        return {
            "type": kind,
            "act": act.type,
            "act_name": act.type.zh,
            "decision_made": _iso(act.decision_made),
            "document_number": act.document_number,
            "relation": act.relation,
        }


def _other_end(found: Found) -> str | None:
    """Return who stands at the other end of a relation, masked: the person named, or whom the listing is about."""
    if found.way == "from-question":
        return None if found.related_id is None else mask_id(found.related_id)
    listing = found.listing
    number = listing.uscc or listing.resident_id or listing.other_id
    return None if number is None else mask_id(number)


def _until(shape: Shape, standing: Standing) -> date | None:
    """A measure with a term of its own ends with it, or with the listing if that comes first."""
    if shape.measure is None or not shape.measure.term:
        return standing.until
    own = measure_end(standing.found.listing.listed_on, shape.measure.term)
    return min(own, standing.until or own)


def _statutory(act: Act, shape: Shape) -> dict[str, Any] | None:
    """A ban that rests on an act or sentence does not fall with the repair of a listing (REFERENCE P-notes)."""
    if act.ruled_out:
        return None
    return of_act(None if shape.measure is None else shape.measure.trigger)


def _verdict_step(verdict: IdentityVerdict) -> dict[str, Any]:
    return {
        "verdict": verdict.outcome,
        "author": verdict.author,
        "reason": verdict.reason,
        "decided_on": _iso(verdict.decided_on),
        "expires_on": _iso(verdict.expires_on),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
