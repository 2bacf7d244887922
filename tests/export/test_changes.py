"""What of a store leaves: what changed since an instant, to whom, and under what cover."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from jointsanction.catalog.bundle import default_catalog
from jointsanction.export.changes import Change, Wanted, Withheld, changes, touched_records
from jointsanction.export.masking import masked
from jointsanction.identity.record_key import record_key
from jointsanction.model.repair_event import RepairEvent
from jointsanction.model.subject import Related
from jointsanction.registry.readers.report import Cover
from jointsanction.store.repairs import by_record
from jointsanction.store.since import Changed
from jointsanction.terms import Audience, Disclosure, ExitBy, Operation, Relation, SubjectKind
from store_side import FIRM, PARTNER, PERSON, START, day, listing, opened, take

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.subject import Listing
    from jointsanction.store import Store

LISTS = default_catalog().lists
TODAY = date(2024, 7, 1)


def leaving(store: Store, number: int | None = None, **more: Any) -> list[Change]:
    """Return what leaves: all, or what changed since the n-th import."""
    repairs, region = by_record(store.repairs.events()), more.pop("region", None)
    since = None if number is None else day(number)
    wanted = Wanted(**{"day": TODAY, "lists": LISTS, **more})
    rows = (
        map(Changed, store.listings(wanted.lists, region))
        if since is None
        else store.scan.changed(wanted.lists, since=since, region=region, records=touched_records(repairs, since))
    )
    return list(changes(rows, wanted, repairs=repairs, since=since, withheld=Withheld()))


def said(found: list[Change]) -> list[tuple[Operation, str | None, date | None]]:
    """Return operation, number and day of removal of each."""
    return [(each.operation, each.listing.uscc, each.listing.removed_on) for each in found]


def test_all_of_it_is_new(tmp_path: Path) -> None:
    """Without a start everything believed now leaves, ended rows too."""
    store = opened(tmp_path)
    take(store, [listing(), listing(PARTNER, removed_on=date(2024, 5, 1))])
    assert said(leaving(store)) == [(Operation.ADD, FIRM, None), (Operation.ADD, PARTNER, date(2024, 5, 1))]


def test_only_what_changed_leaves(tmp_path: Path) -> None:
    """New, changed, ended; what stayed as it was does not leave, and after nothing happened nothing does."""
    store = opened(tmp_path)
    rows = [listing(), listing(PARTNER), listing(instrument_no="测税〔2024〕9号")]
    take(store, rows)
    take(store, [*rows, listing(PARTNER, instrument_no="测税〔2024〕2号")], 1)
    ended = [replace(rows[0], removed_on=date(2024, 6, 20)), replace(rows[1], valid_to=date(2027, 1, 1))]
    take(store, ended, 2)
    assert said(leaving(store, 0)) == [
        (Operation.ADD, PARTNER, None),
        (Operation.DEL, FIRM, date(2024, 6, 20)),
        (Operation.MOD, PARTNER, None),
    ]
    assert [operation for operation, *_ in said(leaving(store, 1))] == [Operation.DEL, Operation.MOD]
    assert leaving(store, 2) == []


def step(row: Listing, track: str, state: str, **more: Any) -> RepairEvent:
    """Make a step about a row."""
    plain = {"actor": "某局", "reason": "测试", "on": date(2024, 6, 10), "document": "测〔2024〕1号"}
    return RepairEvent(record=record_key(row), list=row.list, track=track, state=state, **(plain | more))


def test_a_repair_is_a_change(tmp_path: Path) -> None:
    """A row that the ledger ended has changed, though no file said so; a record that was none ends on its first day."""
    store, row, other = opened(tmp_path), listing(), listing(PARTNER)
    take(store, [row, other])
    for track, state in (("repair", each) for each in ("applied", "verifying", "accepted", "effective")):
        store.repairs.append([step(row, track, state)], recorded_at=START + timedelta(days=20))
    for state in ("filed", "verifying", "upheld"):
        store.repairs.append([step(other, "objection", state)], recorded_at=START + timedelta(days=20))
    assert said(leaving(store, 0)) == [
        (Operation.DEL, FIRM, date(2024, 6, 10)),
        (Operation.DEL, PARTNER, other.listed_on),
    ]


def test_an_end_leaves_once(tmp_path: Path) -> None:
    """What ended by repair has ended: a later change of the row is none; nor is a file that only says so too."""
    store, row = opened(tmp_path), listing()
    take(store, [row])
    for state in ("applied", "verifying", "accepted", "effective"):
        store.repairs.append([step(row, "repair", state)], recorded_at=START + timedelta(days=19))
    take(store, [replace(row, grade="D")], 21)
    take(store, [replace(row, removed_on=date(2024, 6, 10))], 22)
    assert [operation for operation, *_ in said(leaving(store, 0))] == [Operation.DEL]
    for number in (20, 21):
        assert [operation for operation, *_ in said(leaving(store, number))] == [Operation.MOD]


def test_who_left_a_list_that_ends_by_disappearance_has_ended(tmp_path: Path) -> None:
    """The receiver has no editions of ours: it gets the day on which the row was no longer there."""
    code = next(code for code, kind in LISTS.items() if kind.exit_by is ExitBy.DISAPPEARANCE)
    store, rows = opened(tmp_path), [listing(uscc, list=code) for uscc in (FIRM, PARTNER)]
    take(store, rows, covers=(Cover(code),))
    take(store, rows[1:], 1, covers=(Cover(code),))
    assert said(leaving(store, 0)) == [(Operation.DEL, FIRM, day(1).date())]
    assert leaving(store, 1) == []


def test_what_may_not_leave_is_counted(tmp_path: Path) -> None:
    """A list of government use goes to authorities, a closed one to nobody; other places stay at home."""
    store, withheld = opened(tmp_path), Withheld()
    take(store, [listing(region="410100"), listing(PARTNER, region="990000")])
    kept = {"BL.TAX": LISTS["BL.TAX"].model_copy(update={"disclosure": Disclosure.GOVERNMENT})}
    assert len(leaving(store, region="41")) == 1
    assert len(leaving(store, lists=kept)) == 2
    wanted = Wanted(day=TODAY, lists=kept, audience=Audience.ANYBODY)
    assert list(changes(map(Changed, store.listings(kept)), wanted, repairs={}, since=None, withheld=withheld)) == []
    assert withheld.rows == 2


BOSS = Related(relation=Relation.LEGAL_REPRESENTATIVE, kind=SubjectKind.PERSON, name="张三", id=PERSON)


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (listing(), (FIRM, None)),
        (listing(None, resident_id=PERSON, name="张三"), (None, "99**************17")),
    ],
)
def test_anybody_sees_no_persons_number(row: Listing, wanted: tuple[str | None, ...]) -> None:
    """A unit's code is public; of a person the first and the last two characters are."""
    shown = masked(row, Audience.ANYBODY)
    assert (shown.uscc, shown.resident_id) == wanted
    assert masked(row, Audience.AUTHORITY) is row


