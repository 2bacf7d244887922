"""Rows in bulk: filtered by the database, those alike together, and exactly the rows that an object each would be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from jointsanction.catalog.bundle import default_catalog
from jointsanction.identity.record_key import record_key
from jointsanction.store.scanning import Among
from jointsanction.store.since import Before
from jointsanction.terms import SubjectKind, SubjectStatus
from jointsanction.worklists.standings import shape_standings, standings
from store_side import FIRM, PARTNER, PERSON, day, listing, numbered, opened, take

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.subject import Listing
    from jointsanction.store import Store

CATALOG = default_catalog()
ALL = Among(lists=CATALOG.lists)
ROWS = [
    listing(),
    listing(PARTNER),
    listing(valid_to=date(2025, 1, 1), instrument_no="测税〔2024〕2号"),
    listing(PARTNER, valid_to=date(2025, 1, 1), severity="serious", instrument_no="测税〔2024〕2号"),
    listing(removed_on=date(2024, 5, 1), removal_reason="信用修复", instrument_no="测税〔2024〕3号"),
    listing(removed_on=date(2024, 5, 1), removal_reason="期满", instrument_no="测税〔2024〕4号"),
    listing(instrument_no=" \u3000"),
    listing(instrument_no=None, announced_on=date(2024, 2, 1), listed_on=None),
    listing(list="BL.WAGE", listed_on=date(2020, 1, 1)),
    listing(list="BL.WAGE", corrected_on=date(2024, 4, 1)),
    listing(missing_since=date(2024, 5, 1), instrument_no="测税〔2024〕5号"),
]


def stored(store: Store) -> list[Listing]:
    """Return all rows of a store."""
    return list(store.listings(CATALOG.lists))


def test_rows_alike_stand_as_each_of_them_does(tmp_path: Path) -> None:
    """What a row at a glance leaves out decides nothing about how it stands, on any day."""
    store = opened(tmp_path)
    take(store, ROWS)
    rows = stored(store)
    apart = {record_key(rows[1]), record_key(rows[5])}
    shapes = list(store.scan.shapes(ALL, apart))
    assert sorted(place for shape in shapes for place in shape.ids) == list(range(1, len(ROWS) + 1))
    assert any(len(shape.ids) > 1 for shape in store.scan.shapes(ALL))
    assert {shape.listing.uscc for shape in shapes if shape.listing.uscc is not None} == {PARTNER, FIRM}
    for asked in (date(2024, 3, 15), date(2024, 6, 1), date(2026, 6, 1)):
        one_by_one = [(each.reason, each.until) for _, each in standings(rows, CATALOG, {}, asked)]
        together = {
            place: (standing.reason, standing.until)
            for shape, standing in shape_standings(shapes, CATALOG, {}, asked)
            for place in shape.ids
        }
        assert [together[place] for place in range(1, len(ROWS) + 1)] == one_by_one


def test_the_database_filters(tmp_path: Path) -> None:
    """By list, kind, place and authority; a wildcard in what is typed is itself."""
    store = opened(tmp_path)
    rows = [
        listing(subject_kind="government", region="410182", designating_authority="示例市ABC局"),
        listing(PARTNER, region="410100", designating_authority="示例市100%局"),
        listing(list="BL.WAGE", region="990000", subject_status="deregistered"),
        listing(list="BL.WAGE", instrument_no="测〔2024〕9号", subject_status="revoked"),
    ]
    take(store, rows)
    for among, wanted in (
        (Among(lists=["BL.TAX"]), [1, 2]),
        (Among(lists=CATALOG.lists, kind=SubjectKind.GOVERNMENT), [1]),
        (Among(lists=CATALOG.lists, region="4101"), [1, 2]),
        (Among(lists=CATALOG.lists, region="4_"), []),
        (Among(lists=CATALOG.lists, authority="abc"), [1]),
        (Among(lists=CATALOG.lists, authority="%局"), [2]),
        (Among(lists=CATALOG.lists, statuses=[SubjectStatus.REVOKED]), [4]),
        (Among(lists=CATALOG.lists, statuses=[SubjectStatus.DEREGISTERED, None]), [1, 2, 3]),
        (Among(lists=CATALOG.lists, statuses=[None]), [1, 2]),
        (Among(lists=CATALOG.lists, statuses=[SubjectStatus.IN_OPERATION]), []),
    ):
        assert [each.row for each in store.scan.glances(among)] == wanted
    assert [row.uscc for row in store.listings(CATALOG.lists, "41")] == [FIRM, PARTNER]


def test_who_shares_a_key(tmp_path: Path) -> None:
    """Rows of one number, or of one name, come together; rows no longer believed don't."""
    store = opened(tmp_path)
    take(store, [listing(name="虚构甲公司", former_names=("旧名",)), listing(PARTNER, name="虚构甲公司")])
    take(store, [replace(listing(name="虚构甲公司", former_names=("旧名",)), grade="D")], 1)
    assert list(store.scan.sharing(ALL, "own")) == []
    take(store, [listing(list="BL.WAGE"), listing(None, resident_id=PERSON)], 2)
    own = {key: [each.row for each in group] for key, group in store.scan.sharing(ALL, "own")}
    assert own[f"u:{FIRM}"] == [3, 4]
    ((_, group),) = store.scan.sharing(ALL, "name")
    assert [(each.uscc, each.former_names) for each in group] == [(PARTNER, ()), (FIRM, ("旧名",))]


