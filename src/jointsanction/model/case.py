"""A case beside an entry of the catalogue (用例): listings, a question, and what must come out."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Literal

from pydantic import Field

from jointsanction.model.catalogue import Many, Value
from jointsanction.terms import (
    CommitmentState,
    CommitmentType,
    Coverage,
    GradeLevel,
    Ground,
    Occupation,
    OfferState,
    Phase,
    Reason,
    Relation,
    RepairState,
    RepairTrack,
    Role,
    Severity,
    Size,
    SubjectKind,
    SubjectStatus,
    SupervisionTier,
    Verdict,
)
from jointsanction.terms import Field as FieldTerm


class CaseSubject(Value):
    """Who is asked about in a case (用例主体); made up, of region 990000."""

    kind: SubjectKind | None = None
    uscc: str | None = None
    resident_id: str | None = None
    other_id: str | None = None
    name: str | None = None


class CaseRelated(Value):
    """Somebody named in a listing of a case (关联方)."""

    relation: Relation
    kind: SubjectKind | None = None
    name: str | None = None
    id: str | None = None
    personally_responsible: bool | None = None


class CaseEvent(Value):
    """A step of repair, objection, exit or reorganisation in a case (用例办理记录), by made-up hands.

    `track` need only be said where the state belongs to several. Earlier steps need not be written: on each track the
    last one by the day asked about decides.
    """

    state: RepairState
    on: date
    track: RepairTrack | None = None
    until: date | None = None
    field: str | None = None
    new: str | None = None


class CaseListing(Value):
    """A listing of a case (用例名单记录); without identifier or name it is the subject's own.

    Without `instrument_no` a number is made up; `instrument_no: null` tests its absence.
    """

    list: str
    subject_kind: SubjectKind | None = None
    name: str | None = None
    uscc: str | None = None
    resident_id: str | None = None
    other_id: str | None = None
    announced_on: date | None = None
    listed_on: date | None = None
    valid_to: date | None = None
    removed_on: date | None = None
    removal_reason: str | None = None
    instrument_no: str | None = "文〔2020〕1号"
    instrument_date: date | None = None
    designating_authority: str | None = None
    region: str | None = None
    severity: Severity | None = None
    field: FieldTerm | None = None
    ground: Ground | None = None
    size: Size | None = None
    subject_status: SubjectStatus | None = None
    grade: str | None = None
    corrected_on: date | None = None
    related: tuple[CaseRelated, ...] = ()
    former_names: tuple[str, ...] = ()
    missing_since: date | None = None
    events: tuple[CaseEvent, ...] = ()


class CaseCommitmentEvent(Value):
    """What became of a commitment of a case (用例履约事件), found by a made-up authority in a made-up document."""

    state: CommitmentState
    on: date


class CaseCommitment(Value):
    """A commitment of a case (用例信用承诺), always the subject's own."""

    type: CommitmentType
    made_on: date
    due: date | None = None
    matter: str | None = None
    content: str = "虚构承诺内容"
    events: tuple[CaseCommitmentEvent, ...] = ()


class CasePromised(Value):
    """What must come out of commitments (应有的承诺情况), only what is written is compared.

    `open` and `breaches` are types, one for each commitment; `offers` all ways of commitment that the matter accepts;
    `warnings` the codes of what is to beware of.
    """

    open: Many[CommitmentType] | None = None
    breaches: Many[CommitmentType] | None = None
    offers: dict[CommitmentType, OfferState] | None = None
    warnings: Many[str] | None = None


class CaseRepair(Value):
    """What an answer must say of the repair of a list's record, or of an act (应有的修复条件), as far as written."""

    repairable: bool | None = None
    earliest: date | None = None
    missing: Many[str] | None = None
    publicity_until: date | None = None
    severity: Severity | None = None
    rules: str | None = None
    state: RepairState | None = None


OUTCOMES: Final = frozenset(
    {
        "want", "because", "verdict", "reasons", "missing", "stale", "grade", "supervision", "notices", "promised",
        "repair", "data_notices",
    }
)  # fmt: skip
"""What must come out of a case; no case takes it from an earlier one."""


class Case(Value):
    """One case (用例). `want` names every measure of the answer that applies; `because` their lists and acts.

    Every list of the catalogue counts as loaded but those in `not_loaded`. `like` takes what is left out from an
    earlier case of the same file. `grade` and `supervision` are what rules come to, `notices` the rules that told
    something. `repair` is by list code or type of act; `data_notices` are all codes `data.*` of the answer.
    """

    name: str
    like: str | None = None
    subject: CaseSubject | None = None
    listings: tuple[CaseListing, ...] = ()
    commitments: tuple[CaseCommitment, ...] = ()
    matter: str | None = None
    as_of: date | None = None
    role: Role | None = None
    phase: Phase | None = None
    region: str | None = None
    traits: tuple[str, ...] = ()
    fields: Many[FieldTerm] = ()
    size: Size | None = None
    occupations: Many[Occupation] = ()
    related: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    coverage: Coverage = Coverage.STRICT
    not_loaded: tuple[str, ...] = ()
    want: tuple[str, ...] | None = None
    because: tuple[str, ...] | None = None
    verdict: Verdict | None = None
    reasons: dict[str, Reason] = Field(default_factory=dict)
    missing: tuple[str, ...] | None = None
    stale: tuple[str, ...] | None = None
    grade: GradeLevel | Literal["unknown"] | None = None
    supervision: SupervisionTier | Literal["none"] | None = None
    notices: tuple[str, ...] | None = None
    promised: CasePromised | None = None
    repair: dict[str, CaseRepair] = Field(default_factory=dict)
    data_notices: Many[str] | None = None

    def over(self, earlier: Case) -> Case:
        """Return this case with everything it leaves out taken from an earlier one, but what must come out."""
        values: dict[str, Any] = {key: getattr(earlier, key) for key in earlier.model_fields_set - OUTCOMES}
        values |= {key: getattr(self, key) for key in self.model_fields_set}
        return Case.model_construct(_fields_set=set(values), **values)


class CaseFile(Value):
    """A file of cases (用例文件), beside the entry of the same stem."""

    cases: tuple[Case, ...]
