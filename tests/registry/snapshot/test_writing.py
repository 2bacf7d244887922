"""Writing a snapshot: in bounded memory, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from jointsanction.errors import RegistryError
from jointsanction.identity.keys import own_keys
from jointsanction.model.commitment import NO_COMMITMENTS, Commitment, CommitmentEvent, Commitments, Talk
from jointsanction.model.identity_verdict import IdentityVerdict
from jointsanction.model.subject import Edition, Listing
from jointsanction.registry.snapshot import segment, writing
from jointsanction.registry.snapshot.manifest import Manifest, put_manifest
from jointsanction.registry.snapshot.registry import SnapshotRegistry
from jointsanction.registry.snapshot.side import Side
from jointsanction.registry.snapshot.spreading import write_rows
from snapshot_side import write

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2024, 6, 1)
NOW = datetime(2024, 6, 1, 9, tzinfo=timezone(timedelta(hours=8)))
ROWS = [Listing(list="BL.TAX", other_id=f"E{number:07d}", name="虚构甲公司", row=number) for number in range(60)]


def test_what_memory_has_no_room_for_goes_through_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten million rows are written with the memory of some hundred thousand; the file is the same, byte for byte."""
    plain = write(tmp_path / "plain", (ROWS, ()))
    for name, less in (("_IN_MEMORY", 7), ("_WINDOW", 64), ("_EMPTY", bytes(4 * 64))):
        monkeypatch.setattr(writing, name, less)
    spilt = write(tmp_path / "spilt", (ROWS, ()))
    assert (plain.folder / "0.jss").read_bytes() == (spilt.folder / "0.jss").read_bytes()
    assert len(spilt.lookup((), "虚构甲公司")) == 60
    assert sorted(file.name for file in spilt.folder.iterdir()) == ["0.jss", "side.jss", "snapshot.json"]


def test_what_is_beside_the_listings_comes_back(tmp_path: Path) -> None:
    """Editions, verdicts, commitments with their events, and talks, each under every key of its subject."""
    verdict = IdentityVerdict(
        subject="u:1", record="r", list="BL.TAX", outcome="cleared", author="甲", reason="乙", decided_on=DAY
    )
    event = CommitmentEvent(state="breached", actor="甲", happened_on=DAY, recorded_at=NOW)
    made = Commitment(
        id="c", keys=("u:1", "o:1"), type="容缺受理型", content="补", made_on=DAY, public=True, events=(event,)
    )
    talk = Talk(id="t", keys=("u:1",), kind="reminder", held_on=DAY, authority="甲", reason="乙", result="agreed")
    editions = {"BL.TAX": (Edition(list="BL.TAX", batch="b", received_at=NOW, regions=("990000",), covers_from=DAY),)}
    later = replace(verdict, outcome="cleared", author="另一人")
    side = Side(editions, (verdict, later), {}, Commitments((made,), (talk,)))
    registry = write(tmp_path / "s", ([], ()), side=side)
    assert dict(registry.verdicts) == {("u:1", "r"): (verdict, later)}
    assert dict(registry.editions) == editions
    assert registry.commitments(("u:1", "o:1")) == Commitments((made,), (talk,))
    assert registry.commitments(("u:2",)) is NO_COMMITMENTS


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """磁盘已满、没有权限: the error is told, the snapshot of before stays."""
    (tmp_path / "rows.jss").mkdir()
    with pytest.raises(RegistryError) as refused:
        write_rows(tmp_path / "rows.jss", [])
    assert refused.value.code == "registry.snapshot_unwritable"
    assert [file.name for file in tmp_path.iterdir()] == ["rows.jss"]


def test_a_manifest_that_cannot_be_put_in_place_is_told(tmp_path: Path) -> None:
    """The same of the last step."""
    (tmp_path / "snapshot.json").mkdir()
    with pytest.raises(RegistryError) as refused:
        put_manifest(tmp_path, Manifest("v", None, (), "side.jss"))
    assert refused.value.code == "registry.snapshot_unwritable"


def test_a_file_of_another_kind_of_machine_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its numbers would be read backwards."""
    folder = write(tmp_path / "s", (ROWS, ())).folder
    monkeypatch.setattr(segment.sys, "byteorder", "middle")
    with pytest.raises(RegistryError) as refused:
        SnapshotRegistry.open(folder)
    assert refused.value.code == "registry.snapshot_corrupt"


def test_who_stands_in_the_next_block_is_found_there(tmp_path: Path) -> None:
    """A place that is taken sends a row on, perhaps into a block that nobody has looked at yet."""
    rows = [Listing(list="BL.TAX", other_id=f"E{number:07d}", row=number) for number in range(3000)]
    registry = write(tmp_path / "s", (rows, ()))
    table = registry._files[0].numbers
    for row in rows:
        table._checked[:] = bytes(len(table._checked))
        assert [hit.listing.row for hit in registry.lookup(own_keys(row), None)] == [row.row]
