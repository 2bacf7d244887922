"""What happened in a case (用例中的承诺和办理记录): commitments, and steps about listings, as a store has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jointsanction.commitment.making import make_commitment
from jointsanction.commitment.states import follow
from jointsanction.errors import QuestionError
from jointsanction.identity.record_key import record_key
from jointsanction.model.commitment import CommitmentEvent, Commitments
from jointsanction.repair.machine import states_of
from jointsanction.repair.making import Step, make_event
from jointsanction.terms import RepairTrack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointsanction.model.case import Case, CaseCommitment, CaseEvent
    from jointsanction.model.commitment import Commitment
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Listing, Subject

_ACTOR: Final = "虚构单位"
_REASON: Final = "虚构事由"
_DOCUMENT: Final = "虚构认定〔2020〕1号"


def repairs_of(case: Case, listings: Iterable[Listing]) -> dict[str, tuple[RepairEvent, ...]]:
    """Return the steps about the listings of a case, by their record keys, each listing's in the order of their days.

    Raises:
        QuestionError: `question.which_track` for a state that no track has, or several, and none is written.
        RegistryError: what `repair.making.make_event` raises.
    """
    found: dict[str, tuple[RepairEvent, ...]] = {}
    for said, listing in zip(case.listings, listings, strict=True):
        for event in sorted(said.events, key=lambda each: each.on):
            key = record_key(listing)
            earlier = found.get(key, ())
            found[key] = (*earlier, make_event(listing, _step(event), earlier))
    return found


def _step(event: CaseEvent) -> Step:
    said = {"on": event.on, "until": event.until, "field": event.field, "new": event.new}
    return Step(track_of(event), event.state, _ACTOR, _REASON, **said)  # type: ignore[arg-type]


def track_of(event: CaseEvent) -> RepairTrack:
    """Return the track of a step (办理程序): the one written, else the only one its state belongs to.

    Raises:
        QuestionError: `question.which_track`.
    """
    fitting = [track for track in RepairTrack if event.state in states_of(track)]
    wanted = [track for track in fitting if event.track in {None, track}]
    if len(wanted) == 1:
        return wanted[0]
    message = f"办理状态 {event.state.value} 不能定出是哪一种办理程序。"
    raise QuestionError(
        "question.which_track", message, f"用 track 写明：{'、'.join(each.value for each in fitting)}。"
    )


def commitments_of(case: Case, subject: Subject) -> Commitments:
    """Return the commitments of a case's subject (用例信用承诺).

    Raises:
        SubjectError: what `make_commitment` and `follow` raise, a state that can't follow the one before among them.
    """
    return Commitments(tuple(_made(said, subject) for said in case.commitments))


def _made(said: CaseCommitment, subject: Subject) -> Commitment:
    made = make_commitment(
        subject, said.type, content=said.content, made_on=said.made_on, due=said.due, matter=said.matter
    )
    for event in sorted(said.events, key=lambda each: each.on):
        became = CommitmentEvent(
            state=event.state, actor=_ACTOR, happened_on=event.on, reason=_REASON, evidence=_DOCUMENT
        )
        made = follow(made, became, event.on)
    return made
