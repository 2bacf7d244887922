"""What a person decided about a candidate (身份核实结论), so that the next check need not ask again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointsanction.terms import IdentityOutcome
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    Verdicts = Mapping[tuple[str, str], tuple["IdentityVerdict", ...]]
    """The verdicts on each candidate, the later ones last, by the subject's key and the listing's record key."""


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


def by_candidate(verdicts: Iterable[IdentityVerdict]) -> dict[tuple[str, str], tuple[IdentityVerdict, ...]]:
    """Return verdicts by the candidate they are on, in their order (按候选归集)."""
    found: defaultdict[tuple[str, str], list[IdentityVerdict]] = defaultdict(list)
    for verdict in verdicts:
        found[verdict.subject, verdict.record].append(verdict)
    return {candidate: tuple(given) for candidate, given in found.items()}
