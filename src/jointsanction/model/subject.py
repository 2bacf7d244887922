"""Subjects, what is on the lists about them, and what is asked (主体、列入记录、法律事实、核查问题).

Plain frozen dataclasses and not pydantic models: a province of listings is built from them, so whoever reads data from
outside (readers, store, command line) checks it before it comes here.
Dates are inclusive and named for what happens on them; instants are aware.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.terms import (
    ActType,
    Coverage,
    Crime,
    Field,
    Ground,
    Occupation,
    Punishment,
    Relation,
    Role,
    Severity,
    Size,
    SubjectKind,
    SubjectStatus,
)
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from jointsanction.model.shown import WindowShown
    from jointsanction.terms import CaseDate, Phase, Term, Trait

_SUBJECT_WORDS: Final = {"kind": SubjectKind, "role": Role}
_RELATED_WORDS: Final = {"relation": Relation, "kind": SubjectKind}
_LISTING_WORDS: Final = {
    "subject_kind": SubjectKind,
    "severity": Severity,
    "field": Field,
    "ground": Ground,
    "size": Size,
    "subject_status": SubjectStatus,
}
_ACT_WORDS: Final = {
    "type": ActType,
    "relation": Relation,
    "field": Field,
    "ground": Ground,
    "severity": Severity,
    "occupation": Occupation,
    "charge": Crime,
    "punishment": Punishment,
    "role": Role,
}


def _read_words(value: object, words: Mapping[str, type[Term]]) -> None:
    """Turn plain texts into words of their vocabularies: a text compared by identity would silently match nothing."""
    for name, vocabulary in words.items():
        text = getattr(value, name)
        if text.__class__ is str:
            object.__setattr__(value, name, word(vocabulary, text, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who is asked about (信用主体): at most one identifier, or a name alone, which never confirms."""

    kind: SubjectKind | None = None
    uscc: str | None = None
    resident_id: str | None = None
    other_id: str | None = None
    name: str | None = field(default=None, repr=False)
    role: Role | None = None
    group: str | None = None

    def __post_init__(self) -> None:
        """Read plain texts as words."""
        _read_words(self, _SUBJECT_WORDS)

    def __repr__(self) -> str:
        """Show the kind only: no identifier or name may reach a log by accident."""
        return f"Subject(kind={self.kind!r}, …)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Somebody tied to a listed subject, or to the subject asked about (关联方)."""

    relation: Relation
    kind: SubjectKind | None = None
    name: str | None = None
    id: str | None = None
    personally_responsible: bool | None = None

    def __post_init__(self) -> None:
        """Read plain texts as words."""
        _read_words(self, _RELATED_WORDS)

    def __repr__(self) -> str:
        """Show the relation only."""
        return f"Related({self.relation.value}, …)"

    def said(self) -> dict[str, str | bool]:
        """Return what it says, by its fields, words as their texts; what it doesn't say is left out."""
        told = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: value if isinstance(value, bool) else str(value) for name, value in told if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One row of a list about one subject (列入记录).

    `listed_on` is the first day, `valid_to` the last day bound, `removed_on` the first day free.
    `announced_on` alone is a prior notice (事前告知) and no listing. `corrected_on` is the day the breach was put
    right, from which some lists count the time until repair.
    `designating_authority` decided (认定), `publishing_authority` only made it public on `published_on` (公布).
    `subject_status` is as the file says it, None where it says nothing that is known: no step of a check looks at it.
    `missing_since` is the day of the complete edition in which the row was first not found again. `raw` is the row as
    printed, as JSON: readers give it, the store keeps it, and no registry carries it.
    """

    list: str
    subject_kind: SubjectKind | None = None
    name: str | None = None
    uscc: str | None = None
    resident_id: str | None = None
    other_id: str | None = None
    announced_on: date | None = None
    listed_on: date | None = None
    valid_to: date | None = None
    removed_on: date | None = None
    removal_reason: str | None = None
    removal_authority: str | None = None
    instrument_no: str | None = None
    instrument_date: date | None = None
    designating_authority: str | None = None
    published_on: date | None = None
    publishing_authority: str | None = None
    region: str | None = None
    severity: Severity | None = None
    field: Field | None = None
    ground: Ground | None = None
    size: Size | None = None
    subject_status: SubjectStatus | None = None
    grade: str | None = None
    corrected_on: date | None = None
    related: tuple[Related, ...] = ()
    source: str | None = None
    former_names: tuple[str, ...] = ()
    missing_since: date | None = None
    batch: str | None = None
    row: int | None = None
    recorded_at: datetime | None = None
    superseded_at: datetime | None = None
    raw: str | None = None

    def __post_init__(self) -> None:
        """Read plain texts as words."""
        _read_words(self, _LISTING_WORDS)

    def __repr__(self) -> str:
        """Show list, batch and row: enough to find it, nothing about anybody."""
        return f"Listing({self.list}, batch={self.batch!r}, row={self.row!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A batch's word that a list is loaded whole (名单期次): its scope, its time span, when it was received.

    `regions` empty means national. `covers_from` is the first day the edition can speak for; None is always.
    """

    list: str
    batch: str
    received_at: datetime
    regions: tuple[str, ...] = ()
    covers_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A fact or an individual decision (法律事实、决定), shown or ruled out by whoever asks.

    `decision_made` is the day of the decision; of a sentence, the day it became final.
    `relation` is how the subject asked about was tied to whom the act hit, on the day of the act.
    `set_aside`, `lifted` and `stayed` are first days free. Of a sentence, `served` is the day it was served in full.
    """

    type: ActType
    ruled_out: bool = False
    decision_made: date | None = None
    relation: Relation = Relation.SELF
    personally_responsible: bool | None = None
    id: str | None = None
    subject: str | None = None
    authority: str | None = None
    document_number: str | None = None
    served: date | None = None
    effective: date | None = None
    set_aside: date | None = None
    lifted: date | None = None
    stayed: date | None = None
    field: Field | None = None
    kinds: tuple[str, ...] = ()
    amount: str | None = None
    ground: Ground | None = None
    severity: Severity | None = None
    licence: str | None = None
    occupation: Occupation | None = None
    charge: Crime | None = None
    punishment: Punishment | None = None
    sentence_served: date | None = None
    probation: bool | None = None
    probation_ended: date | None = None
    trade: str | None = None
    market: str | None = None
    kind: str | None = None
    post: str | None = None
    grade: str | None = None
    industry: str | None = None
    large: bool | None = None
    due: date | None = None
    cleared: date | None = None
    role: Role | None = None
    years: int | None = None
    until: date | None = None
    life: bool = False

    def __post_init__(self) -> None:
        """Read plain texts as words."""
        _read_words(self, _ACT_WORDS)
        if self.type is ActType.CRIMINAL_SENTENCE and self.served is not None:
            # Of a sentence, `served` is 刑罚执行完毕 and not 送达, however the act is given.
            object.__setattr__(self, "sentence_served", self.sentence_served or self.served)
            object.__setattr__(self, "served", None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """What is asked about whoever it may be (核查问题), resolved: every code is known, every date is a date.

    It is equal to itself alone, so that what was worked out for it can be kept under it. `not_traits` are traits ruled
    out (written `not-TRAIT` by callers). `role_given` is false for the matter's own role.
    `dates` are the dates of the case that were given, in their order; `as_of` is then the one that decides.
    """

    matter: str
    as_of: date
    role: Role
    phase: Phase
    region: str | None = None
    traits: tuple[Trait, ...] = ()
    not_traits: tuple[Trait, ...] = ()
    fields: tuple[Field, ...] = ()
    size: Size | None = None
    occupations: tuple[Occupation, ...] = ()
    related: tuple[Related, ...] = ()
    acts: tuple[Act, ...] = ()
    coverage: Coverage = Coverage.STRICT
    explain: bool = False
    role_given: bool = True
    dates: tuple[tuple[CaseDate, date], ...] = ()


class Asked(NamedTuple):
    """One asking of a question (一次核查): about whom, when, of what state of the lists, in which case.

    `asked_at` is the instant against which lists are stale, `known_at` the instant of the registry consulted. `window`
    says what was answered on the other dates of the case. A subject given as a text is the code it is (`is_solely`).
    """

    subject: Subject | str
    question: Question
    asked_at: datetime
    known_at: datetime | None = None
    case: str | None = None
    window: WindowShown | None = None
