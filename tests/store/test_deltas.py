"""Deltas in the store: each delivery in its turn and once, nothing deleted, each edition as new as its delta."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import worlds as w
from jointsanction.engine import Engine
from jointsanction.errors import RegistryError
from jointsanction.model.subject import Edition
from jointsanction.registry.memory import MemoryRegistry
from jointsanction.registry.serials import Serial
from jointsanction.terms import ExitBy, Operation, Reason
from store_side import DAY, FIRM, PARTNER, counts, day, delivery, dump, found, listing, numbered, opened

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.subject import Listing
    from jointsanction.store import BatchOutcome, Store

STREAM = "某税务局 BL.TAX"
END = date(2024, 6, 20)
Row = tuple[str, "Listing"]


def opened_at(folder: Path, count: int = 4, number: str = "17") -> Store:
    """Open a store with a complete file as of some delivery."""
    store = opened(folder)
    whole = replace(delivery("whole", ["BL.TAX"]), serial=Serial(STREAM, number))
    store.commit(whole, numbered(count), recorded_at=day(0))
    return store


def delta(store: Store, number: str, *rows: Row, at: int = 1, after: str | None = None, **more: Any) -> BatchOutcome:
    """Take in a delta on a day."""
    operations = tuple(Operation(operation) for operation, _ in rows)
    said = {"serial": Serial(STREAM, number, after), "accept_mismatch": more.pop("accept_mismatch", False)}
    sent = replace(delivery(number), operations=operations, **said)
    return store.commit(sent, [row for _, row in rows], recorded_at=day(at), **more)


def refused(store: Store, *said: Any, **more: Any) -> RegistryError:
    """Return the error that a delta is refused with, having changed nothing."""
    before = store.version(), store.batches()
    with pytest.raises(RegistryError) as refusal:
        delta(store, *said, **more)
    assert (store.version(), store.batches()) == before
    return refusal.value


def doc(number: int, **more: Any) -> Listing:
    """Make the row of a document."""
    return listing(instrument_no=f"测税〔2024〕{number}号", row=number, **more)


def test_rows_come_change_and_end(tmp_path: Path) -> None:
    """新增、变更、移出 in one delta: the one ended keeps all it said, and the day and reason of its end beside it."""
    store = opened_at(tmp_path)
    ends = doc(2, listed_on=None, removed_on=END, removal_reason="信用修复")
    outcome = delta(store, "18", ("add", doc(5)), ("mod", doc(1, grade="D")), ("del", ends))
    assert counts(outcome) == (1, 2, 0, 0)
    rows = {row.instrument_no: row for row in found(store.registry())}
    assert len(rows) == 5
    assert rows["测税〔2024〕1号"].grade == "D"
    ended = rows["测税〔2024〕2号"]
    assert (ended.listed_on, ended.removed_on, ended.removal_reason) == (doc(2).listed_on, END, "信用修复")
    assert (ended.batch, ended.row) == (outcome.batch, 2)
    assert [row.removed_on for row in found(store.registry_at(day(0)))] == [None] * 4


def test_an_end_without_its_day_is_a_row_no_longer_named(tmp_path: Path) -> None:
    """DESIGN §6: whether that frees anybody the list says (`exit_by`); the row stays, and comes back when added."""
    store = opened_at(tmp_path)
    assert counts(delta(store, "18", ("del", doc(2)))) == (0, 0, 0, 1)
    assert [row.missing_since for row in found(store.registry())] == [None, day(1).date(), None, None]
    assert counts(delta(store, "19", ("add", doc(2)), at=2)) == (0, 1, 0, 0)
    assert [row.missing_since for row in found(store.registry())] == [None] * 4


def test_the_same_delta_again_changes_nothing(tmp_path: Path) -> None:
    """However late it comes again, and whatever file it is in: it was taken in, and its turn is over."""
    store = opened_at(tmp_path)
    first = delta(store, "18", ("del", doc(2)))
    delta(store, "19", ("add", doc(2)), at=2)
    before = dump(tmp_path)
    again = delta(store, "18", ("del", doc(2)), at=3)
    assert (again.repeated, again.batch, counts(again)) == (True, first.batch, (0, 0, 1, 0))
    assert dump(tmp_path) == before


@pytest.mark.parametrize("number", ["17", "19", "20", "2", "十八"])
def test_a_delta_out_of_turn_is_refused(tmp_path: Path, number: str) -> None:
    """A gap would lose what came between; the message says which one is expected."""
    error = refused(opened_at(tmp_path), number, ("add", doc(5)))
    assert error.code == "registry.delta_order"
    assert "第 18 期" in str(error.hint)


def test_one_number_with_two_contents_is_refused(tmp_path: Path) -> None:
    """The provider sent two different files under one number: nobody but him knows which holds."""
    store = opened_at(tmp_path)
    delta(store, "18", ("add", doc(5)))
    assert refused(store, "18", ("add", doc(6)), at=2).code == "registry.delta_order"


def test_deliveries_with_names_say_what_they_follow(tmp_path: Path) -> None:
    """A provider that names its deliveries says after which one each comes."""
    store = opened_at(tmp_path, number="20240601-abc")
    assert refused(store, "20240602-def", ("add", doc(5))).code == "registry.delta_order"
    assert refused(store, "20240602-def", ("add", doc(5)), after="20240531-xyz").code == "registry.delta_order"
    assert delta(store, "20240602-def", ("add", doc(5)), after="20240601-abc").added == 1


def test_a_stream_begins_with_a_whole_file_or_with_the_first_delta(tmp_path: Path) -> None:
    """Without either nobody knows what went before."""
    store = opened(tmp_path)
    assert refused(store, "2", ("add", doc(1))).code == "registry.delta_order"
    assert delta(store, "1", ("add", doc(1))).added == 1
    assert store.registry().editions == {}


def test_a_whole_file_says_how_far_it_goes(tmp_path: Path) -> None:
    """One that is older than the deltas would undo them; a newer one makes up for those that were lost."""
    store = opened_at(tmp_path)
    delta(store, "18", ("add", doc(5)))
    for number in (None, "17", "3"):
        whole = replace(delivery("again", ["BL.TAX"]), serial=Serial(STREAM, number))
        with pytest.raises(RegistryError) as refusal:
            store.commit(whole, numbered(4), recorded_at=day(2))
        assert refusal.value.code == "registry.delta_order"
    whole = replace(delivery("newer", ["BL.TAX"]), serial=Serial(STREAM, "25"))
    assert counts(store.commit(whole, numbered(5), recorded_at=day(2))) == (0, 0, 5, 0)
    assert delta(store, "26", ("add", doc(6)), at=3).added == 1


def test_an_empty_delta_renews_the_edition_and_changes_nothing(tmp_path: Path) -> None:
    """Nothing happened to the list, and that is known as of today: it must not turn stale."""
    store = opened_at(tmp_path)
    rows = found(store.registry())
    outcome = delta(store, "18", at=3)
    assert (outcome.renewed, counts(outcome)) == (("BL.TAX",), (0, 0, 0, 0))
    assert [edition.received_at for edition in store.registry().editions["BL.TAX"]] == [day(0), day(3)]
    assert found(store.registry()) == rows
    assert delta(store, "19", ("add", doc(5)), at=4).added == 1
    assert len(store.registry().editions["BL.TAX"]) == 3


def test_what_does_not_fit_is_refused_or_told(tmp_path: Path) -> None:
    """A change of an unknown record shows that something was missed; taken all the same, it is told."""
    store = opened_at(tmp_path)
    rows = ("mod", doc(9)), ("del", doc(8)), ("add", doc(1, grade="D")), ("add", doc(2))
    error = refused(store, "18", *rows)
    assert error.code == "registry.delta_mismatch"
    assert "第 9 行（变更）：没有这条现有记录；第 8 行（移出）：没有这条现有记录；第 1 行（新增）" in error.message
    outcome = delta(store, "18", *rows, accept_mismatch=True)
    assert (counts(outcome), outcome.unfit) == ((2, 0, 1, 0), 3)
    assert len(found(store.registry())) == 6


def test_several_designations_of_one_subject_end_alone(tmp_path: Path) -> None:
    """An end that doesn't say which of four it means ends none; one that does leaves the three others."""
    store = opened_at(tmp_path)
    anyone = listing(instrument_no=None, listed_on=None, removed_on=END, row=1)
    assert refused(store, "18", ("del", anyone)).code == "registry.delta_mismatch"
    delta(store, "18", ("del", doc(3, listed_on=None, removed_on=END)))
    assert [row.removed_on for row in found(store.registry())] == [None, None, END, None]


