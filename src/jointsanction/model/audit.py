"""What the audit keeps of one act (审计记录)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from jointsanction.model.caller import Caller
    from jointsanction.terms import AuditAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that was done and that the audit has to keep (应审计行为).

    `about` is the number of what was made or looked at, `subject` the key of the subject's number, of which the record
    holds a keyed digest only. `detail` holds no personal data: outcome, versions, receipt, reason.
    """

    action: AuditAction
    caller: Caller
    purpose: str | None = None
    matter: str | None = None
    about: str | None = None
    case_no: str | None = None
    subject: str | None = field(default=None, repr=False)
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """One record of the chain (审计记录): its place, what it says, and the digest over it and all before it."""

    seq: int
    entry: Mapping[str, Any]
    digest: str
    recorded_at: datetime
