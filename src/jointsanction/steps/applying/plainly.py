"""Rows that plainly stand, seen before (平常在列的快捷判断): what they come to is known without going through each.

Nothing is decided here: where all rows of a subject hold on the day, and rows told alike came to something before in
the same question, they come to the same again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jointsanction.steps.deriving.counts import Counted
from jointsanction.steps.standing.in_force import in_force
from jointsanction.steps.standing.lookup import Found

if TYPE_CHECKING:
    from datetime import date

    from jointsanction.model.subject import Listing
    from jointsanction.registry.plain import Plain
    from jointsanction.registry.protocol import Hit, Registry
    from jointsanction.steps.applying.prepared import Acts, Key, Prepared, Seen, Settled
    from jointsanction.steps.standing.in_force import Standing
    from jointsanction.steps.standing.term_end import ListTerms


def plain_rows(hits: tuple[Hit, ...], prepared: Prepared, acts: Acts, registry: Registry) -> Plain | None:
    """Return the rows found as their registry put them together, None where more than they and the day decide."""
    if not prepared.is_plain or prepared.is_timed or prepared.question.related or acts is not prepared.acts:
        return None
    # A registry may have them ready; who reads each row when it is asked for has not.
    plain = getattr(registry, "plain", None)
    found: Plain | None = None if plain is None else plain(hits)
    return found


class Met(NamedTuple):
    """What rows told alike came to (已见情形): `order` says which row stands where in the order of the profile."""

    settled: Settled
    key: Key
    order: tuple[int, ...]


def met(plain: Plain, seen: Seen, settled: Settled) -> Met | None:
    """Return what some rows came to as it is for all told alike, None where it need not be so."""
    sights = {id(standing.found.listing): sight for standing, sight in zip(seen.standings, seen.sights, strict=True)}
    if not settled.quiet or sights.keys() != {id(row) for row in plain.rows}:
        return None
    places = [sights[id(row)].order for row in plain.rows]
    order = tuple(sorted(range(len(places)), key=lambda at: (places[at], at)))
    # Two that differ and yet take one place would be ordered by their dates, which are each subject's own.
    told_alike = len(set(places)) == len(set(plain.told))
    as_seen = [id(plain.rows[at]) for at in order] == [id(standing.found.listing) for standing in seen.standings]
    return Met(settled, seen.key, order) if told_alike and as_seen else None


def all_hold(plain: Plain, terms: ListTerms, day: date) -> bool:
    """Return whether all rows plainly hold on a day, as `in_force` would find."""
    if not plain.first <= day <= plain.last:
        return False
    for key in plain.begun:
        ends = terms[key]
        if ends is not None and ends[0].earliest < day:
            return False
    return True


class PlainSeen:
    """Rows seen before as the question sees them (本案所见): put together one by one only when somebody asks."""

    __slots__ = ("_day", "_met", "_plain", "_standings", "_terms")

    sights = ()
    counts = Counted()

    def __init__(self, plain: Plain, known: Met, terms: ListTerms, prepared: Prepared) -> None:
        """Take the rows and what they come to."""
        self._plain, self._met, self._terms, self._day = plain, known, terms, prepared.question.as_of
        self._standings: tuple[Standing, ...] | None = None

    @property
    def settled(self) -> Settled:
        """Return what the case comes to."""
        return self._met.settled

    @property
    def key(self) -> Key:
        """Return what decides what the case comes to."""
        return self._met.key

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Return each row and how it stands, in the order of the profile."""
        if self._standings is None:
            rows = (self._plain.rows[at] for at in self._met.order)
            self._standings = in_force(tuple(map(Found, rows)), self._terms, self._day)
        return self._standings

    def listing(self, at: int) -> Listing:
        """Return the row in a place of the profile."""
        return self._plain.rows[self._met.order[at]]
