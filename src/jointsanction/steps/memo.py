"""What need not be worked out twice (核查缓存): plans, list states, outcomes; bounded, and gone with the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from jointsanction.inference import run
from jointsanction.steps.asking.ask import make_question
from jointsanction.steps.asking.context import Context
from jointsanction.steps.planning.plan import Plan, make_plan
from jointsanction.steps.standing.coverage import Loaded, loaded_lists

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from jointsanction.catalog.compile import Tables
    from jointsanction.inference import Infer
    from jointsanction.model.subject import Asked, Question
    from jointsanction.registry.protocol import Registry
    from jointsanction.steps.applying.settle import Outcome
    from jointsanction.steps.deriving.profile import Profile
    from jointsanction.terms import SubjectKind

LIMIT: Final = 65_536
"""Entries kept of each sort; a full map is emptied, since profiles of a real registry are some hundreds."""

K = TypeVar("K")
V = TypeVar("V")


class Memo:
    """Remembers what depends on a profile and not on a case (核查缓存); one for each pair of catalogue and registry.

    Safe between threads: entries are immutable, and working one out twice gives the same.
    """

    def __init__(self, tables: Tables, infer: Infer = run) -> None:
        """Start empty for a compiled catalogue, and an engine that runs its rules."""
        self._tables = tables
        self.infer = infer
        self._questions: dict[tuple[object, ...], Question] = {}
        self._asked: dict[tuple[Question, SubjectKind | None], Plan] = {}
        self._plans: dict[tuple[Context, int], Plan] = {}
        self._loaded: dict[tuple[Plan, date], tuple[Loaded, datetime]] = {}
        self._outcomes: dict[tuple[Plan, Profile], Outcome] = {}

    def question(self, words: dict[str, Any], today: date) -> Question:
        """Return the question some words make; equal words make the same question."""
        try:
            key = (today, *words.values())
            found = self._questions.get(key)
        except TypeError:
            # A caller handed over lists: as good as tuples, but they can't be remembered by.
            return make_question(words, self._tables, today)
        return found or _keep(self._questions, key, make_question(words, self._tables, today))

    def plan(self, question: Question, kind: SubjectKind | None) -> Plan:
        """Return the plan of a question for a kind of subject; plans of one context and epoch are one."""
        asked = (question, kind)
        found = self._asked.get(asked)
        if found is not None:
            return found
        context = Context.of(question, kind)
        key = (context, self._tables.epoch(question.as_of))
        plan = self._plans.get(key)
        if plan is None:
            plan = _keep(self._plans, key, make_plan(self._tables, context, question.as_of, self.infer))
        return _keep(self._asked, asked, plan)

    def loaded(self, plan: Plan, registry: Registry, asked: Asked) -> Loaded:
        """Return the state of a plan's lists, worked out again once one more may have turned stale."""
        as_of, asked_at = asked.question.as_of, asked.asked_at
        key = (plan, as_of)
        kept = self._loaded.get(key)
        if kept is not None:
            state, since = kept
            if since <= asked_at and (state.until is None or asked_at <= state.until):
                return state
        codes = sorted(plan.suspending.union(plan.relevant, plan.looked.all))
        state = loaded_lists(codes, self._tables, registry.editions, as_of=as_of, asked_at=asked_at)
        return _keep(self._loaded, key, (state, asked_at))[0]

    def outcome(self, plan: Plan, profile: Profile, work_out: Callable[[Plan, Tables, Profile], Outcome]) -> Outcome:
        """Return the outcome of a profile, worked out at first sight."""
        key = (plan, profile)
        found = self._outcomes.get(key)
        return found or _keep(self._outcomes, key, work_out(plan, self._tables, profile))


def _keep(store: dict[K, V], key: K, value: V) -> V:
    if len(store) >= LIMIT:
        store.clear()
    store[key] = value
    return value
