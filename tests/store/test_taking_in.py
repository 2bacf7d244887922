"""Taking files in: what is added, changed, kept, missed and refused; all of it or nothing."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from jointsanction.errors import RegistryError
from jointsanction.model.subject import Related
from jointsanction.registry.readers.report import Cover
from jointsanction.store import beliefs, staging
from jointsanction.terms import Relation
from store_side import (
    DAY,
    FIRM,
    PARTNER,
    PERSON,
    counts,
    day,
    delivery,
    dump,
    found,
    listing,
    numbered,
    opened,
    take,
    told,
)

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.subject import Listing
    from jointsanction.store import Store

WHOLE = ("BL.TAX",)
SAME_DAY = day(0) + timedelta(hours=1)


def missing(store: Store, uscc: str = FIRM) -> list[date | None]:
    """Return since when each row of a firm has been missed."""
    return [row.missing_since for row in found(store.registry(), uscc)]


def refused(store: Store, *rows: object, **more: object) -> str:
    """Return the code an import is refused with, having changed nothing."""
    before = store.registry().version, store.batches()
    with pytest.raises(RegistryError) as refusal:
        take(store, *rows, **more)  # type: ignore[arg-type]
    assert (store.registry().version, store.batches()) == before
    return refusal.value.code


def test_rows_are_added_changed_or_left(tmp_path: Path) -> None:
    """Natural key: list, identifier, document number, day listed. What says the same stays as it was recorded."""
    store = opened(tmp_path)
    first = take(store, numbered(3), 0)
    second = take(store, [*numbered(2), *numbered(4, grade="D")[2:]], 1)
    assert (counts(first), counts(second)) == ((3, 0, 0, 0), (1, 1, 2, 0))
    rows = found(store.registry())
    assert [row.batch for row in rows] == [first.batch] * 2 + [second.batch] * 2
    assert [row.recorded_at for row in rows] == [day(0)] * 2 + [day(1)] * 2
    assert [row.grade for row in found(store.registry_at(day(0)))] == [None] * 3


def test_a_change_is_kept_beside_what_it_supersedes(tmp_path: Path) -> None:
    """Closing a row is the only update ever made to it."""
    store = opened(tmp_path)
    take(store, [listing(grade="C")], 0)
    take(store, [listing(grade="D")], 1)
    kept = told(tmp_path, "SELECT grade, recorded_at, superseded_at FROM listing ORDER BY id")
    instants = [int(day(number).timestamp()) * 1_000_000 for number in (0, 1)]
    assert kept == [("C", instants[0], instants[1]), ("D", instants[1], None)]


def test_spellings_of_one_document_are_one_record(tmp_path: Path) -> None:
    """国办发【2020】49号 and 国办发〔2020〕49号 both stand in official documents and are one document."""
    store = opened(tmp_path)
    spelt = ["测税〔2024〕1号", "测税【2024】1号", "测税（2024） 1号", "测税[2024]1号"]
    for number, text in enumerate(spelt):
        take(store, [listing(instrument_no=text)], number)
    assert [row.instrument_no for row in found(store.registry())] == spelt[-1:]


def test_old_and_new_forms_of_a_number_are_one_subject(tmp_path: Path) -> None:
    """A resident id of fifteen places is the same person as the one of eighteen."""
    store = opened(tmp_path)
    take(store, [listing(None, resident_id="990000850715002")], 0)
    assert counts(take(store, [listing(None, resident_id="990000198507150020")], 1)) == (0, 1, 0, 0)


def test_masked_numbers_keep_namesakes_apart(tmp_path: Path) -> None:
    """Two persons of one name in one case stay two, as far as their masked numbers differ."""
    store = opened(tmp_path)
    rows = [
        listing(None, name="甲某某", resident_id="9900**********0017"),
        listing(None, name="甲某某", resident_id="9900**********0020"),
        listing(None, name="甲*", resident_id="无"),
        listing(None, name=None),
    ]
    assert counts(take(store, rows, 0)) == (4, 0, 0, 0)
    assert counts(take(store, [replace(row, grade="D") for row in rows], 1)) == (0, 4, 0, 0)


def test_rows_of_one_natural_key_are_paired_by_what_they_say(tmp_path: Path) -> None:
    """One document may list a subject twice, on two grounds; neither row takes the place of the other."""
    store = opened(tmp_path)
    take(store, [listing(grade="A"), listing(grade="B")], 0)
    outcome = take(store, [listing(grade="B"), listing(grade="C"), listing(grade="D"), listing(grade="B", row=9)], 1)
    assert counts(outcome) == (1, 1, 1, 0)
    assert outcome.duplicates == 1
    assert sorted(row.grade or "" for row in found(store.registry())) == ["B", "C", "D"]


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    """ECOSYSTEM §1.5: the same file with the same declarations is no news that day; it isn't even recorded."""
    store = opened(tmp_path)
    first = take(store, [*numbered(3), numbered(1)[0]], 0, covers=WHOLE, sha256="same")
    before = store.registry().version, store.batches()
    again = take(store, [*numbered(3), numbered(1)[0]], recorded_at=SAME_DAY, covers=WHOLE, sha256="same")
    assert (again.repeated, again.batch, counts(again), again.duplicates) == (True, first.batch, (0, 0, 3, 0), 1)
    assert (store.registry().version, store.batches()) == before