def test_a_delta_that_empties_a_list_stops_and_asks(tmp_path: Path) -> None:
    """Half of a list does not end on one day without somebody's word for it."""
    store = opened_at(tmp_path)
    rows = [("del", doc(number, removed_on=END)) for number in (1, 2, 3)]
    assert refused(store, "18", *rows).code == "registry.shrunken"
    assert delta(store, "18", *rows, accept_shrink=True).changed == 3


@pytest.mark.parametrize(("floor", "left"), [(1, 1), (50, 2), (75, 3), (100, 4)])
def test_a_list_has_its_own_floor(tmp_path: Path, floor: int, left: int) -> None:
    """A small list may lose most of its rows in a day, a large one never a tenth: the list says what is too much."""
    store = opened_at(tmp_path)
    sent = replace(delivery("next", ["BL.TAX"]), serial=Serial(STREAM, "18"), floors={"BL.TAX": floor})
    with pytest.raises(RegistryError) as refusal:
        store.commit(sent, numbered(left - 1), recorded_at=day(1))
    assert refusal.value.code == "registry.shrunken"
    assert f"不足 {floor}%" in refusal.value.message
    assert store.commit(sent, numbered(left), recorded_at=day(1)).missing == 4 - left


def test_an_empty_file_is_asked_about_whatever_the_floor(tmp_path: Path) -> None:
    """The lowest floor is one in a hundred: a list never ends because a file came empty."""
    store = opened_at(tmp_path)
    sent = replace(delivery("next", ["BL.TAX"]), serial=Serial(STREAM, "18"), floors={"BL.TAX": 1})
    with pytest.raises(RegistryError) as refusal:
        store.commit(sent, [], recorded_at=day(1))
    assert refusal.value.code == "registry.shrunken"


