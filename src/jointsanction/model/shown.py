"""The parts of an answer beside its findings (核查结果的各部分): who, how surely, of which lists, on which dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

    from jointsanction.terms import CaseDate, IdentityStatus, SubjectKind, Verdict


class Notice(NamedTuple):
    """Something the reader must know about identity or data (提示): a stable code and a sentence."""

    code: str
    message: str


class BasisShown(NamedTuple):
    """One basis as an answer shows it (依据)."""

    instrument: str
    title: str
    document_number: str | None
    article: str | None
    paragraph: int | None
    item: str | None
    level: str
    carries: str
    text: str


@dataclass(frozen=True, slots=True)
class IdentityShown:
    """How surely the subject is known (身份): candidates are shown masked."""

    status: IdentityStatus
    candidates: tuple[dict[str, Any], ...] = ()
    warnings: tuple[Notice, ...] = ()

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        return {
            "status": self.status,
            "candidates": list(self.candidates),
            "warnings": [notice._asdict() for notice in self.warnings],
        }


@dataclass(frozen=True, slots=True)
class SubjectShown:
    """Who was asked about (主体), as recognised."""

    kind: SubjectKind | None
    id_type: str | None
    id: str | None
    name: str | None

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        return {"kind": self.kind, "id_type": self.id_type, "id": self.id, "name": self.name}


class EditionShown(NamedTuple):
    """How old a list is (名单期次): the newest complete edition that speaks for the day asked about."""

    list: str
    batch: str
    received_at: datetime
    stale: bool

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        return {**self._asdict(), "received_at": self.received_at.isoformat()}


@dataclass(frozen=True, slots=True)
class CoverageShown:
    """Which lists and acts the answer rests on (名单覆盖)."""

    consulted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    acts_unknown: tuple[dict[str, Any], ...] = ()

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        return {
            "consulted": list(self.consulted),
            "missing": list(self.missing),
            "stale": list(self.stale),
            "acts_unknown": list(self.acts_unknown),
        }


class SetByShown(NamedTuple):
    """A rule and the listings and acts it rests on (规则及其所依记录)."""

    rule: str
    title: str
    causes: tuple[dict[str, Any], ...] = ()

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        return {**self._asdict(), "causes": list(self.causes)}


@dataclass(frozen=True, slots=True)
class GradeShown:
    """The grade of the subject (信用等级); independent lists stand beside it, never in it.

    `complete` says that nothing unknown could make it worse; `level` is None where it could not be known.
    """

    level: str | None = None
    independent: tuple[str, ...] = ()
    set_by: tuple[SetByShown, ...] = ()
    complete: bool = False

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        return {
            "level": self.level,
            "complete": self.complete,
            "independent": list(self.independent),
            "set_by": [each.model_dump() for each in self.set_by],
        }


@dataclass(frozen=True, slots=True)
class SupervisionShown:
    """How the subject is to be supervised (监管措施): the strictest that rules say."""

    said: dict[str, Any]
    complete: bool
    set_by: tuple[SetByShown, ...]

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        return {**self.said, "complete": self.complete, "set_by": [one.model_dump() for one in self.set_by]}


class RuleNotice(NamedTuple):
    """What a rule tells the reader (规则提示): a stable code, the rule, and a sentence."""

    code: str
    rule: str
    message: str


class RuleTraceShown(NamedTuple):
    """A rule in force, fired or not (规则轨迹): what it rests on, or which conditions were not met."""

    rule: str
    title: str
    fired: bool | None
    causes: tuple[dict[str, Any], ...] = ()
    unmet: tuple[str, ...] = ()

    def model_dump(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        return {**self._asdict(), "causes": list(self.causes), "unmet": list(self.unmet)}


class DayShown(NamedTuple):
    """What was answered on one date of the case (某一时点的结论): the verdict and the measures that apply."""

    which: CaseDate
    on: date
    verdict: Verdict
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WindowShown:
    """The dates of the case (核查时点): which of them decides, and what was answered on each, in their order."""

    decides: CaseDate
    days: tuple[DayShown, ...]

    def model_dump(self) -> dict[str, Any]:
        """Return the window as the contract writes it."""
        days = [{**day._asdict(), "on": day.on.isoformat(), "measures": list(day.measures)} for day in self.days]
        return {"decides": self.decides, "days": days}