def test_the_same_file_on_a_later_day_renews_the_edition(tmp_path: Path) -> None:
    """A list fetched again unchanged is as new as that day; nothing about any row changes, and no row is written."""
    store = opened(tmp_path)
    take(store, numbered(3), 0, covers=WHOLE, sha256="same")
    rows = store.registry().lookup((f"u:{FIRM}",), None)
    again = take(store, numbered(3), 1, covers=WHOLE, sha256="same")
    assert (again.repeated, again.renewed, counts(again)) == (False, ("BL.TAX",), (0, 0, 3, 0))
    registry = store.registry()
    assert [edition.received_at for edition in registry.editions["BL.TAX"]] == [day(0), day(1)]
    assert (registry.known_at, registry.lookup((f"u:{FIRM}",), None)) == (day(1), rows)
    without = [take(store, numbered(3), number, sha256="no edition").repeated for number in (2, 3)]
    assert without == [False, True]


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        (numbered(2), {"sha256": "other bytes"}),
        (numbered(2), {"covers": [Cover("BL.TAX", ("990000",))]}),
        (numbered(3), {}),
    ],
)
def test_a_file_is_repeated_only_with_bytes_declarations_and_rows(
    tmp_path: Path, rows: list[object], more: dict[str, object]
) -> None:
    """Other bytes, another declaration, or a corrected mapping that reads other rows: it is another file."""
    store = opened(tmp_path)
    take(store, numbered(2), 0, covers=WHOLE, sha256="same")
    outcome = take(store, rows, 1, **({"covers": WHOLE, "sha256": "same"} | more))  # type: ignore[arg-type]
    assert not outcome.repeated
    assert (outcome.added, outcome.changed) == (len(rows) - 2, 0)
    assert [batch.id for batch in store.batches()][1:] == [outcome.batch]
    assert len(store.registry().editions["BL.TAX"]) == 2


def test_a_file_that_comes_again_after_another_is_no_repeat(tmp_path: Path) -> None:
    """Who takes a wrong file in and then the right one again means it: the store no longer says what it said."""
    store = opened(tmp_path)
    take(store, numbered(2), 0, covers=WHOLE, sha256="right")
    take(store, numbered(2, grade="D"), 1, covers=WHOLE, sha256="wrong")
    back = take(store, numbered(2), 2, covers=WHOLE, sha256="right")
    assert (back.repeated, back.changed) == (False, 2)
    same_day = {"recorded_at": day(2) + timedelta(hours=1), "covers": WHOLE, "sha256": "right"}
    assert take(store, numbered(2), **same_day).repeated
    other_list = take(store, [listing(list="BL.WAGE")], 4)
    assert not other_list.repeated
    assert take(store, numbered(2), **(same_day | {"recorded_at": day(4)})).renewed == ("BL.TAX",)
    assert store.batches()[2].id == back.batch


def test_a_file_that_says_nothing_new_leaves_the_version(tmp_path: Path) -> None:
    """It is recorded, but equal contents give equal receipts: version and instant are those of before."""
    store = opened(tmp_path)
    take(store, [], 0)
    assert store.registry().known_at is store.registry_at(day(0)).known_at is None
    take(store, [listing()], 1)
    version = store.registry().version
    outcome = take(store, [listing()], 2)
    assert counts(outcome) == (0, 0, 1, 0)
    assert store.registry().version == store.registry_at(day(2)).version == version
    assert store.registry().known_at == store.registry_at(day(2)).known_at == day(1)
    assert [batch.version == version for batch in store.batches()] == [False, True, True]
    assert len({batch.id for batch in store.batches()}) == 3


