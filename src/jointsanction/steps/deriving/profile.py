"""What listings and acts mean for a question (核查画像): everything of a case that decides its findings, and no more.

Two cases with equal profiles have equal findings but for dates and numbers, so findings are worked out once a profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.catalog.compile import region_prefix, scheme_of
from jointsanction.catalog.grades import astray, converted, level_on, levels_of, levels_on
from jointsanction.inference import Fact, count_fact
from jointsanction.steps.deriving.clean_periods import Unclean
from jointsanction.steps.standing.term_end import ActTerm, act_term, measure_end
from jointsanction.terms import Field, Ground, Reason, Relation, Severity, Size, SubjectKind

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import ListType
    from jointsanction.model.subject import Act
    from jointsanction.steps.planning.plan import Plan
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.steps.standing.lookup import Way


class ListingProfile(NamedTuple):
    """What of a listing decides findings (名单画像). `over` are measures whose own term for it has run out."""

    list: str
    reason: Reason
    way: Way
    relation: Relation
    by_name: bool
    personally_responsible: bool | None
    kind: SubjectKind | None
    severity: Severity | None
    field: Field | None
    ground: Ground | None
    size: Size | None
    grade: str | None
    region: str | None
    over: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Return whether it may hold or may not."""
        return self.reason in (Reason.MISSING_FROM_EDITION, Reason.TERM_UNKNOWN) or (
            self.by_name and self.reason is Reason.APPLIES
        )


class ActProfile(NamedTuple):
    """An act and how it stands on the day asked, for each measure it can set off (法律事实画像)."""

    act: Act
    voided: Reason | None
    terms: tuple[tuple[str, ActTerm], ...]

    def term(self, measure: str) -> ActTerm:
        """Return how the act's term stands for a measure."""
        return dict(self.terms)[measure]


class Profile(NamedTuple):
    """All that decides the findings of a case (核查画像).

    `missing` and `stale` are lists the plan would consult; `strict` says that such a list makes the answer unsure;
    `identified` is false when nothing but a name or a masked number was given. `counted` are the counts of rules that
    are met for sure, `perhaps_counted` those that may be.
    """

    listings: tuple[ListingProfile, ...] = ()
    acts: tuple[ActProfile, ...] = ()
    unclean: Unclean = Unclean()
    counted: frozenset[str] = frozenset()
    perhaps_counted: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    stale: frozenset[str] = frozenset()
    strict: bool = True
    identified: bool = True


class World(NamedTuple):
    """One way the doubts of a profile can come out (一种情形): which doubtful listings hold, which counts are met.

    `read` says for listings with a level nobody can read which level it is.
    """

    held: frozenset[int] = frozenset()
    met: frozenset[str] = frozenset()
    read: frozenset[tuple[int, str]] = frozenset()


def profile_listing(standing: Standing, tables: Tables, plan: Plan, day: date) -> ListingProfile:
    """Return the profile of one listing; what the row leaves out is taken from its list type."""
    listing, found = standing.found.listing, standing.found
    kind = tables.catalog.lists[listing.list]
    grade = listing.grade
    if grade is not None:
        grade = level_of(tables, scheme_of(kind, day), grade, day) or f"?{grade}"
    return ListingProfile(
        list=listing.list,
        reason=standing.reason,
        way=found.way,
        relation=found.relation,
        by_name=found.by_name,
        personally_responsible=found.personally_responsible,
        kind=listing.subject_kind,
        severity=listing.severity or kind.severity,
        field=listing.field or kind.field,
        ground=listing.ground,
        size=listing.size,
        grade=grade,
        region=listing.region,
        over=terms_over(listing.listed_on, plan, day),
    )


def terms_over(listed_on: date | None, plan: Plan, day: date) -> tuple[str, ...]:
    """Return the measures whose own term has run out on a listing that began on a day (措施期限届满)."""
    return tuple([row.measure.id for row in plan.timed if measure_end(listed_on, row.measure.term) < day])


def level_of(tables: Tables, scheme: str | None, grade: str, day: date) -> str | None:
    """Return the level a grade means in a scheme on a day, None when unknown that day."""
    return None if scheme is None else level_on(tables.catalog.schemes[scheme], grade, day)


