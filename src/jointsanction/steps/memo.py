"""What need not be worked out twice (核查缓存): plans, list states, outcomes; bounded, and gone with the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from jointsanction.steps.coverage import Loaded, loaded_lists
from jointsanction.steps.plan import Context, Plan, make_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.subject import Question
    from jointsanction.registry.protocol import Registry
    from jointsanction.steps.profile import Profile
    from jointsanction.steps.settle import Outcome

LIMIT: Final = 65_536
"""Entries kept of each sort; a full map is emptied, since profiles of a real registry are some hundreds."""

K = TypeVar("K")
V = TypeVar("V")


class Memo:
    """Remembers what depends on a profile and not on a case (核查缓存); one for each pair of catalogue and registry.

    Safe between threads: entries are immutable, and working one out twice gives the same.
    """

    def __init__(self, tables: Tables) -> None:
        """Start empty for a compiled catalogue."""
        self._tables = tables
        self._plans: dict[tuple[Context, int], Plan] = {}
        self._loaded: dict[tuple[Plan, date], tuple[Loaded, datetime]] = {}
        self._outcomes: dict[tuple[Plan, Profile], Outcome] = {}

    def plan(self, context: Context, question: Question) -> Plan:
        """Return the plan of a context for the epoch of the day asked about."""
        key = (context, self._tables.epoch(question.as_of))
        return self._plans.get(key) or _keep(self._plans, key, make_plan(self._tables, context, question.as_of))

    def loaded(self, plan: Plan, registry: Registry, question: Question) -> Loaded:
        """Return the state of a plan's lists, worked out again once one more may have turned stale."""
        key = (plan, question.as_of)
        kept = self._loaded.get(key)
        if kept is not None:
            state, since = kept
            if since <= question.asked_at and (state.until is None or question.asked_at <= state.until):
                return state
        codes = sorted(plan.suspending.union(plan.relevant))
        state = loaded_lists(codes, self._tables, registry.editions, as_of=question.as_of, asked_at=question.asked_at)
        return _keep(self._loaded, key, (state, question.asked_at))[0]

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
