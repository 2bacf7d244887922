"""What of a profile is in doubt, as far as rules can tell (存疑), and every way in which that can come out.

A doubtful listing holds or does not, a doubtful count is met or is not, a level nobody can read is one of its scheme.
Listings that no rule tells apart hold together.
"""

from __future__ import annotations

from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING, Final, TypeAlias

from jointsanction.inference import Fact, listing_tests, sign
from jointsanction.steps.deriving.profile import World, listing_values, readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.catalogue import RuleTest
    from jointsanction.steps.deriving.profile import ListingProfile, Profile
    from jointsanction.steps.planning.plan import Plan

_MOST: Final = 64
"""With more worlds than these not every combination is gone through: only none, all, each alone, all but each."""

_Tests: TypeAlias = "tuple[Mapping[str, RuleTest], ...]"


def outcomes(plan: Plan, tables: Tables, profile: Profile) -> Iterator[World]:
    """Yield every way in which the doubts of a profile can come out; in the first nothing doubtful holds."""
    doubts = [*_listings(plan, tables, profile)]
    doubts += [(World(met=frozenset({key})),) for key in sorted(profile.perhaps_counted - profile.counted)]
    for chosen in _chosen(doubts):
        yield World(
            held=frozenset[int]().union(*(one.held for one in chosen)),
            met=profile.counted.union(*(one.met for one in chosen)),
            read=frozenset[tuple[int, str]]().union(*(one.read for one in chosen)),
        )


def _chosen(doubts: Sequence[tuple[World, ...]]) -> Iterator[tuple[World, ...]]:
    """Yield how some doubts come out together, each in one of its ways or not at all."""
    whole = len(doubts)
    every = prod(1 + len(doubt) for doubt in doubts) <= _MOST
    for size in range(whole + 1) if every else sorted({0, 1, whole - 1, whole}):
        for some in combinations(doubts, size):
            yield from product(*some) if every or size == 1 else _in_step(some)


def _in_step(doubts: tuple[tuple[World, ...], ...]) -> Iterator[tuple[World, ...]]:
    """Yield the first ways of some doubts together, then the second ones, and so on."""
    for at in range(max(map(len, doubts), default=1)):
        yield tuple(ways[min(at, len(ways) - 1)] for ways in doubts)


def _listings(plan: Plan, tables: Tables, profile: Profile) -> Iterator[tuple[World, ...]]:
    """Yield the ways of the listings on which some rule could turn, those together that no rule tells apart."""
    tests = tuple(test for rule in plan.rules for test in listing_tests(rule.when))
    alike: dict[object, set[int]] = {}
    for at, listing in enumerate(profile.listings):
        if not listing.doubtful and not readings(listing, tables, plan.day):
            continue
        ways = _ways(at, listing, tests, tables=tables, day=plan.day)
        if any(world.read for world in ways.values()):
            yield tuple(ways.values())[1:]
        elif len(ways) > 1:
            alike.setdefault(tuple(ways), set()).add(at)
    for together in alike.values():
        yield (World(held=frozenset(together)),)


def _ways(at: int, listing: ListingProfile, tests: _Tests, *, tables: Tables, day: date) -> dict[object, World]:
    """Return how one listing can come out, by all that rules can tell of it; the first is that nothing holds."""
    ways: dict[object, World] = {}
    for level in (None, *readings(listing, tables, day)):
        for holds in (False, True) if listing.doubtful else (False,):
            fact = Fact("listing", listing_values(listing, tables, day, doubts=holds, level=level), at)
            read = frozenset[tuple[int, str]]() if level is None else frozenset({(at, level)})
            ways.setdefault(sign(fact, tests), World(held=frozenset({at} if holds else ()), read=read))
    return ways
