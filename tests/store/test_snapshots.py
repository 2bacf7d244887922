"""A snapshot of a store answers as the store does, whatever was taken in and however it got there."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from jointsanction.commitment.making import make_commitment
from jointsanction.errors import RegistryError
from jointsanction.model.identity_verdict import IdentityVerdict
from jointsanction.model.repair_event import RepairEvent
from jointsanction.model.subject import Related, Subject
from jointsanction.registry.snapshot.manifest import Layer, lasting, read_manifest
from jointsanction.terms import Relation
from store_side import DAY, FIRM, LISTED, PARTNER, PERSON, day, listing, numbered, opened, take

if TYPE_CHECKING:
    from pathlib import Path

    from jointsanction.registry.protocol import Registry
    from jointsanction.store import Store

TIE = Related(relation=Relation.LEGAL_REPRESENTATIVE, name="虚构某甲", id=PERSON)
FULL = listing(
    name="虚构甲公司", former_names=("虚构乙公司",), related=(TIE,), listed_on=LISTED, row=1, raw='{"a":"b"}'
)
ASKED = [
    ((f"u:{FIRM}", f"o:{FIRM[8:17]}"), None),
    ((f"u:{PARTNER}", f"o:{PARTNER[8:17]}"), "虚构甲公司"),
    ((f"p:{PERSON}",), None),
    ((), "虚构乙公司"),
]


def same(snapshot: Registry, memory: Registry) -> None:
    """Compare all that two registries answer."""
    assert (snapshot.version, snapshot.known_at) == (memory.version, memory.known_at)
    for asked in ASKED:
        assert snapshot.lookup(*asked) == memory.lookup(*asked)
        assert snapshot.commitments(asked[0]) == memory.commitments(asked[0])
    assert dict(snapshot.editions) == dict(memory.editions)
    assert dict(snapshot.verdicts) == dict(memory.verdicts)
    assert dict(snapshot.repairs) == dict(memory.repairs)


def layers(store: Store, folder: Path) -> list[tuple[int, int]]:
    """Bring the snapshot up, compare it, and return the rows and closed ones of each of its files."""
    registry = store.snapshot(folder)
    same(registry, store.registry())
    return [(layer.rows, layer.closed) for layer in registry.manifest.layers]


def test_an_empty_store_has_a_snapshot_that_knows_nothing(tmp_path: Path) -> None:
    """Nothing taken in is a state too: every list is missing."""
    assert layers(opened(tmp_path), tmp_path / "snapshot") == [(0, 0)]


def test_changes_are_added_and_a_great_one_is_written_anew(tmp_path: Path) -> None:
    """DESIGN §5: incremental for deltas; a file is at least four times as large as the next."""
    store, folder = opened(tmp_path), tmp_path / "snapshot"
    take(store, [FULL, *numbered(40, uscc=PARTNER)], 0, covers=["BL.TAX"])
    assert layers(store, folder) == [(41, 0)]
    take(store, [replace(FULL, grade="D"), listing(PARTNER, instrument_no="新")], 1)
    assert layers(store, folder) == [(41, 0), (2, 1)]
    take(store, [listing(PARTNER, instrument_no="更新")], 2)
    assert layers(store, folder) == [(41, 0), (3, 1)]
    take(store, numbered(30, uscc=PARTNER, grade="D"), 3)
    assert layers(store, folder) == [(43, 0)]
    assert len(list(folder.iterdir())) == 3


def test_what_stands_beside_the_listings_changes_alone(tmp_path: Path) -> None:
    """A verdict, a commitment, a step of repair: a new state of the store without a new row."""
    store, folder = opened(tmp_path), tmp_path / "snapshot"
    take(store, [FULL], 0, covers=["BL.TAX"])
    before = store.snapshot(folder)
    assert store.snapshot(folder).manifest == before.manifest
    said = {"author": "某科", "reason": "核对证照", "decided_on": DAY}
    store.decide(
        IdentityVerdict(subject=f"u:{PARTNER}", record="r1", list="BL.TAX", outcome="cleared", **said),
        recorded_at=day(1),
    )
    store.commitments.make(
        make_commitment(Subject(uscc=FIRM), "容缺受理型", content="按期补齐", made_on=DAY), recorded_at=day(2)
    )
    assert layers(store, folder) == [(1, 0)]
    assert [each.author for each in store.snapshot(folder).verdicts[f"u:{PARTNER}", "r1"]] == ["某科"]
    assert ("u:nobody", "r1") not in store.snapshot(folder).verdicts
    assert [layer.file for layer in read_manifest(folder).layers] == [layer.file for layer in before.manifest.layers]
    same(before, store.registry_at(day(0)))


def test_a_damaged_snapshot_is_made_anew(tmp_path: Path) -> None:
    """A snapshot is made from the store and can be made again; what can't be opened is not added to."""
    store, folder = opened(tmp_path), tmp_path / "snapshot"
    take(store, [FULL, *numbered(40, uscc=PARTNER)], 0)
    first = store.snapshot(folder).manifest.layers[0].file
    (folder / first).write_bytes(b"JSSNAP01")
    assert layers(store, folder) == [(41, 0)]
    assert read_manifest(folder).layers[0].file != first
    (folder / "snapshot.json").write_text("{")
    assert layers(store, folder) == [(41, 0)]
    again = store.snapshot(folder, anew=True).manifest
    assert again.layers[0].file != read_manifest(folder).layers[0].batch
    assert store.snapshot(folder).manifest == again