def test_a_row_absent_from_a_complete_edition_is_missed_not_removed(tmp_path: Path) -> None:
    """A list ends by notice: a name that is gone may have been forgotten, so it becomes a doubt and no release."""
    store = opened(tmp_path)
    first = take(store, numbered(3), 0, covers=WHOLE)
    outcome = take(store, numbered(2), 1, covers=WHOLE)
    assert counts(outcome) == (0, 0, 2, 1)
    row = found(store.registry())[2]
    assert row == replace(numbered(3)[2], missing_since=day(1).date(), batch=first.batch, recorded_at=day(1))
    assert [each.missing_since for each in found(store.registry_at(day(0)))] == [None] * 3


def test_a_row_is_missed_once_and_loses_it_when_it_returns(tmp_path: Path) -> None:
    """The day it was first not found stays; found again, the row holds as before."""
    store = opened(tmp_path)
    take(store, numbered(3), 0, covers=WHOLE)
    take(store, numbered(2), 1, covers=WHOLE)
    assert counts(take(store, numbered(2), 2, covers=WHOLE)) == (0, 0, 2, 0)
    assert missing(store) == [None, None, day(1).date()]
    assert counts(take(store, numbered(3), 3, covers=WHOLE)) == (0, 1, 2, 0)
    assert missing(store) == [None] * 3


def test_only_what_is_declared_whole_is_compared_whole(tmp_path: Path) -> None:
    """A file of some rows says nothing about the others, nor does an edition of another list."""
    store = opened(tmp_path)
    take(store, numbered(3), 0, covers=WHOLE)
    assert take(store, numbered(1, grade="D"), 1).missing == 0
    assert take(store, numbered(1, list="BL.WAGE"), 2, covers=["BL.WAGE"]).missing == 0
    assert missing(store) == [None] * 4


@pytest.mark.parametrize(
    "ended",
    [
        {"removed_on": DAY + timedelta(days=9)},
        {"valid_to": DAY},
        {"listed_on": None, "announced_on": DAY},
    ],
)
def test_what_has_ended_or_not_begun_is_not_missed(tmp_path: Path, ended: dict[str, Any]) -> None:
    """An edition names who is listed: not who was removed, whose day is over, or who has only been heard."""
    store = opened(tmp_path)
    take(store, [*numbered(2), listing(instrument_no="另", **ended)], 0, covers=WHOLE)
    outcome = take(store, numbered(2), 1, covers=WHOLE)
    assert outcome.missing == 0


def test_a_row_still_bound_on_the_day_of_the_edition_is_missed(tmp_path: Path) -> None:
    """`valid_to` is the last day bound, counted in China's days."""
    store = opened(tmp_path)
    take(store, [*numbered(2), listing(instrument_no="另", valid_to=day(1).date())], 0, covers=WHOLE)
    assert take(store, numbered(2), 1, covers=WHOLE).missing == 1


def test_a_regional_edition_speaks_for_its_regions(tmp_path: Path) -> None:
    """Another province's rows, and rows of which nobody knows where they belong, are not missed by it."""
    store = opened(tmp_path)
    here = [listing(instrument_no=f"此{number}", region="410182") for number in range(3)]
    there = listing(instrument_no="彼", region="370100")
    take(store, [*here, there, listing(instrument_no="何处")], 0, covers=WHOLE)
    assert take(store, here[:2], 1, covers=[Cover("BL.TAX", ("410000", "420000"))]).missing == 1
    assert [row.instrument_no for row in found(store.registry()) if row.missing_since] == ["此2"]


def test_rows_without_a_region_belong_where_their_edition_does(tmp_path: Path) -> None:
    """A city's list rarely says its city in every row."""
    store = opened(tmp_path)
    city, other_city = Cover("BL.TAX", ("410100",)), Cover("BL.TAX", ("410200",))
    take(store, numbered(3), 0, covers=[city])
    take(store, numbered(1, uscc=PARTNER), 1, covers=[other_city])
    assert missing(store) == [None] * 3
    assert take(store, numbered(2), 2, covers=[city]).missing == 1
    assert take(store, numbered(1), 3, covers=[Cover("BL.TAX", ("410000",))], accept_shrink=True).missing == 2


def test_a_shrunken_edition_is_refused(tmp_path: Path) -> None:
    """A truncated download must not release everybody: fewer than half of the rows, and nothing is done."""
    store = opened(tmp_path)
    take(store, numbered(5), 0, covers=WHOLE)
    with pytest.raises(RegistryError) as shrunken:
        take(store, numbered(2), 1, covers=WHOLE)
    assert shrunken.value.code == "registry.shrunken"
    assert "5 条" in shrunken.value.message
    assert "2 条" in shrunken.value.message
    assert "accept_shrink" in shrunken.value.hint
    assert refused(store, [], 1, covers=WHOLE) == "registry.shrunken"
    assert missing(store) == [None] * 5
    assert take(store, numbered(2), 1, covers=WHOLE, accept_shrink=True).missing == 3


