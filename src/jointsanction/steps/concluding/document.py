"""The document of an answer and its receipt (核查文书与凭证): what every case of a profile says is written once.

A receipt digests the canonical text of the document. Most of that text is the same in every case of a profile, so it is
kept; digested whole, the same document has the same receipt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jointsanction.model.form import Form, Forms, copier
from jointsanction.receipt import canonical, seal

if TYPE_CHECKING:
    from jointsanction.model.form import Copier
    from jointsanction.model.result import Finding
    from jointsanction.steps.applying.prepared import Prepared
    from jointsanction.steps.applying.settle import Outcome
    from jointsanction.steps.concluding.conclude import Bound

_BLANKS: Final = ("cause", "path", "repair", "until")
"""What of a finding is of the case alone, in the order of the canonical text."""


def _forms(bound: Bound) -> Forms:
    settled = bound.settled
    found = settled.forms
    if found is None:
        findings = tuple(Form(shown.shape.model_dump(), _BLANKS) for shown in settled.shown)
        found = settled.forms = Forms(findings, Form(_coverage(settled.outcome, bound.prepared)))
    return found


def _coverage(outcome: Outcome, prepared: Prepared) -> dict[str, Any]:
    """Return what an answer rests on, each list consulted with its age."""
    consulted = set(outcome.coverage.consulted)
    editions = [edition.model_dump() for edition in prepared.loaded.editions if edition.list in consulted]
    return {**outcome.coverage.model_dump(), "editions": editions}


def document_of(bound: Bound, findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Return the part of the document that the receipt stands for."""
    forms, outcome, supervision, window = _forms(bound), bound.settled.outcome, bound.supervised(), bound.asked.window
    repairs: dict[int, Copier | None] = {}
    return {
        "verdict": outcome.verdict,
        "complete": outcome.complete,
        "question": bound.question_document(),
        "subject": bound.subject_shown().model_dump(),
        "identity": bound.identity_shown().model_dump(),
        "findings": [_filled(*each, repairs) for each in zip(findings, forms.findings, strict=True)],
        "grade": bound.graded().model_dump(),
        "supervision": None if supervision is None else supervision.model_dump(),
        "notices": [notice._asdict() for notice in outcome.derived.notices],
        "coverage": forms.coverage.copy(),
        "window": None if window is None else window.model_dump(),
        "credit_report_required": bound.credit_report_required(),
        "commitments": bound.commitments_shown().model_dump(),
        "versions": dict(bound.versions),
    }


def _filled(finding: Finding, form: Form, repairs: dict[int, Copier | None]) -> dict[str, Any]:
    """Return a finding's part of a document; how a listing is repaired is worked out once for all that rest on it."""
    if finding.at is None:
        return finding.fill(form.copy(), finding.repair)
    if finding.at not in repairs:
        repair = finding.repair
        repairs[finding.at] = None if repair is None else copier(repair)
    copy = repairs[finding.at]
    return finding.fill(form.copy(), None if copy is None else copy())


def receipt_of(bound: Bound, document: dict[str, Any]) -> str:
    """Return the receipt of a document that `document_of` gave, and nobody changed since."""
    forms, known = _forms(bound), dict[int, tuple[bytes, bytes]]()
    pairs = zip(document["findings"], forms.findings, bound.settled.shown, strict=True)
    findings = b",".join([form.text(_blanks(said, shown.at, known)) for said, form, shown in pairs])
    before, between, after = (canonical({key: document[key] for key in keys})[1:-1] for keys in _AROUND)
    coverage = forms.coverage.text()
    return seal(b'{%b,"coverage":%b,%b,"findings":[%b],%b}' % (before, coverage, between, findings, after))


_AROUND: Final = (
    ("commitments", "complete"),
    ("credit_report_required",),
    ("grade", "identity", "notices", "question", "subject", "supervision", "verdict", "versions", "window"),
)
"""The keys of a document before, between and after what is kept of it, as the canonical text has them."""


def _blanks(said: dict[str, Any], at: int | None, known: dict[int, tuple[bytes, bytes]]) -> tuple[bytes, ...]:
    """Return the canonical text of what goes into a finding's blanks; that of a listing is written once."""
    if at is None:
        cause, repair = canonical(said["cause"]), canonical(said["repair"])
    else:
        if at not in known:
            known[at] = canonical(said["cause"]), canonical(said["repair"])
        cause, repair = known[at]
    path, until = said["path"], said["until"]
    return cause, canonical(path) if path else b"[]", repair, b"null" if until is None else b'"%b"' % until.encode()
