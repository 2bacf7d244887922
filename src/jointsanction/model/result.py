"""The answer (核查结果): findings, coverage, identity and what was asked.

No pydantic models: they are built on every check, and nothing but the verdict is before it is read. A finding is a
reference to what all cases of its profile share (`Shape`) plus the listing or act of this case. `model_dump` gives the
document of the contract; `model/document.py` is its pydantic mirror, from which the JSON Schema is exported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

    from jointsanction.model.catalogue import Measure
    from jointsanction.model.commitments_shown import CommitmentsShown
    from jointsanction.model.shown import (
        BasisShown,
        CoverageShown,
        EditionShown,
        GradeShown,
        IdentityShown,
        RuleNotice,
        RuleTraceShown,
        SubjectShown,
        SupervisionShown,
        WindowShown,
    )
    from jointsanction.steps.concluding.conclude import Bound
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.terms import Binding, CauseType, Caution, Degree, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Shape:
    """What a finding says in every case of one profile (核查发现的共同部分).

    `cause_at` counts into the profile's listings or acts; None where nothing set the measure off. `rules` are the ids
    of the rules that carried or suspended it, `because` the listings they rest on. `bites` says that, applying, it
    gives `prohibited` or `restricted`. `warnings` say where the measure goes further than its basis is seen to carry.
    """

    measure: Measure | None
    title: str
    applies: bool
    reason: Reason
    degree: Degree | None = None
    binding: Binding | None = None
    bites: bool = False
    needs_decision: bool = False
    duty: str = ""
    basis: tuple[BasisShown, ...] = ()
    cause_type: CauseType | None = None
    cause_at: int | None = None
    rules: tuple[str, ...] = ()
    because: tuple[int, ...] = ()
    warnings: tuple[Caution, ...] = ()

    def model_dump(self) -> dict[str, Any]:
        """Return what a finding says as the contract writes it, with nothing in it of the case."""
        measure = self.measure
        return {
            "measure": measure.id if measure else None,
            "title": self.title,
            "item": measure.item if measure else None,
            "effect": measure.effect if measure else None,
            "class": measure.measure_class if measure else None,
            "degree": self.degree,
            "binding": self.binding,
            "needs_decision": self.needs_decision,
            "applies": self.applies,
            "reason": self.reason,
            "duty": self.duty,
            "grants": measure.offer() if measure else None,
            "layer": measure.layer if measure else None,
            "cause": None,
            "path": [],
            "until": None,
            "basis": [row._asdict() for row in self.basis],
            "implementing_authority": list(measure.implementing_authority) if measure else [],
            "repair": None,
            "warnings": list(self.warnings),
        }


class Finding(NamedTuple):
    """One measure of the matter met with one cause (核查发现), applying or not, always with its reason.

    `measure` is None where a listing meets no measure of the matter, `basis` are the bases in force, `instrument_no` is
    the number of the document it rests on, that of the listing or of the act (文书文号). What else is of the case alone
    is put into words when it is read: most callers read little of it.
    """

    measure: str | None
    applies: bool
    reason: Reason
    basis: tuple[BasisShown, ...]
    instrument_no: str | None
    shape: Shape
    at: int | None
    bound: Bound

    @property
    def standing(self) -> Standing | None:
        """Return the listing it rests on and how it stands; None where it rests on none."""
        return None if self.at is None else self.bound.seen.standings[self.at]

    @property
    def cause(self) -> dict[str, Any] | None:
        """Return the listing or act that set it off; None where nothing did (触发事实)."""
        return self.bound.cause(self.shape, self.standing)

    @property
    def path(self) -> tuple[dict[str, Any], ...]:
        """Return the way from the cause to the subject: relations, verdicts, rules (关联路径)."""
        return self.bound.path(self.shape, self.standing)

    @property
    def until(self) -> date | None:
        """Return the last day it holds, None when open."""
        return self.bound.until(self.shape, self.standing)

    @property
    def repair(self) -> dict[str, Any] | None:
        """Return whether, when and how what it rests on can be repaired; None where nobody can say (信用修复)."""
        return self.bound.repair(self.shape, self.standing)

    def model_dump(self) -> dict[str, Any]:
        """Return the finding as the contract writes it."""
        return self.fill(self.shape.model_dump(), self.repair)

    def fill(self, document: dict[str, Any], repair: dict[str, Any] | None) -> dict[str, Any]:
        """Return the document of its shape with what is of the case."""
        until = self.until
        document["cause"], document["path"] = self.cause, list(self.path)
        document["until"], document["repair"] = None if until is None else until.isoformat(), repair
        return document


class CheckResult:
    """The whole answer (核查结果): verdict, findings, coverage, versions, and a receipt computed on first access."""

    __slots__ = ("_bound", "_findings", "_receipt", "complete", "coverage", "verdict")

    def __init__(self, bound: Bound) -> None:
        """Take a case with its outcome; what it says beside the verdict is put into words when it is read."""
        outcome = bound.settled.outcome
        self._bound = bound
        self.verdict: Verdict = outcome.verdict
        self.complete: bool = outcome.complete
        self.coverage: CoverageShown = outcome.coverage
        self._findings: tuple[Finding, ...] | None = None
        self._receipt = ""

    def __repr__(self) -> str:
        """Show the verdict and the number of findings, nothing about the subject."""
        return f"CheckResult({self.verdict.value}, findings={len(self.findings)}, complete={self.complete})"

    def __eq__(self, other: object) -> bool:
        """Two answers are equal when their documents are, whenever they were given."""
        return isinstance(other, CheckResult) and self._stable() == other._stable()

    def __hash__(self) -> int:
        """Hash by receipt, in step with equality."""
        return hash(self.receipt)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings that apply, or could not be known (核查发现)."""
        if self._findings is None:
            self._findings = self._bound.findings()
        return self._findings

    @property
    def not_applied(self) -> tuple[Finding, ...] | None:
        """Return the other measures of the matter, each with its reason; None where nobody asked why (未适用)."""
        return self._bound.silent()

    @property
    def subject(self) -> SubjectShown:
        """Return who was asked about, as recognised (主体)."""
        return self._bound.subject_shown()

    @property
    def subject_key(self) -> str | None:
        """Return the key that the subject's number is found under, None where it has none (检索键)."""
        keys = self._bound.identity.keys
        return keys[0] if keys else None

    @property
    def identity(self) -> IdentityShown:
        """Return how surely the subject is known, with candidates and warnings (身份)."""
        return self._bound.identity_shown()

    @property
    def grade(self) -> GradeShown:
        """Return the grade with the rules and listings that set it (信用等级)."""
        return self._bound.graded()

    @property
    def supervision(self) -> SupervisionShown | None:
        """Return how the subject is to be supervised, None where no rule says (监管措施)."""
        return self._bound.supervised()

    @property
    def notices(self) -> tuple[RuleNotice, ...]:
        """Return what rules tell the reader (规则提示)."""
        return self._bound.settled.outcome.derived.notices

    @property
    def rules(self) -> tuple[RuleTraceShown, ...] | None:
        """Return every rule in force, fired or not; None where nobody asked why (规则轨迹)."""
        return self._bound.traced()

    @property
    def commitments(self) -> CommitmentsShown:
        """Return what the subject promised and how it was kept, and what it may promise (信用承诺)."""
        return self._bound.commitments_shown()

    @property
    def credit_report_required(self) -> bool:
        """Return whether the matter asks for a credit report beside the check (信用报告)."""
        return self._bound.credit_report_required()

    @property
    def editions(self) -> tuple[EditionShown, ...]:
        """Return how old each list is that the question could turn on (名单期次)."""
        return self._bound.prepared.loaded.editions

    @property
    def window(self) -> WindowShown | None:
        """Return what was answered on each date of the case, None where there is one date only (核查时点)."""
        return self._bound.asked.window

    @property
    def versions(self) -> dict[str, str | None]:
        """Return of which versions the answer is (版本)."""
        return self._bound.versions

    @property
    def alike(self) -> tuple[object, ...]:
        """Return a key that is equal where answers of one state differ in dates, numbers and names alone (同画像)."""
        return self._bound.seen.key

    @property
    def case(self) -> str | None:
        """Return the case it was asked in (案号)."""
        return self._bound.asked.case

    @property
    def checked_at(self) -> datetime:
        """Return when it was asked (核查时间)."""
        return self._bound.asked.asked_at

    @property
    def receipt(self) -> str:
        """Return the receipt (核查凭证): the digest of the document without receipt, instant, case and trace."""
        if not self._receipt:
            self._stable()
        return self._receipt

    def _stable(self) -> dict[str, Any]:
        """Return the part of the document the receipt stands for."""
        document = self._bound.document(self.findings)
        if not self._receipt:
            self._receipt = self._bound.receipt(document)
        return document

    def model_dump(self, *, mode: str = "json") -> dict[str, Any]:
        """Return the document of the contract (the HTTP body and `check --json` are the same).

        `mode` is there for likeness with pydantic; the document is always made of JSON values.
        """
        if mode != "json":
            message = "only mode='json' is offered"
            raise ValueError(message)
        document = self._stable()
        if self.not_applied is not None:
            document["not_applied"] = [finding.model_dump() for finding in self.not_applied]
        if self.rules is not None:
            document["rules"] = [rule.model_dump() for rule in self.rules]
        document["case"] = self.case
        document["checked_at"] = self.checked_at.isoformat()
        document["receipt"] = self.receipt
        return document
