"""What a person decided about a candidate (身份核实结论), so that the next check need not ask again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointsanction.terms import IdentityOutcome
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityVerdict:
    """Whether a listing found by name or masked number is the subject's (身份核实结论), by whom, why, until when.

    `subject` is the key of the subject's number, `record` the key of the listing (自然键).
    `expires_on` is the last day it may be relied on, None for as long as nobody decides otherwise.
    """

    subject: str
    record: str
    list: str
    outcome: IdentityOutcome
    author: str
    reason: str
    decided_on: date
    expires_on: date | None = None
    recorded_at: datetime | None = None

    def __post_init__(self) -> None:
        """Read a plain text as the outcome."""
        object.__setattr__(self, "outcome", word(IdentityOutcome, self.outcome, "核实结论"))

    def __repr__(self) -> str:
        """Show the outcome and the list: nothing about anybody."""
        return f"IdentityVerdict({self.outcome.value}, {self.list})"

    def holds_on(self, day: date) -> bool:
        """Tell whether it may be relied on, on a day of asking."""
        return self.expires_on is None or day <= self.expires_on
