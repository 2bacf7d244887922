"""A table answered from a snapshot is the table answered from the same lists in memory."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import snapshot_side
import worlds as w
from engine_side import catalog_of, registry_of
from jointsanction.engine import Engine
from jointsanction.errors import RegistryError
from jointsanction.identity.identify import identify
from jointsanction.model.commitment import Commitment, Commitments
from jointsanction.model.subject import Subject
from jointsanction.registry.outline import Outlined
from jointsanction.registry.snapshot.layout import hash_of
from jointsanction.registry.snapshot.side import Side
from jointsanction.terms import CommitmentType
from made_up import worlds
from strategies import ASKED_AT, cases

pytest.importorskip("pyarrow", reason="the extra `arrow` is not installed")


from jointsanction.screening import arrow
from screening_side import ROWS, batch_of, run_of, words_of

if TYPE_CHECKING:
    from jointsanction.registry.memory import MemoryRegistry
    from jointsanction.registry.snapshot.registry import SnapshotRegistry


def snapshot_of(folder: Path, registry: MemoryRegistry, cut: int = 0) -> SnapshotRegistry:
    """Write a registry as a snapshot of two files, so many rows in the first, some of them closed by the second."""
    rows, _, made = registry._content
    gone = rows[:cut]
    side = Side(registry.editions, [], registry.repairs, made)
    files = ([*gone, *rows[:cut]], ()), (rows[cut:], range(1, len(gone) + 1))
    return snapshot_side.write(folder, *files, side=side)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_table_has_the_same_answers_from_a_snapshot(data: st.DataObject) -> None:
    """In every world of the oracle: what a file may hold of numbers, names, masks and commitments is sifted alike."""
    world = data.draw(worlds())
    case, rows = data.draw(cases(world)), data.draw(ROWS)
    registry = registry_of(world, case)
    with tempfile.TemporaryDirectory() as folder:
        kept = snapshot_of(Path(folder), registry, data.draw(st.integers(0, len(case.listings))))
        engines = [Engine(catalog_of(world), each, clock=lambda: ASKED_AT) for each in (registry, kept)]
        screenings = [
            arrow.Screening(run_of(engine, words_of(case.question)), arrow.Columns(*"ink")) for engine in engines
        ]
        memory, snapshot = (each.answer(batch_of(rows)) for each in screenings)
    assert snapshot.equals(memory)


def test_a_snapshot_says_what_stands_in_it(tmp_path: Path) -> None:
    """Whoever promised something has his hash among the numbers, by whichever of his numbers it was kept."""
    keys = identify(Subject(uscc=w.FIRM)).keys
    promise = Commitment(
        id="c1", type=next(iter(CommitmentType)), keys=keys, content="虚构", made_on=date(2024, 1, 1), due=None
    )
    side = Side({}, commitments=Commitments((promise,), ()))
    registry = snapshot_side.write(tmp_path / "s", ([], ()), side=side)
    assert isinstance(registry, Outlined)
    assert set(map(hash_of, keys)) == {each for piece in registry.outline().numbers for each in piece if each}
    assert registry.commitments(keys).made == (promise,)
    assert registry.commitments(keys[1:]).made == (promise,)
    assert not registry.commitments(identify(Subject(uscc=w.PARTNER)).keys).made


def test_a_damaged_index_lets_nobody_through(tmp_path: Path) -> None:
    """Of a table of marks that isn't as it was written nobody can be said to be on no list."""
    folder = snapshot_side.write(tmp_path / "s", ([w.listing()], ())).folder
    path = folder / "0.jss"
    sound, told = path.read_bytes(), set[str]()
    for at in range(0, len(sound), 7):
        changed = bytearray(sound)
        changed[at] ^= 255
        path.write_bytes(changed)
        try:
            outline = snapshot_side.SnapshotRegistry.open(folder).outline()
        except RegistryError as error:
            told.add(error.code)
            continue
        assert hash_of("u:" + w.FIRM) in list(outline.numbers[0])
    assert told == {"registry.snapshot_corrupt"}
