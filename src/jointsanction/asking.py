"""One asking (一次核查): a question put to a catalogue and a registry that belong together, on each date of a case."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from jointsanction import check
from jointsanction.model.shown import DayShown, WindowShown
from jointsanction.model.subject import Asked
from jointsanction.steps.days import SHANGHAI
from jointsanction.steps.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.result import CheckResult
    from jointsanction.model.subject import Subject
    from jointsanction.registry.protocol import Registry


@dataclass(frozen=True, slots=True)
class State:
    """A catalogue and a registry that belong together (引擎状态); swapped whole, so no check sees half of each."""

    tables: Tables
    registry: Registry
    memo: Memo
    versions: dict[str, str | None]


def make_state(tables: Tables, registry: Registry) -> State:
    """Return the state of a compiled catalogue and a registry, with nothing remembered yet."""
    versions: dict[str, str | None] = {
        "catalogue": tables.version,
        "registry": registry.version,
        "library": version("jointsanction"),
    }
    return State(tables, registry, Memo(tables), versions)


def answer(state: State, subject: Subject, words: dict[str, Any], *, now: datetime, case: str | None) -> CheckResult:
    """Return the answer of a state to a question, and what it was on the other dates of the case (核查).

    Raises:
        QuestionError: a word or date that can't be understood.
        SubjectError: an identifier that is none, or that could be two things.
    """
    question = state.memo.question(words, now.astimezone(SHANGHAI).date())
    asked = Asked(subject, question, now, state.registry.known_at, case)
    window = state.tables.catalog.matters[question.matter].window
    if question.dates and window is not None:
        asked = asked._replace(window=WindowShown(window.decides, tuple(_days(state, asked, words))))
    return _check(state, asked)


def _check(state: State, asked: Asked) -> CheckResult:
    return check.check_subject(asked, state.tables, registry=state.registry, memo=state.memo, versions=state.versions)


def _days(state: State, asked: Asked, words: dict[str, Any]) -> Iterator[DayShown]:
    """Yield what is answered on each date of the case: a listing may have come or gone between them."""
    for which, on in asked.question.dates:
        # As a question of its own, so that the next bidder of the tender finds it worked out already.
        question = state.memo.question({**words, "as_of": on, "dates": (), "explain": False}, on)
        found = _check(state, asked._replace(question=question))
        measures = dict.fromkeys(finding.measure for finding in found.findings if finding.applies and finding.measure)
        yield DayShown(which, on, found.verdict, tuple(measures))
