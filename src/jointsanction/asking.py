"""One asking (一次核查): a question put to a catalogue and a registry that belong together, on each date of a case."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from jointsanction import check
from jointsanction.errors import QuestionError, ReceiptError, veil
from jointsanction.inference import run
from jointsanction.model.quick import NEW
from jointsanction.model.shown import DayShown, WindowShown
from jointsanction.model.subject import Asked, Related, Subject
from jointsanction.steps.asking.ask import Words, several
from jointsanction.steps.memo import Memo
from jointsanction.terms import IdType, Relation, Role, SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointsanction.catalog.compile import Tables
    from jointsanction.inference import Infer
    from jointsanction.model.result import CheckResult
    from jointsanction.registry.protocol import Registry


_WORDS: Final = tuple(word for word in Words._fields if word != "explain")
_KEYS: Final = (
    "subject", "kind", "matter", "as_of", "known_at", "role", "phase", "region", "traits", "fields", "size",
    "occupations", "related", "acts", "coverage", "dates", "explain", "case",
)  # fmt: skip
"""The keys of a question document."""
_FIELD_OF: Final = {IdType.USCC: "uscc", IdType.RESIDENT_ID: "resident_id"}


@dataclass(frozen=True, slots=True)
class State:
    """A catalogue and a registry that belong together (引擎状态); swapped whole, so no check sees half of each."""

    tables: Tables
    registry: Registry
    memo: Memo
    versions: dict[str, str | None]


def make_state(tables: Tables, registry: Registry, infer: Infer = run) -> State:
    """Return the state of a compiled catalogue, a registry and an engine for rules, with nothing remembered yet."""
    versions: dict[str, str | None] = {
        "catalogue": tables.version,
        "registry": registry.version,
        "library": version("jointsanction"),
    }
    return State(tables, registry, Memo(tables, infer), versions)


def answer(state: State, subject: Subject | str, words: Words, now: datetime, case: str | None = None) -> CheckResult:
    """Return the answer of a state to a question, and what it was on the other dates of the case (核查).

    Raises:
        QuestionError: a word or date that can't be understood.
        SubjectError: an identifier that is none, or that could be two things.
    """
    question = state.memo.question(words, now)
    asked = NEW(Asked, (subject, question, now, state.registry.known_at, case, None))
    if question.dates and (window := state.tables.catalog.matters[question.matter].window) is not None:
        asked = asked._replace(window=WindowShown(window.decides, tuple(_days(state, asked, words))))
    return check.check_subject(asked, state.registry, state.memo, state.versions)


def _days(state: State, asked: Asked, words: Words) -> Iterator[DayShown]:
    """Yield what is answered on each date of the case: a listing may have come or gone between them."""
    for which, on in asked.question.dates:
        # As a question of its own, so that the next bidder of the tender finds it worked out already.
        question = state.memo.question(words._replace(as_of=on, dates=(), explain=False), asked.asked_at)
        found = check.check_subject(asked._replace(question=question), state.registry, state.memo, state.versions)
        measures = dict.fromkeys(finding.measure for finding in found.findings if finding.applies and finding.measure)
        yield DayShown(which, on, found.verdict, tuple(measures))


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """The question of a stored answer, ready to be asked again (原问题); `words` are its own, `as_of` among them."""

    subject: Subject
    words: dict[str, Any]
    checked_at: datetime

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> StoredQuestion:
        """Read the question of a stored answer.

        Raises:
            ReceiptError: `receipt.not_an_answer` when the document lacks what an answer has.
        """
        try:
            shown, question = document["subject"], document["question"]
            words = {key: question.get(key) for key in _WORDS}
            return cls(_subject(shown), words, datetime.fromisoformat(document["checked_at"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise no_answer() from error

    def put_to(self, state: State, *, at: datetime, explain: bool = False) -> CheckResult:
        """Return the answer of a state as it was, or would have been, at an instant."""
        return answer(state, self.subject, Words(**self.words, explain=explain), at)


def no_answer() -> ReceiptError:
    """Return the error for a document that is no answer."""
    message = "内容不完整，不是核查结果，无法复查。"
    return ReceiptError("receipt.not_an_answer", message, "请提供 check --json 的完整输出。")


def _subject(shown: Mapping[str, Any]) -> Subject:
    numbers = {}
    if shown["id"] is not None:
        numbers[_FIELD_OF.get(IdType(shown["id_type"]), "other_id")] = shown["id"]
    kind = None if shown["kind"] is None else SubjectKind(shown["kind"])
    return Subject(kind=kind, name=shown["name"], **numbers)


def read_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of a question given as a document; null says the same as nothing.

    Raises:
        QuestionError: `question.unknown_key`, `question.missing_key`.
    """
    if unknown := sorted(set(document) - set(_KEYS)):
        near = difflib.get_close_matches(unknown[0], _KEYS, n=1)
        hint = f"您是否想写“{near[0]}”？" if near else f"可用：{'、'.join(_KEYS)}。"
        raise QuestionError("question.unknown_key", f"问题中有未知的键“{veil(unknown[0])}”。", hint)
    if missing := [key for key in ("subject", "matter") if document.get(key) is None]:
        raise QuestionError("question.missing_key", f"问题中缺少“{missing[0]}”。", "至少写明 subject 和 matter。")
    return {key: value for key, value in document.items() if value is not None}


def kept_words(words: dict[str, Any]) -> dict[str, Any]:
    """Return words that can be asked with more than once: what can be read only once is kept."""
    return {
        key: tuple(value) if isinstance(value, Iterable) and not isinstance(value, str | Mapping) else value
        for key, value in words.items()
    }


def bidder_words(bidder: Subject, partners: Iterable[Subject], words: Words) -> Words:
    """Return what is asked of one bidder: its role, and its consortium partners as related; of a lone one no more."""
    tied = [
        Related(
            relation=Relation.CONSORTIUM_MEMBER,
            kind=other.kind,
            id=other.uscc or other.resident_id or other.other_id,
            name=other.name,
        )
        for other in partners
    ]
    if not tied:
        return words._replace(role=bidder.role or words.role)
    role = bidder.role or Role.CONSORTIUM_MEMBER
    return words._replace(role=role, related=(*several(words.related), *tied))
