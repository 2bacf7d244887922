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
    grade: bool = Field(description="信用等级是否略去")


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


class Kept(BaseModel):
    """What stands beside an answer that was filed (归档信息)."""

    unit: str = Field(description="核查单位")
    officer: str | None = Field(description="经办人，只显示首字")
    purpose: str = Field(description="核查用途")


class KeptDocument(FiledDocument, Kept):
    """An answer as it was filed, masked (核查归档)."""


class KeptExtract(ExtractAnswer, Kept):
    """What of an answer that was filed may leave to this account, masked (核查归档的摘录)."""


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
    complete: bool | None
    results: list[FiledDocument | ExtractAnswer | MinimalAnswer]
    receipt: str | None


class KeptTender(Answer, Kept):
    """The answers for every bidder as they were filed, masked (投标核查归档); null where parts were left out."""

    number: str
    verdict: Verdict | None
    complete: bool | None
    results: list[FiledDocument | ExtractAnswer]
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
    as_filed: bool = Field(description="凭证之外的内容也与归档一致")
    unlike: list[str] = Field(description="与归档不一致的字段")
    message: str = Field(description="核验结论")
    receipt: str


class RecheckAnswer(Answer):
    """An answer given then beside that to the same question now (复查)."""

    receipt: str
    reproduced: bool | None
    not_kept: list[str]
    then: dict[str, Any]
    now: dict[str, Any]
    changes: list[dict[str, Any]]
    withheld: int = Field(description="按提供对象略去几项变化")


class TenderRecheckAnswer(Answer):
    """The answers for a tender held against those of now, each bidder by itself (投标核查复查)."""

    receipt: str
    rechecks: list[RecheckAnswer]


class DisclosedAnswer(Answer):
    """An extract of a stored answer (对外提供的摘录)."""

    extract: dict[str, Any]