def test_half_is_enough_and_what_was_missed_before_is_not_counted_again(tmp_path: Path) -> None:
    """The floor is a share of what stood, not of everything ever read."""
    store = opened(tmp_path)
    take(store, numbered(4), 0, covers=WHOLE)
    assert take(store, numbered(2), 1, covers=WHOLE).missing == 2
    assert take(store, numbered(1), 2, covers=WHOLE).missing == 1
    assert refused(store, [], 3, covers=WHOLE) == "registry.shrunken"


def test_other_names_make_up_the_number(tmp_path: Path) -> None:
    """A list renewed every year, with other documents and days, is no truncated one."""
    store = opened(tmp_path)
    take(store, numbered(4), 0, covers=WHOLE)
    outcome = take(store, numbered(3, uscc=PARTNER), 1, covers=WHOLE)
    assert counts(outcome) == (3, 0, 0, 4)


def test_stated_ends_are_no_shrinking(tmp_path: Path) -> None:
    """An edition that says of each row that it was removed has lost none; old ends of strangers make up nothing."""
    store = opened(tmp_path)
    take(store, numbered(4), 0, covers=WHOLE)
    strangers = numbered(9, uscc=PARTNER, removed_on=date(2020, 1, 1))
    assert refused(store, strangers, 1, covers=WHOLE) == "registry.shrunken"
    assert counts(take(store, numbered(4, removed_on=DAY), 1, covers=WHOLE)) == (0, 4, 0, 0)
    assert take(store, [], 2, covers=WHOLE).missing == 0


def test_an_empty_edition_is_loaded(tmp_path: Path) -> None:
    """DESIGN §3: a list is loaded when a batch declares it, even with no rows."""
    store = opened(tmp_path)
    outcome = take(store, [], 0, covers=WHOLE)
    assert store.registry().editions["BL.TAX"][0].batch == outcome.batch
    assert store.registry().known_at == day(0)


def test_instants_of_batches_only_grow(tmp_path: Path) -> None:
    """A clock slightly behind is put right by a microsecond; one well behind is refused."""
    store = opened(tmp_path)
    for number in range(3):
        take(store, numbered(number), sha256=str(number), recorded_at=day(0) - timedelta(minutes=number))
    later = [day(0) + timedelta(microseconds=number) for number in range(3)]
    assert [batch.recorded_at for batch in store.batches()] == later
    code = refused(store, [], sha256="x", recorded_at=day(0) - timedelta(minutes=6))
    assert code == "registry.clock"


def test_a_rehearsal_says_what_would_be_and_writes_nothing(tmp_path: Path) -> None:
    """The trial run of an import raises and counts what the import would."""
    store = opened(tmp_path)
    take(store, numbered(3), 0, covers=WHOLE)
    before = dump(tmp_path)
    trial = store.rehearse(delivery("1", WHOLE), numbered(2, grade="D"), recorded_at=day(1))
    with pytest.raises(RegistryError, match="不足"):
        store.rehearse(delivery("2", WHOLE), [], recorded_at=day(1))
    assert dump(tmp_path) == before
    assert take(store, numbered(2, grade="D"), 1, covers=WHOLE) == trial
    assert store.rehearse(delivery("1", WHOLE), numbered(2, grade="D"), recorded_at=day(1)).repeated


def test_progress_is_told_portion_by_portion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows looked at, then rows written; a file that changes nothing writes none. A generator doesn't say how many."""
    monkeypatch.setattr(beliefs, "_PORTION", 4)
    monkeypatch.setattr(beliefs, "LOOKED_UP", 5)
    monkeypatch.setattr(staging, "LOOKED_UP", 3)
    monkeypatch.setattr(staging, "PORTION", 4)
    store = opened(tmp_path)
    heard: list[tuple[int, int]] = []
    take(store, numbered(10), 0, progress=lambda *done: heard.append(done))
    assert heard == [(4, 10), (8, 10), (10, 10)] * 2
    heard.clear()
    take(store, iter(numbered(10)), 1, progress=lambda *done: heard.append(done))
    assert heard == [(4, 10), (8, 10), (10, 10)]
    assert counts(take(store, numbered(5), 2, covers=WHOLE)) == (0, 0, 5, 5)
    assert missing(store).count(day(2).date()) == 5


