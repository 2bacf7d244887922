"""One screening (一次批量核查): one question about many subjects, put to one catalogue and one registry throughout."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from jointsanction.asking import answer, kept_words
from jointsanction.errors import JointSanctionError
from jointsanction.identity.identify import parse_subject
from jointsanction.identity.uscc import is_solely
from jointsanction.steps.asking.ask import Words, read_subject
from jointsanction.steps.asking.case_dates import read_dates
from jointsanction.terms import SubjectKind
from jointsanction.terms.words import word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from jointsanction.asking import State
    from jointsanction.model.result import CheckResult
    from jointsanction.model.subject import Question, Subject

Progress: TypeAlias = "Callable[[int], object]"
"""What is told how many rows are done (进度)."""


@dataclass(frozen=True, slots=True)
class Run:
    """What many subjects are asked (批量核查的问题), and of what state; `observe` is told of every answer."""

    state: State
    words: Words
    clock: Callable[[], datetime]
    kind: str | None = None
    case: str | None = None
    observe: Callable[..., object] | None = None

    def at_once(self) -> Run:
        """Return the same, all asked as of this instant, however long it takes."""
        now = self.clock()
        return replace(self, clock=lambda: now)

    def question(self) -> Question:
        """Return the question, resolved."""
        return self.state.memo.question(self.words, self.clock())

    def ask(self, subject: Subject | str, kind: str | None = None, name: str | None = None) -> CheckResult:
        """Return the answer about one subject; a kind or a name said beside its number is of this row alone.

        Raises:
            SubjectError: an identifier that is none, or that could be two things.
            QuestionError: a kind that is none.
        """
        said = kind or self.kind
        asked: Subject | str
        if name is None or not isinstance(subject, str):
            code = said is None and isinstance(subject, str) and is_solely(subject)
            asked = subject if code else read_subject(subject, said)
        else:
            asked = parse_subject(subject, None if said is None else word(SubjectKind, said, "主体类别"), name)
        result = answer(self.state, asked, self.words, self.clock(), self.case)
        if self.observe is not None:
            self.observe(result=result)
        return result

    def try_to_ask(
        self, subject: Subject | str, kind: str | None = None, name: str | None = None
    ) -> CheckResult | JointSanctionError:
        """Return the answer about one subject, or the error in its place."""
        try:
            return self.ask(subject, kind, name)
        except JointSanctionError as error:
            return error


def open_run(
    state: State, clock: Callable[[], datetime], given: Mapping[str, Any], observe: Callable[..., object] | None = None
) -> Run:
    """Return a screening whose question is understood: what is wrong with it is said once and not row by row.

    `given` are the words of `check_subject`, `matter` among them; an instant known at has led to the state already.

    Raises:
        QuestionError: a word or date that can't be understood.
        UnknownMatterError: a matter that is in no catalogue.
    """
    words = kept_words(dict(given))
    kind, case, _ = (words.pop(key, None) for key in ("kind", "case", "known_at"))
    if unknown := sorted(words.keys() - set(Words._fields)):
        message = f"unexpected keyword argument {unknown[0]!r}"
        raise TypeError(message)
    words["dates"] = read_dates(words.get("dates"))
    if kind is not None:
        word(SubjectKind, kind, "主体类别")
    run = Run(state, Words(**words), clock, kind, case, observe)
    run.question()
    return run


class Row(NamedTuple):
    """What a table says of one subject (一行的结果): an answer in short, or the error in its place."""

    verdict: str | None
    measures: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    error: str | None = None
    message: str | None = None


def row_of(answered: CheckResult | JointSanctionError) -> Row:
    """Return an answer in short: the measures that apply, and the lists it rests on, doubtful ones too."""
    if isinstance(answered, JointSanctionError):
        return Row(None, error=answered.code, message=answered.message)
    measures: dict[str, None] = {}
    listings = {candidate["list"] for candidate in answered.identity.candidates}
    for found in answered.findings:
        if found.applies and found.measure is not None:
            measures[found.measure] = None
        cause = found.cause
        if cause is not None and "list" in cause:
            listings.add(cause["list"])
    return Row(answered.verdict.value, tuple(measures), tuple(sorted(listings)))


def document_of(answered: CheckResult) -> str:
    """Return the whole answer as the JSON of the contract."""
    return json.dumps(answered.model_dump(), ensure_ascii=False)
