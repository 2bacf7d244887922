"""The straight line (核查主线): whoever wants to know the library reads `check_subject` first.

::

    identify → lookup → in_force → derive → apply → conclude

What depends on the question alone is worked out once (`Prepared`), and what listings mean for it once for all that it
can't tell apart (`Settled`), so that a check is a look-up, and what an answer says is put into words when it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
    from jointsanction.commitment.standing import Promised
    from jointsanction.identity.identify import Identified
    from jointsanction.model.subject import Asked
    from jointsanction.registry.plain import Plain
    from jointsanction.registry.protocol import Registry
    from jointsanction.steps.applying.prepared import Prepared, Seen
    from jointsanction.steps.applying.settle import Outcome
    from jointsanction.steps.deriving.profile import Profile
    from jointsanction.steps.memo import Memo
    from jointsanction.steps.planning.plan import Plan
    from jointsanction.steps.standing.lookup import Found


def check_subject(asked: Asked, registry: Registry, memo: Memo, versions: dict[str, str | None]) -> CheckResult:
    """Return which restrictions and which incentives apply to a subject in a matter on a date, and why not the others.

    Raises:
        SubjectError: an identifier that is none, or that could be two things.
    """
    identity = identify(asked.subject)
    found, kept, prepared, seen, plain = look(asked, identity, registry=registry, memo=memo)
    if isinstance(seen, PlainSeen):
        settled = seen.settled
    else:
        settled = memo.settled(seen, prepared, _derive_and_apply)
        if plain is not None:
            memo.meet(plain, prepared, seen, settled)
    return CheckResult(NEW(Bound, (asked, identity, found, kept, seen, settled, prepared, versions)))


class Case(NamedTuple):
    """A case up to where findings are worked out (本案): `seen.key` tells all that decides what it comes to.

    `plain` are the rows found, where their registry put them together.
    """

    found: tuple[Found, ...]
    kept: Promised
    prepared: Prepared
    seen: Seen | PlainSeen
    plain: Plain | None


def look(asked: Asked, identity: Identified, *, registry: Registry, memo: Memo) -> Case:
    """Return what is found of a subject and how it stands, as the question sees it (查询、有效)."""
    question = asked.question
    hits = registry.lookup(identity.keys, identity.name_key)
    kept = promised(identity, question, registry)
    prepared = memo.prepared(asked, identity, registry)
    acts = acts_seen(prepared, kept)
    plain = plain_rows(hits, prepared, acts, registry) if hits else None
    met = None if plain is None else memo.met(plain, prepared)
    if plain is not None and met is not None:
        return NEW(Case, ((), kept, prepared, PlainSeen(plain, met, memo.terms, prepared), plain))
    found = concerning(hits, identity, question, registry, asked.asked_at)
    standings = in_force(found, memo.terms, question.as_of) if found else ()
    return NEW(Case, (found, kept, prepared, see(standings, prepared, acts), plain))


def _derive_and_apply(plan: Plan, tables: Tables, profile: Profile) -> Outcome:
    """Return what a profile comes to: rules derive, measures apply, the verdict is settled. Done once a profile."""
    derived = derivations(plan, tables, profile)
    return settle(plan, tables, profile, apply(plan, tables, profile, derived), derived)
