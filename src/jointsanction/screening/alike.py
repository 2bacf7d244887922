"""Answers in short, each put together once for all that are alike (同类结果).

What an answer says in short is the same wherever the question sees the same: who has a sound number is looked up and
seen as in every check, and where one was seen so before, what was answered then is the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.check import look
from jointsanction.errors import JointSanctionError
from jointsanction.identity.identify import Identified
from jointsanction.identity.keys import PREFIXES, code_keys
from jointsanction.identity.names import name_key
from jointsanction.model.subject import Asked
from jointsanction.screening.run import row_of
from jointsanction.steps.applying.prepared import keep
from jointsanction.terms import IdState, IdType, SubjectKind

if TYPE_CHECKING:
    from jointsanction.model.result import CheckResult
    from jointsanction.screening.run import Row, Run
    from jointsanction.steps.applying.prepared import Key


class Alike:
    """The answers in short to one question (同类结果). Threads may share it."""

    def __init__(self, run: Run) -> None:
        """Take a question and its instant; nothing is answered yet."""
        question, now = run.question(), run.clock()
        self._state, self._asked = run.state, Asked("", question, now, run.state.registry.known_at, run.case)
        self._rows: dict[Key, Row] = {}

    def row(self, answered: CheckResult | JointSanctionError) -> Row:
        """Return an answer in short."""
        if isinstance(answered, JointSanctionError):
            return row_of(answered)
        return self._rows.get(answered.alike) or keep(self._rows, answered.alike, row_of(answered))

    def met(self, kind: SubjectKind, number: str, name: str | None) -> Row | None:
        """Return what is answered about a sound number in its normal form, None where the whole answer has to tell."""
        try:
            return self._rows.get(self._key(_identified(kind, number, name)))
        except JointSanctionError:
            return None

    def _key(self, identity: Identified) -> Key:
        """Return what decides the answer, by the steps of every check up to where findings are worked out."""
        return look(self._asked, identity, registry=self._state.registry, memo=self._state.memo).seen.key


def _identified(kind: SubjectKind, number: str, name: str | None) -> Identified:
    key = None if name is None else name_key(name)
    if kind is SubjectKind.PERSON:
        keys: tuple[str, ...] = (PREFIXES[IdType.RESIDENT_ID] + number,)
        return Identified(kind, IdType.RESIDENT_ID, number, IdState.OK, keys, name, key)
    return Identified(kind, IdType.USCC, number, IdState.OK, code_keys(number), name, key)
