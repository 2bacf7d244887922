"""A change of the catalogue that somebody proposed (目录修改申请)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from jointsanction.terms import ProposalState


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change of the catalogue, proposed by one person and decided by another (目录修改申请，四眼原则).

    `files` are whole files of a catalogue, path to text; `author` and `reviewer` are accounts. `against` tells what
    stood in the place of each file when it was proposed, path to digest.
    """

    number: str
    title: str
    files: Mapping[str, str] = field(repr=False)
    against: Mapping[str, str] = field(repr=False)
    author: str
    state: ProposalState
    reviewer: str | None = None
    reason: str | None = None
    recorded_at: datetime
    decided_at: datetime | None = None
