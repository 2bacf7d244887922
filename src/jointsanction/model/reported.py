"""A case of rewards and penalties as it is reported (奖惩案例), and what was found of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jointsanction.model.filed import Feedback, FiledCheck, PlanItem


class CaseFault(NamedTuple):
    """Why a case does not qualify, or is no typical one (不合格原因): a stable code and a sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedCase:
    """One case (奖惩案例): a feedback that stands, the check it is about, and what keeps it from qualifying.

    `typical` says that it is a typical case, `short_of` why one that was named typical is none. `name` is that of the
    subject: as it was asked about, else as the listing has it.
    """

    feedback: Feedback
    check: FiledCheck = field(repr=False)
    item: PlanItem
    name: str | None = field(repr=False, default=None)
    faults: tuple[CaseFault, ...] = ()
    typical: bool = False
    short_of: tuple[CaseFault, ...] = ()

    @property
    def qualified(self) -> bool:
        """Return whether it qualifies (合格)."""
        return not self.faults