WRITTEN = 8 + 5 + 2  # changed, added, missed


class BrokenError(Exception):
    """What goes wrong in the middle."""


@pytest.mark.parametrize(
    "row", [listing(name="甲\0"), listing(grade="\ud800"), listing(raw="\0"), listing(name="'甲'", instrument_no="\0")]
)
def test_what_no_database_holds_as_text_is_refused(tmp_path: Path, row: Listing) -> None:
    """Files never hold such; a listing handed in by a program may, and PostgreSQL would fail over it."""
    store = opened(tmp_path)
    assert refused(store, [*numbered(2), row]) == "registry.unstorable"
    assert counts(take(store, [listing(name="甲\n'", raw='{"甲":\t"乙"}')])) == (1, 0, 0, 0)


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_an_exception_on_the_way_leaves_the_old_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Nothing is half applied, wherever it breaks: while rows are looked at, or after so many portions written."""
    monkeypatch.setattr(beliefs, "_PORTION", 4)
    store = opened(tmp_path)
    take(store, numbered(10), 0, covers=WHOLE)
    before = dump(tmp_path)

    def breaking(done: int, rows: int) -> None:
        if (rows == WRITTEN) is (at > 0) and done >= at * 4:
            raise BrokenError

    with pytest.raises(BrokenError):
        take(store, [*numbered(8, grade="D"), *numbered(5, uscc=PARTNER)], 1, covers=WHOLE, progress=breaking)
    assert dump(tmp_path) == before
    assert take(store, numbered(8, grade="D"), 1, covers=WHOLE).changed == 8


def test_a_second_import_waits_or_says_so(tmp_path: Path) -> None:
    """Two importers at once: the second waits for the first, and not for ever."""
    store = opened(tmp_path)
    begun, go_on = threading.Event(), threading.Event()

    def hold(_done: int, _rows: int) -> None:
        begun.set()
        go_on.wait(30)

    first = threading.Thread(target=take, args=(store, [listing()]), kwargs={"progress": hold})
    first.start()
    assert begun.wait(30)
    assert found(store.registry()) == []
    assert refused(opened(tmp_path, wait=0.05), [listing(PARTNER)], 1) == "registry.busy"
    waiting = threading.Thread(target=take, args=(store, [listing(PARTNER)], 1))
    waiting.start()
    go_on.set()
    first.join(30)
    waiting.join(30)
    assert len(store.batches()) == 2
    assert found(store.registry())
    assert found(store.registry(), PARTNER)


def test_several_importers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Opened, made and written to by many threads at the same time, the store holds what all of them brought."""
    rows = [numbered(1, uscc=PARTNER, list=f"BL.{number}") for number in range(6)]
    failed: list[BaseException] = []

    def bring(number: int) -> None:
        try:
            take(opened(tmp_path), rows[number], number, recorded_at=day(0))
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failed.append(error)

    threads = [threading.Thread(target=bring, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert len(found(opened(tmp_path).registry(), PARTNER)) == 6


def test_the_past_finds_by_every_key_that_the_present_does(tmp_path: Path) -> None:
    """Own numbers and those inside them, related persons, names, former names, masked relatives: one rule for both."""
    tied = (
        Related(relation=Relation.LEGAL_REPRESENTATIVE, name="甲某某", id=PERSON),
        Related(relation=Relation.PRINCIPAL, name="甲某某", id=PERSON),
        Related(relation=Relation.BRANCH, name="虚构分公司", id="9199**********002E"),
        Related(relation=Relation.INVESTOR, name="虚构投资有限公司"),
        Related(relation=Relation.INVESTOR, name="*"),
    )
    store = opened(tmp_path)
    take(store, [listing(name="虚构甲有限公司", former_names=("虚构乙有限公司",), related=tied)], 0)
    now, then = store.registry(), store.registry_at(day(0))
    organisation = "o:" + FIRM[8:17]
    asked: list[tuple[tuple[str, ...], str | None]] = [((f"u:{FIRM}", organisation), None), ((organisation,), None)]
    asked += [((f"p:{PERSON}",), None), ((f"u:{PARTNER}",), "虚构分公司"), ((), "虚构投资有限公司"), ((), None)]
    asked += [((), name) for name in ("虚构甲有限公司", "虚构乙有限公司", "甲某某")]
    hits = [then.lookup(*question) for question in asked]
    assert hits == [now.lookup(*question) for question in asked]
    assert [len(hit) for hit in hits] == [1, 1, 2, 1, 0, 0, 1, 1, 0]