def test_a_delta_of_another_provider_is_a_stream_of_its_own(tmp_path: Path) -> None:
    """Two offices send the same list: their numbers are not one count, and neither fits the other's turn."""
    store = opened_at(tmp_path)
    sent = replace(delivery("other"), serial=Serial("某市 BL.TAX", "18"), operations=(Operation.ADD,))
    with pytest.raises(RegistryError) as refusal:
        store.commit(sent, [doc(9)], recorded_at=day(1))
    assert refusal.value.code == "registry.delta_order"
    assert "某市 BL.TAX 尚未导入" in refusal.value.message


def test_an_end_frees_by_what_the_list_says(tmp_path: Path) -> None:
    """DESIGN §6: no longer named, one of two designations is in doubt or free; the other stays as it was."""
    store = opened_at(tmp_path)
    delta(store, "18", ("del", doc(2)))
    edition = Edition(list="BL.TAX", batch="b", received_at=day(1))
    for exit_by, missing in ((ExitBy.NOTICE, Reason.MISSING_FROM_EDITION), (ExitBy.DISAPPEARANCE, Reason.REMOVED)):
        lists = w.list_type("BL.TAX", exit_by=exit_by)
        catalog = w.world(lists, w.measure(targets={"lists": ["BL.TAX"]}))
        result = Engine(catalog, MemoryRegistry(found(store.registry()), [edition])).check_subject(
            FIRM, "M.X", as_of=day(2).date(), explain=True
        )
        reasons = {
            each.cause["instrument_no"]: each.reason
            for each in (*result.findings, *(result.not_applied or ()))
            if each.cause is not None
        }
        assert reasons["测税〔2024〕1号"] is Reason.APPLIES
        assert reasons["测税〔2024〕2号"] is missing


def test_a_delta_says_which_one_it_is(tmp_path: Path) -> None:
    """Rows with operations and no number of their delivery can't be put in any order."""
    store = opened(tmp_path)
    sent = replace(delivery(), operations=(Operation.ADD,))
    with pytest.raises(RegistryError) as refusal:
        store.commit(sent, [doc(1)], recorded_at=day(0))
    assert refusal.value.code == "registry.delta_undeclared"


def test_a_rehearsal_says_what_a_delta_would_do(tmp_path: Path) -> None:
    """The trial run counts what the import would, and writes nothing."""
    store = opened_at(tmp_path)
    before = dump(tmp_path)
    sent = replace(delivery("18"), serial=Serial(STREAM, "18"), operations=(Operation.MOD, Operation.DEL))
    trial = store.rehearse(sent, [doc(1, grade="D"), doc(2)], recorded_at=day(1))
    assert dump(tmp_path) == before
    assert store.commit(sent, [doc(1, grade="D"), doc(2)], recorded_at=day(1)) == trial


def test_somebody_without_a_number_is_found_by_name(tmp_path: Path) -> None:
    """Rows without a number are the same record when list, name, document and day are."""
    store = opened(tmp_path)
    nobody = listing(None, name="测试甲公司", row=1)
    delta(store, "1", ("add", nobody), ("add", listing(PARTNER, row=2)))
    delta(store, "2", ("del", replace(nobody, removed_on=END)), at=2)
    ended = [row for row in store.listings(["BL.TAX"]) if row.removed_on is not None]
    assert [row.name for row in ended] == ["测试甲公司"]
    assert DAY < END
    assert [row.removed_on for row in found(store.registry(), PARTNER)] == [None]
    assert found(store.registry(), FIRM) == []