def profile_act(act: Act, plan: Plan, day: date) -> ActProfile:
    """Return the profile of one act: voided or not, and its term for every measure it can set off."""
    voided = Reason.NOT_IN_FORCE if act.decision_made is not None and act.decision_made > day else None
    for free_from, reason in (
        (act.set_aside, Reason.SET_ASIDE),
        (act.stayed, Reason.STAYED),
        (act.lifted, Reason.TERM_ENDED),
        (act.cleared, Reason.TERM_ENDED),
    ):
        if voided is None and free_from is not None and free_from <= day:
            voided = reason
    rows = () if act.ruled_out else plan.by_act.get(act.type, ())
    return ActProfile(act, voided, tuple((row.measure.id, act_term(act, row.measure.term, day)) for row in rows))


def facts_of(profile: Profile, tables: Tables, plan: Plan, world: World) -> list[Fact]:
    """Return what rules are tested on (推导事实) in one of the ways the doubts can come out."""
    context, read = plan.context, dict(world.read)
    facts = [
        Fact(
            "question",
            {
                "matter": tuple(sorted(tables.reached[context.matter])),
                "role": context.role.value,
                "phase": context.phase.value,
                "region": _enclosing_regions(context.region),
                "kind": context.kind.value if context.kind else None,
                "fields": tuple(sorted(context.fields)),
                "traits": tuple(sorted(context.traits)),
                "size": context.size.value if context.size else None,
            },
        )
    ]
    facts += [
        Fact("listing", listing_values(listing, tables, plan.day, doubts=at in world.held, level=read.get(at)), at)
        for at, listing in enumerate(profile.listings)
    ]
    facts += [
        Fact("act", {"type": act.act.type.value, "relation": act.act.relation.value}, at)
        for at, act in enumerate(profile.acts)
        if not act.act.ruled_out and act.voided is None
    ]
    return [*facts, *(count_fact(key) for key in sorted(world.met))]


def readings(listing: ListingProfile, tables: Tables, day: date) -> tuple[str, ...]:
    """Return the levels a listing may be of (等级不明) when nobody can read its own, or it contradicts its list.

    On a day on which its scheme has no levels at all, it may be of any that the scheme ever has.
    """
    kind, grade = tables.catalog.lists[listing.list], listing.grade
    scheme, levels = scheme_of(kind, day), levels_of(kind, day)
    told = len(levels) == 1 if grade is None else _readable(kind, grade, day)
    if scheme is None or told:
        return ()
    known = tables.catalog.schemes[scheme]
    in_use = (each.level for each in tuple(levels_on(known, day)) or known.levels)
    return tuple(level for level in in_use if grade is not None or not levels or level in levels)


def _readable(kind: ListType, grade: str, day: date) -> bool:
    return not grade.startswith("?") and not astray(kind, grade, day)


def listing_values(
    listing: ListingProfile, tables: Tables, day: date, *, doubts: bool, level: str | None = None
) -> dict[str, str | bool | None]:
    """Return what rules are tested on of one listing; with `doubts`, one that may hold counts as holding.

    A level that its scheme has not that day, or that cannot be that of whoever is on the list, is no known value,
    unless a `level` is supposed.
    """
    kind, grade = tables.catalog.lists[listing.list], level or listing.grade
    if grade is not None and level is None and not _readable(kind, grade, day):
        grade = None
    holds = listing.reason is Reason.APPLIES and not listing.by_name
    return {
        "list": listing.list,
        "scheme": scheme_of(kind, day),
        "kind": kind.kind.value,
        "in-force": holds or (doubts and listing.doubtful),
        "founded": tables.founded(listing.list, day),
        "way": listing.way,
        "relation": listing.relation.value,
        "severity": listing.severity.value if listing.severity else None,
        "field": listing.field.value if listing.field else None,
        "grade": grade,
        "converts-to": converted(tables.catalog, listing.list, grade, day),
        "region": listing.region,
    }


def _enclosing_regions(region: str | None) -> tuple[str, ...]:
    if region is None:
        return ()
    codes = {region, region[:4] + "00", region[:2] + "0000"}
    return tuple(sorted(code for code in codes if region.startswith(region_prefix(code))))
