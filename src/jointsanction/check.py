"""The straight line (核查主线): whoever wants to know the library reads `check_subject` first.

::

    identify → lookup → in_force → derive → apply → conclude

What depends on the question alone is worked out once (`Prepared`), and what listings mean for it once for all that it
can't tell apart (`Settled`), so that a check is a look-up, and what an answer says is put into words when it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointsanction.identity.identify import identify
from jointsanction.model.quick import NEW
from jointsanction.model.result import CheckResult
from jointsanction.steps.applying.apply import apply
from jointsanction.steps.applying.plainly import PlainSeen, plain_rows
from jointsanction.steps.applying.prepared import see
from jointsanction.steps.applying.settle import settle
from jointsanction.steps.concluding.commitments import acts_seen, promised
from jointsanction.steps.concluding.conclude import Bound
from jointsanction.steps.deriving.derive import derivations
from jointsanction.steps.standing.in_force import in_force
from jointsanction.steps.standing.lookup import concerning

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables
    from jointsanction.model.subject import Asked
    from jointsanction.registry.protocol import Registry
    from jointsanction.steps.applying.settle import Outcome
    from jointsanction.steps.deriving.profile import Profile
    from jointsanction.steps.memo import Memo
    from jointsanction.steps.planning.plan import Plan


def check_subject(asked: Asked, registry: Registry, memo: Memo, versions: dict[str, str | None]) -> CheckResult:
    """Return which restrictions and which incentives apply to a subject in a matter on a date, and why not the others.

    Raises:
        SubjectError: an identifier that is none, or that could be two things.
    """
    question, identity = asked.question, identify(asked.subject)
    hits = registry.lookup(identity.keys, identity.name_key)
    kept = promised(identity, question, registry)
    prepared = memo.prepared(asked, identity, registry)
    acts = acts_seen(prepared, kept)
    plain = plain_rows(hits, prepared, acts, registry) if hits else None
    met = None if plain is None else memo.met(plain, prepared)
    if plain is not None and met is not None:
        quick = PlainSeen(plain, met, memo.terms, prepared)
        return CheckResult(NEW(Bound, (asked, identity, (), kept, quick, met.settled, prepared, versions)))
    found = concerning(hits, identity, question, registry, asked.asked_at)
    standings = in_force(found, memo.terms, question.as_of) if found else ()
    seen = see(standings, prepared, acts)
    settled = memo.settled(seen, prepared, _derive_and_apply)
    if plain is not None:
        memo.meet(plain, prepared, seen, settled)
    return CheckResult(NEW(Bound, (asked, identity, found, kept, seen, settled, prepared, versions)))


def _derive_and_apply(plan: Plan, tables: Tables, profile: Profile) -> Outcome:
    """Return what a profile comes to: rules derive, measures apply, the verdict is settled. Done once a profile."""
    derived = derivations(plan, tables, profile)
    return settle(plan, tables, profile, apply(plan, tables, profile, derived), derived)
