"""Any sequence of imports, asked at every instant, against a naive model that keeps a copy of everything."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from jointsanction.model.subject import Edition, Listing
from jointsanction.registry.readers.report import Cover
from jointsanction.store.fingerprints import content_of
from store_side import DAY, FIRM, PERSON, START, day, delivery, opened

if TYPE_CHECKING:
    from jointsanction.registry.protocol import Registry

WHERE = ["410182", "370100", None]
NAMED = "虚构丙合作社"


@dataclass(frozen=True)
class Sent:
    """One file: its bytes, its rows, what it declares."""

    sha256: str
    rows: tuple[Listing, ...]
    covers: tuple[Cover, ...]


@dataclass
class Model:
    """What is believed, copied whole at each import."""

    rows: list[Listing] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    sent: list[tuple[Sent, int]] = field(default_factory=list)
    touched: dict[str, int] = field(default_factory=dict)

    def repeats(self, file: Sent, number: int) -> bool:
        """Tell whether the file came before and its lists are as it left them; on a later day it renews an edition."""
        lists = {row.list for row in file.rows} | {cover.list for cover in file.covers}
        at = max((number for sent, number in self.sent if sent == file), default=None)
        if at is None or not all(self.touched.get(code, -1) <= at for code in lists):
            return False
        return not file.covers or day(at).date() == day(number).date()

    def take(self, file: Sent, number: int, batch: str) -> None:
        """Believe a file."""
        now = day(number)
        came = {said(row): replace(row, batch=batch, recorded_at=now) for row in reversed(file.rows)}
        before, after = {said(row): row for row in self.rows}, []
        for says in came.keys() & before.keys():
            known = before.pop(says)
            after.append(known if known.missing_since is None else came[says])
            del came[says]
        for says in sorted(came, key=content_of):
            same = sorted((other for other in before if record(other) == record(says)), key=content_of)
            if same:
                del before[same[0]]
            after.append(came[says])
        rest = [self.missed(row, file.covers, now) for row in before.values()]
        self.touched |= {row.list: number for row in [*after, *rest] if row.recorded_at == now}
        self.touched |= {cover.list: number for cover in file.covers}
        self.rows = after + rest
        self.editions += [
            Edition(list=cover.list, batch=batch, received_at=now, regions=cover.regions) for cover in file.covers
        ]
        self.sent.append((file, number))

    def missed(self, row: Listing, covers: tuple[Cover, ...], now: datetime) -> Listing:
        """Return a row that a file does not name, as it is believed from now on."""
        ended = row.removed_on is not None or (row.valid_to is not None and row.valid_to < now.date())
        if ended or row.missing_since is not None or row.listed_on is None:
            return row
        homes = {
            region
            for each in self.editions
            if (each.batch, each.list) == (row.batch, row.list)
            for region in each.regions
        }
        places = {row.region} if row.region else homes
        for cover in covers:
            inside = places and all(any(place[:2] == region[:2] for region in cover.regions) for place in places)
            if cover.list == row.list and (not cover.regions or inside):
                return replace(row, missing_since=now.date(), recorded_at=now)
        return row


def record(row: Listing) -> tuple[object, ...]:
    """Which record of the list a row is."""
    return row.list, row.uscc, row.resident_id, row.name if row.uscc is row.resident_id is None else "", row.listed_on


def said(row: Listing) -> Listing:
    """What a row says."""
    return replace(row, row=None, batch=None, recorded_at=None, missing_since=None)


subjects = st.sampled_from([{"uscc": FIRM}, {"resident_id": PERSON}, {"name": NAMED}, {"uscc": FIRM, "name": NAMED}])
rows = st.builds(
    lambda who, **more: Listing(**who, **more),
    subjects,
    list=st.sampled_from(["BL.ONE", "BL.TWO"]),
    listed_on=st.sampled_from([date(2024, 1, 1), date(2024, 2, 1), None]),
    removed_on=st.sampled_from([None, None, None, DAY]),
    valid_to=st.sampled_from([None, None, DAY + timedelta(days=2)]),
    grade=st.sampled_from([None, "A", "B"]),
    region=st.sampled_from(WHERE),
)
covers = st.builds(
    Cover, st.sampled_from(["BL.ONE", "BL.TWO"]), st.sampled_from([(), ("410000",), ("370000", "410000")])
)
files = st.builds(
    Sent,
    st.sampled_from(["1", "2"]),
    st.lists(rows, max_size=5).map(tuple),
    st.lists(covers, max_size=2, unique_by=lambda cover: cover.list).map(tuple),
)


def listings(registry: Registry) -> set[Listing]:
    """Return every listing of the made-up subjects."""
    asked = ((f"u:{FIRM}",), None), ((f"p:{PERSON}",), None), ((), NAMED)
    return {hit.listing for question in asked for hit in registry.lookup(*question)}


@given(
    st.lists(files, min_size=1, max_size=3).flatmap(lambda pool: st.lists(st.sampled_from(pool) | files, max_size=6))
)
def test_at_each_instant_the_store_says_what_was_believed_then(sent: list[Sent]) -> None:
    """What was known at an instant is what the files up to then said, and no later file changes it."""
    model = Model()
    believed: list[tuple[datetime, set[Listing], list[Edition]]] = []
    with tempfile.TemporaryDirectory() as folder:
        store = opened(Path(folder))
        for number, file in enumerate(sent):
            outcome = store.commit(
                delivery(file.sha256, file.covers), file.rows, recorded_at=day(number), accept_shrink=True
            )
            assert outcome.repeated == model.repeats(file, number)
            if not outcome.repeated:
                model.take(file, number, outcome.batch)
            believed.append((day(number), set(model.rows), list(model.editions)))
            assert listings(store.registry()) == set(model.rows)
        assert listings(store.registry_at(START - timedelta(microseconds=1))) == set()
        for instant, then, editions in believed:
            registry = store.registry_at(instant)
            assert listings(registry) == then
            assert sorted((each for found in registry.editions.values() for each in found), key=repr) == sorted(
                editions, key=repr
            )
        for batch in store.batches():
            assert store.registry_at(batch.recorded_at).version == batch.version
