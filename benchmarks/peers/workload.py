"""What is asked of every engine alike, and the right answers by brute force (同一批问题).

Made-up measures, each set off by one or two lists, in one or two matters, from a day on and some up to a day; made-up
subjects, one in twenty with one to four listings, some of them ended or not begun on the day; and questions, each of a
subject and a matter, in an order of chance. A measure applies when a listing in force on the day is of one of its
lists, the matter is one of its own, and the day is between its two days.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from check import NOW, code

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = NOW.date()
LISTS, MATTERS, LAWS = 50, 20, 40
SHARE = 0.05
"""How many of the subjects are listed."""
LAST = date(9999, 12, 31)
"""An open end, where an engine wants a day."""


class Measure(NamedTuple):
    """A made-up measure (措施)."""

    id: str
    lists: tuple[str, ...]
    matters: tuple[str, ...]
    law: str
    valid_from: date
    valid_to: date | None


class Fact(NamedTuple):
    """A made-up listing (列入记录)."""

    list: str
    listed_on: date
    valid_to: date | None
    number: str


class Ask(NamedTuple):
    """One question: whom, and in which matter."""

    subject: str
    matter: str


class Fired(NamedTuple):
    """What a right answer says: the measure, the document the listing rests on, and the law it stands on."""

    measure: str
    number: str
    law: str


class World(NamedTuple):
    """Measures, the listings of every listed subject, and the questions."""

    measures: tuple[Measure, ...]
    listings: dict[str, tuple[Fact, ...]]
    asks: tuple[Ask, ...]

    def by_list(self) -> dict[str, dict[str, list[Measure]]]:
        """Return the measures by list and matter, the index that an engine gets where it can use one."""
        found: dict[str, dict[str, list[Measure]]] = {}
        for one in self.measures:
            for name in one.lists:
                for matter in one.matters:
                    found.setdefault(name, {}).setdefault(matter, []).append(one)
        return found


class Peer(NamedTuple):
    """An engine made ready: it answers, and says which measures an answer of its own names."""

    answer: Callable[[Ask], object]
    read: Callable[[object], frozenset[str] | frozenset[Fired]]


class Prepare(Protocol):
    """What the module of an engine offers: make it ready for a world."""

    def __call__(self, world: World) -> Peer:
        """Load, compile and index whatever can be before the first question."""


def number(day: date | None) -> int:
    """Return a day as engines without days compare it; an open end is the last day there is."""
    return (day or LAST).toordinal()


TODAY = number(DAY)


def plain(world: World) -> dict[str, list[dict[str, str | int]]]:
    """Return the listings of every listed subject as values that any engine takes."""
    return {
        subject: [{"list": one.list, "on": number(one.listed_on), "to": number(one.valid_to)} for one in facts]
        for subject, facts in world.listings.items()
    }


def lists_today(facts: tuple[Fact, ...]) -> list[str]:
    """Return the lists a subject is on, for an engine that cannot look through listings itself."""
    return [one.list for one in facts if one.listed_on <= DAY <= (one.valid_to or LAST)]


def names(answer: object) -> frozenset[str]:
    """Read an answer that is a collection of ids."""
    assert isinstance(answer, list | tuple | set | frozenset), type(answer)
    return frozenset(answer)


def make_world(measures: int, subjects: int, asks: int) -> World:
    """Return a world of so many measures, subjects and questions, the same one every time."""
    dice = random.Random(20240610)  # noqa: S311 - a fixed order, not a secret
    lists, matters = [f"BL.P{at:02}" for at in range(LISTS)], [f"P{at:02}" for at in range(MATTERS)]
    laws = tuple(_measure(at, dice, lists, matters) for at in range(measures))
    codes = [code(number) for number in range(subjects)]
    dice.shuffle(codes)
    listed = codes[: max(1, int(subjects * SHARE))]
    listings = {each: tuple(_fact(dice, lists) for _ in range(dice.randint(1, 4))) for each in listed}
    dice.shuffle(codes)
    return World(laws, listings, tuple(Ask(dice.choice(codes), dice.choice(matters)) for _ in range(asks)))


def _measure(at: int, dice: random.Random, lists: list[str], matters: list[str]) -> Measure:
    begins = date(2015, 1, 1) + timedelta(days=dice.randrange(3600))
    ends = None if dice.random() < 0.8 else begins + timedelta(days=dice.randrange(4000))  # noqa: PLR2004
    some = tuple(dice.sample(lists, dice.randint(1, 2)))
    return Measure(
        f"m-{at:04}", some, tuple(dice.sample(matters, dice.randint(1, 2))), f"law-{at % LAWS}", begins, ends
    )


def _fact(dice: random.Random, lists: list[str]) -> Fact:
    begins = DAY - timedelta(days=dice.randrange(-60, 900))
    ends = None if dice.random() < 0.5 else begins + timedelta(days=dice.randrange(100, 1500))  # noqa: PLR2004
    return Fact(dice.choice(lists), begins, ends, f"示例文〔2023〕{dice.randrange(1_000_000)}号")


def expected(world: World, ask: Ask) -> frozenset[Fired]:
    """Return the right answer: every listing against every measure."""
    return frozenset(
        Fired(one.id, fact.number, one.law)
        for fact in world.listings.get(ask.subject, ())
        for one in world.measures
        if fact.list in one.lists
        and ask.matter in one.matters
        and fact.listed_on <= DAY <= (fact.valid_to or LAST)
        and one.valid_from <= DAY <= (one.valid_to or LAST)
    )
