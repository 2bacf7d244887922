"""Commitments, what became of them, and talks (信用承诺、履约事件、约谈).

Plain frozen dataclasses, as listings are. Nothing is ever changed: what happens to a commitment is one event more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.terms import COMMITMENT_ALIASES, CommitmentState, CommitmentType, TalkKind, TalkResult
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentEvent:
    """Something that became of a commitment (履约事件): the state from a day on, who says so, why, on what evidence."""

    state: CommitmentState
    actor: str
    happened_on: date
    reason: str | None = None
    evidence: str | None = None
    recorded_at: datetime | None = None

    def __post_init__(self) -> None:
        """Read a plain text as the state."""
        object.__setattr__(self, "state", word(CommitmentState, self.state, "履约状态"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One commitment of one subject (信用承诺): what was promised, in which matter, to whom, until when.

    `keys` are those of the subject's number; `due` is the last day to keep it. `authority` took it (承诺受理单位),
    `source` is the document it stands in, `measure` the incentive granted on it.
    """

    id: str
    keys: tuple[str, ...]
    type: CommitmentType
    content: str
    made_on: date
    matter: str | None = None
    due: date | None = None
    public: bool = False
    authority: str | None = None
    source: str | None = None
    measure: str | None = None
    recorded_at: datetime | None = None
    events: tuple[CommitmentEvent, ...] = ()

    def __post_init__(self) -> None:
        """Read a plain text as the type, by any of its names."""
        object.__setattr__(self, "type", commitment_type(self.type))

    def __repr__(self) -> str:
        """Show the id and the type: nothing about anybody."""
        return f"Commitment({self.id}, {self.type.value})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One talk with a subject (约谈): by whom, why, with what result, about which commitment if any."""

    id: str
    keys: tuple[str, ...]
    kind: TalkKind
    held_on: date
    authority: str
    reason: str
    result: TalkResult
    commitment: str | None = None
    recorded_at: datetime | None = None

    def __post_init__(self) -> None:
        """Read plain texts as words."""
        object.__setattr__(self, "kind", word(TalkKind, self.kind, "约谈种类"))
        object.__setattr__(self, "result", word(TalkResult, self.result, "约谈结果"))

    def __repr__(self) -> str:
        """Show the id and the kind: nothing about anybody."""
        return f"Talk({self.id}, {self.kind.value})"


def commitment_type(text: str) -> CommitmentType:
    """Return the type of commitment a text names, by its word or by any name the plans give it (信用承诺类型).

    >>> commitment_type("主动公示型").zh
    '主动承诺型'

    Raises:
        QuestionError: `question.unknown_word`.
    """
    return COMMITMENT_ALIASES.get(text) or word(CommitmentType, text, "承诺类型")


class Commitments(NamedTuple):
    """The commitments and talks of one subject, or of all (信用承诺记录)."""

    made: tuple[Commitment, ...] = ()
    talks: tuple[Talk, ...] = ()


NO_COMMITMENTS: Final = Commitments()
"""What nearly every subject has."""
