"""A case beside an entry of the catalogue (用例): listings, a question, and what must come out."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field

from jointsanction.model.catalogue import Many, Value
from jointsanction.terms import (
    Coverage,
    GradeLevel,
    Ground,
    Occupation,
    Phase,
    Reason,
    Relation,
    Role,
    Severity,
    Size,
    SubjectKind,
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
    grade: str | None = None
    related: tuple[CaseRelated, ...] = ()
    former_names: tuple[str, ...] = ()
    missing_since: date | None = None


class Case(Value):
    """One case (用例). `want` names every measure of the answer that applies; `because` their lists and acts.

    Every list of the catalogue counts as loaded but those in `not_loaded`. `like` takes what is left out from an
    earlier case of the same file. `grade` and `supervision` are what rules come to, `notices` the rules that told
    something.
    """

    name: str
    like: str | None = None
    subject: CaseSubject | None = None
    listings: tuple[CaseListing, ...] = ()
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

    def over(self, earlier: Case) -> Case:
        """Return this case with everything it leaves out taken from an earlier one, but what must come out."""
        outcomes = {"want", "because", "verdict", "reasons", "missing", "stale", "grade", "supervision", "notices"}
        values: dict[str, Any] = {key: getattr(earlier, key) for key in earlier.model_fields_set - outcomes}
        values |= {key: getattr(self, key) for key in self.model_fields_set}
        return Case.model_construct(_fields_set=set(values), **values)


class CaseFile(Value):
    """A file of cases (用例文件), beside the entry of the same stem."""

    cases: tuple[Case, ...]
