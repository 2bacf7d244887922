"""The lists at an instant with the rows of some subjects at hand (就近名单库): for thousands asked about at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from jointsanction.model.commitment import Commitments
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.store.commitments import commitments_under
from jointsanction.store.instants import to_micros
from jointsanction.store.portions import LOOKED_UP, portions
from jointsanction.store.rows import COLUMNS, with_listings
from jointsanction.store.tables import KEY, LISTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from jointsanction.model.identity_verdict import Verdicts
    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.model.subject import Edition, Listing
    from jointsanction.registry.protocol import Hit
    from jointsanction.store.history import PastRegistry


@dataclass(frozen=True, slots=True)
class NearRegistry:
    """A past registry with the rows under some keys at hand (就近名单库); any other key is asked of the past one."""

    past: PastRegistry
    keys: frozenset[str]
    rows: Mapping[tuple[str, bool], Mapping[int, Listing]]
    promised: MemoryRegistry
    _hits: dict[tuple[tuple[str, ...], str | None], tuple[Hit, ...]] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Return what identifies the state consulted."""
        return self.past.version

    @property
    def known_at(self) -> datetime | None:
        """Return the instant of the newest batch then."""
        return self.past.known_at

    @property
    def editions(self) -> Mapping[str, tuple[Edition, ...]]:
        """Return the complete editions of each list, newest last."""
        return self.past.editions

    @property
    def verdicts(self) -> Verdicts:
        """Return what persons decided about candidates."""
        return self.past.verdicts

    @property
    def repairs(self) -> Mapping[str, tuple[RepairEvent, ...]]:
        """Return the steps of repair and objection of each listing."""
        return self.past.repairs

    def commitments(self, keys: tuple[str, ...]) -> Commitments:
        """Return the commitments of the subject of the keys and the talks with it."""
        return self.promised.commitments(keys) if self.keys.issuperset(keys) else self.past.commitments(keys)

    def lookup(self, keys: tuple[str, ...], name_key: str | None) -> tuple[Hit, ...]:
        """Return the listings under any of the keys, exact ones first, then candidates that share the name key."""
        found = self._hits.get((keys, name_key))
        if found is None:
            found = self._hits[keys, name_key] = self._lookup(keys, name_key)
        return found

    def _lookup(self, keys: tuple[str, ...], name_key: str | None) -> tuple[Hit, ...]:
        if not self.keys.issuperset(keys) or (name_key is not None and name_key not in self.keys):
            return self.past.lookup(keys, name_key)
        under = [(key, False) for key in keys] + ([] if name_key is None else [(name_key, True)])
        rows = {number: row for each in under for number, row in self.rows.get(each, {}).items()}
        return MemoryRegistry(rows[number] for number in sorted(rows)).lookup(keys, name_key)


def near(connection: Connection, past: PastRegistry, keys: Iterable[str]) -> NearRegistry:
    """Return a past registry with all at hand that stands under some keys, of numbers and of names."""
    asked = frozenset(keys)
    if past.known_at is None:
        return NearRegistry(past, frozenset(), {}, MemoryRegistry(()))
    at, promised = to_micros(past.known_at), list[Commitments]()
    rows: dict[tuple[str, bool], dict[int, Listing]] = defaultdict(dict)
    for portion in portions(sorted(asked), LOOKED_UP):
        for under, number, listing in _under(connection, portion, at):
            rows[under][number] = listing
        promised.append(commitments_under(connection, tuple(portion), at))
    made = dict.fromkeys(each for one in promised for each in one.made)
    talks = dict.fromkeys(each for one in promised for each in one.talks)
    said = MemoryRegistry((), commitments=Commitments(tuple(made), tuple(talks)))
    return NearRegistry(past, asked, dict(rows), said)


def _under(connection: Connection, keys: list[str], at: int) -> Iterator[tuple[tuple[str, bool], int, Listing]]:
    """Yield the listings believed at an instant under each key, and whether by name, each with its number."""
    not_superseded = or_(LISTING.c.superseded_at.is_(None), LISTING.c.superseded_at > at)
    wanted = select(KEY.c.key, KEY.c.how, LISTING.c.id, *COLUMNS).join(LISTING, LISTING.c.id == KEY.c.listing_id)
    wanted = wanted.where(KEY.c.key.in_(keys), LISTING.c.recorded_at <= at, not_superseded)
    for (key, how, number), listing in with_listings(connection.execute(wanted).all(), 3):
        yield (key, how == "name"), number, listing
