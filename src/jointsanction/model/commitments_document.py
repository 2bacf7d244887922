"""What an answer document says of commitments (结果文档中的信用承诺), the mirror of `model/commitments_shown.py`."""

from __future__ import annotations

from datetime import date

from jointsanction.model.document_parts import BasisDocument, NoticeDocument
from jointsanction.model.value import Value
from jointsanction.terms import CommitmentState, CommitmentType, OfferReason, OfferState, TalkKind, TalkResult


class CommitmentDocument(Value):
    """One commitment as it stands on the day asked about (信用承诺)."""

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


class TalkDocument(Value):
    """One talk with the subject (约谈)."""

    id: str
    kind: TalkKind
    held_on: date
    authority: str
    reason: str
    result: TalkResult
    commitment: str | None


class OfferedCommitment(Value):
    """A type of commitment the matter accepts, and whether it is open to this subject (可否承诺办理)."""

    type: CommitmentType
    state: OfferState
    reason: OfferReason | None
    measures: tuple[str, ...]
    commitments: tuple[str, ...]
    basis: tuple[BasisDocument, ...]


class CommitmentsDocument(Value):
    """What the subject promised and how it was kept, and what it may promise (信用承诺)."""

    open: tuple[CommitmentDocument, ...]
    breaches: tuple[CommitmentDocument, ...]
    talks: tuple[TalkDocument, ...]
    offers: tuple[OfferedCommitment, ...]
    warnings: tuple[NoticeDocument, ...]
