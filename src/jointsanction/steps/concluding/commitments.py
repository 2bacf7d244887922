"""What a subject promised, and what it may promise (信用承诺): looked up, shown, and the ways open in the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.catalog.compile import lies_in
from jointsanction.commitment.standing import NOTHING_PROMISED, promised_on
from jointsanction.model.commitment import NO_COMMITMENTS
from jointsanction.model.commitments_shown import NOTHING_SHOWN, CommitmentShown, CommitmentsShown, OfferShown
from jointsanction.steps.deriving.profile import profile_act
from jointsanction.steps.planning.strength import show_basis
from jointsanction.terms import DOUBTS, ActType, Binding, Degree, Effect, OfferReason, OfferState, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.compile import Tables
    from jointsanction.commitment.standing import Promised, Standing
    from jointsanction.identity.identify import Identified
    from jointsanction.model.matter import AcceptedCommitment
    from jointsanction.model.result import Shape
    from jointsanction.model.shown import BasisShown
    from jointsanction.model.subject import Act, Question
    from jointsanction.registry.protocol import Registry
    from jointsanction.steps.applying.prepared import Prepared
    from jointsanction.steps.applying.settle import Outcome
    from jointsanction.steps.deriving.profile import ActProfile
    from jointsanction.terms import CommitmentType


def promised(identity: Identified, question: Question, registry: Registry) -> Promised:
    """Return how the subject's commitments stand on the day asked about; who is known by name alone has none."""
    found = registry.commitments(identity.keys)
    return NOTHING_PROMISED if found is NO_COMMITMENTS else promised_on(found, question.as_of)


def all_acts(question: Question, kept: Promised) -> tuple[Act, ...]:
    """Return the acts of the question and the breaches on record, each once.

    A breach of the subject's own that the question tells of the same day is the same one, and the record says how it
    stands; somebody else's is another.
    """
    if not kept.acts:
        return question.acts
    days = {act.decision_made for act in kept.acts}
    return (*(act for act in question.acts if not _is_own_breach(act) or act.decision_made not in days), *kept.acts)


def acts_seen(prepared: Prepared, kept: Promised) -> tuple[ActProfile, ...]:
    """Return the profiles of the acts of a case; without breaches on record they are those of its question."""
    if not kept.acts:
        return prepared.acts
    question, plan = prepared.question, prepared.plan
    return tuple(profile_act(act, plan, question.as_of) for act in all_acts(question, kept))


def _is_own_breach(act: Act) -> bool:
    return act.type is ActType.COMMITMENT_BREACH and act.relation is Relation.SELF


def commitments_shown(question: Question, kept: Promised, outcome: Outcome, tables: Tables) -> CommitmentsShown:
    """Return what the answer says of commitments (信用承诺)."""
    accepted = tables.catalog.matters[question.matter].commitment_types
    if kept is NOTHING_PROMISED and not accepted:
        return NOTHING_SHOWN
    return CommitmentsShown(
        open=tuple(map(_shown, kept.open)),
        breaches=tuple(map(_shown, kept.breaches)),
        talks=kept.talks,
        offers=tuple(_offers(accepted, question, kept, outcome=outcome, tables=tables)),
        warnings=kept.warnings,
    )


def _shown(standing: Standing) -> CommitmentShown:
    promise, event = standing.commitment, standing.event
    return CommitmentShown(
        id=promise.id,
        type=promise.type,
        matter=promise.matter,
        content=promise.content,
        made_on=promise.made_on,
        due=promise.due,
        overdue=standing.overdue,
        public=promise.public,
        authority=promise.authority,
        measure=promise.measure,
        state=standing.state,
        since=promise.made_on if event is None else event.happened_on,
        actor=None if event is None else event.actor,
        reason=None if event is None else event.reason,
        evidence=None if event is None else event.evidence,
    )


def _offers(
    accepted: tuple[AcceptedCommitment, ...], question: Question, kept: Promised, *, outcome: Outcome, tables: Tables
) -> Iterator[OfferShown]:
    """Yield the ways of commitment that a text in force here accepts, open to this subject or not (FEATURES 84)."""
    for way in accepted:
        basis = tuple(_in_force(way, question, tables))
        if basis:
            yield _offer(way.type, basis, question, kept=kept, outcome=outcome)


def _in_force(way: AcceptedCommitment, question: Question, tables: Tables) -> Iterator[BasisShown]:
    for basis in way.basis:
        region = tables.catalog.instruments[basis.instrument].region
        if tables.basis_in_force(basis, question.as_of) and (region is None or lies_in(question.region, region)):
            yield show_basis(basis, tables)


def _offer(
    kind: CommitmentType, basis: tuple[BasisShown, ...], question: Question, *, kept: Promised, outcome: Outcome
) -> OfferShown:
    """A measure that withholds or bars closes it; so does a breach of this type or in this matter, until repaired."""
    against = [shape for shape in outcome.shown if _is_against(shape)]
    closing = _ids(shape for shape in against if shape.applies and shape.binding is Binding.MUST)
    if closing:
        return OfferShown(kind, OfferState.CLOSED, OfferReason.MEASURE, closing, (), basis)
    broken = [each.commitment for each in kept.breaches]
    same = tuple(each.id for each in broken if each.type is kind or each.matter == question.matter)
    if same:
        return OfferShown(kind, OfferState.CLOSED, OfferReason.BREACH, (), same, basis)
    deciding = _ids(shape for shape in against if shape.applies)
    if deciding:
        return OfferShown(kind, OfferState.UNSURE, OfferReason.DECISION, deciding, (), basis)
    doubtful = _ids(shape for shape in against if shape.reason in DOUBTS)
    if doubtful:
        return OfferShown(kind, OfferState.UNSURE, OfferReason.DOUBT, doubtful, (), basis)
    return OfferShown(kind, OfferState.OPEN, None, (), (), basis)


def _is_against(shape: Shape) -> bool:
    """Tell whether a measure, applying, would stand in the way of handling the matter on a commitment."""
    restricts = shape.measure is not None and shape.measure.effect is Effect.RESTRICTION
    return restricts and (shape.bites or shape.degree is Degree.WITHHOLD)


def _ids(shapes: Iterator[Shape]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shape.measure.id for shape in shapes if shape.measure is not None))
