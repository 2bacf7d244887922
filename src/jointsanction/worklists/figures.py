"""What stands in a store, list by list (名单概况): rows in force, identity states, age, before against after."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from jointsanction.identity.keys import own_numbers
from jointsanction.steps.standing.coverage import loaded_lists
from jointsanction.terms import IdState, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from jointsanction.catalog.compile import Tables
    from jointsanction.model.subject import Edition, Listing
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.store.scanning import Shape

_BEST_FIRST: Final = (IdState.OK, IdState.BAD_CHECK_DIGIT, IdState.MASKED, IdState.LOST_PRECISION, IdState.MALFORMED)
_OUT: Final = frozenset({Reason.LAPSED, Reason.REPAIRED, Reason.REMOVED, Reason.OBJECTION_UPHELD})


@dataclass(slots=True)
class Figures:
    """The rows of one list (名单概况): in force, ended, neither; and what their numbers are worth."""

    in_force: int = 0
    ended: int = 0
    neither: int = 0
    identity: Counter[IdState] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """Return how many rows there are in all."""
        return self.in_force + self.ended + self.neither


def figures(found: Iterable[tuple[Shape, Standing]], subjects: Iterable[Listing]) -> dict[str, Figures]:
    """Return the figures of each list, by code (名单概况): of how its rows stand, and of whom they are about."""
    lists: dict[str, Figures] = {}
    for shape, standing in found:
        one, rows = lists.setdefault(shape.listing.list, Figures()), len(shape.ids)
        if standing.reason is Reason.APPLIES:
            one.in_force += rows
        elif standing.reason in _OUT:
            one.ended += rows
        else:
            one.neither += rows
    for subject in subjects:
        lists.setdefault(subject.list, Figures()).identity[identity_state(subject)] += 1
    return dict(sorted(lists.items()))


def identity_state(listing: Listing) -> IdState:
    """Return what the best number of a row is worth, `missing` without any (证件号码状态)."""
    states = {number.state for number in own_numbers(listing)}
    return next((state for state in _BEST_FIRST if state in states), IdState.MISSING)


class Age(NamedTuple):
    """How old a list is (名单新旧): its last complete edition, None without one, and whether it is stale."""

    list: str
    batch: str | None
    received_at: datetime | None
    stale: bool


def ages(
    codes: Iterable[str], tables: Tables, editions: Mapping[str, tuple[Edition, ...]], *, day: date, now: datetime
) -> Iterator[Age]:
    """Yield how old each list is, by the rule that a check goes by (名单新旧)."""
    wanted = tuple(codes)
    loaded = loaded_lists(wanted, tables, editions, as_of=day, asked_at=now)
    known = {each.list: each for each in loaded.editions}
    for code in wanted:
        one = known.get(code)
        yield Age(code, None, None, stale=False) if one is None else Age(code, one.batch, one.received_at, one.stale)


class Move(NamedTuple):
    """Rows in force on two days (前后对比), and who came and went between."""

    before: int = 0
    came: int = 0
    went: int = 0

    @property
    def after(self) -> int:
        """Return how many are in force on the second day."""
        return self.before + self.came - self.went


def moves(first: Iterable[tuple[Shape, Standing]], second: Iterable[tuple[Shape, Standing]]) -> dict[str, Move]:
    """Return for each list how many rows were in force on a first day, and came and went until a second (前后对比).

    Both are of the same rows in the same order: by what is known now, told for two days.
    """
    found: dict[str, Move] = {}
    for (shape, then), (_, now) in zip(first, second, strict=True):
        was, stands = then.reason is Reason.APPLIES, now.reason is Reason.APPLIES
        one, rows = found.get(shape.listing.list, Move()), len(shape.ids)
        found[shape.listing.list] = Move(
            one.before + rows * was, one.came + rows * (stands and not was), one.went + rows * (was and not stands)
        )
    return dict(sorted(found.items()))