def test_the_snapshot_of_another_store_is_not_added_to(tmp_path: Path) -> None:
    """Two stores may have the same number of rows; their batches differ."""
    folder = tmp_path / "snapshot"
    for name, firm in (("one", FIRM), ("two", PARTNER)):
        (tmp_path / name).mkdir()
        store = opened(tmp_path / name)
        take(store, numbered(9, uscc=firm), 0)
        store.snapshot(folder)
    assert layers(store, folder) == [(9, 0)]


def test_running_checks_finish_on_the_snapshot_they_began_with(tmp_path: Path) -> None:
    """Atomically swapped: whoever reads while it is replaced sees the state of before or after, never a mix."""
    store, folder = opened(tmp_path), tmp_path / "snapshot"
    take(store, numbered(30), 0)
    held = [store.snapshot(folder)]
    seen: set[int] = set()
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            hits = held[0].lookup((f"u:{FIRM}", f"o:{FIRM[8:17]}"), None)
            assert len({hit.listing.grade for hit in hits}) == 1
            seen.add(len(hits))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 5):
        take(store, numbered(30 + number, grade=f"{number}"), number)
        held[0] = store.snapshot(folder)
    ended.set()
    for thread in threads:
        thread.join()
    assert seen <= {30, 31, 32, 33, 34}
    same(held[0], store.registry())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The old snapshot stays; whoever runs it reads why."""
    store = opened(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(RegistryError) as refused:
        store.snapshot(tmp_path / "file" / "snapshot")
    assert refused.value.code == "registry.snapshot_unwritable"


def test_progress_is_told(tmp_path: Path) -> None:
    """Ten million rows take minutes: whoever waits sees how far it is."""
    store, seen = opened(tmp_path), list[int]()
    take(store, numbered(7), 0)
    store.snapshot(tmp_path / "snapshot", progress=seen.append)
    assert seen == [7]


def test_files_last_that_are_large_beside_a_change() -> None:
    """So there are few files, and a row is written again only a few times."""
    base, middle, top = (Layer(f"{size}", "b", 0, 0, size, 0) for size in (1000, 200, 20))
    assert lasting((base, middle, top), 5) == (base, middle, top)
    assert lasting((base, middle, top), 6) == (base, middle)
    assert lasting((base, middle), 60) == ()
    assert lasting((base,), 0) == (base,)


def test_a_repair_is_in_the_snapshot(tmp_path: Path) -> None:
    """信用修复: the day from which a listing no longer counts comes with it."""
    store, folder = opened(tmp_path), tmp_path / "snapshot"
    take(store, [FULL], 0)
    step = RepairEvent(
        record="r1", list="BL.TAX", track="repair", state="applied", actor="某公司", reason="已整改",
        on=DAY + timedelta(days=1),
    )  # fmt: skip
    store.repairs.append([step], recorded_at=day(2))
    assert layers(store, folder) == [(1, 0)]
    (record,) = store.snapshot(folder).repairs
    assert len(store.snapshot(folder).repairs[record]) == 1
