"""What need not be worked out twice (核查缓存): plans, list states, outcomes; bounded, and gone with the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.inference import run
from jointsanction.steps.applying.plainly import all_hold, met
from jointsanction.steps.applying.prepared import Prepared, keep, settled
from jointsanction.steps.asking.ask import make_question
from jointsanction.steps.asking.context import Context
from jointsanction.steps.asking.days import SHANGHAI
from jointsanction.steps.concluding.identity_words import plain_identity
from jointsanction.steps.deriving.profile import profile_act
from jointsanction.steps.planning.plan import Plan, make_plan
from jointsanction.steps.planning.rule_lists import ListFacts
from jointsanction.steps.standing.coverage import loaded_lists
from jointsanction.steps.standing.term_end import ListTerms

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from jointsanction.catalog.compile import Tables
    from jointsanction.identity.identify import Identified
    from jointsanction.inference import Infer
    from jointsanction.model.subject import Asked, Question
    from jointsanction.registry.plain import Plain, Told
    from jointsanction.registry.protocol import Registry
    from jointsanction.steps.applying.plainly import Met
    from jointsanction.steps.applying.prepared import Key, Seen, Settled, Sight
    from jointsanction.steps.applying.settle import Outcome
    from jointsanction.steps.asking.ask import Words
    from jointsanction.steps.deriving.profile import Profile
    from jointsanction.terms import SubjectKind

    WorkOut = Callable[[Plan, Tables, Profile], Outcome]


class Memo:
    """Remembers what depends on a profile and not on a case (核查缓存); one for each pair of catalogue and registry.

    Safe between threads: entries are immutable, and working one out twice gives the same.
    """

    def __init__(self, tables: Tables, infer: Infer = run) -> None:
        """Start empty for a compiled catalogue, and an engine that runs its rules."""
        self.tables = tables
        self.infer = infer
        self.terms = ListTerms(tables.catalog.lists)
        self._questions: dict[Key, Question] = {}
        self._prepared: dict[tuple[Question, SubjectKind | None, bool], Prepared] = {}
        self._facts: dict[tuple[int, str | None], ListFacts] = {}
        self._plans: dict[tuple[Context, int], Plan] = {}
        self._sights: dict[Key, Sight] = {}
        self._settled: dict[Key, Settled] = {}
        self._met: dict[tuple[Prepared, tuple[Told, ...]], Met] = {}
        self._outcomes: dict[tuple[Plan, Profile], Outcome] = {}

    def question(self, words: Words, now: datetime) -> Question:
        """Return the question some words make; equal words make the same question.

        Words that name no day ask about that of an instant.
        """
        key: Key = words if words.as_of is not None else (_day(now), words)
        try:
            found = self._questions.get(key)
        except TypeError:
            # A caller handed over lists: as good as tuples, but they can't be remembered by.
            return make_question(words._asdict(), self.tables, _day(now))
        return found or keep(self._questions, key, make_question(words._asdict(), self.tables, _day(now)))

    def prepared(self, asked: Asked, identity: Identified, registry: Registry) -> Prepared:
        """Return a question made ready, anew once one more list may have turned stale."""
        question, asked_at = asked.question, asked.asked_at
        key = (question, identity.kind, identity.is_identified)
        found = self._prepared.get(key)
        if found is not None and found.since <= asked_at and (found.until is None or asked_at <= found.until):
            return found
        return keep(self._prepared, key, self._prepare(asked, identity, registry))

    def _prepare(self, asked: Asked, identity: Identified, registry: Registry) -> Prepared:
        question, plan = asked.question, self._plan(asked.question, identity.kind)
        codes = sorted(plan.suspending.union(plan.relevant, plan.looked.all))
        loaded = loaded_lists(codes, self.tables, registry.editions, as_of=question.as_of, asked_at=asked.asked_at)
        return Prepared(
            question=question,
            tables=self.tables,
            plan=plan,
            loaded=loaded,
            since=asked.asked_at,
            # Two instants of one zone are compared without asking it, and those asked at are of this one.
            until=None if loaded.until is None else loaded.until.astimezone(SHANGHAI),
            acts=tuple(profile_act(act, plan, question.as_of) for act in question.acts),
            identified=identity.is_identified,
            identity=plain_identity(question, plan, identified=identity.is_identified),
            is_plain=not plan.counts and not plan.clean_periods,
            is_timed=bool(plan.timed),
            sights=self._sights,
        )

    def _plan(self, question: Question, kind: SubjectKind | None) -> Plan:
        """Return the plan of a question for a kind of subject; plans of one context and epoch are one."""
        context, day = Context.of(question, kind), question.as_of
        key = (context, self.tables.epoch(day))
        found = self._plans.get(key)
        return found or keep(
            self._plans, key, make_plan(self.tables, context, day, self._facts_of(day, context.region), self.infer)
        )

    def _facts_of(self, day: date, region: str | None) -> ListFacts:
        """Return what rules can be tested on of each list; what questions of one epoch and region have in common."""
        key = (self.tables.epoch(day), region)
        found = self._facts.get(key)
        return found or keep(self._facts, key, ListFacts(self.tables, day, region))

    def met(self, plain: Plain, prepared: Prepared) -> Met | None:
        """Return what rows told alike came to before, None where these don't all hold on the day or nobody saw such."""
        found = self._met.get((prepared, plain.told))
        return found if found is not None and all_hold(plain, self.terms, prepared.question.as_of) else None

    def meet(self, plain: Plain, prepared: Prepared, seen: Seen, came_to: Settled) -> None:
        """Remember what some rows came to, for all told alike."""
        known = met(plain, seen, came_to)
        if known is not None:
            keep(self._met, (prepared, plain.told), known)

    def settled(self, seen: Seen, prepared: Prepared, work_out: WorkOut) -> Settled:
        """Return what a case comes to, worked out when the first of its profile is seen."""
        found = self._settled.get(seen.key)
        if found is not None:
            return found
        return keep(self._settled, seen.key, settled(seen, prepared, self._once(work_out)))

    def _once(self, work_out: WorkOut) -> WorkOut:
        """Return the same from memory where a profile was met on another day of the epoch, or in other words."""

        def outcome(plan: Plan, tables: Tables, profile: Profile) -> Outcome:
            key = (plan, profile)
            found = self._outcomes.get(key)
            return found or keep(self._outcomes, key, work_out(plan, tables, profile))

        return outcome


def _day(instant: datetime) -> date:
    return (instant if instant.tzinfo is SHANGHAI else instant.astimezone(SHANGHAI)).date()
