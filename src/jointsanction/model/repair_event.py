"""What happened to a listing after it was made (修复、异议、移出、重整的办理记录): events, none ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jointsanction.terms import Office, RepairState, RepairTrack
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from datetime import date, datetime

_WORDS: Final = {"track": RepairTrack, "state": RepairState, "office": Office}


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairEvent:
    """One step of a procedure about a listing (办理记录): who did it, when, why.

    `record` is the key of the listing (自然键). `on` is the day from which the step counts: of a repair that takes
    effect, of a removal and of a lift the first day free. `until` is the last day of a temporary lift, None when it
    is not known. `two_step`, said with the application, asks for the consent of both offices.
    `field`, `old` and `new` are what an objection corrected; `document` is the number of the decision or ruling.
    """

    record: str
    list: str
    track: RepairTrack
    state: RepairState
    actor: str
    reason: str
    on: date
    office: Office | None = None
    two_step: bool = False
    until: date | None = None
    document: str | None = None
    field: str | None = None
    old: str | None = None
    new: str | None = None
    recorded_at: datetime | None = None

    def __post_init__(self) -> None:
        """Read plain texts as words."""
        for name, vocabulary in _WORDS.items():
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, word(vocabulary, given, name))

    def __repr__(self) -> str:
        """Show the step and the list: nothing about anybody."""
        return f"RepairEvent({self.track.value} {self.state.value}, {self.list}, on={self.on})"
