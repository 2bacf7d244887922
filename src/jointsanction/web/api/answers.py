"""What callers get about a check (核查应答): the documents of the contract, filed, and what of them may leave."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from jointsanction.model.document import ResultDocument
from jointsanction.terms import Audience, Verdict


class Answer(BaseModel):
    """An answer of the API (应答内容)."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FiledDocument(ResultDocument):
    """The answer to one question, filed (核查结果): that of `check --json`, and the number it is filed under."""

    number: str = Field(description="核查编号")


class Withheld(Answer):
    """How much was left out (未提供的内容)."""

    findings: int
    records: int


class ExtractAnswer(Answer):
    """What of an answer may leave to this account (对外提供的摘录); null where nothing may be said."""

    disclosed_to: Audience
    verdict: Verdict | None
    complete: bool | None
    question: dict[str, Any]
    subject: dict[str, Any]
    identity: dict[str, Any]
    findings: list[dict[str, Any]]
    grade: dict[str, Any] | None
    coverage: dict[str, Any]
    window: dict[str, Any] | None
    credit_report_required: bool
    commitments: dict[str, Any] | None
    versions: dict[str, Any]
    checked_at: datetime
    original_receipt: str
    withheld: Withheld
    number: str | None = None


class MinimalMeasure(Answer):
    """A measure that applies, without the record it rests on (适用的措施)."""

    measure: str
    title: str
    effect: str
    degree: str | None
    binding: str
    needs_decision: bool
    duty: str
    implementing_authority: list[str]


class MinimalAnswer(Answer):
    """Verdict and measures, and nothing of any record (最小披露)."""

    number: str
    verdict: Verdict | None
    complete: bool | None
    matter: str
    as_of: date
    credit_report_required: bool
    measures: list[MinimalMeasure]
    checked_at: datetime


class OneError(Answer):
    """What is wrong with one of several (单项错误)."""

    code: str
    message: str
    hint: str


class FaultAnswer(Answer):
    """The error in the place of an answer (未能作答)."""

    error: OneError


class TenderAnswer(Answer):
    """The answer for every bidder, in order (投标人批量核查结果); `receipt` is null where parts were left out."""

    number: str
    verdict: Verdict | None
    complete: bool
    results: list[FiledDocument | ExtractAnswer | MinimalAnswer]
    receipt: str | None


class BatchAnswer(Answer):
    """The answers about many subjects, in order (批量核查结果); `root` is the digest over all of them in the audit."""

    number: str
    rows: int
    root: str
    results: list[FiledDocument | ExtractAnswer | MinimalAnswer | FaultAnswer]


class VerifiedAnswer(Answer):
    """Whether a receipt is that of the document it stands in (凭证核验)."""

    genuine: bool = Field(description="内容与凭证相符")
    filed: bool = Field(description="本库归档的核查中有此凭证")
    receipt: str


class RecheckAnswer(Answer):
    """An answer given then beside that to the same question now (复查)."""

    receipt: str
    reproduced: bool | None
    not_kept: list[str]
    then: dict[str, Any]
    now: dict[str, Any]
    changes: list[dict[str, Any]]


class DisclosedAnswer(Answer):
    """An extract of a stored answer (对外提供的摘录)."""

    extract: dict[str, Any]