def test_everything_can_be_masked() -> None:
    """For a page or a poster: no number and no person's name, not even of those tied to the listed."""
    row = listing(name="虚构甲公司", related=(BOSS,))
    shown = masked(row, Audience.AUTHORITY, all_of_it=True)
    assert (shown.uscc, shown.name) == ("91**************1B", "虚构甲公司")
    assert [(each.name, each.id) for each in shown.related] == [("张*", "99**************17")]
    person = listing(None, resident_id=PERSON, name="张三", former_names=("张四",))
    shown = masked(person, Audience.AUTHORITY, all_of_it=True)
    assert (shown.name, shown.former_names) == ("张*", ())


def test_a_name_like_a_persons_is_covered_too() -> None:
    """Nobody said what he is, and his number is a scrap."""
    assert masked(listing(None, name="张三", other_id="9900****"), Audience.ANYBODY, all_of_it=True).name == "张*"
    assert masked(listing(None, name="虚构甲公司"), Audience.ANYBODY, all_of_it=True).name == "虚构甲公司"


def test_a_masked_row_has_no_digest_of_its_number(tmp_path: Path) -> None:
    """Whoever tries all numbers must not find the one behind a digest."""
    store = opened(tmp_path)
    take(store, [listing(None, resident_id=PERSON, name="张三")])
    whole, covered = leaving(store)[0], leaving(store, audience=Audience.ANYBODY)[0]
    assert whole.record != covered.record
