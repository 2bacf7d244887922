"""A question made ready (预备核查): what all subjects asked about have in common, and what was seen of listings so far.

Two listings that the question can't tell apart are one sight of it, and a case of sights met before is settled by one
look-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, TypeVar

from jointsanction.catalog.compile import FOR_EVER
from jointsanction.model.quick import NEW
from jointsanction.registry.plain import PLACE, TOLD_APART
from jointsanction.steps.applying.degree import ACT_CAUSES
from jointsanction.steps.deriving.clean_periods import Unclean, unclean_periods
from jointsanction.steps.deriving.counts import Counted, counted
from jointsanction.steps.deriving.profile import Profile, profile_listing, terms_over
from jointsanction.terms import Coverage, Reason

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.form import Forms
    from jointsanction.model.result import Shape
    from jointsanction.model.shown import BasisShown, IdentityShown
    from jointsanction.model.subject import Listing, Question
    from jointsanction.steps.applying.settle import Outcome
    from jointsanction.steps.deriving.profile import ActProfile, ListingProfile
    from jointsanction.steps.planning.plan import Plan
    from jointsanction.steps.standing.coverage import Loaded
    from jointsanction.steps.standing.in_force import Standing

LIMIT: Final = 65_536
"""Entries kept of each sort; a full map is emptied, since profiles of a real registry are some hundreds."""

K = TypeVar("K")
V = TypeVar("V")

Key: TypeAlias = tuple[object, ...]
Acts: TypeAlias = "tuple[ActProfile, ...]"
Placed: TypeAlias = "tuple[str, date, str, str, int, int, Sight, Standing]"

_APPLIES: Final = Reason.APPLIES
_CLEAN: Final = Unclean()
_UNCOUNTED: Final = Counted()


def keep(store: dict[K, V], key: K, value: V) -> V:
    """Remember a value, and return it."""
    if len(store) >= LIMIT:
        store.clear()
    store[key] = value
    return value


class Sight:
    """A listing as a question sees it (名单所见): one for all that it can't tell apart, and equal to itself alone.

    `order` sorts as the profile does. `quiet` says that there is nothing to tell of it beside its findings.
    """

    __slots__ = ("order", "profile", "quiet")

    def __init__(self, profile: ListingProfile, *, quiet: bool) -> None:
        """Take a profile and the place it gives."""
        self.profile = profile
        self.order = "\0".join(map(str, profile))
        self.quiet = quiet


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A question about subjects of a kind, in a state of the lists (预备核查): that of `since`, until one turns stale.

    `acts` are those of the question. `identity` is what is shown of whoever leaves nothing to tell. `is_plain` says
    that no count and no stretch of time matters, `is_timed` that measures bite on listings for terms of their own.
    """

    question: Question
    tables: Tables
    plan: Plan
    loaded: Loaded
    since: datetime
    until: datetime | None
    acts: Acts
    identified: bool
    identity: IdentityShown
    is_plain: bool
    is_timed: bool
    sights: dict[Key, Sight]

    def sight(self, standing: Standing) -> Sight:
        """Return how the question sees a listing."""
        found, reason, _ = standing
        listing = found.listing
        plain = found.process is None and found.verdict is None
        quiet = plain and reason is _APPLIES and not found.by_name
        key: Key = (self, TOLD_APART(listing))
        if not quiet or found.way != "own":
            key = (*key, reason, plain, *found[1:5])
        plan, day = self.plan, self.question.as_of
        if self.is_timed:
            key = (*key, terms_over(listing.listed_on, plan, day))
        seen = self.sights.get(key)
        if seen is None:
            seen = keep(self.sights, key, Sight(profile_listing(standing, self.tables, plan, day), quiet=quiet))
        return seen


class Seen(NamedTuple):
    """A case's own listings and acts as the question sees them (本案所见), in the order of their profile.

    `key` tells all that decides what the case comes to.
    """

    standings: tuple[Standing, ...]
    sights: tuple[Sight, ...]
    key: Key
    acts: Acts
    unclean: Unclean = _CLEAN
    counts: Counted = _UNCOUNTED

    def listing(self, at: int) -> Listing:
        """Return the row in a place of the profile."""
        return self.standings[at].found.listing


