"""One measure met with one cause (一项措施与一个触发事实): all that its reasons look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointsanction.catalog.compile import Tables
    from jointsanction.inference import Derived
    from jointsanction.model.catalogue import Supervision
    from jointsanction.model.shown import RuleNotice
    from jointsanction.steps.deriving.profile import ActProfile, ListingProfile, Profile
    from jointsanction.steps.planning.plan import Plan, Row
    from jointsanction.terms import Degree, GradeLevel, MeasureClass


class Grading(NamedTuple):
    """The grade of a profile (信用等级), and the rules that set it; `complete` says that nothing could worsen it."""

    level: GradeLevel | None = None
    complete: bool = False
    set_by: tuple[Derived, ...] = ()


class Supervising(NamedTuple):
    """How a profile is to be supervised (监管措施), and the rules that say so."""

    said: Supervision
    complete: bool
    set_by: tuple[Derived, ...]


class DegreeRule(NamedTuple):
    """To which degree a rule caps or raises measures of a class (尺度调整)."""

    rule: str
    measure_class: MeasureClass
    degree: Degree


class Derivations(NamedTuple):
    """What the rules brought about for a profile (推导结论): rule and listings, for what is sure and what may be.

    `carried` names the listings each rule carries over for sure, `perhaps_carried` also those it may;
    `open_changes` are the rules that may change a degree or may not.
    """

    suspended: tuple[tuple[str, tuple[int, ...]], ...] = ()
    perhaps_suspended: bool = False
    carried: Mapping[str, frozenset[int]] = {}
    perhaps_carried: Mapping[str, frozenset[int]] = {}
    grade: Grading = Grading()
    supervision: Supervising | None = None
    capped: tuple[DegreeRule, ...] = ()
    raised: tuple[DegreeRule, ...] = ()
    reviewed: tuple[Derived, ...] = ()
    open_changes: tuple[tuple[str, MeasureClass], ...] = ()
    notices: tuple[RuleNotice, ...] = ()

    def carrying(self, at: int) -> tuple[str, ...]:
        """Return the rules that carry a listing over to the subject asked about, or may."""
        return tuple(rule for rule, because in self.perhaps_carried.items() if at in because)

    def carries_surely(self, rule: str, at: int) -> bool:
        """Return whether a rule carries a listing over whatever comes of the doubts."""
        return at in self.carried.get(rule, ())


class Case(NamedTuple):
    """One measure met with one cause (一项措施与一个触发事实)."""

    row: Row
    plan: Plan
    tables: Tables
    profile: Profile
    derived: Derivations
    at: int

    @property
    def listing(self) -> ListingProfile:
        """Return the listing that is the cause."""
        return self.profile.listings[self.at]

    @property
    def act(self) -> ActProfile:
        """Return the act that is the cause."""
        return self.profile.acts[self.at]