def test_rows_are_fetched_in_the_order_asked_for(tmp_path: Path) -> None:
    """However many they are."""
    store = opened(tmp_path)
    take(store, numbered(1200))
    wanted = [*range(1200, 0, -1)]
    assert [(place, row.row) for place, row in store.scan.at(wanted)] == [(place, place) for place in wanted]


def test_what_changed_and_how_it_stood(tmp_path: Path) -> None:
    """New rows have no past; changed ones have theirs; records named stand as they did."""
    store = opened(tmp_path)
    rows = [listing(), listing(PARTNER), listing(instrument_no="测税〔2024〕9号")]
    take(store, rows)
    ended = date(2024, 6, 2)
    new = listing(PARTNER, instrument_no="测税〔2024〕8号")
    take(store, [replace(rows[0], removed_on=ended), new, replace(rows[1], grade="D")], 1)
    found = list(store.scan.changed(["BL.TAX"], since=day(0), records=[record_key(rows[2]), record_key(rows[0])]))
    assert [(each.listing.instrument_no, each.before) for each in found] == [
        ("测税〔2024〕1号", Before(None, None)),
        ("测税〔2024〕8号", None),
        ("测税〔2024〕1号", Before(None, None)),
        ("测税〔2024〕9号", Before(None, None)),
    ]
    assert list(store.scan.changed(["BL.TAX"], since=day(1))) == []
    assert list(store.scan.changed(["BL.TAX"], since=day(0), region="41")) == []


def test_when_a_record_was_first_heard_of(tmp_path: Path) -> None:
    """A later change of it does not make it come later; the day of the document goes before that of the listing."""
    store = opened(tmp_path)
    first = take(store, [listing(), listing(PARTNER, instrument_date=date(2024, 2, 1))])
    second = take(store, [listing(grade="D"), listing(None, listed_on=None, announced_on=day(0).date())], 3)
    found = [(each.id, each.batch, each.began, each.received) for each in store.scan.arrivals(ALL)]
    assert found == [
        (2, first.batch, date(2024, 2, 1), day(0).date()),
        (3, second.batch, date(2024, 3, 1), day(0).date()),
        (4, second.batch, None, day(3).date()),
    ]
    records = [record_key(listing()), record_key(listing(PARTNER)), "nobody"]
    assert dict(store.scan.batches_of(records)) == {records[0]: second.batch, records[1]: first.batch}
