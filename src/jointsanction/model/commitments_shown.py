"""What an answer says of commitments (核查结果中的信用承诺): open, broken, talked about, on offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.model.commitment import Talk
    from jointsanction.model.shown import BasisShown, Notice
    from jointsanction.terms import CommitmentState, CommitmentType, OfferReason, OfferState


class CommitmentShown(NamedTuple):
    """One commitment as it stands on the day asked about (信用承诺); `since` is the day of its state."""

    id: str
    type: CommitmentType
    matter: str | None
    content: str
    made_on: date
    due: date | None
    overdue: bool
    public: bool
    authority: str | None
    measure: str | None
    state: CommitmentState
    since: date
    actor: str | None
    reason: str | None
    evidence: str | None

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        days = {"made_on": self.made_on, "due": self.due, "since": self.since}
        return {**self._asdict(), **{name: None if day is None else day.isoformat() for name, day in days.items()}}


class OfferShown(NamedTuple):
    """A type of commitment the matter accepts, and whether it is open to this subject (可否承诺办理).

    `measures` and `commitments` are what closes it or leaves it unsure; `basis` is the text that accepts it.
    """

    type: CommitmentType
    state: OfferState
    reason: OfferReason | None
    measures: tuple[str, ...]
    commitments: tuple[str, ...]
    basis: tuple[BasisShown, ...]

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        return {
            **self._asdict(),
            "measures": list(self.measures),
            "commitments": list(self.commitments),
            "basis": [row._asdict() for row in self.basis],
        }


@dataclass(frozen=True, slots=True)
class CommitmentsShown:
    """All that an answer says of commitments (信用承诺)."""

    open: tuple[CommitmentShown, ...] = ()
    breaches: tuple[CommitmentShown, ...] = ()
    talks: tuple[Talk, ...] = ()
    offers: tuple[OfferShown, ...] = ()
    warnings: tuple[Notice, ...] = ()

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        return {
            "open": [each.model_dump() for each in self.open],
            "breaches": [each.model_dump() for each in self.breaches],
            "talks": [talk_document(each) for each in self.talks],
            "offers": [each.model_dump() for each in self.offers],
            "warnings": [notice._asdict() for notice in self.warnings],
        }


NOTHING_SHOWN: Final = CommitmentsShown()


def talk_document(talk: Talk) -> dict[str, Any]:
    """Return a talk as the contract writes it (约谈)."""
    return {
        "id": talk.id,
        "kind": talk.kind,
        "held_on": talk.held_on.isoformat(),
        "authority": talk.authority,
        "reason": talk.reason,
        "result": talk.result,
        "commitment": talk.commitment,
    }