def see(standings: tuple[Standing, ...], prepared: Prepared, acts: Acts) -> Seen:
    """Return a case's listings and acts in an order of their own, so that the order they came in never matters."""
    if not standings:
        sights: tuple[Sight, ...] = ()
    elif len(standings) == 1:
        sights = (prepared.sight(standings[0]),)
    else:
        placed: list[Placed] = []
        for at, standing in enumerate(standings):
            sight, (started, number, batch, row) = prepared.sight(standing), PLACE(standing.found.listing)
            # No two share a place: the order never comes to the listing itself.
            where = (sight.order, started or FOR_EVER, number or "", batch or "", row or 0, at)
            placed.append((*where, sight, standing))
        placed.sort()
        sights, standings = tuple([each[-2] for each in placed]), tuple([each[-1] for each in placed])
    if prepared.is_plain and acts is prepared.acts:
        return NEW(Seen, (standings, sights, (prepared, sights), acts, _CLEAN, _UNCOUNTED))
    plan, day, tables = prepared.plan, prepared.question.as_of, prepared.tables
    pairs = [(sight.profile, standing) for sight, standing in zip(sights, standings, strict=True)]
    counts = counted(pairs, tables, plan, day) if plan.counts else _UNCOUNTED
    unclean = unclean_periods(standings, tables, plan, day)
    return Seen(
        standings, sights, (prepared, sights, acts, unclean, counts.sure, counts.perhaps), acts, unclean, counts
    )


class Shown(NamedTuple):
    """A finding of a profile, ready to be bound to a case (预备发现).

    `said` begins it: measure, applies, reason, basis. `number` is that of the act it rests on, `at` the place of the
    listing; both None where it rests on none.
    """

    said: tuple[str | None, bool, Reason, tuple[BasisShown, ...]]
    shape: Shape
    number: str | None
    at: int | None


class Settled:
    """What a case comes to but for its own dates and numbers (已定结论): shared by all cases seen alike.

    `forms` is what their documents say alike, once one was written.
    """

    __slots__ = ("forms", "outcome", "profile", "quiet", "shown")

    def __init__(self, outcome: Outcome, profile: Profile, *, quiet: bool) -> None:
        """Take what a profile comes to; `quiet` says that there is nothing to tell of its listings beside."""
        self.outcome = outcome
        self.profile = profile
        self.shown = tuple(ready(shape, profile) for shape in outcome.shown)
        self.quiet = quiet
        self.forms: Forms | None = None


def settled(seen: Seen, prepared: Prepared, work_out: Callable[[Plan, Tables, Profile], Outcome]) -> Settled:
    """Return what a case comes to, its profile given to whoever works it out."""
    profile = Profile(
        listings=tuple(sight.profile for sight in seen.sights),
        acts=seen.acts,
        unclean=seen.unclean,
        counted=seen.counts.sure,
        perhaps_counted=seen.counts.perhaps,
        missing=prepared.loaded.missing,
        stale=prepared.loaded.stale,
        strict=prepared.question.coverage is Coverage.STRICT,
        identified=prepared.identified,
    )
    outcome = work_out(prepared.plan, prepared.tables, profile)
    return Settled(outcome, profile, quiet=all(sight.quiet for sight in seen.sights))


def ready(shape: Shape, profile: Profile) -> Shown:
    """Return a finding of a profile with what it says of itself in every case."""
    measure = None if shape.measure is None else shape.measure.id
    number, at = None, None
    if shape.cause_type in ACT_CAUSES and shape.cause_at is not None:
        number = profile.acts[shape.cause_at].act.document_number
    elif shape.cause_type is not None:
        at = shape.cause_at
    return Shown((measure, shape.applies, shape.reason, shape.basis), shape, number, at)
