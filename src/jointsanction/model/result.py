"""The answer (核查结果): findings, coverage, identity and what was asked.

Slots dataclasses and not pydantic models: they are built on every check and by `steps/conclude.py` only. A finding is a
reference to what all cases of its profile share (`Shape`) plus the listing or act of this case. `model_dump` gives the
document of the contract; `model/document.py` is its pydantic mirror, from which the JSON Schema is exported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
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


class Finding(NamedTuple):
    """One measure of the matter met with one cause (核查发现), applying or not, always with its reason."""

    shape: Shape
    cause: dict[str, Any] | None
    path: tuple[dict[str, Any], ...]
    until: date | None
    repair_of: Callable[[], dict[str, Any] | None]  # worked out when asked for: most callers never read it

    @property
    def repair(self) -> dict[str, Any] | None:
        """Return whether, when and how what it rests on can be repaired; None where nobody can say (信用修复)."""
        return self.repair_of()

    @property
    def measure(self) -> str | None:
        """Return the id of the measure; None where a listing meets no measure of the matter."""
        return self.shape.measure.id if self.shape.measure else None

    @property
    def applies(self) -> bool:
        """Return whether the measure bites or is granted."""
        return self.shape.applies

    @property
    def reason(self) -> Reason:
        """Return why it applies or not."""
        return self.shape.reason

    @property
    def basis(self) -> tuple[BasisShown, ...]:
        """Return the bases in force, each with instrument and article."""
        return self.shape.basis

    def model_dump(self) -> dict[str, Any]:
        """Return the finding as the contract writes it."""
        shape, measure = self.shape, self.shape.measure
        return {
            "measure": measure.id if measure else None,
            "title": shape.title,
            "item": measure.item if measure else None,
            "effect": measure.effect if measure else None,
            "class": measure.measure_class if measure else None,
            "degree": shape.degree,
            "binding": shape.binding,
            "needs_decision": shape.needs_decision,
            "applies": shape.applies,
            "reason": shape.reason,
            "duty": shape.duty,
            "grants": measure.offer() if measure else None,
            "layer": measure.layer if measure else None,
            "cause": self.cause,
            "path": list(self.path),
            "until": self.until.isoformat() if self.until else None,
            "basis": [row._asdict() for row in shape.basis],
            "implementing_authority": list(measure.implementing_authority) if measure else [],
            "repair": self.repair,
            "warnings": list(shape.warnings),
        }


class CheckResult:
    """The whole answer (核查结果): verdict, findings, coverage, versions, and a receipt computed on first access."""

    __slots__ = (
        "_commitments",
        "_digest",
        "_grade",
        "_question",
        "_receipt",
        "_supervision",
        "case",
        "checked_at",
        "complete",
        "coverage",
        "credit_report_required",
        "editions",
        "findings",
        "identity",
        "not_applied",
        "notices",
        "rules",
        "subject",
        "verdict",
        "versions",
        "window",
    )

    def __init__(  # noqa: PLR0913 - one place builds it
        self,
        *,
        verdict: Verdict,
        complete: bool,
        question: Callable[[], dict[str, Any]],
        subject: SubjectShown,
        identity: IdentityShown,
        findings: tuple[Finding, ...],
        not_applied: tuple[Finding, ...] | None,
        grade: Callable[[], GradeShown],
        supervision: Callable[[], SupervisionShown | None],
        notices: tuple[RuleNotice, ...] = (),
        rules: tuple[RuleTraceShown, ...] | None = None,
        coverage: CoverageShown,
        versions: dict[str, str | None],
        case: str | None,
        checked_at: datetime,
        digest: Callable[[dict[str, Any]], str],
        commitments: Callable[[], CommitmentsShown],
        editions: tuple[EditionShown, ...] = (),
        window: WindowShown | None = None,
        credit_report_required: bool = False,
    ) -> None:
        """Keep the parts; `question`, `digest` and `commitments` are called only when they are asked for."""
        self.verdict = verdict
        self.complete = complete
        self._question = question
        self.subject = subject
        self.identity = identity
        self.findings = findings
        self.not_applied = not_applied
        self._grade = grade
        self._supervision = supervision
        self.notices = notices
        self.rules = rules
        self.coverage = coverage
        self.versions = versions
        self.case = case
        self.checked_at = checked_at
        self._digest = digest
        self.editions = editions
        self.window = window
        self.credit_report_required = credit_report_required
        self._commitments: Callable[[], CommitmentsShown] | CommitmentsShown = commitments
        self._receipt: str | None = None

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
    def commitments(self) -> CommitmentsShown:
        """Return what the subject promised and how it was kept, and what it may promise (信用承诺)."""
        if callable(self._commitments):
            self._commitments = self._commitments()
        return self._commitments

    @property
    def receipt(self) -> str:
        """Return the receipt (核查凭证): the digest of the document without receipt, instant, case and trace."""
        if self._receipt is None:
            self._receipt = self._digest(self._stable())
        return self._receipt

    @property
    def grade(self) -> GradeShown:
        """Return the grade with the rules and listings that set it (信用等级)."""
        return self._grade()

    @property
    def supervision(self) -> SupervisionShown | None:
        """Return how the subject is to be supervised, None where no rule says (监管措施)."""
        return self._supervision()

    def _stable(self) -> dict[str, Any]:
        """Return the part of the document the receipt stands for."""
        return {
            "verdict": self.verdict,
            "complete": self.complete,
            "question": self._question(),
            "subject": self.subject.model_dump(),
            "identity": self.identity.model_dump(),
            "findings": [finding.model_dump() for finding in self.findings],
            "grade": self.grade.model_dump(),
            "supervision": None if (said := self.supervision) is None else said.model_dump(),
            "notices": [notice._asdict() for notice in self.notices],
            "coverage": self._coverage(),
            "window": None if self.window is None else self.window.model_dump(),
            "credit_report_required": self.credit_report_required,
            "commitments": self.commitments.model_dump(),
            "versions": self.versions,
        }

    def _coverage(self) -> dict[str, Any]:
        """Return what the answer rests on, each list consulted with its age."""
        consulted = [edition for edition in self.editions if edition.list in self.coverage.consulted]
        return {**self.coverage.model_dump(), "editions": [edition.model_dump() for edition in consulted]}

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
