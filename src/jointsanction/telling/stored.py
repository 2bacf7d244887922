"""An answer read back from its document (归档的核查结果): told in the very words of when it was given.

A document holds all that an answer says. What the words are chosen by and the document does not spell out, whether a
finding would restrict, follows from the measure, as `steps.planning.plan.bites` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from jointsanction.model.commitment import Talk
from jointsanction.model.commitments_shown import CommitmentShown, CommitmentsShown, OfferShown
from jointsanction.model.result import CheckResult, Finding, Shape
from jointsanction.model.shown import (
    BasisShown,
    CoverageShown,
    DayShown,
    EditionShown,
    GradeShown,
    IdentityShown,
    Notice,
    RuleNotice,
    RuleTraceShown,
    SetByShown,
    SubjectShown,
    SupervisionShown,
    WindowShown,
)
from jointsanction.steps.planning.strength import withheld
from jointsanction.terms import (
    Binding,
    CaseDate,
    Caution,
    CommitmentState,
    CommitmentType,
    Degree,
    IdentityStatus,
    MeasureClass,
    OfferReason,
    OfferState,
    Reason,
    Role,
    SubjectKind,
    TalkKind,
    TalkResult,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointsanction.catalog.compile import Tables
    from jointsanction.steps.concluding.conclude import Bound


def result_of(document: Mapping[str, Any], tables: Tables) -> CheckResult:
    """Return the answer that a document is of, to be told as it was told then (归档的核查结果).

    `tables` give what the document names by id only: a measure that they have no longer is told without what an
    incentive grants.
    """
    return CheckResult(cast("Bound", _Stored(document, tables)))


@dataclass(frozen=True, slots=True)
class _Of:
    """What a stored finding says of its case, in the place of the case itself."""

    said: Mapping[str, Any]

    def cause(self, *_: object) -> dict[str, Any] | None:
        return cast("dict[str, Any] | None", self.said["cause"])

    def path(self, *_: object) -> tuple[dict[str, Any], ...]:
        return tuple(self.said["path"])

    def until(self, *_: object) -> date | None:
        return _day(self.said["until"])

    def repair(self, *_: object) -> dict[str, Any] | None:
        return cast("dict[str, Any] | None", self.said["repair"])


@dataclass(frozen=True, slots=True)
class _Derived:
    notices: tuple[RuleNotice, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    verdict: Verdict
    complete: bool
    coverage: CoverageShown
    derived: _Derived


class _Stored:
    """A document in the place of a case: it gives `CheckResult` what `Bound` gives it."""

    def __init__(self, document: Mapping[str, Any], tables: Tables) -> None:
        self._said, self._tables = document, tables
        covered = {key: tuple(document["coverage"][key]) for key in ("consulted", "missing", "stale", "acts_unknown")}
        notices = tuple(RuleNotice(**each) for each in document["notices"])
        outcome = _Outcome(
            Verdict(document["verdict"]), document["complete"], CoverageShown(**covered), _Derived(notices)
        )
        self.settled = self
        self.outcome = outcome
        self.prepared = self.loaded = self
        self.editions = tuple(_edition(each) for each in document["coverage"]["editions"])
        self.asked = self
        self.window = _window(document["window"])
        self.case: str | None = document["case"]
        self.asked_at = datetime.fromisoformat(document["checked_at"])
        self.versions: dict[str, str | None] = document["versions"]

    def findings(self) -> tuple[Finding, ...]:
        return tuple(map(self._finding, self._said["findings"]))

    def silent(self) -> tuple[Finding, ...] | None:
        said = self._said.get("not_applied")
        return None if said is None else tuple(map(self._finding, said))

    def subject_shown(self) -> SubjectShown:
        said = self._said["subject"]
        kind = None if said["kind"] is None else SubjectKind(said["kind"])
        return SubjectShown(kind, said["id_type"], said["id"], said["name"])

    def identity_shown(self) -> IdentityShown:
        said = self._said["identity"]
        warnings = tuple(Notice(**each) for each in said["warnings"])
        return IdentityShown(IdentityStatus(said["status"]), tuple(said["candidates"]), warnings)

    def graded(self) -> GradeShown:
        said = self._said["grade"]
        return GradeShown(said["level"], tuple(said["independent"]), _set_by(said["set_by"]), said["complete"])

    def supervised(self) -> SupervisionShown | None:
        said = self._said["supervision"]
        if said is None:
            return None
        plain = {key: value for key, value in said.items() if key not in {"complete", "set_by"}}
        return SupervisionShown(plain, said["complete"], _set_by(said["set_by"]))

    def traced(self) -> tuple[RuleTraceShown, ...] | None:
        said = self._said.get("rules")
        if said is None:
            return None
        return tuple(
            RuleTraceShown(each["rule"], each["title"], each["fired"], tuple(each["causes"]), tuple(each["unmet"]))
            for each in said
        )

    def commitments_shown(self) -> CommitmentsShown:
        said = self._said["commitments"]
        return CommitmentsShown(
            open=tuple(map(_commitment, said["open"])),
            breaches=tuple(map(_commitment, said["breaches"])),
            talks=tuple(map(_talk, said["talks"])),
            offers=tuple(map(_offer, said["offers"])),
            warnings=tuple(Notice(**each) for each in said["warnings"]),
        )

    def credit_report_required(self) -> bool:
        return bool(self._said["credit_report_required"])

    def document(self, _findings: tuple[Finding, ...]) -> dict[str, Any]:
        outside = {"not_applied", "rules", "case", "checked_at", "receipt"}
        return {key: value for key, value in self._said.items() if key not in outside}

    def receipt(self, _document: dict[str, Any]) -> str:
        return str(self._said["receipt"])

    def _finding(self, said: Mapping[str, Any]) -> Finding:
        shape = self._shape(said)
        number = (said["cause"] or {}).get("instrument_no") or (said["cause"] or {}).get("document_number")
        return Finding(
            said["measure"], shape.applies, shape.reason, shape.basis, number, shape, None, cast("Bound", _Of(said))
        )

    def _shape(self, said: Mapping[str, Any]) -> Shape:
        return Shape(
            measure=self._tables.catalog.measures.get(said["measure"]),
            title=said["title"],
            applies=said["applies"],
            reason=Reason(said["reason"]),
            degree=None if said["degree"] is None else Degree(said["degree"]),
            binding=None if said["binding"] is None else Binding(said["binding"]),
            bites=self._bites(said),
            needs_decision=said["needs_decision"],
            duty=said["duty"],
            basis=tuple(BasisShown(**row) for row in said["basis"]),
            warnings=tuple(map(Caution, said["warnings"])),
        )

    def _bites(self, said: Mapping[str, Any]) -> bool:
        if said["class"] == MeasureClass.ADVERSE:
            return bool(said["binding"] != Binding.REFERENCE)
        measure, question = self._tables.catalog.measures.get(said["measure"]), self._said["question"]
        if measure is None or (said["binding"], said["degree"]) != (Binding.MUST, Degree.WITHHOLD):
            return False
        known = question["matter"] in self._tables.catalog.matters
        return known and withheld(measure, self._tables, question["matter"], Role(question["role"])) is not None


def _edition(said: Mapping[str, Any]) -> EditionShown:
    return EditionShown(said["list"], said["batch"], datetime.fromisoformat(said["received_at"]), said["stale"])


def _window(said: Mapping[str, Any] | None) -> WindowShown | None:
    if said is None:
        return None
    days = (
        DayShown(CaseDate(day["which"]), date.fromisoformat(day["on"]), Verdict(day["verdict"]), tuple(day["measures"]))
        for day in said["days"]
    )
    return WindowShown(CaseDate(said["decides"]), tuple(days))


def _set_by(said: Iterable[Mapping[str, Any]]) -> tuple[SetByShown, ...]:
    return tuple(SetByShown(one["rule"], one["title"], tuple(one["causes"])) for one in said)


def _commitment(said: Mapping[str, Any]) -> CommitmentShown:
    days = {name: _day(said[name]) for name in ("made_on", "due", "since")}
    words = {"type": CommitmentType(said["type"]), "state": CommitmentState(said["state"])}
    return CommitmentShown(**{**said, **days, **words})


def _talk(said: Mapping[str, Any]) -> Talk:
    words = {"kind": TalkKind(said["kind"]), "result": TalkResult(said["result"])}
    return Talk(**{**said, **words, "held_on": _day(said["held_on"]), "keys": ()})


def _offer(said: Mapping[str, Any]) -> OfferShown:
    return OfferShown(
        CommitmentType(said["type"]),
        OfferState(said["state"]),
        None if said["reason"] is None else OfferReason(said["reason"]),
        tuple(said["measures"]),
        tuple(said["commitments"]),
        tuple(BasisShown(**row) for row in said["basis"]),
    )


def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)
