"""One measure met with one cause (一项措施与一个触发事实): all that its reasons look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jointsanction.catalog.compile import Tables
    from jointsanction.steps.plan import Plan, Row
    from jointsanction.steps.profile import ActProfile, ListingProfile, Profile


class Derivations(NamedTuple):
    """What the rules brought about for a profile (推导结论): rule and listings, for what is sure and what may be."""

    suspended: tuple[tuple[str, tuple[int, ...]], ...] = ()
    perhaps_suspended: bool = False
    carried: tuple[tuple[str, tuple[int, ...]], ...] = ()

    def carrying(self, at: int) -> tuple[str, ...]:
        """Return the rules that carry a listing over to the subject asked about."""
        return tuple(rule for rule, because in self.carried if at in because)


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
