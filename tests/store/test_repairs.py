"""The ledger of repair and objection: appended, never changed, part of what a store answers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from jointsanction.commitment.making import make_commitment
from jointsanction.errors import RegistryError
from jointsanction.model.identity_verdict import IdentityVerdict
from jointsanction.model.subject import Subject
from jointsanction.repair.making import Step, make_event
from jointsanction.store.repairs import of_document
from jointsanction.terms import IdentityOutcome, Office, RepairState, RepairTrack
from store_side import DAY, FIRM, PARTNER, START, listing, opened, take

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.model.repair_event import RepairEvent
    from jointsanction.store import Store


def step(state: str, *, row: object = None, **more: object) -> RepairEvent:
    """Make a step about a row."""
    said = Step(RepairTrack.REPAIR, RepairState(state), "甲", "材料齐全", DAY, **more)  # type: ignore[arg-type]
    return make_event(row or listing(), said)  # type: ignore[arg-type]


def filled(folder: Path) -> Store:
    """Return a store with one instrument on two lists, printed in two ways."""
    store = opened(folder)
    rows = [listing(row=1), listing(list="BL.SAMR", instrument_no="测税【2024】1号", row=2), listing(PARTNER, row=3)]
    take(store, [*rows, listing(instrument_no=None, row=4), listing(instrument_no="别的", row=5)])
    return store


def test_steps_are_kept_with_their_instant(tmp_path: Path) -> None:
    """What was recorded later was not known before; equal stores have equal versions."""
    store = filled(tmp_path)
    before = store.registry()
    at = START + timedelta(days=2)
    (kept,) = store.repairs.append([step("applied", two_step=True, document="受理1号")], recorded_at=at)
    assert (kept.recorded_at, kept.state, kept.document) == (at, RepairState.APPLIED, "受理1号")
    after, then = store.registry(), store.registry_at(at - timedelta(minutes=1))
    assert (before.repairs, then.repairs, dict(after.repairs)) == ({}, {}, {kept.record: (kept,)})
    assert (before.version == then.version, before.version == after.version) == (True, False)
    late = store.registry_at(at)
    assert (late.version, late.known_at, late.repairs) == (after.version, at, after.repairs)
    assert store.repairs.events() == (kept,)


def test_a_step_that_can_not_follow_leaves_nothing(tmp_path: Path) -> None:
    """Of several steps all are kept or none; the first of two consents only endorses."""
    store = filled(tmp_path)
    with pytest.raises(RegistryError) as caught:
        store.repairs.append([step("applied"), step("accepted")], recorded_at=START)
    assert (caught.value.code, store.repairs.events()) == ("repair.order", ())
    two = [step("applied", two_step=True), step("verifying"), step("accepted", office=Office.CREDIT_OFFICE)]
    assert store.repairs.append(two, recorded_at=START)[-1].state is RepairState.ENDORSED


def test_the_records_of_an_instrument_are_found_however_it_is_printed(tmp_path: Path) -> None:
    """国办发【2020】49号 and 国办发〔2020〕49号 are one document."""
    store = filled(tmp_path)
    assert [row.row for row in store.repairs.of_instrument("测税〔2024〕1号")] == [1, 2, 3]
    assert store.repairs.of_instrument("没有") == ()


@pytest.mark.sqlite
def test_documents_are_looked_up_in_an_index(tmp_path: Path) -> None:
    """A province of rows is not read through for one document; rows written before the column are still found."""
    store = filled(tmp_path)
    with closing(sqlite3.connect(tmp_path / "lists.db")) as connection:
        compiled = str(of_document("测税〔2024〕1号").compile(compile_kwargs={"literal_binds": True}))
        plan = " ".join(row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {compiled}"))
        assert "believed_of_document" in plan
        assert "SCAN listing" not in plan
        connection.execute("UPDATE listing SET document = NULL")
        connection.commit()
    assert [row.row for row in store.repairs.of_instrument("测税〔2024〕1号")] == [1, 2, 3]


def test_a_registry_in_memory_has_a_version_of_its_steps() -> None:
    """They decide what is answered."""
    from jointsanction.registry.memory import MemoryRegistry  # noqa: PLC0415 - beside what it is held against

    made = step("applied")
    versions = {MemoryRegistry([listing()], repairs=repairs).version for repairs in ({}, {made.record: (made,)})}
    assert len(versions) == 2


def test_whatever_comes_in_later_was_recorded_later(tmp_path: Path) -> None:
    """A clock that is behind slips nothing in before an instant up to which an answer knew."""
    store = filled(tmp_path)
    made = make_commitment(Subject(uscc=FIRM), "proof", content="属实", made_on=DAY)
    store.commitments.make(made, recorded_at=START + timedelta(days=3))
    then = store.registry()
    assert then.known_at is not None
    (kept,) = store.repairs.append([step("applied")], recorded_at=START + timedelta(days=2))
    assert kept.recorded_at == then.known_at + timedelta(microseconds=1)
    seen = IdentityVerdict(
        subject="u:1", record=kept.record, list="BL.TAX", outcome=IdentityOutcome.CLEARED, author="甲", reason="同名",
        decided_on=DAY,
    )  # fmt: skip
    store.decide(seen, recorded_at=START + timedelta(days=2))
    take(store, [listing(instrument_no="又一", row=6)], 1)
    assert store.registry_at(then.known_at).version == then.version
